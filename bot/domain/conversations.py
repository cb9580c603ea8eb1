"""Which conversation something is said in: a private chat, a project's room, a team's room.

The names below are kept in the database and in rooms of other networks: they never change.
"""

from dataclasses import dataclass
from enum import StrEnum

_CHAT = "chat"
_INVITATION = "invite:"
_GROUP = "group:"


class ConversationKind(StrEnum):
    """Who talks there: one person with the assistant, a project's advisors, or a portal's team."""

    PRIVATE = "private"
    ROOM = "room"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """A conversation on a network, under our own name for it.

    `name` is `room:REF` for a project's room, `team:SLUG` for a portal's team, and for a private
    chat the person's address: a Matrix user id, a Telegram chat id, an e-mail address; on the pages
    `chat:SESSION` or `desk:ID`. In which room or topic of the network that is today, `RemoteRooms`
    knows.
    """

    network: str
    name: str

    @classmethod
    def private(cls, network: str, address: str) -> "ConversationRef":
        """The chat of one person with the assistant."""
        return cls(network, address)

    @classmethod
    def chat(cls, network: str, session: str) -> "ConversationRef":
        """The private chat of somebody who comes to the pages without being in the register."""
        return cls(network, f"{_CHAT}:{session}")

    @classmethod
    def desk(cls, network: str, advisor_id: int | None) -> "ConversationRef":
        """The private chat, on the pages, of somebody in the register."""
        return cls(network, f"desk:{advisor_id}")

    @classmethod
    def room(cls, network: str, reference: str) -> "ConversationRef":
        """The room of a project's advisors."""
        return cls(network, f"{ConversationKind.ROOM}:{reference}")

    @classmethod
    def team(cls, network: str, portal: str) -> "ConversationRef":
        """The room of a portal's team."""
        return cls(network, f"{ConversationKind.TEAM}:{portal}")

    @classmethod
    def group(cls, network: str, portal: str) -> "ConversationRef":
        """What holds a portal's rooms together (a Space, a forum group): nobody talks there."""
        return cls(network, f"{_GROUP}{portal}")

    @classmethod
    def invitation(cls, network: str, address: str) -> "ConversationRef":
        """Where invitations and removals of that person are queued, one after the other."""
        return cls(network, f"{_INVITATION}{address}")

    @property
    def kind(self) -> ConversationKind:
        """Who talks there."""
        before, colon, _ = self.name.partition(":")
        is_shared = bool(colon) and before in {ConversationKind.ROOM, ConversationKind.TEAM}
        return ConversationKind(before) if is_shared else ConversationKind.PRIVATE

    @property
    def is_shared(self) -> bool:
        """Whether several people talk there: a project's room, or a team's."""
        return self.kind is not ConversationKind.PRIVATE

    @property
    def reference(self) -> str | None:
        """The reference of the project whose room it is; None if it is no project's room."""
        return self._after(ConversationKind.ROOM)

    @property
    def portal(self) -> str | None:
        """The slug of the portal whose team talks there; None if it is no team's room."""
        return self._after(ConversationKind.TEAM)

    @property
    def session(self) -> str | None:
        """The session of somebody's chat on the pages; None if it is no such chat."""
        kind, _, session = self.name.partition(":")
        return session if kind == _CHAT else None

    @property
    def grouped(self) -> str | None:
        """The slug of the portal whose rooms are held together there; None if it is no group."""
        return self.name.removeprefix(_GROUP) if self.name.startswith(_GROUP) else None

    @property
    def invited(self) -> str:
        """The address of the person invited or removed, for an invitation."""
        return self.name.removeprefix(_INVITATION)

    def _after(self, kind: ConversationKind) -> str | None:
        return self.name.partition(":")[2] if self.kind is kind else None
