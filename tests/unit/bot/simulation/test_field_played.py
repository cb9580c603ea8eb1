"""What tests of a comparable system pin, and the faults read in its code: each met or better."""

import pytest

from tests.support.stories import (
    ROOM,
    accepted,
    followups,
    recommended,
    step,
    submitted,
    texts,
    told,
    under_way,
)


def test_an_open_recommendation_is_one_follow_up_never_two() -> None:
    sent = told([*under_way(), recommended()], "2027-03-02")
    assert ["2027-01-20 09:00 member:M recommendation"] == followups(sent)


@pytest.mark.parametrize("status", ["done", "already_done", "not_interested"])
def test_a_closed_recommendation_is_followed_up_by_none(status: str) -> None:
    marks = step("2027-01-07 10:00", "M", marks={"recommendation": 1, "status": status})
    assert [] == followups(told([*under_way(), recommended(), marks], "2027-02-10"))


def test_what_was_asked_is_not_asked_again_until_something_new() -> None:
    answer = step("2027-01-21 10:00", "M", chooses="en cours")
    sent = told([*under_way(), recommended(), answer], "2027-02-25")
    assert ["2027-01-20 09:00 member:M recommendation"] == followups(sent)
    again = told(
        [*under_way(), recommended(), answer, recommended("2027-01-25 09:00")], "2027-02-25"
    )
    assert "2027-02-08 09:00 member:M recommendation" == followups(again)[-1]


def test_after_activity_today_nothing_comes_before_the_interval() -> None:
    thanks = step("2027-01-19 10:00", "M", says="merci")
    assert [] == followups(told([*under_way(), recommended(), thanks], "2027-03-01"))


@pytest.mark.parametrize("rests", [{"pauses": "2027-09-01"}, {"says": "stop"}])
def test_a_paused_or_muted_person_gets_none(rests: dict[str, object]) -> None:
    steps = [*under_way(), recommended(), step("2027-01-12 10:00", "M", **rests)]
    assert [] == followups(told(steps, "2027-08-20"), "member:M")


def test_a_member_s_comment_is_activity_and_reading_is_not() -> None:
    reads = step("2027-01-19 10:00", "M", says="/historique")
    assert ["2027-01-20 09:00 member:M recommendation"] == followups(
        told([*under_way(), recommended(), reads], "2027-01-25")
    )
    says = step("2027-01-19 10:00", "M", says="Nous regardons cela avec les adjoints.")
    assert [] == followups(told([*under_way(), recommended(), says], "2027-01-25"))


def test_a_refused_project_is_told_to_nobody_in_the_region() -> None:
    refused = step("2027-01-04 10:00", "T", refuses="Hors du champ.")
    sent = told([submitted(), refused], "2027-03-01")
    assert [] == [m for m in sent if m.to in ROOM or m.to.startswith("advisor")]


def test_an_accepted_project_is_told_to_the_advisors_who_fit_and_to_no_others() -> None:
    fits = {"name": "A", "organisation": "DDT 85", "themes": ["friche"], "departements": ["85"]}
    other = {"name": "B", "organisation": "DDT 59", "themes": ["friche"], "departements": ["59"]}
    sent = told(accepted(), "2027-01-05", advisors=[fits, other])
    room = texts(sent, "routed", "thread")
    assert ("A (DDT 85)" in room, "B (DDT 59)" in room) == (True, False)


@pytest.mark.parametrize("week", [1, 2, 3])
def test_nothing_is_lost_if_nothing_runs_for_weeks(week: int) -> None:
    until = f"2027-02-{7 * week:02}T08:00:00+01:00"
    outage = {"at": "2027-01-18T08:00:00+01:00", "down_until": until}
    sent = told([*under_way(), recommended(), outage], "2027-03-05")
    assert ["recommendation"] == [line.split()[-1] for line in followups(sent)]


def test_a_steady_flow_of_recommendations_postpones_nothing() -> None:
    flow = [recommended(f"2027-01-{day:02} 09:00") for day in (6, 11, 15, 18)]
    sent = told([*under_way(), *flow], "2027-01-22")
    assert ["2027-01-20 09:00 member:M recommendation"] == followups(sent)


def test_a_first_recommendation_after_long_silence_is_not_followed_the_next_day() -> None:
    sent = told([*under_way(), recommended("2027-02-17 09:00")], "2027-03-05")
    assert ["2027-02-15", "2027-03-03"] == [line[:10] for line in followups(sent)]


def test_a_project_without_recommendation_is_followed_up_too() -> None:
    sent = told(under_way(), "2027-02-20")
    assert ["2027-02-15 09:00 backstage where_are_you"] == followups(sent)


@pytest.mark.parametrize("word", [{"says": "Bonjour, nous reprenons."}, {"chooses": "ça avance"}])
def test_a_word_or_an_answer_reactivates_a_sleeping_project(word: dict[str, object]) -> None:
    wakes = step("2028-01-07 10:00", "M", **word)
    sent = followups(told([*under_way(), recommended(), wakes], "2028-03-01"))
    assert "2028-01-06 09:00 team dormant" != sent[-1]


def test_a_person_who_left_gets_none_and_their_silence_is_told() -> None:
    steps = [*under_way(), recommended(), step("2027-01-12 10:00", "M", leaves=True)]
    sent = told(steps, "2027-06-01")
    assert [] == followups(sent, "member:M")
    assert "2027-01-12 10:00 team escalation" == followups(sent)[0]


def test_two_reasons_on_one_day_are_one_message() -> None:
    question = step("2027-01-10 10:00", "A", says="Avez-vous un plan ?")
    sent = told([*under_way(), recommended(), question], "2027-02-20")
    assert ["2027-01-20 09:00 member:M question"] == followups(sent)
