"""What is understood of a message, and the words it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.territory import TerritoryKind
from bot.domain.urgency import Urgency
from bot.domain.wording.tokens import Token


class Intent(StrEnum):
    """What the writer wants of the assistant."""

    PROJECT = "project"
    FOLLOWUP = "followup"
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"
    OUT_OF_SCOPE = "out_of_scope"
    UNSUBSCRIBE = "unsubscribe"
    GREETING = "greeting"
    HELP = "help"


class TerritoryStatus(StrEnum):
    """Whether the territory is settled: one reading, one of several, or none."""

    UNIQUE = "unique"
    AMBIGUOUS = "ambiguous"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the message: `words` is exactly `text[start:end]`."""

    words: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token]) -> "Evidence":
        """The words of the text from the first of these tokens to the last."""
        start, end = tokens[0].start, tokens[-1].end
        return cls(text[start:end], start, end)


@dataclass(frozen=True, slots=True)
class TerritoryReading:
    """The places meant. `codes` is sorted and complete; empty exactly when status is absent.

    `area` names a département or region given alone, which is no territory by itself.
    """

    kind: TerritoryKind
    codes: tuple[str, ...]
    status: TerritoryStatus
    area: str | None = None
    evidence: tuple[Evidence, ...] = ()


NOWHERE = TerritoryReading(TerritoryKind.NONE, (), TerritoryStatus.ABSENT)


@dataclass(frozen=True, slots=True)
class ThemeReading:
    """One theme and the words that speak of it."""

    slug: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one message says. `themes` best first; `theme` is the first of them or None."""

    intent: Intent
    territory: TerritoryReading
    themes: tuple[ThemeReading, ...]
    theme: str | None
    urgency: Urgency
