"""What is known of a project while it is being described."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.attachment import Attachment
from bot.domain.urgency import Urgency


class IntakeStep(StrEnum):
    """What the assistant waits for."""

    DESCRIBE = "describe"
    PLACE = "place"
    WHICH_PLACE = "which_place"
    THEME = "theme"
    WHO = "who"
    MORE = "more"
    CONFIRM = "confirm"
    MEANT = "meant"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a project so far.

    `area` is the département or the region last named without a commune, or "". `candidates` are
    the codes between which the person must choose; `meant` those that their last words may have
    named, while that is asked; `files` were sent along. `tries` counts the answers not understood
    at the present step; `placeless` and `themeless`: the person goes on without. `title` is ""
    unless they gave one; `shown` is what the last summary said, by name.
    """

    step: IntakeStep = IntakeStep.DESCRIBE
    words: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    area: str = ""
    themes: tuple[str, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    name: str = ""
    function: str = ""
    tries: int = 0
    placeless: bool = False
    themeless: bool = False
    files: tuple[Attachment, ...] = ()
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """All that was said about the project, in the order it was said."""
        return "\n\n".join(self.words)
