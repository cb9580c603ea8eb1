"""Working days, hours and quiet periods of a territory."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import (
    Months,
    NeverOpen,
    add_working_days,
    due_at_hour,
    is_quiet,
    is_working_day,
    last_opening_day,
    next_opening,
    zone_of,
)
from bot.domain.followup import FollowUpPolicy
from bot.domain.people import Side

POLICY = FollowUpPolicy()
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=3300)).map(
    lambda since: datetime(2024, 1, 1, tzinfo=UTC) + since
)
TERRITORIES = [
    "85", "2A", "57", "67", "68", "971", "972", "973", "974", "975", "976", "977", "978",
    "986", "987", "988",
]  # fmt: skip


def local(departement: str, *when: int) -> datetime:
    """An instant given in the territory's own time."""
    return datetime(*when, tzinfo=zone_of(departement))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("departement", "zone"),
    [
        ("75", "Europe/Paris"),
        ("2B", "Europe/Paris"),
        ("", "Europe/Paris"),
        ("971", "America/Guadeloupe"),
        ("973", "America/Cayenne"),
        ("974", "Indian/Reunion"),
        ("975", "America/Miquelon"),
        ("977", "America/St_Barthelemy"),
        ("986", "Pacific/Wallis"),
        ("987", "Pacific/Tahiti"),
        ("988", "Pacific/Noumea"),
    ],
)
def test_each_territory_has_its_time_zone(departement: str, zone: str) -> None:
    assert ZoneInfo(zone) == zone_of(departement)


@pytest.mark.parametrize(
    ("departement", "day"),
    [
        ("57", date(2027, 3, 26)),
        ("67", date(2027, 3, 26)),
        ("68", date(2028, 12, 26)),
        ("971", date(2027, 5, 27)),
        ("972", date(2028, 5, 22)),
        ("973", date(2027, 6, 10)),
        ("974", date(2027, 12, 20)),
        ("976", date(2027, 4, 27)),
        ("977", date(2028, 10, 9)),
        ("978", date(2027, 5, 28)),
        ("986", date(2027, 6, 29)),
        ("987", date(2027, 3, 5)),
        ("988", date(2027, 9, 24)),
    ],
)
def test_a_territory_has_public_holidays_of_its_own(departement: str, day: date) -> None:
    assert not is_working_day(day, departement)
    assert is_working_day(day, "85")


@pytest.mark.parametrize("departement", TERRITORIES)
def test_national_holidays_and_week_ends_hold_everywhere(departement: str) -> None:
    for day in (date(2027, 1, 1), date(2027, 3, 29), date(2027, 11, 11), date(2027, 1, 9)):
        assert not is_working_day(day, departement)
    assert is_working_day(date(2027, 1, 4), departement)


def test_29_february_is_a_day_like_any_other() -> None:
    assert is_working_day(date(2028, 2, 29), "85")
    assert local("85", 2028, 2, 29, 9) == due_at_hour(
        local("85", 2028, 2, 15, 18), timedelta(days=14), "85"
    )


def test_within_hours_the_opening_is_now() -> None:
    now = local("85", 2027, 1, 7, 16, 59)
    assert now == next_opening(now, "85", Side.MEMBERS, POLICY)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ((2027, 1, 7, 8, 59), (2027, 1, 7, 9)),
        ((2027, 1, 7, 17, 0), (2027, 1, 8, 9)),
        ((2027, 1, 8, 18, 0), (2027, 1, 11, 9)),
        ((2026, 12, 31, 18, 0), (2027, 1, 4, 9)),
    ],
)
def test_outside_hours_it_is_nine_of_the_next_working_day(
    at: tuple[int, ...], opening: tuple[int, ...]
) -> None:
    assert local("85", *opening) == next_opening(local("85", *at), "85", Side.ADVISORS, POLICY)


def test_members_rest_in_summer_and_at_the_year_s_end_and_others_do_not() -> None:
    summer, new_year = local("85", 2027, 7, 15, 10), local("85", 2026, 12, 21, 10)
    assert local("85", 2027, 9, 1, 9) == next_opening(summer, "85", Side.MEMBERS, POLICY)
    assert local("85", 2027, 1, 6, 9) == next_opening(new_year, "85", Side.MEMBERS, POLICY)
    assert summer == next_opening(summer, "85", Side.ADVISORS, POLICY)
    assert new_year == next_opening(new_year, "85", Side.TEAM, POLICY)


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2027, 7, 13), False),
        (date(2027, 7, 14), True),
        (date(2027, 8, 31), True),
        (date(2027, 9, 1), False),
        (date(2027, 12, 19), False),
        (date(2027, 12, 20), True),
        (date(2028, 1, 5), True),
        (date(2028, 1, 6), False),
    ],
)
def test_a_quiet_period_includes_both_its_ends(day: date, *, quiet: bool) -> None:
    assert quiet == is_quiet(day, Side.MEMBERS, POLICY)


def test_nine_o_clock_follows_the_clocks_when_they_change() -> None:
    # Clocks go forward on 28 March 2027 and back on 31 October.
    spring = due_at_hour(local("85", 2027, 3, 26, 9), timedelta(days=3), "85")
    autumn = due_at_hour(local("85", 2027, 10, 29, 9), timedelta(days=3), "85")
    assert datetime(2027, 3, 29, 7, tzinfo=UTC) == spring
    assert datetime(2027, 11, 1, 8, tzinfo=UTC) == autumn


def test_the_day_is_that_of_the_territory_on_either_side_of_the_date_line() -> None:
    monday_evening_utc = datetime(2027, 1, 4, 20, tzinfo=UTC)
    in_wallis = next_opening(monday_evening_utc, "986", Side.ADVISORS, POLICY)
    in_tahiti = next_opening(monday_evening_utc, "987", Side.ADVISORS, POLICY)
    assert local("986", 2027, 1, 5, 9) == in_wallis == datetime(2027, 1, 4, 21, tzinfo=UTC)
    assert local("987", 2027, 1, 4, 10) == in_tahiti == monday_evening_utc


def test_working_days_leave_out_week_ends_and_holidays() -> None:
    friday = local("85", 2027, 5, 14, 16)
    assert local("85", 2027, 5, 18, 9) == add_working_days(friday, 1, "85")
    assert local("85", 2027, 5, 20, 9) == add_working_days(friday, 3, "85")


@pytest.mark.parametrize(
    ("departement", "start", "count", "due"),
    [
        # 11 November 2026 is a Wednesday on which nobody works; the week-end follows.
        ("85", (2026, 11, 10, 8), 1, (2026, 11, 12, 9)),
        ("85", (2026, 11, 10, 8), 3, (2026, 11, 16, 9)),
        # From a day off, the first working day counts.
        ("85", (2026, 11, 14, 12), 1, (2026, 11, 16, 9)),
        ("85", (2026, 11, 11, 12), 2, (2026, 11, 13, 9)),
        # Good Friday is a holiday in Moselle and in the Bas-Rhin only.
        ("57", (2027, 3, 25, 16), 1, (2027, 3, 30, 9)),
        ("67", (2027, 3, 25, 16), 1, (2027, 3, 30, 9)),
        ("85", (2027, 3, 25, 16), 1, (2027, 3, 26, 9)),
        # 20 December is the abolition of slavery in La Réunion, a Monday in 2027.
        ("974", (2027, 12, 17, 10), 2, (2027, 12, 22, 9)),
        ("85", (2027, 12, 17, 10), 2, (2027, 12, 21, 9)),
        # Over the new year.
        ("85", (2026, 12, 31, 23), 2, (2027, 1, 5, 9)),
        # Clocks change on 28 March 2027: it is nine all the same.
        ("85", (2027, 3, 26, 9), 1, (2027, 3, 30, 9)),
    ],
)
def test_the_working_day_that_counts_is_the_territory_s(
    departement: str, start: tuple[int, ...], count: int, due: tuple[int, ...]
) -> None:
    reached = add_working_days(local(departement, *start), count, departement)
    assert local(departement, *due) == reached


def test_the_day_counted_from_is_that_of_the_territory() -> None:
    # Sunday evening in Paris is Monday morning in Nouméa, Sunday morning in Tahiti.
    sunday_evening = datetime(2027, 1, 10, 21, tzinfo=UTC)
    assert local("85", 2027, 1, 11, 9) == add_working_days(sunday_evening, 1, "85")
    assert local("988", 2027, 1, 12, 9) == add_working_days(sunday_evening, 1, "988")
    assert local("987", 2027, 1, 11, 9) == add_working_days(sunday_evening, 1, "987")


def test_another_hour_can_be_asked_for() -> None:
    assert local("85", 2027, 1, 12, 14) == add_working_days(
        local("85", 2027, 1, 11, 9), 1, "85", hour=14
    )


@given(at=INSTANTS, departement=st.sampled_from(TERRITORIES), count=st.integers(1, 12))
def test_between_a_start_and_its_nth_working_day_lie_as_many_working_days(
    at: datetime, departement: str, count: int
) -> None:
    zone = zone_of(departement)
    last = add_working_days(at, count, departement).astimezone(zone).date()
    first = at.astimezone(zone).date()
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert is_working_day(last, departement)
    assert count == sum(is_working_day(day, departement) for day in days)


def test_a_policy_that_is_always_quiet_is_an_error_not_an_endless_search() -> None:
    always = FollowUpPolicy(members_quiet=((1, 1, 12, 31),))
    with pytest.raises(NeverOpen):
        next_opening(local("85", 2027, 1, 4, 10), "85", Side.MEMBERS, always)


@given(
    at=INSTANTS,
    departement=st.sampled_from(TERRITORIES),
    audience=st.sampled_from(Side),
)
def test_an_opening_is_the_first_moment_that_is_open(
    at: datetime, departement: str, audience: Side
) -> None:
    opening = next_opening(at, departement, audience, POLICY)
    here = opening.astimezone(zone_of(departement))
    assert opening >= at
    assert opening.tzinfo is UTC
    assert 9 <= here.hour < 17
    assert is_working_day(here.date(), departement)
    assert not is_quiet(here.date(), audience, POLICY)
    assert opening == next_opening(opening, departement, audience, POLICY)
    halfway = at + (opening - at) / 2
    assert opening == next_opening(halfway, departement, audience, POLICY)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ((2027, 1, 6), 10, (2027, 11, 6)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2027, 12, 31), 2, (2028, 2, 29)),
        ((2027, 8, 31), 6, (2028, 2, 29)),
        ((2027, 11, 30), 3, (2028, 2, 29)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    start: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    due = due_at_hour(local("85", *start, 15), Months(months), "85")
    assert local("85", *expected, 9) == due


@pytest.mark.parametrize(
    ("departement", "day"), [("986", (2027, 1, 21)), ("987", (2027, 1, 20)), ("85", (2027, 1, 20))]
)
def test_the_day_is_that_of_the_territory_on_both_sides_of_the_date_line(
    departement: str, day: tuple[int, int, int]
) -> None:
    noon_in_utc_on_the_6th = datetime(2027, 1, 6, 13, tzinfo=UTC)
    due = due_at_hour(noon_in_utc_on_the_6th, timedelta(days=14), departement)
    assert local(departement, *day, 9) == due


def test_the_last_opening_day_looks_back_over_quiet_days() -> None:
    sunday, summer = date(2027, 2, 7), date(2027, 8, 20)
    assert date(2027, 2, 5) == last_opening_day(sunday, "85", Side.MEMBERS, POLICY)
    assert date(2027, 7, 13) == last_opening_day(summer, "85", Side.MEMBERS, POLICY)
    assert date(2027, 8, 20) == last_opening_day(summer, "85", Side.TEAM, POLICY)
