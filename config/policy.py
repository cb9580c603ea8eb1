"""The follow-up table of a portal's file, read into the domain's policy."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_type_hints

from bot.domain.calendar import Months, NeverOpen, next_opening
from bot.domain.followup import FollowUpPolicy
from bot.domain.followup.policy import NotZero
from bot.domain.people import Side
from config.durations import duration
from config.errors import ConfigError
from config.strict_toml import key_faults

Period = tuple[int, int, int, int]
_PERIOD = re.compile(r"(\d\d)-(\d\d)/(\d\d)-(\d\d)")
_MONTHS = re.compile(r"\s*(\d{1,3})\s*months?\s*")
_LEAP_YEAR = 2028
_ANY_DAY = datetime(2027, 1, 1, tzinfo=UTC)


def read_policy(
    table: Mapping[str, Any], where: str, base: FollowUpPolicy | None = None
) -> FollowUpPolicy:
    """The policy `base` (the default one) with what the table says instead. Raises ConfigError."""
    known = [field.name for field in fields(FollowUpPolicy)]
    faults = key_faults(where, table, known)
    values: dict[str, Any] = {}
    for key in table.keys() & set(known):
        try:
            values[key] = _READERS[_TYPES[key]](table[key])
        except ValueError as error:
            faults.append(f"{where}: {key} = “{table[key]}” is wrong; expected {error}")
    policy = replace(base or FollowUpPolicy(), **values)
    faults += [f"{where}: {fault}" for fault in _faults_between(policy)]
    if faults:
        raise ConfigError(sorted(faults))
    return policy


def _faults_between(policy: FollowUpPolicy) -> Iterator[str]:
    """What each figure allows by itself and not beside the others."""
    if not policy.hour_from < policy.hour_to <= 24:
        yield "hour_from is earlier than hour_to, which is at most 24"
    if not policy.dormancy_warning_after < policy.dormant_after:
        yield "dormancy_warning_after is shorter than dormant_after"
    if not policy.first_answer_working_days < policy.first_answer_team_working_days:
        yield "first_answer_working_days is less than first_answer_team_working_days"
    if list(policy.safety_after) != sorted(set(policy.safety_after)) or not policy.safety_after:
        yield "safety_after is a list of durations, the shortest first"
    for name, kind in get_type_hints(FollowUpPolicy, include_extras=True).items():
        if kind in {NotZero[int], NotZero[timedelta]} and not getattr(policy, name):
            yield f"{name} is more than nothing"
    try:
        next_opening(_ANY_DAY, "75", Side.MEMBERS, policy)
    except NeverOpen:
        yield "members_quiet leaves no working day"


def _days(written: object) -> timedelta:
    length = duration(written)
    if length % timedelta(days=1):
        raise ValueError('whole days, such as "14 days" or "6 weeks"')
    return length


def _exact(written: object) -> tuple[timedelta, ...]:
    if not isinstance(written, list):
        raise ValueError('a list of durations such as ["24 hours", "48 hours"]')  # noqa: TRY004
    return tuple(duration(each) for each in written)


def _months(written: object) -> Months:
    match = _MONTHS.fullmatch(written) if isinstance(written, str) else None
    if match is None or not 0 < int(match[1]) <= 120:
        raise ValueError('months, such as "10 months"')
    return Months(int(match[1]))


def _yes_or_no(written: object) -> bool:
    if not isinstance(written, bool):
        raise ValueError("true or false")  # noqa: TRY004
    return written


def _count(written: object) -> int:
    if type(written) is not int or not 0 <= written <= 366:
        raise ValueError("a whole number")
    return written


def _period(written: object) -> Period:
    match = _PERIOD.fullmatch(written) if isinstance(written, str) else None
    try:
        first_month, first_day, last_month, last_day = (
            int(n) for n in (match.groups() if match else ())
        )
        date(_LEAP_YEAR, first_month, first_day)
        date(_LEAP_YEAR, last_month, last_day)
    except ValueError:
        raise ValueError('periods such as ["07-14/08-31"] (month-day/month-day)') from None
    return (first_month, first_day, last_month, last_day)


_TYPES = get_type_hints(FollowUpPolicy)
_READERS: Mapping[Any, Callable[[object], object]] = {
    timedelta: _days,
    tuple[timedelta, ...]: _exact,
    Months: _months,
    bool: _yes_or_no,
    int: _count,
    tuple[Period, ...]: lambda written: tuple(
        _period(period) for period in (written if isinstance(written, list) else [None])
    ),
}
