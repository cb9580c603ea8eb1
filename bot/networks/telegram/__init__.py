"""Telegram, through its Bot API.

`network` and what it imports load python-telegram-bot: import it only where Telegram is configured.
"""
