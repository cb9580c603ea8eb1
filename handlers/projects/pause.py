"""« /pause » and « /reprendre »: a project rests until a date, and starts again at a word."""

from datetime import date

from bot.domain.calendar import at_hour, day_of, zone_of
from bot.domain.dates.reading import bare_date, read_date
from bot.domain.dates.words import add_months
from bot.domain.errors import IllegalTransition
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.domain.projects.reference import without_references
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.folding import folded_words
from bot.domain.wording.steering import PAUSE, spoken_command
from config import french
from handlers.context.project_lookup import about_project
from handlers.context.turn import Turn
from handlers.projects.closing import say_ended


@about_project
def pause(turn: Turn, project: Project, call: CommandCall) -> None:
    """`/pause jusqu’en mars`: no follow-up until then; without a date, the portal's own delay. The
    date understood is repeated.
    """
    day = _day(turn, project, call.words)
    hour = turn.catalogue.portals[project.portal].policy.hour_from
    try:
        project.pause(at_hour(day, hour, project.departement), turn.now)
    except IllegalTransition:
        say_ended(turn, project)
        return
    _announce(turn, project, EntryKind.PAUSED, french.day(day))


def find_spoken_command(turn: Turn, words: str) -> CommandCall | None:
    """The command that a member's words are. Words that say more than a date or
    a reference besides are no command: « en pause des travaux par la DREAL » is for the advisors.
    """
    if not turn.projects:
        return None
    language = turn.catalogue.language
    said = spoken_command(words, language.steering)
    if said is None or said.name != PAUSE:
        return said
    besides = without_references(said.words)
    polite = language.dates.fillers.issuperset(folded_words(besides))
    zone = zone_of(turn.projects[0].departement)
    return said if polite or bare_date(besides, turn.now, zone, language.dates) else None


def resume_project(turn: Turn, project: Project) -> None:
    """The project's pause ends now."""
    project.resume(turn.now)
    _announce(turn, project, EntryKind.RESUMED, "")


def _announce(turn: Turn, project: Project, kind: EntryKind, day: str) -> None:
    entry = turn.entry(kind, detail=day)
    turn.announce(project, entry, f"pausing.told_{kind}", f"pausing.{kind}", day=day)


def _day(turn: Turn, project: Project, words: str) -> date:
    policy = turn.catalogue.portals[project.portal].policy
    today = day_of(turn.now, project.departement)
    zone, dates = zone_of(project.departement), turn.catalogue.language.dates
    named = bare_date(words, turn.now, zone, dates) or read_date(words, turn.now, zone, dates)
    return named or add_months(today, policy.pause_default.count)
