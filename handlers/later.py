"""« Plus tard »: when to ask again. The date understood is repeated."""

from datetime import date, datetime, time, timedelta

from bot.domain.calendar import zone_of
from bot.domain.dates import read_date
from bot.domain.errors import IllegalTransition
from bot.domain.people import Side
from bot.domain.project import Entry, EntryKind, Project
from bot.ports.network import Choice
from config import french
from handlers.dialogues import HOLDING_WORDS
from handlers.planning import wake
from handlers.turn import Turn
from handlers.which import own

FLOW = "later"

OFFERED_DAYS = (14, 28, 56)
"""How many days from now are offered by one tap."""


def ask_when(turn: Turn, project: Project, number: int, words: str = "") -> None:
    """Ask until when to wait about a recommendation (0: the whole project), unless the words say
    it. Until they answer, or where another dialogue holds words, the portal's own delay holds.
    """
    day = day_named(turn, project, words)
    if day is not None:
        _agree(turn, project, number, day)
        return
    default = _in_days(turn, project, turn.catalogue.portals[project.portal].policy.later_default)
    if turn.conversation.flow in HOLDING_WORDS:
        _agree(turn, project, number, default)
        return
    if not _postpone(turn, project, number, default):
        return
    turn.conversation.flow = FLOW
    turn.conversation.data = {"ref": project.ref, "number": number}
    choices = (
        Choice(f"{FLOW}:{project.ref}:{number}:{days}", turn.label("later.weeks", count=days // 7))
        for days in OFFERED_DAYS
    )
    turn.ask("later.ask", *choices, day=french.day(default))


def heard(turn: Turn, words: str) -> bool:
    """Words after the question: a date, or something else (False: the dialogue is over)."""
    data = turn.conversation.data
    turn.conversation.flow, turn.conversation.data = None, {}
    project = own(turn, data["ref"])
    day = day_named(turn, project, words) if project is not None else None
    if project is None or day is None:
        return False
    _agree(turn, project, data["number"], day)
    return True


def chosen(turn: Turn, key: str) -> None:
    """`later:REF:number:days` was tapped."""
    ref, _, rest = key.partition(":")
    number, _, days = rest.partition(":")
    project = own(turn, ref)
    if project is None or not number.isdecimal() or days not in map(str, OFFERED_DAYS):
        turn.refuse("choices.stale")
        return
    if turn.conversation.flow == FLOW:
        turn.conversation.flow, turn.conversation.data = None, {}
    _agree(turn, project, int(number), _in_days(turn, project, timedelta(days=int(days))))


def day_named(turn: Turn, project: Project, words: str) -> date | None:
    """The day that the words name, in the project's time zone; None for none."""
    return read_date(words, turn.now, zone_of(project.departement), turn.catalogue.language.dates)


def _agree(turn: Turn, project: Project, number: int, day: date) -> None:
    if not _postpone(turn, project, number, day):
        return
    told = french.day(day)
    turn.tell_room(project, turn.text("later.told", author=turn.author, day=told), kind="notice")
    turn.reply_about(project, "later.agreed", day=told)


def _postpone(turn: Turn, project: Project, number: int, day: date) -> bool:
    hour = turn.catalogue.portals[project.portal].policy.hour_from
    until = datetime.combine(day, time(hour), zone_of(project.departement))
    try:
        project.postpone(number, until, turn.now)
    except IllegalTransition:
        turn.refuse("marking.unknown", number=number)
        return False
    entry = Entry(
        turn.now,
        EntryKind.POSTPONED,
        Side.MEMBERS,
        turn.author,
        number=number or None,
        detail=french.day(day),
    )
    turn.uow.projects.record(project, entry)
    wake(turn, project)
    return True


def _in_days(turn: Turn, project: Project, after: timedelta) -> date:
    return (turn.now.astimezone(zone_of(project.departement)) + after).date()
