"""« Plus tard »: when to ask again. The date at which it will really be asked is repeated."""

import textwrap
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import NeverOpen, at_hour, day_of, next_opening, zone_of
from bot.domain.dates.reading import asks_event, past_date, read_date
from bot.domain.dialogues import AskedWhen
from bot.domain.errors import IllegalTransition
from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.project import Project
from bot.domain.wording.markup import quote
from bot.ports.network import Choice
from config import french
from config.texts import Raw
from handlers.context.project_lookup import find_own
from handlers.context.turn import Turn

OFFERED_DAYS = (14, 28, 56)
"""How many days from now are offered by one tap."""

DATE_LENGTH = 5
"""More words than that say something besides a date."""

SHOWN = 60
"""Characters shown of words in which no date could be read."""


def ask_when(
    turn: Turn, project: Project, number: int, words: str = "", day_words: str = ""
) -> None:
    """Ask until when to wait about a recommendation (0: the whole project), unless `day_words` say
    it. Until they answer, or where another dialogue holds words, the portal's own delay holds.
    `words` are those in which « plus tard » was said: the room reads them.
    """
    day = find_day(turn, project, day_words or words)
    if day is not None:
        _agree(turn, project, number, day, words)
        return
    default = _in_days(turn, project, turn.catalogue.portals[project.portal].policy.later_default)
    if turn.dialogue.holds_words:
        _agree(turn, project, number, default, words)
        return
    if not _postpone(turn, project, number, default, words):
        return
    if words:
        text = turn.text("later.told_undated", author=turn.author) + quoted(turn, words)
        turn.tell_room(project, text)
    turn.dialogue.under_way = asked = AskedWhen(project.ref, number, unread=False)
    if day_words:
        say_unread(turn, project, asked, day_words)
    else:
        _ask(turn, project, number, "later.ask", default)


def project_awaiting_day(turn: Turn, asked: AskedWhen) -> Project | None:
    """The project about which « quand ? » still waits for an answer. Once the date that stood by
    default has come, or an advisor has asked something, it waits no more.
    """
    project = find_own(turn, asked.ref)
    if project is None or project.members_owe_since is not None:
        return None
    until = project.later_about(asked.number)
    return project if until is not None and until > turn.now else None


def take_day(turn: Turn, project: Project, number: int, day: date, words: str) -> None:
    """Keep the day that the words name, in answer to « quand ? ». The room reads what they say
    besides.
    """
    besides = words if len(words.split()) > DATE_LENGTH else ""
    _agree(turn, project, number, day, besides)


def say_unread(turn: Turn, project: Project, asked: AskedWhen, words: str) -> None:
    """No date could be read in the words: how to write one, and the same question again."""
    turn.dialogue.under_way = replace(asked, unread=True)
    default = day_of(project.later_about(asked.number) or turn.now, project.departement)
    shown = textwrap.shorten(words, SHOWN, placeholder="…")
    key, past = _unread(turn, project, words)
    day = french.day(past) if past else ""
    _ask(turn, project, asked.number, key, default, words=shown, past=day)


def choose(turn: Turn, key: str) -> None:
    """`later:REF:number:days` was tapped: an answer, or another date than the one given before."""
    ref, _, rest = key.partition(":")
    number, _, days = rest.partition(":")
    project = find_own(turn, ref)
    if project is None or not number.isdecimal() or days not in map(str, OFFERED_DAYS):
        turn.refuse("choices.stale")
        return
    day = _in_days(turn, project, timedelta(days=int(days)))
    until = project.later_about(int(number))
    if until is None:
        turn.refuse("choices.stale")
    elif until == _opens(turn, project, day) and not _is_asked(turn, project, int(number)):
        turn.reply_about(project, "later.already", day=french.day(_promised(turn, project, day)))
    else:
        _agree(turn, project, int(number), day)


def settle(turn: Turn, project: Project, number: int) -> None:
    """Nothing is asked here any more about the recommendation: it was answered."""
    about = (f"mark:{project.ref}:{number}:", f"{AskedWhen.kind}:{project.ref}:{number}:")
    if any(choice.key.startswith(about) for choice in turn.dialogue.asked):
        turn.dialogue.asked = ()
    if _is_asked(turn, project, number):
        turn.dialogue.under_way = None


def quoted(turn: Turn, words: str) -> str:
    """The words in which it was said, for those who are told; nothing for none."""
    return turn.text("marking.words", words=Raw(quote(words))) if words else ""


def find_day(turn: Turn, project: Project, words: str) -> date | None:
    """The day that the words named when they were said, in the project's time zone; None for none,
    and for one that has come since.
    """
    day = _read(turn, project, words)
    return day if day and day > day_of(turn.now, project.departement) else None


def _read(turn: Turn, project: Project, words: str) -> date | None:
    zone, dates = zone_of(project.departement), turn.catalogue.language.dates
    return read_date(words, turn.said_at, zone, dates, project.departement)


def _unread(turn: Turn, project: Project, words: str) -> tuple[str, date | None]:
    """Why no day could be taken, as a text, and the day that is past if it is one."""
    dates = turn.catalogue.language.dates
    past = _read(turn, project, words) or past_date(words, dates)
    if past is not None and past <= day_of(turn.now, project.departement):
        return "later.past", past
    return ("later.event" if asks_event(words, dates) else "later.unread"), None


def _is_asked(turn: Turn, project: Project, number: int) -> bool:
    """Whether « quand ? » is being asked here about the recommendation."""
    asked = turn.dialogue.under_way
    here = (project.ref, number)
    return isinstance(asked, AskedWhen) and (asked.ref, asked.number) == here


def _ask(
    turn: Turn,
    project: Project,
    number: int,
    key: str,
    default: date,
    **said: str,
) -> None:
    about = f"{AskedWhen.kind}:{project.ref}:{number}"
    choices = (
        Choice(f"{about}:{days}", turn.label("later.weeks", count=days // 7))
        for days in OFFERED_DAYS
    )
    day = french.day(_promised(turn, project, default))
    turn.ask(key, *choices, day=day, **said)


def _agree(turn: Turn, project: Project, number: int, day: date, words: str = "") -> None:
    if not _postpone(turn, project, number, day, words):
        return
    settle(turn, project, number)
    promised = _promised(turn, project, day)
    told = turn.text("later.told", author=turn.author, day=french.day(promised))
    turn.tell_room(project, told + quoted(turn, words))
    key = "later.agreed" if promised == day else "later.agreed_quiet"
    turn.reply_about(project, key, day=french.day(promised), asked=french.day(day))


def _postpone(turn: Turn, project: Project, number: int, day: date, words: str) -> bool:
    """Whether it was put off. The story tells it once: a date that answers « quand ? » replaces the
    other.
    """
    try:
        project.postpone(number, _opens(turn, project, day), turn.now)
    except IllegalTransition:
        turn.refuse("marking.unknown", number=number)
        return False
    detail = french.day(_promised(turn, project, day))
    told = _told_last(turn, project, number) if _is_asked(turn, project, number) else None
    if told is not None:
        told.detail, told.text = detail, words or told.text
        turn.uow.projects.amend(told)
    else:
        entry = turn.entry(EntryKind.POSTPONED, words, number=number or None, detail=detail)
        turn.uow.projects.record(project, entry)
    return True


def _told_last(turn: Turn, project: Project, number: int) -> Entry | None:
    story = reversed(turn.uow.projects.story(project, backstage=False))
    about = (e for e in story if e.kind is EntryKind.POSTPONED and (e.number or 0) == number)
    return next(about, None)


def _opens(turn: Turn, project: Project, day: date) -> datetime:
    hour = turn.catalogue.portals[project.portal].policy.hour_from
    return at_hour(day, hour, project.departement)


def _promised(turn: Turn, project: Project, day: date) -> date:
    """The day on which members can be asked: that day, or the first one after it that is not
    quiet.
    """
    policy = turn.catalogue.portals[project.portal].policy
    try:
        at = next_opening(_opens(turn, project, day), project.departement, Side.MEMBERS, policy)
    except NeverOpen:
        return day
    return day_of(at, project.departement)


def _in_days(turn: Turn, project: Project, after: timedelta) -> date:
    return (turn.now.astimezone(zone_of(project.departement)) + after).date()
