"""The follow-up table of a portal's file, read into the domain's policy."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, get_type_hints

from bot.domain.portal import FollowUpPolicy
from config.durations import duration
from config.errors import ConfigError
from config.strict_toml import key_faults

Period = tuple[int, int, int, int]
_PERIOD = re.compile(r"(\d\d)-(\d\d)/(\d\d)-(\d\d)")
_LEAP_YEAR = 2028


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
    if not policy.hour_from < policy.hour_to <= 24:
        faults.append(f"{where}: hour_from is earlier than hour_to, which is at most 24")
    if faults:
        raise ConfigError(sorted(faults))
    return policy


def _count(written: object) -> int:
    if type(written) is not int or not 0 <= written <= 366:
        raise ValueError("a whole number")
    return written


def _periods(written: object) -> tuple[Period, ...]:
    return tuple(_period(period) for period in (written if isinstance(written, list) else [None]))


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
    timedelta: duration,
    int: _count,
    tuple[Period, ...]: _periods,
}
