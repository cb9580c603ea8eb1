"""The follow-up policy: every kind of follow-up, and every figure that a portal may set.

A kind is declared here, with its figures; `exempt.py` or `ordinary.py` finds when it would go out;
`config/portals/urbanvitaliz.toml` explains its figures; `config/texts/fr.toml` has its words.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, StrEnum, auto
from typing import Annotated, Self, TypeVar

from bot.domain.calendar import Months
from bot.domain.people import Side

EVERYBODY = frozenset({Side.MEMBERS, Side.ADVISORS, Side.TEAM})
ADVISORS = frozenset({Side.ADVISORS, Side.TEAM})
"""The team stands in for advisors of whom none can be asked."""

MEMBERS = frozenset({Side.MEMBERS})
TEAM = frozenset({Side.TEAM})


class Restraint(Enum):
    """What may hold a follow-up back once it is due."""

    NOTHING = auto()
    HOURS = auto()
    """Quiet hours and days. No cap holds it, and it counts in none."""

    CAPS = auto()
    """Quiet hours and days, and the caps. It is then asked instead of « où en êtes-vous ? »."""


class Subject(Enum):
    """What the texts of a kind speak of: it decides which values they may name."""

    DANGER = auto()
    SUBMISSION = auto()
    ACCEPTANCE = auto()
    RECOMMENDATION = auto()
    QUESTION = auto()
    """Words of one side that the other has not answered, and is reminded of once."""

    INACTIVITY = auto()
    SILENCE = auto()
    """Who was asked in vain, and why nobody is left to ask."""

    SLEEP = auto()


class Answers(Enum):
    """Which answers of one tap are offered to members."""

    NONE = auto()
    DANGER = auto()
    RECOMMENDATION = auto()
    NEWS = auto()
    LATER = auto()
    CLOSING = auto()


@dataclass(frozen=True, slots=True)
class Rules:
    """The properties of a kind; none has a default, so that none is forgotten. `to` are the sides
    it may go to.
    """

    name: str
    to: frozenset[Side]
    restraint: Restraint
    about: Subject
    answers: Answers


class FollowUpKind(StrEnum):
    """Why a follow-up goes out. Of several due at the same instant, the first of this table is the
    highest.
    """

    rules: Rules

    def __new__(cls, rules: Rules) -> Self:
        kind = str.__new__(cls, rules.name)
        kind._value_, kind.rules = rules.name, rules
        return kind

    SAFETY = Rules("safety", EVERYBODY, Restraint.NOTHING, Subject.DANGER, Answers.DANGER)
    MODERATION = Rules("moderation", TEAM, Restraint.HOURS, Subject.SUBMISSION, Answers.NONE)
    BLOCKED = Rules("blocked", ADVISORS, Restraint.HOURS, Subject.RECOMMENDATION, Answers.NONE)
    DEADLINE = Rules(
        "deadline", MEMBERS, Restraint.HOURS, Subject.RECOMMENDATION, Answers.RECOMMENDATION
    )
    FIRST_ANSWER = Rules(
        "first_answer", ADVISORS, Restraint.HOURS, Subject.ACCEPTANCE, Answers.NONE
    )
    QUESTION = Rules("question", EVERYBODY, Restraint.CAPS, Subject.QUESTION, Answers.LATER)
    RECOMMENDATION = Rules(
        "recommendation", MEMBERS, Restraint.CAPS, Subject.RECOMMENDATION, Answers.RECOMMENDATION
    )
    WHERE_ARE_YOU = Rules(
        "where_are_you", EVERYBODY, Restraint.CAPS, Subject.INACTIVITY, Answers.NEWS
    )
    ESCALATION = Rules("escalation", EVERYBODY, Restraint.CAPS, Subject.SILENCE, Answers.NEWS)
    DORMANCY_WARNING = Rules(
        "dormancy_warning", EVERYBODY, Restraint.HOURS, Subject.SLEEP, Answers.NEWS
    )
    DORMANT = Rules("dormant", EVERYBODY, Restraint.HOURS, Subject.INACTIVITY, Answers.CLOSING)


PRIORITY = tuple(FollowUpKind)
"""The kinds, the highest first."""

EXEMPT = frozenset(k for k in FollowUpKind if k.rules.restraint is not Restraint.CAPS)
"""The kinds that no cap holds, and that count in none."""

Figure = TypeVar("Figure")
NotZero = Annotated[Figure, "not zero"]
"""A figure of which a zero would make follow-ups go out without end."""


@dataclass(frozen=True, slots=True)
class FollowUpPolicy:
    """Every figure of the follow-up, of one portal.

    Durations in days, weeks or months fall due at `hour_from`, territory time; those of
    `safety_after` count exactly. Quiet periods for members are (first month, first day, last month,
    last day), both included. `escalation_after` is the number of follow-ups that members may leave
    unanswered.
    """

    safety_after: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=48))
    moderation_working_days: NotZero[int] = 2
    moderation_every: NotZero[timedelta] = timedelta(days=7)
    deadline_before: timedelta = timedelta(days=7)
    first_answer_working_days: NotZero[int] = 3
    first_answer_team_working_days: int = 7
    question_after: timedelta = timedelta(days=10)
    recommendation_after: timedelta = timedelta(days=14)
    where_are_you_after: NotZero[timedelta] = timedelta(weeks=6)
    escalation_after: NotZero[int] = 2
    escalation_team_after: NotZero[timedelta] = timedelta(days=14)
    dormancy_warning_after: Months = field(default=Months(10))
    dormant_after: Months = field(default=Months(12))
    person_cap: timedelta = timedelta(days=14)
    project_cap: timedelta = timedelta(weeks=6)
    advisors_cap: timedelta = timedelta(days=14)
    later_default: timedelta = timedelta(days=14)
    pause_default: Months = field(default=Months(3))
    team_digest: bool = True
    hour_from: int = 9
    hour_to: int = 17
    members_quiet: tuple[tuple[int, int, int, int], ...] = ((7, 14, 8, 31), (12, 20, 1, 5))
