"""Hours and days on pages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.networks.web.templates import hour, long_day

EVENING = datetime(2026, 2, 28, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [
        ("Europe/Paris", "dimanche 1er mars 2026", "0 h 05"),
        ("America/Cayenne", "samedi 28 février 2026", "20 h 05"),
        ("Pacific/Tahiti", "samedi 28 février 2026", "13 h 05"),
    ],
)
def test_days_and_hours_are_french_and_local(zone: str, day: str, time: str) -> None:
    where = ZoneInfo(zone)

    assert (day, time) == (
        long_day(EVENING, where),
        hour(EVENING, where).replace("\u00a0", " "),
    )
