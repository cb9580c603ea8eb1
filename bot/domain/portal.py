"""A portal: one thematic advisory service, with its policy."""

from dataclasses import dataclass, field

from bot.domain.followup import FollowUpPolicy


@dataclass(frozen=True, slots=True)
class Portal:
    """One thematic service. `prefix` begins its projects' references; `rooms` is the network of
    its rooms.
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
    policy: FollowUpPolicy = field(default_factory=FollowUpPolicy)
