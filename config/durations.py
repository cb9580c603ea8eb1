"""Durations as people write them in configuration files: "14 days", "6 weeks", "90 s"."""

import re
from datetime import timedelta

_WRITTEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*", re.IGNORECASE)
_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "second": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
EXPECTED = 'a duration such as "30 s", "5 min", "2 hours", "14 days" or "6 weeks"'


def duration(written: object) -> timedelta:
    """The duration, never negative. Raises ValueError with what is expected."""
    if isinstance(written, timedelta):
        return written
    match = _WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise ValueError(EXPECTED)
    unit = match[2].lower()
    size = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
    if size is None:
        raise ValueError(EXPECTED)
    return float(match[1]) * size
