"""A portal: one thematic advisory service, with its policy."""

from dataclasses import dataclass, field

from bot.domain.conversations import ConversationRef
from bot.domain.followup import FollowUpPolicy


@dataclass(frozen=True, slots=True)
class Portal:
    """One thematic service. `prefix` begins its projects' references; `rooms` is the network of
    its rooms; `stand_in` the slug of the portal that answers while it has no team, empty for the
    fallback.
    """

    slug: str
    name: str
    prefix: str
    presentation: str
    reads: str
    themes: tuple[str, ...]
    fallback: bool = False
    moderated: bool = True
    rooms: str = "web"
    advisors_per_project: int = 4
    stand_in: str = ""
    policy: FollowUpPolicy = field(default_factory=FollowUpPolicy)

    @property
    def team(self) -> ConversationRef:
        """Where its team talks."""
        return ConversationRef.team(self.rooms, self.slug)

    @property
    def group(self) -> ConversationRef:
        """What holds its rooms together."""
        return ConversationRef.group(self.rooms, self.slug)

    def room(self, ref: str) -> ConversationRef:
        """Where the advisors of one of its projects sit."""
        return ConversationRef.room(self.rooms, ref)
