"""The vocabulary of future days, folded, and the arithmetic of days and months."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Delay:
    """A length of time, in calendar months and days."""

    months: int = 0
    days: int = 0

    def after(self, day: date, times: int = 1, *, half: bool = False) -> date:
        """The day so many times this length later, and half of it more if asked."""
        months, days = self.months * times, self.days * times
        if half:
            months += self.months // 2
            days += 15 if self.months % 2 else (self.days + 1) // 2
        return add_months(day, months) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """Holidays of some zones (« abc »): from their first day until classes begin again."""

    name: str
    zones: str
    first: date
    back: date


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """How people name future days. Words and phrases are folded; `days` are (month, day); `feasts`
    are days after Easter; `times` name a time besides months, weekdays and units; `undated` are
    events of which only people know the day.
    """

    within: tuple[str, ...]
    half: tuple[str, ...]
    next: tuple[str, ...]
    past: tuple[str, ...]
    in_a_week: tuple[str, ...]
    in_two_weeks: tuple[str, ...]
    start: tuple[str, ...]
    middle: tuple[str, ...]
    end: tuple[str, ...]
    month_openers: tuple[str, ...]
    deadline_openers: tuple[str, ...]
    lasting: tuple[str, ...]
    last: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    during: tuple[str, ...]
    times: frozenset[str]
    undated: frozenset[str]
    fillers: frozenset[str]
    feasts: Mapping[str, int]
    school_names: Mapping[str, str]
    school_zones: Mapping[str, str]
    school_holidays: tuple[SchoolHolidays, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    ranks: Mapping[str, int]
    units: Mapping[str, Delay]
    delays: Mapping[str, Delay]
    days: Mapping[str, tuple[int, int]]


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return monthrange(year, month)[1]


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is none such."""
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= last_day(year, month)):
        return None
    return date(year, month, day)
