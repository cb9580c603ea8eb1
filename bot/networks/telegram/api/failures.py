"""Translates Telegram's errors: what each means for the message that was sent."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.networks.telegram.api.client import AskedToWait, ServerFault
from bot.ports.network import (
    DeliveryError,
    Refused,
    RetryLater,
    RoomGone,
    Uncertain,
    Unreachable,
)

SOON = timedelta(seconds=5)
MUCH_LATER = timedelta(minutes=1)
MISCONFIGURED = timedelta(minutes=10)
"""How long a group that only an operator can make usable is left before it is tried again."""

_NEVER_LEFT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"})
"""The names of the HTTP library's errors after which the request has surely not gone out."""

_GATEWAY_TIMEOUT = 504

_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
_NO_RIGHT = ("not enough rights", "have no rights", "chat_write_forbidden", "topic_closed")
_NO_TOPIC = ("message thread not found", "topic_id_invalid", "topic_deleted")


def translate(error: TelegramError, *, repeatable: bool, in_group: bool = False) -> DeliveryError:
    """The same as an error of the port. `repeatable`: done twice, it shows no more than done once.

    `in_group`: it was done in a forum group, which an operator can open to the bot again.
    """
    name = type(error).__name__
    match error:
        case AskedToWait():
            return RetryLater(error.after, name)
        case ChatMigrated():
            return RetryLater(timedelta(), name)
        case Forbidden():
            return _closed_error(name, in_group)
        case InvalidToken():
            return RetryLater(MUCH_LATER, name)
        case BadRequest():
            return _refusal(error, in_group)
    if repeatable or not _may_have_arrived(error):
        return RetryLater(SOON, name)
    return Uncertain(name)


def has_phrase(error: TelegramError, *phrases: str) -> bool:
    """Whether Telegram's description holds one of these phrases, given in lower case."""
    return any(phrase in error.message.lower() for phrase in phrases)


def is_topic_gone(error: TelegramError) -> bool:
    """Whether the topic does not exist any more."""
    return isinstance(error, BadRequest) and has_phrase(error, *_NO_TOPIC)


def _closed_error(name: str, in_group: bool) -> DeliveryError:
    return RetryLater(MISCONFIGURED, name) if in_group else Unreachable(name)


def _refusal(error: BadRequest, in_group: bool) -> DeliveryError:
    if is_topic_gone(error):
        return RoomGone()
    if has_phrase(error, *_NOBODY):
        return _closed_error(type(error).__name__, in_group)
    if has_phrase(error, *_NO_RIGHT):
        return RetryLater(MISCONFIGURED, "no right to write")
    return Refused()


def _may_have_arrived(error: TelegramError) -> bool:
    if isinstance(error, ServerFault):
        return error.status == _GATEWAY_TIMEOUT
    if isinstance(error, NetworkError):
        return type(error.__cause__).__name__ not in _NEVER_LEFT
    return True
