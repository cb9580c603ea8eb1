"""A member says where a recommendation stands: by one tap, a command, or words."""

import re
from collections.abc import Callable, Iterable

from bot.domain.errors import IllegalTransition
from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.answers import RecommendationAnswer, read_status
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.recommendation_numbers import named_states
from bot.ports.network import Choice
from config.texts import Texts
from handlers.context.project_lookup import about_project_under_way, find_own, without_reference
from handlers.context.turn import Turn
from handlers.recommendations.postponing import ask_when, find_day, quoted, settle

Answer = RecommendationStatus | None
"""A state, or None: « plus tard »."""

OFFERED: tuple[Answer, ...] = (
    RecommendationStatus.DONE,
    RecommendationStatus.IN_PROGRESS,
    RecommendationStatus.BLOCKED,
    None,
    RecommendationStatus.NOT_INTERESTED,
)
"""The answers offered with a recommendation, in order."""

LATER = "later"

BARE_LENGTH = 4
"""More words than that say something besides the state."""

_NUMBER = re.compile(
    r"(?:(?:la|le|n|no|num[ée]ro|n°|reco\w*)\b[\s°]*)*(\d{1,4})\b[\s,:]*", re.IGNORECASE
)


def answers(
    texts: Texts, project: Project, number: int, offered: Iterable[Answer] = OFFERED
) -> tuple[Choice, ...]:
    """The one-tap answers to a recommendation, all of them or some."""
    return tuple(
        Choice(
            f"mark:{project.ref}:{number}:{status or LATER}",
            texts.label(f"marking.{status or LATER}"),
        )
        for status in offered
    )


def choose(turn: Turn, key: str) -> None:
    """`mark:REF:number:status` was tapped by a member."""
    ref, _, rest = key.partition(":")
    number, _, status = rest.partition(":")
    project = find_own(turn, ref)
    if project is None or not number.isdecimal() or status not in {*RecommendationStatus, LATER}:
        turn.refuse("choices.stale")
    elif status == LATER:
        ask_when(turn, project, int(number))
    else:
        mark(turn, project, int(number), RecommendationStatus(status))


def read_answer(turn: Turn, words: str) -> RecommendationAnswer | None:
    """What the words say of the recommendation that they answer, or None."""
    return read_status(words, turn.catalogue.language.answers)


def take_answer(
    turn: Turn, project: Project, number: int, answer: RecommendationAnswer, words: str
) -> None:
    """Record what the words say of a recommendation (0: of the whole project, « plus tard »)."""
    if answer.status is None:
        ask_when(turn, project, number, words)
    else:
        explained = len(words.split()) > BARE_LENGTH
        mark(turn, project, number, answer.status, words, explained=explained)


def states_said(turn: Turn, words: str) -> tuple[tuple[int, RecommendationAnswer], ...]:
    """The recommendations that words name by their numbers, each with the answer given."""
    language = turn.catalogue.language
    return named_states(words, language.recommendation_numbers, language.answers)


def mark_named(
    turn: Turn, project: Project, said: Iterable[tuple[int, RecommendationAnswer]]
) -> None:
    """Record what the words, which the room has read, say of the project's recommendations."""
    for number, answer in said:
        take_answer(turn, project, number, answer, words="")


def command(status: RecommendationStatus) -> Callable[[Turn, CommandCall], None]:
    """The handler of `/fait 2`, `/encours 2`…; without a number, the only open recommendation is
    meant.
    """

    @about_project_under_way
    def handle(turn: Turn, project: Project, call: CommandCall) -> None:
        number, words = _number(project, without_reference(turn, call.words))
        if number is None:
            turn.refuse("marking.which")
        else:
            mark(turn, project, number, status, words, explained=bool(words))

    return handle


@about_project_under_way
def postpone(turn: Turn, here: Project, call: CommandCall) -> None:
    """`/plustard 2 dans 3 semaines`; without a number, the only open recommendation is meant, or
    else the whole project.
    """
    project = find_own(turn, here.ref)
    if project is None:
        turn.refuse("later.not_yours")
        return
    words = without_reference(turn, call.words)
    number, day_words = _number(project, words)
    whole = find_day(turn, project, words)
    if whole is not None and whole != find_day(turn, project, day_words):
        # « /plustard 15 mars » begins with a number that belongs to the date.
        number, day_words = _number(project, "")[0], words
    ask_when(turn, project, number or 0, day_words=day_words)


def mark(
    turn: Turn,
    project: Project,
    number: int,
    status: RecommendationStatus,
    words: str = "",
    *,
    explained: bool = False,
) -> None:
    """Record the state, tell the room and the other members; `words` are those it was said in,
    `explained` whether they say why.

    Said again without a word more, it changes nothing.
    """
    settle(turn, project, number)
    state = turn.label(f"recommendation_status.{status}")
    if not words and project.repeats(number, status):
        turn.reply_about(project, "marking.already", number=number, status=state)
        return
    try:
        project.mark(number, status, turn.side, turn.now)
    except IllegalTransition:
        turn.refuse("marking.unknown", number=number)
        return
    why = explained and status is RecommendationStatus.BLOCKED
    thanks = "marking.thanks_blocked_why" if why else f"marking.thanks_{status}"
    entry = turn.entry(EntryKind.MARKED, words, number=number, detail=status)
    answer, more = thanks if turn.side is Side.MEMBERS else None, quoted(turn, words)
    turn.announce(project, entry, "marking.told", answer, more=more, number=number, status=state)


def _number(project: Project, rest: str) -> tuple[int | None, str]:
    """The recommendation meant, and the words after its number."""
    written = _NUMBER.match(rest)
    if written is not None:
        return int(written[1]), rest[written.end() :]
    still_open = [r.number for r in project.recommendations if r.status.open]
    return (still_open[0] if len(still_open) == 1 else None), rest
