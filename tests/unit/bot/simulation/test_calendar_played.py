"""Working days, holidays and quiet periods, for every audience, where the project is."""

from zoneinfo import ZoneInfo

import pytest

from tests.support.stories import ADVISOR, followups, recommended, step, submitted, told

EVERYWHERE = {
    **ADVISOR,
    "departements": ["85", "57", "67", "971", "972", "973", "974", "987", "988"],
}


@pytest.mark.parametrize(
    ("territory", "asked", "due"),
    [
        ("85092", "2028-12-16 12:00", "2028-12-26"),
        ("57463", "2028-12-16 12:00", "2028-12-27"),  # Moselle rests on 26 December
        ("97416", "2027-12-10 08:00", "2027-12-21"),  # Réunion: 20 December
        ("97302", "2027-05-31 15:00", "2027-06-11"),  # Guyane: 10 June
        ("97209", "2028-05-12 15:00", "2028-05-23"),  # Martinique: 22 May
        ("98735", "2027-02-23 21:00", "2027-03-08"),  # Polynesia: 5 March
        ("98818", "2027-09-14 05:00", "2027-09-27"),  # New Caledonia: 24 September
        (
            "85092",
            "2027-07-04 09:00",
            "2027-07-15",
        ),  # advisors have no summer, but the 14th of July
    ],
)
def test_advisors_are_asked_on_working_days_of_the_territory(
    territory: str, asked: str, due: str
) -> None:
    day = f"{asked[:8]}01"
    steps = [
        submitted(at=f"{day} 09:00", territory=territory),
        step(f"{day} 09:30", "T", accepts=True),
        step(f"{day} 10:00", "A", says="Bonjour"),
        step(asked, "M", says="Quel est le coût ?"),
    ]
    sent = told(
        steps, f"{int(due[:4]) + 1}-01-10", start=f"{day}T00:00:00+01:00", advisors=[EVERYWHERE]
    )
    assert f"{due} 09:00 backstage question" == followups(sent, "backstage")[0]


@pytest.mark.parametrize(
    ("territory", "third", "seventh"),
    [("85092", "2027-03-31", "2027-04-06"), ("67482", "2027-04-01", "2027-04-07")],
)
def test_working_days_are_counted_without_good_friday_in_alsace_and_without_easter(
    territory: str, third: str, seventh: str
) -> None:
    steps = [
        submitted(at="2027-03-25 10:00", territory=territory),
        step("2027-03-25 11:00", "T", accepts=True),
    ]
    assert [
        f"{third} 09:00 backstage first_answer",
        f"{seventh} 09:00 team first_answer",
    ] == followups(told(steps, "2027-04-10", start="2027-03-24T08:00:00+01:00"))


def test_the_team_is_asked_between_the_years() -> None:
    sent = told([submitted(at="2027-12-22 10:00")], "2028-01-08", start="2027-12-22T08:00:00+01:00")
    days = ("2027-12-24", "2027-12-31", "2028-01-07")
    assert [f"{day} 09:00 team moderation" for day in days] == followups(sent)


@pytest.mark.parametrize(
    ("territory", "published", "deadline", "before", "after"),
    [
        ("85092", "2027-12-01", "2027-12-25", "2027-12-17", "2028-01-06"),
        ("85092", "2027-12-01", "2028-01-03", "2027-12-17", "2028-01-06"),
        ("97105", "2027-05-04", "2027-05-26", "2027-05-19", "2027-05-28"),  # 27 May
        ("85092", "2027-03-10", "2027-03-26", "2027-03-19", "2027-03-30"),
    ],
)
def test_a_deadline_near_a_quiet_time_is_recalled_on_open_days(
    territory: str, published: str, deadline: str, before: str, after: str
) -> None:
    steps = [
        submitted(at=f"{published} 08:00", territory=territory),
        step(f"{published} 08:30", "T", accepts=True),
        step(f"{published} 08:40", "A", says="Bonjour"),
        recommended(f"{published} 14:00", deadline),
    ]
    sent = followups(told(steps, "2028-01-10", start=f"{published}T00:00:00+01:00"), "member:M")
    assert [f"{day} 09:00 member:M deadline" for day in (before, after)] == [
        line for line in sent if line.endswith("deadline")
    ]


def test_the_digest_of_easter_monday_comes_on_tuesday_and_that_of_an_outage_after_it() -> None:
    waits = submitted(at="2027-03-24 16:00")
    outage = {"at": "2027-04-03T10:00:00+02:00", "down_until": "2027-04-06T14:00:00+02:00"}
    sent = told([waits, outage], "2027-04-10", start="2027-03-24T08:00:00+01:00")
    assert ["2027-03-30 09:00", "2027-04-06 14:00"] == [
        f"{m.at:%Y-%m-%d %H:%M}" for m in sent if m.kind == "digest"
    ]


@pytest.mark.parametrize(
    ("territory", "hour"),
    [("97209", "2026-12-14 14:00"), ("98735", "2026-12-14 20:00"), ("85092", "2026-12-14 09:00")],
)
def test_a_digest_comes_at_nine_of_the_territory_s_monday(territory: str, hour: str) -> None:
    waits = submitted(at="2026-12-09T12:00:00+01:00", territory=territory)
    sent = told([waits], "2026-12-16", start="2026-12-09T08:00:00+01:00")
    paris = ZoneInfo("Europe/Paris")
    assert [hour] == [
        f"{m.at.astimezone(paris):%Y-%m-%d %H:%M}" for m in sent if m.kind == "digest"
    ]


def test_a_project_submitted_since_friday_evening_is_not_in_mondays_digest() -> None:
    waits = submitted(at="2026-12-11T19:00:00+01:00")
    sent = told([waits], "2026-12-15", start="2026-12-09T08:00:00+01:00")
    assert [] == [m for m in sent if m.kind == "digest"]


def test_a_lone_project_is_named_three_mondays_then_monthly() -> None:
    waits = submitted(at="2027-01-06T12:00:00+01:00")
    sent = told([waits], "2027-04-06", start="2027-01-06T08:00:00+01:00")
    days = [f"{m.at:%m-%d}" for m in sent if m.kind == "digest"]
    assert ["01-11", "01-18", "01-25", "02-22", "03-22"] == days
