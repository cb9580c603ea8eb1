"""« /pause » and « /reprendre »: a project rests until a date, and starts again at a word."""

from datetime import date

from bot.domain.calendar import at_hour, day_of, zone_of
from bot.domain.dates import read_date
from bot.domain.dates.words import add_months
from bot.domain.errors import IllegalTransition
from bot.domain.project import Entry, EntryKind, Project
from config import french
from handlers.turn import Turn
from handlers.which import project_here, say_which


def pause(turn: Turn, rest: str) -> None:
    """`/pause jusqu’en mars`: no follow-up until then; without a date, the portal's own delay. The
    date understood is repeated.
    """
    project = project_here(turn, rest)
    if project is None:
        say_which(turn)
        return
    day = _day(turn, project, rest)
    hour = turn.catalogue.portals[project.portal].policy.hour_from
    try:
        project.pause(at_hour(day, hour, project.departement), turn.now)
    except IllegalTransition:
        turn.reply_about(project, "closing.already")
        return
    project.moved(turn.now)
    _tell(turn, project, EntryKind.PAUSED, french.day(day))


def resume_project(turn: Turn, project: Project) -> None:
    """The project's pause ends now."""
    project.resume(turn.now)
    project.moved(turn.now)
    _tell(turn, project, EntryKind.RESUMED, "")


def _tell(turn: Turn, project: Project, kind: EntryKind, day: str) -> None:
    turn.uow.projects.record(project, Entry(turn.now, kind, turn.side, turn.author, detail=day))
    text = turn.text(f"pausing.told_{kind}", author=turn.author, title=project.title, day=day)
    turn.tell_members(project, text, kind="notice", but=turn.who.person)
    if turn.who.room is None:
        turn.tell_room(project, text, kind="notice")
    turn.reply_about(project, f"pausing.{kind}", day=day)


def _day(turn: Turn, project: Project, words: str) -> date:
    policy = turn.catalogue.portals[project.portal].policy
    today = day_of(turn.now, project.departement)
    named = read_date(words, turn.now, zone_of(project.departement), turn.catalogue.language.dates)
    return named or add_months(today, policy.pause_default.count)
