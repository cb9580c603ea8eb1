"""« /pause » and « /reprendre »: a project rests until a date, and starts again at a word."""

from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import at_hour, day_of, zone_of
from bot.domain.dates.reading import bare_date, names_time, past_date, read_date, read_range
from bot.domain.dates.words import add_months
from bot.domain.errors import IllegalTransition
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.folding import folded_words
from bot.domain.wording.steering import PAUSE, spoken_command
from config import french
from handlers.context.project_lookup import about_project, without_reference
from handlers.context.turn import Turn
from handlers.projects.closing import say_ended


@about_project
def pause(turn: Turn, project: Project, call: CommandCall) -> None:
    """`/pause jusqu’en mars`, `/pause du 1er juillet au 31 août`: no follow-up from now until then;
    without a date, the portal's own delay. The dates understood are repeated; words that name a
    time which cannot be read, or is past, pause nothing.
    """
    words = without_reference(turn, call.words)
    rest = _find_rest(turn, project, words)
    if rest is None:
        past = past_date(words, turn.catalogue.language.dates)
        turn.refuse(
            "pausing.past" if past else "pausing.unread", day=french.day(past) if past else ""
        )
        return
    day = rest.until
    hour = turn.catalogue.portals[project.portal].policy.hour_from
    try:
        project.pause(at_hour(day, hour, project.departement), turn.now)
    except IllegalTransition:
        say_ended(turn, project)
        return
    since = french.day(rest.since) if rest.since else ""
    _announce(turn, project, EntryKind.PAUSED, french.day(day), since)


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
    besides = without_reference(turn, said.words)
    polite = language.dates.fillers.issuperset(folded_words(besides))
    departement = turn.projects[0].departement
    when = turn.said_at, zone_of(departement), language.dates, departement
    is_date = bare_date(besides, *when) or read_range(besides, *when)
    return said if polite or is_date else None


def resume_project(turn: Turn, project: Project) -> None:
    """The project's pause ends now."""
    project.resume(turn.now)
    _announce(turn, project, EntryKind.RESUMED, "")


def _announce(turn: Turn, project: Project, kind: EntryKind, day: str, since: str = "") -> None:
    entry = turn.entry(kind, detail=day)
    key = f"{kind}_between" if since else str(kind)
    turn.announce(project, entry, f"pausing.told_{key}", f"pausing.{key}", day=day, since=since)


@dataclass(frozen=True, slots=True)
class _Rest:
    """Until when a project rests; `since`: from which day on the words ask it, if it is to come."""

    until: date
    since: date | None = None


def _find_rest(turn: Turn, project: Project, words: str) -> _Rest | None:
    """What the words ask for; None where they name a time that cannot be read, or has come."""
    today, departement = day_of(turn.now, project.departement), project.departement
    dates = turn.catalogue.language.dates
    when = turn.said_at, zone_of(departement), dates, departement
    said = read_range(words, *when)
    if said is not None:
        since, until = said
    else:
        since, named = today, bare_date(words, *when) or read_date(words, *when)
        if named is None and (names_time(words, dates) or past_date(words, dates)):
            return None
        until = named or _default(turn, project)
    return _Rest(until, since if since > today else None) if until > today else None


def _default(turn: Turn, project: Project) -> date:
    policy = turn.catalogue.portals[project.portal].policy
    return add_months(day_of(turn.now, project.departement), policy.pause_default.count)
