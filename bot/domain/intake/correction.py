"""What words correct of a draft."""

from dataclasses import dataclass

from bot.domain.understanding.reading import TerritoryReading
from bot.domain.wording.introduction import Introduction


@dataclass(frozen=True, slots=True)
class Correction:
    """What the words change. `meant` is a place whose name they nearly say: it has to be asked.
    `wrong` is what they call wrong without saying what is right; `unknown` a place that is not
    found. `stated` when they say that they correct; `more` when they say something besides.
    """

    place: TerritoryReading | None = None
    meant: TerritoryReading | None = None
    theme: str | None = None
    title: str = ""
    who: Introduction | None = None
    wrong: str = ""
    unknown: str = ""
    stated: bool = False
    more: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is corrected."""
        changed = self.place or self.theme or self.title or self.who
        return not (changed or self.meant or self.wrong or self.unknown)


def together(found: Correction, part: Correction) -> Correction:
    """Both together; of two things said about the same, the last."""
    return Correction(
        place=part.place or found.place,
        meant=part.meant or found.meant,
        theme=part.theme or found.theme,
        title=part.title or found.title,
        who=part.who or found.who,
        wrong=part.wrong or found.wrong,
        unknown=part.unknown or found.unknown,
        stated=part.stated or found.stated,
        more=part.more or found.more,
    )
