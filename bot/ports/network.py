"""What crosses a network, and what a network is."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.attachment import Attachment


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation on a network: a private chat or a room."""

    network: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered with a message. `key` is what comes back; at most 64 bytes."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something a person did on a network. `key` is unique on that network, and the same when
    resent.

    `choice` is the key of a tapped choice, `reply_to` the remote id of the message answered.
    """

    place: Place
    key: str
    sender: str
    at: datetime
    text: str = ""
    choice: str | None = None
    reply_to: str | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to one place, in the small markup of `bot.domain.markup`.

    `key` is deterministic: the same decision taken twice gives the same key, and a network that can
    uses it to send only once. `author` names the person whose words these are (None: the
    assistant). `projects` are the references of those it speaks of; `backstage` messages are for
    the advisors in the room only.
    """

    key: str
    place: Place
    text: str
    kind: str
    author: str | None = None
    choices: tuple[Choice, ...] = ()
    attachment: Attachment | None = None
    reply_to: str | None = None
    projects: tuple[str, ...] = ()
    backstage: bool = False


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a network can do by itself. `max_length` is in characters of one message."""

    buttons: bool = False
    files: bool = False
    max_length: int = 4000
    idempotent: bool = False


class DeliveryError(Exception):
    """The message could not be delivered."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__class__.__doc__)


class RetryLater(DeliveryError):
    """The network asks to wait before this destination is tried again."""

    def __init__(self, after: timedelta, message: str | None = None) -> None:
        super().__init__(message)
        self.after = after


class Unreachable(DeliveryError):
    """The address does not work any more; trying again is useless."""


class PlaceGone(DeliveryError):
    """The room or topic does not exist any more; it has to be made again."""


class Uncertain(DeliveryError):
    """The message may or may not have been delivered; sending it again could double it."""


Receive = Callable[[Sequence[Incoming], str | None], Awaitable[None]]
"""Takes events and the network's next cursor; returns once both are committed."""


class Network(Protocol):
    """One way to talk with people."""

    name: str
    capabilities: Capabilities

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over what people say, from the saved cursor on, until cancelled."""

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver, and return the remote id. Raises DeliveryError."""
