"""What makes Telegram unusable, and why a single message is refused."""

from bot.ports.network import DeliveryError, NetworkError


class WrongToken(NetworkError):
    """Telegram refuses the bot's token: check it with @BotFather."""


class WebhookRefused(NetworkError):
    """Telegram refuses the webhook: its address must be public and begin with https://."""


class Refused(DeliveryError):
    """Telegram refuses this message as it is; the address works, and trying again is useless."""
