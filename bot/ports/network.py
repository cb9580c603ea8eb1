"""What a network is, what it hands over and what it sends, and the errors it may raise."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.domain.wording.command_syntax import CommandCall


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered with a message. `key` is what comes back; at most 64 bytes."""

    key: str
    label: str


class EventKind(StrEnum):
    """What a person did on a network.

    SAID words, a choice or a file; EDITED or DELETED a message of theirs; REACTED to a message,
    whoever's (`text` is the sign, empty when it was taken back); SENT_OTHER: something we do not
    take (`text` says what: one of `OTHER_CONTENT`); JOINED or LEFT the conversation.
    """

    SAID = "said"
    EDITED = "edited"
    DELETED = "deleted"
    REACTED = "reacted"
    SENT_OTHER = "sent_other"
    JOINED = "joined"
    LEFT = "left"


OTHER_CONTENT = frozenset(
    "sticker poll contact location too_large refused_type unreadable anonymous other".split()
)
"""What SENT_OTHER may name: what we do not take or cannot read, or words whose author hides."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something a person did on a network. `key` is unique on that network, and the same if the
    event is handed over again.

    `choice` is the key of a tapped choice. `command` is what the form of a page asks for; `text`
    then shows it to people. `message` is the remote id of this message, where messages have one.
    `target` is the remote id of another message of the conversation: the one answered (SAID),
    edited, deleted or reacted to. `thread_root` is the remote id of the first message of the
    network's own thread on which it was said, where networks have threads. `backstage`: said to the
    room's advisors alone. `markup` is `text` as it was set off, None where the text says it all.
    `forwarded_from` names whose words are passed on; `quoted` are the words that were picked out of
    the message answered.
    """

    conversation: ConversationRef
    key: str
    sender: str
    at: datetime
    text: str = ""
    choice: str | None = None
    target: str | None = None
    attachment: Attachment | None = None
    command: CommandCall | None = None
    kind: EventKind = EventKind.SAID
    message: str | None = None
    backstage: bool = False
    thread_root: str | None = None
    markup: str | None = None
    forwarded_from: str | None = None
    quoted: str | None = None


class Operation(StrEnum):
    """What is done in a conversation.

    SAY a message (in answer to `target`, if there is one); EDIT, DELETE or REACT to `target`
    (`text` is the new markup, or the sign); INVITE or REMOVE: the conversation is an
    invitation's, `text` the name of the one to which the person is invited, or in which they are to
    be no more; REFRESH: set the room's name and topic again.
    """

    SAY = "say"
    EDIT = "edit"
    DELETE = "delete"
    REACT = "react"
    INVITE = "invite"
    REMOVE = "remove"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class Target:
    """Another message of the conversation: by its remote id, or the key it was queued under."""

    remote_id: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to one conversation, in the small markup of `bot.domain.wording.markup`.

    `key` is deterministic: the same decision taken twice gives the same key, and a network that can
    uses it to send only once. `author` names the person whose words these are (None: the
    assistant). `projects` are the references of the projects it is about; `backstage` messages are
    for the advisors in the room only; `quiet` ones answer whoever just spoke, and ring nobody. When
    it reaches its network, a `target` has its remote id.
    """

    key: str
    conversation: ConversationRef
    text: str
    kind: str
    author: str | None = None
    choices: tuple[Choice, ...] = ()
    attachment: Attachment | None = None
    target: Target | None = None
    projects: tuple[str, ...] = ()
    backstage: bool = False
    operation: Operation = Operation.SAY
    quiet: bool = False


class Leader(StrEnum):
    """What only one process may do on a network at a time: nothing, receive, or all of it."""

    NOBODY = "nobody"
    RECEIVES = "receives"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a network can do. `operations` are those it can do besides SAY. `idempotent`: the same
    key sent twice shows once, for ever or for `idempotent_for` after the first time; keys that were
    first tried before `idempotent_since` are forgotten.
    """

    idempotent: bool = False
    idempotent_for: timedelta | None = None
    idempotent_since: datetime | None = None
    operations: frozenset[Operation] = frozenset()
    leader: Leader = Leader.NOBODY


class _Described(Exception):
    def __init__(self, message: str | None = None) -> None:
        """`message` is one line for operators; it quotes nobody and holds no secret."""
        super().__init__(message or self.__class__.__doc__)


class NetworkError(_Described):
    """The network cannot be used as it is configured."""

    def __init__(self, message: str | None = None, *, again_after: timedelta | None = None) -> None:
        """`again_after`: when another try makes sense, where the network knows it."""
        super().__init__(message)
        self.again_after = again_after


class DeliveryError(_Described):
    """The message could not be delivered."""


class RetryLater(DeliveryError):
    """The network asks to wait before this destination is tried again."""

    def __init__(
        self, after: timedelta, message: str | None = None, *, maybe_done: bool = False
    ) -> None:
        """`maybe_done`: it may have been delivered; sent again under its key it shows once."""
        super().__init__(message)
        self.after = after
        self.maybe_done = maybe_done


class Unreachable(DeliveryError):
    """The address does not work any more; trying again is useless."""


class Refused(DeliveryError):
    """The network refuses this message as it is; the address works, and trying again is useless."""


class RoomGone(DeliveryError):
    """The room or topic does not exist any more; it has to be made again."""


class Uncertain(DeliveryError):
    """The message may or may not have been delivered; sending it again could double it."""


Receive = Callable[[Sequence[Incoming], str | None], Awaitable[None]]
"""Takes events and the network's next cursor; both are committed when it returns."""


class Network(Protocol):
    """One way to talk with people. `connected`: what it last tried there worked."""

    name: str
    capabilities: Capabilities

    @property
    def connected(self) -> bool:
        """Whether it can hear and be heard, as far as is known now."""

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over what people do, from the saved cursor on, until cancelled."""

    async def send(self, outgoing: Outgoing) -> str:
        """Do what is asked; return the remote id of the message. Raises DeliveryError."""
