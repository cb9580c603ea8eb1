"""« Plus tard »: when to ask again. The date understood is repeated."""

from datetime import datetime, time, timedelta

from bot.domain.calendar import zone_of
from bot.domain.dates import read_date
from bot.domain.errors import IllegalTransition
from bot.domain.people import Side
from bot.domain.project import Entry, EntryKind, Project
from bot.ports.network import Choice
from config import french
from handlers.planning import wake
from handlers.turn import Turn, signature

FLOW = "later"

OFFERED_DAYS = (14, 28, 56)
"""How many days from now are offered by one tap."""

ASK_AT = time(9)


def ask_when(turn: Turn, project: Project, number: int, words: str = "") -> None:
    """Ask until when to wait about a recommendation (0: the whole project), unless the words say
    it.
    """
    if words and _postpone_by_words(turn, project, number, words):
        return
    turn.conversation.flow = FLOW
    turn.conversation.data = {"ref": project.ref, "number": number}
    choices = (
        Choice(f"later:{project.ref}:{number}:{days}", turn.label("later.weeks", count=days // 7))
        for days in OFFERED_DAYS
    )
    turn.ask("later.ask", *choices)


def heard(turn: Turn, words: str) -> bool:
    """Words after the question: a date, or something else (False: the dialogue is over)."""
    data = turn.conversation.data
    project = _mine(turn, data["ref"])
    if project is not None and _postpone_by_words(turn, project, data["number"], words):
        return True
    turn.conversation.flow, turn.conversation.data = None, {}
    return False


def chosen(turn: Turn, key: str) -> None:
    """`later:REF:number:days` was tapped."""
    ref, number, days = key.split(":")
    project = _mine(turn, ref)
    if project is None or int(days) not in OFFERED_DAYS:
        turn.refuse("choices.stale")
        return
    zone = zone_of(project.departement)
    day = (turn.now.astimezone(zone) + timedelta(days=int(days))).date()
    _postpone(turn, project, int(number), datetime.combine(day, ASK_AT, zone))


def _postpone_by_words(turn: Turn, project: Project, number: int, words: str) -> bool:
    zone = zone_of(project.departement)
    day = read_date(words, turn.now, zone, turn.catalogue.language.dates)
    if day is None:
        return False
    _postpone(turn, project, number, datetime.combine(day, ASK_AT, zone))
    return True


def _postpone(turn: Turn, project: Project, number: int, until: datetime) -> None:
    try:
        project.postpone(number, until, turn.now)
    except IllegalTransition:
        turn.refuse("marking.unknown", number=number)
        return
    turn.conversation.flow, turn.conversation.data = None, {}
    author = signature(turn.person(), turn.who.advisor)
    day = french.day(until.date())
    turn.uow.projects.record(
        project,
        Entry(
            turn.now, EntryKind.POSTPONED, Side.MEMBERS, author, number=number or None, detail=day
        ),
    )
    turn.tell_room(
        project, turn.text("later.told", author=author, number=number, day=day), kind="notice"
    )
    turn.reply_about(project, "later.agreed", day=day)
    wake(turn, project)


def _mine(turn: Turn, ref: str) -> Project | None:
    if all(project.ref != ref for project in turn.projects):
        return None
    return turn.uow.projects.whole(ref)
