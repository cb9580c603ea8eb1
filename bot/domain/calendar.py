"""Working days and hours of a territory: its time zone, its public holidays, the quiet periods.

Every instant taken or given is aware; those given are UTC. A territory is known here by the code of
its département or collectivité (« 85 », « 2A », « 974 », « 988 »).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import holidays

from bot.domain.dates.words import add_months
from bot.domain.errors import DomainError
from bot.domain.people import Side

OPENING_HOUR = 9

HOME = "75"
"""Where those are whose territory is not known."""

_LOOK_AHEAD = timedelta(days=800)

_METROPOLE = ZoneInfo("Europe/Paris")
_ZONES = {
    "971": ZoneInfo("America/Guadeloupe"),
    "972": ZoneInfo("America/Martinique"),
    "973": ZoneInfo("America/Cayenne"),
    "974": ZoneInfo("Indian/Reunion"),
    "975": ZoneInfo("America/Miquelon"),
    "976": ZoneInfo("Indian/Mayotte"),
    "977": ZoneInfo("America/St_Barthelemy"),
    "978": ZoneInfo("America/Marigot"),
    "986": ZoneInfo("Pacific/Wallis"),
    "987": ZoneInfo("Pacific/Tahiti"),
    "988": ZoneInfo("Pacific/Noumea"),
}
# How the `holidays` library names the territories that have days of their own; 6AE is 67 and 68.
_SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration in calendar months: twelve of them lead to the same day of the next year."""

    count: int


class OpeningHours(Protocol):
    """When people may be written to: from `hour_from` (included) to `hour_to` (excluded), territory
    time; members not in `members_quiet` (first month, first day, last month, last day).
    """

    @property
    def hour_from(self) -> int: ...

    @property
    def hour_to(self) -> int: ...

    @property
    def members_quiet(self) -> tuple[tuple[int, int, int, int], ...]: ...


class NeverOpen(DomainError):
    """The quiet periods of the policy leave no working day."""


def zone_of(departement: str) -> ZoneInfo:
    """The time zone of a territory; that of Paris unless it is overseas."""
    return _ZONES.get(departement, _METROPOLE)


def is_working_day(day: date, departement: str) -> bool:
    """Whether it is neither a week-end nor a public holiday of the territory."""
    return day.weekday() < 5 and day not in _public_holidays(
        _SUBDIVISIONS.get(departement), day.year
    )


def is_quiet(day: date, audience: Side, hours: OpeningHours) -> bool:
    """Whether the policy leaves this audience in peace all day; only members have such periods."""
    return audience is Side.MEMBERS and any(
        _within((day.month, day.day), period[:2], period[2:]) for period in hours.members_quiet
    )


def next_opening(at: datetime, departement: str, audience: Side, hours: OpeningHours) -> datetime:
    """`at` itself if that audience may be written to then, else the first instant after it when it
    may.

    That is from `hour_from` (included) to `hour_to` (excluded) of a working day that is not quiet.
    Raises NeverOpen if the policy leaves none.
    """
    local = at.astimezone(zone_of(departement))
    day = local.date()
    if _is_open(day, departement, audience, hours) and local.hour < hours.hour_to:
        return max(at.astimezone(UTC), at_hour(day, hours.hour_from, departement))
    opening = next(d for d in _days_after(day) if _is_open(d, departement, audience, hours))
    return at_hour(opening, hours.hour_from, departement)


def last_opening_day(day: date, departement: str, audience: Side, hours: OpeningHours) -> date:
    """`day` itself if that audience may be written to then, else the last day before it when it
    may. Raises NeverOpen if the policy leaves none.
    """
    back = (day - timedelta(days=ahead) for ahead in range(_LOOK_AHEAD.days))
    found = next((d for d in back if _is_open(d, departement, audience, hours)), None)
    if found is None:
        raise NeverOpen
    return found


def clock_of(departement: str) -> str:
    """The first département or collectivité whose clocks always say the same: « 75 » for « 85 »,
    « 971 » for « 972 ».
    """
    return _CLOCKS[_offsets(zone_of(departement))]


def _offsets(zone: ZoneInfo) -> tuple[timedelta | None, ...]:
    return tuple(datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))


_CLOCKS = {_offsets(zone): of for of, zone in reversed([(HOME, _METROPOLE), *_ZONES.items()])}
CLOCKS = tuple(reversed(_CLOCKS.values()))
"""One département for each clock there is, that of `HOME` first."""


def day_of(at: datetime, departement: str) -> date:
    """The day that it is in the territory."""
    return at.astimezone(zone_of(departement)).date()


def days_between(since: datetime, until: datetime, departement: str) -> timedelta:
    """How many days of that territory lie between two instants: one over midnight, however near."""
    return day_of(until, departement) - day_of(since, departement)


def due_at_hour(
    start: datetime, after: timedelta | Months, departement: str, hour: int = OPENING_HOUR
) -> datetime:
    """9:00 (or `hour`), territory time, of the day that lies `after` (whole days, or months) later
    than `start`.
    """
    day = day_of(start, departement)
    later = add_months(day, after.count) if isinstance(after, Months) else day + after
    return at_hour(later, hour, departement)


@lru_cache(maxsize=1024)
def at_hour(day: date, hour: int, departement: str) -> datetime:
    """That hour of that day, territory time."""
    return datetime.combine(day, time(hour), zone_of(departement)).astimezone(UTC)


def add_working_days(
    start: datetime, count: int, departement: str, hour: int = OPENING_HOUR
) -> datetime:
    """9:00 (or `hour`), territory time, of the `count`-th working day after the day of `start`;
    from 1.
    """
    day = start.astimezone(zone_of(departement)).date()
    working = (d for d in _days_after(day) if is_working_day(d, departement))
    for _ in range(count):
        day = next(working)
    return at_hour(day, hour, departement)


def _is_open(day: date, departement: str, audience: Side, hours: OpeningHours) -> bool:
    return is_working_day(day, departement) and not is_quiet(day, audience, hours)


def _days_after(day: date) -> Iterator[date]:
    """The days that follow, as far as a sound policy can need them."""
    for ahead in range(1, _LOOK_AHEAD.days):
        yield day + timedelta(days=ahead)
    raise NeverOpen


def _within(day: tuple[int, int], first: tuple[int, int], last: tuple[int, int]) -> bool:
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last


@lru_cache(maxsize=256)
def _public_holidays(subdivision: str | None, year: int) -> frozenset[date]:
    return frozenset(_france()(subdiv=subdivision, years=year, expand=False))


@cache
def _france() -> Any:
    """The library's public holidays of France, from their file: by name, its package would load
    those of two hundred and fifty countries, a tenth of what every start costs.
    """
    file = Path(holidays.__file__).with_name("countries") / "france.py"
    module: Any = ModuleType("holidays_of_france")
    SourceFileLoader(module.__name__, str(file)).exec_module(module)
    return module.France
