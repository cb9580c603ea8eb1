"""A member says where a recommendation stands: by one tap, a command, or words."""

from collections.abc import Callable

from bot.domain.answers import read_status
from bot.domain.errors import IllegalTransition
from bot.domain.markup import plain
from bot.domain.people import Role, Side
from bot.domain.permissions import Act
from bot.domain.project import Entry, EntryKind, Project
from bot.domain.recommendation import RecommendationStatus
from bot.ports.network import Choice
from config.texts import Texts
from handlers.later import ask_when
from handlers.planning import wake
from handlers.rights import allowed
from handlers.turn import Turn, signature
from handlers.which import project_here

OFFERED = (
    RecommendationStatus.DONE,
    RecommendationStatus.IN_PROGRESS,
    RecommendationStatus.BLOCKED,
    None,
    RecommendationStatus.NOT_INTERESTED,
)
"""The answers offered with a recommendation, in order; None is « plus tard »."""

LATER = "later"


def answers(texts: Texts, project: Project, number: int) -> tuple[Choice, ...]:
    """The one-tap answers to a recommendation."""
    return tuple(
        Choice(
            f"mark:{project.ref}:{number}:{status or LATER}",
            plain(texts(f"marking.{status or LATER}")),
        )
        for status in OFFERED
    )


def chosen(turn: Turn, key: str) -> None:
    """`mark:REF:number:status` was tapped."""
    ref, number, status = key.split(":")
    project = _mine(turn, ref)
    if project is None or not number.isdecimal():
        turn.refuse("choices.stale")
    elif status == LATER:
        ask_when(turn, project, int(number))
    else:
        mark(turn, project, int(number), RecommendationStatus(status))


def in_words(turn: Turn, words: str) -> bool:
    """Whether the words answered the recommendation asked about last, and were recorded as such."""
    asked = [c.key.split(":") for c in turn.conversation.asked if c.key.startswith("mark:")]
    answer = read_status(words, turn.catalogue.language.answers) if asked else None
    if answer is None:
        return False
    _, ref, number, _ = asked[0]
    project = _mine(turn, ref)
    if project is None:
        return False
    if answer.later:
        ask_when(turn, project, int(number), words)
    elif answer.status is not None:
        mark(turn, project, int(number), answer.status, words)
    return True


def command(status: RecommendationStatus | None) -> Callable[[Turn, str], None]:
    """The handler of `/fait 2`, `/encours 2`…; without a number, the only open recommendation is
    meant.
    """

    def handle(turn: Turn, rest: str) -> None:
        if not allowed(turn, Act.MARK):
            return
        project = project_here(turn, rest)
        number = _number(project, rest) if project else None
        if project is None or number is None:
            turn.refuse("marking.which")
        elif status is None:
            ask_when(turn, project, number, rest.partition(" ")[2])
        else:
            mark(turn, project, number, status)

    return handle


def mark(
    turn: Turn, project: Project, number: int, status: RecommendationStatus, words: str = ""
) -> None:
    """Record the state, tell the room and the other members; `words` are those it was said in."""
    side = Side.MEMBERS if turn.role is Role.MEMBER else Side.ADVISORS
    try:
        project.mark(number, status, side, turn.now)
    except IllegalTransition:
        turn.refuse("marking.unknown", number=number)
        return
    person = turn.person()
    author = signature(person, turn.who.advisor)
    label = turn.label(f"recommendation_status.{status}")
    turn.uow.projects.record(
        project,
        Entry(turn.now, EntryKind.MARKED, side, author, words, number=number, detail=status),
    )
    text = turn.text(
        "marking.told", author=author, number=number, status=label, title=project.title
    ) + (turn.text("marking.words", words=words) if words else "")
    turn.tell_room(project, text, kind="notice")
    turn.tell_members(project, text, kind="notice", but=person)
    if turn.who.room is None:
        turn.reply_about(project, f"marking.thanks_{status}", number=number, status=label)
    wake(turn, project)


def _mine(turn: Turn, ref: str) -> Project | None:
    if all(project.ref != ref for project in turn.projects):
        return None
    return turn.uow.projects.whole(ref)


def _number(project: Project, rest: str) -> int | None:
    written = [int(word) for word in rest.split() if word.isdecimal()]
    if written:
        return written[0]
    still_open = [r.number for r in project.recommendations if r.status.open]
    return still_open[0] if len(still_open) == 1 else None
