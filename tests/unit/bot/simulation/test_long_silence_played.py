"""A project that nobody speaks of: who is asked, until it sleeps, and what wakes it."""

import pytest

from tests.support.stories import (
    followups,
    recommended,
    step,
    submitted,
    told,
    under_way,
)


def test_where_advisors_have_the_ball_they_are_asked_every_six_weeks_of_silence() -> None:
    sent = followups(told(under_way(), "2028-03-01"))
    asked = ("02-15", "03-30", "05-11", "06-22", "08-03", "09-14", "10-26", "12-07")
    assert [f"2027-{day} 09:00 backstage where_are_you" for day in asked] == [
        line for line in sent if line.endswith("where_are_you")
    ]
    assert [
        "2027-11-04 09:00 member:M dormancy_warning",
        "2027-11-04 09:00 backstage dormancy_warning",
        "2027-11-04 09:00 team dormancy_warning",
        "2028-01-04 09:00 backstage dormant",
        "2028-01-04 09:00 team dormant",
        "2028-01-06 09:00 member:M dormant",  # members rest until 5 January
    ] == [line for line in sent if "dorman" in line]


def test_every_member_is_warned_and_told() -> None:
    joins = step("2027-01-05 10:00", "N", joins=True)
    sent = followups(told([*under_way(), joins], "2028-01-10"), "member:M", "member:N")
    assert [
        f"{day} 09:00 member:{who} {kind}"
        for day, kind in (("2027-11-05", "dormancy_warning"), ("2028-01-06", "dormant"))
        for who in "MN"
    ] == sent


def test_a_project_asleep_stays_silent_for_ever() -> None:
    sent = followups(told([*under_way(), recommended()], "2030-01-01"))
    assert "2028-01-06 09:00 team dormant" == sent[-1]


def test_an_outage_over_the_warning_and_the_end_leaves_the_closing_question_alone() -> None:
    outage = {"at": "2027-10-15T08:00:00+02:00", "down_until": "2028-01-20T08:00:00+01:00"}
    sent = followups(told([*under_way(), recommended(), outage], "2028-03-01"))
    everyone = ("member:M", "backstage", "team")
    assert [f"2028-01-20 09:00 {to} dormant" for to in everyone] == sent[-3:]
    assert [] == [line for line in sent if "warning" in line]


@pytest.mark.parametrize(
    ("word", "next_one"),
    [
        ({"says": "Bonjour"}, "2028-02-18 09:00 member:M where_are_you"),
        ({"chooses": 1}, "2028-02-18 09:00 member:M where_are_you"),
        ({"says": "plus tard, dans 3 mois"}, "2028-04-07 09:00 member:M where_are_you"),
    ],
)
def test_one_word_starts_the_clocks_again(word: dict[str, object], next_one: str) -> None:
    wakes = step("2028-01-07 10:00", "M", **word)
    sent = followups(told([*under_way(), recommended(), wakes], "2028-04-10"))
    assert next_one == next(line for line in sent if line > "2028-01-07")


def test_an_advisor_who_wakes_a_project_starts_the_questions_to_its_lead_anew() -> None:
    asks = step("2028-02-01 10:00", "A", says="Un appel à projets ouvre. Êtes-vous intéressés ?")
    sent = followups(told([*under_way(), recommended(), asks], "2028-06-01"))
    assert [
        "2028-02-11 09:00 member:M question",  # 10 days without an answer
        "2028-03-24 09:00 member:M where_are_you",  # 6 weeks after a question to the project
        "2028-05-05 09:00 backstage escalation",
        "2028-05-19 09:00 team escalation",
    ] == [line for line in sent if line > "2028-02-01"]


def test_an_advisor_who_speaks_before_it_sleeps_leaves_the_silence_of_members_as_it_is() -> None:
    asks = step("2027-12-01 10:00", "A", says="Êtes-vous toujours intéressés ?")
    sent = followups(told([*under_way(), recommended(), asks], "2028-01-31"))
    assert [
        "2027-12-13 09:00 backstage escalation",  # 10 days end on a Saturday
        "2027-12-27 09:00 team escalation",
    ] == [line for line in sent if line > "2027-12-01"]


def test_the_closing_question_can_be_answered_by_closing() -> None:
    closes = step("2028-01-07 10:00", "M", chooses="clore")
    sent = followups(told([*under_way(), recommended(), closes], "2029-03-01"))
    assert "2028-01-06 09:00 team dormant" == sent[-1]


def test_twelve_months_from_29_february_end_on_the_28th() -> None:
    leap = [
        submitted(at="2028-02-28 10:00"),
        step("2028-02-28 11:00", "T", accepts=True),
        step("2028-02-29 11:00", "A", says="merci"),
    ]
    sent = followups(told(leap, "2029-03-10", start="2028-02-28T08:00:00+01:00"))
    assert {"2029-02-28 09:00"} == {line[:16] for line in sent if line.endswith("dormant")}
