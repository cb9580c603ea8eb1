"""The errors after which the network cannot be used."""

from bot.ports.network import NetworkError


class WrongToken(NetworkError):
    """Telegram refuses the bot's token: check it with @BotFather."""


class WebhookRefused(NetworkError):
    """Telegram refuses the webhook: its address must be public and begin with https://."""
