from datetime import timedelta

import pytest

from config.durations import duration


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30 s", timedelta(seconds=30)),
        ("1 second", timedelta(seconds=1)),
        ("500ms", timedelta(milliseconds=500)),
        ("5 min", timedelta(minutes=5)),
        ("1.5 hours", timedelta(minutes=90)),
        ("14 days", timedelta(days=14)),
        ("6 Weeks", timedelta(weeks=6)),
    ],
)
def test_a_duration_is_read_as_people_write_it(written: str, expected: timedelta) -> None:
    assert expected == duration(written)


@pytest.mark.parametrize(
    "written", ["", "14", "days", "14 months", "-3 days", "1 day 2 h", 15, None]
)
def test_anything_else_is_refused_with_what_is_expected(written: object) -> None:
    with pytest.raises(ValueError, match="14 days"):
        duration(written)
