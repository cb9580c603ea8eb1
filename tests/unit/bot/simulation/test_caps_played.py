"""How often people are asked: what caps hold, what they do not, what lifts them."""

from tests.support.stories import (
    Line,
    followups,
    recommended,
    step,
    told,
    two_projects,
    under_way,
)

QUESTION = "Pouvez-vous nous envoyer le plan cadastral ?"


def first_recommended(*more: Line) -> list[Line]:
    """Two projects of one person, the first with a recommendation of 6 January."""
    return two_projects(recommended() | {"project": 1}, *more)


def test_a_person_is_asked_once_in_14_days_over_all_their_projects() -> None:
    second = recommended("2027-01-11 09:00") | {"project": 2}
    assert [
        "2027-01-20 09:00 member:M recommendation",
        "2027-02-03 09:00 member:M recommendation",
    ] == followups(told(first_recommended(second), "2027-02-10"))


def test_a_deadline_is_recalled_whatever_was_asked_and_holds_nothing_back() -> None:
    question = step("2027-01-12 10:00", "A", says=QUESTION, project=2)
    dated = recommended("2027-01-13 09:00", "2027-02-01") | {"project": 2}
    assert [
        "2027-01-20 09:00 member:M recommendation",
        "2027-01-25 09:00 member:M deadline",
        "2027-02-02 09:00 member:M deadline",
        "2027-02-03 09:00 member:M question",
    ] == followups(told(first_recommended(question, dated), "2027-02-05"))


def test_an_answer_on_a_sunday_lifts_the_cap_from_monday() -> None:
    question = step("2027-01-12 10:00", "A", says=QUESTION, project=2)
    answer = step("2027-01-24 10:00", "M", chooses="fait", project=1)
    assert [
        "2027-01-20 09:00 member:M recommendation",
        "2027-01-25 09:00 member:M question",
    ] == followups(told(first_recommended(question, answer), "2027-02-01"))


def test_a_project_is_asked_about_once_in_six_weeks() -> None:
    assert [
        "2027-01-20 09:00 member:M recommendation",
        "2027-02-08 09:00 member:M deadline",
        "2027-02-16 09:00 member:M deadline",
        "2027-03-03 09:00 member:M where_are_you",
    ] == followups(told([*under_way(), recommended(deadline="2027-02-15")], "2027-04-10"))


def test_advisors_are_asked_once_in_14_days_unless_they_answered() -> None:
    asks = step("2027-01-12 10:00", "M", says="Qui peut chiffrer la démolition ?")
    again = step("2027-01-23 10:00", "M", says="Et qui paie la démolition ?")
    assert [
        "2027-01-22 09:00 backstage question",
        "2027-02-05 09:00 backstage question",
    ] == followups(told([*under_way(), asks, again], "2027-02-10"))
    answers = step("2027-01-22 15:00", "A", says="Je cherche.")
    assert [
        "2027-01-22 09:00 backstage question",
        "2027-02-02 09:00 backstage question",
    ] == followups(told([*under_way(), asks, answers, again], "2027-02-04"))


def test_a_date_asked_for_is_kept_then_the_ladder_goes_on() -> None:
    later = step("2027-01-20 18:00", "M", says="plus tard, dans 3 semaines")
    assert [
        "2027-01-20 09:00 member:M recommendation",
        "2027-02-10 09:00 member:M recommendation",
        "2027-03-24 09:00 member:M where_are_you",
        "2027-05-05 09:00 backstage escalation",
        "2027-05-19 09:00 team escalation",
    ] == followups(told([*under_way(), recommended(), later], "2027-06-30"))
