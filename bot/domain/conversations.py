"""Which conversation something is said in: a private chat, a project's room, a team's room."""

from dataclasses import dataclass
from enum import StrEnum

_INVITATION = "invite:"


class ConversationKind(StrEnum):
    """Who talks there: one person with the assistant, a project's advisors, or a portal's team."""

    PRIVATE = "private"
    ROOM = "room"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """A conversation on a network, under our own name for it, which never changes.

    `name` is the person's address for a private chat (a Matrix user id, a Telegram chat id, the
    session of a browser), `room:REF` for a project's room, `team:SLUG` for a portal's team. Which
    room or topic of the network that is today, `RemoteRooms` knows.
    """

    network: str
    name: str

    @classmethod
    def private(cls, network: str, address: str) -> "ConversationRef":
        """Somebody's own chat with the assistant."""
        return cls(network, address)

    @classmethod
    def room(cls, network: str, reference: str) -> "ConversationRef":
        """The room of a project's advisors."""
        return cls(network, f"{ConversationKind.ROOM}:{reference}")

    @classmethod
    def team(cls, network: str, portal: str) -> "ConversationRef":
        """The room of a portal's team."""
        return cls(network, f"{ConversationKind.TEAM}:{portal}")

    @classmethod
    def invitation(cls, network: str, address: str) -> "ConversationRef":
        """Where invitations to that person are queued, one after the other."""
        return cls(network, f"{_INVITATION}{address}")

    @property
    def kind(self) -> ConversationKind:
        """What sort of conversation it is."""
        return kind_of(self.name)

    @property
    def reference(self) -> str | None:
        """The reference of the project whose room it is."""
        return self._after(ConversationKind.ROOM)

    @property
    def portal(self) -> str | None:
        """The portal whose team talks there."""
        return self._after(ConversationKind.TEAM)

    @property
    def invited(self) -> str:
        """The address of the person invited, for an invitation."""
        return self.name.removeprefix(_INVITATION)

    def _after(self, kind: ConversationKind) -> str | None:
        return self.name.partition(":")[2] if self.kind is kind else None


def kind_of(name: str) -> ConversationKind:
    """What sort of conversation bears that name."""
    before, colon, _ = name.partition(":")
    is_ours = bool(colon) and before in {ConversationKind.ROOM, ConversationKind.TEAM}
    return ConversationKind(before) if is_ours else ConversationKind.PRIVATE
