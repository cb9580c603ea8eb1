"""Telegram, through its Bot API.

`network` and what it imports load python-telegram-bot: import it only where Telegram is configured.
"""

from bot.networks.telegram.api.errors import WebhookRefused, WrongToken
from bot.networks.telegram.settings import TelegramSettings, TelegramWords

__all__ = ["TelegramSettings", "TelegramWords", "WebhookRefused", "WrongToken"]
