"""Danger: when it is asked about, of whom, and what ends it."""

from tests.support.stories import Line, followups, step, submitted, told, under_way

REPORTED = submitted(at="2027-01-08 16:00", theme="pont", urgency="immediate")
ACCEPTED = [REPORTED, step("2027-01-08 16:05", "T", accepts=True)]


def asked(*steps: Line, until: str = "2027-01-12") -> list[str]:
    """Who was asked about the danger, and when."""
    sent = followups(told(steps, until, portal="sosponts"))
    return [line.removesuffix(" safety") for line in sent if line.endswith("safety")]


def test_an_advisor_s_word_does_not_end_it_and_another_member_s_does() -> None:
    both = [f"2027-01-{day} 16:00 {to}" for day in ("09", "10") for to in ("member:M", "backstage")]
    advisor = step("2027-01-08 18:00", "A", says="Le pont a été fermé.")
    assert both == asked(*ACCEPTED, advisor)
    joins = step("2027-01-08 17:00", "N", joins=True)
    closed = step("2027-01-09 17:00", "N", says="Le pont est fermé par arrêté.")
    assert both[:2] == asked(*ACCEPTED, joins, closed)


def test_an_arrete_is_no_wish_to_be_left_alone() -> None:
    closed = step("2027-01-09 17:00", "M", says="J’ai pris un arrêté.")
    sent = told([*ACCEPTED, closed], "2027-01-12", portal="sosponts")
    assert [] == [m for m in sent if "vous ne recevrez plus de relances" in m.text]


def test_it_is_asked_about_before_the_team_has_accepted() -> None:
    assert "2027-01-09 16:00 member:M" in asked(REPORTED)


def test_after_an_outage_it_is_asked_at_once_at_any_hour_and_once() -> None:
    def outage(until: str) -> Line:
        return {"at": "2027-01-09T00:00:00+01:00", "down_until": f"{until}:00+01:00"}

    assert [
        "2027-01-09 23:00 member:M",
        "2027-01-09 23:00 backstage",
        "2027-01-10 16:00 member:M",
        "2027-01-10 16:00 backstage",
    ] == asked(*ACCEPTED, outage("2027-01-09T23:00"))
    late = ["2027-01-11 02:00 member:M", "2027-01-11 02:00 backstage"]
    assert late == asked(*ACCEPTED, outage("2027-01-11T02:00"))
    closed = step("2027-01-09 12:00", "M", says="Le pont est fermé.")
    assert [] == asked(*ACCEPTED, outage("2027-01-09T23:00"), closed)


def test_a_danger_told_during_a_project_is_asked_about_like_one_told_at_its_start() -> None:
    words = "Urgent : le mur de l’usine s’effondre sur la rue, des gens passent dessous !"
    falls = step("2027-01-15 22:30", "M", says=words)
    assert [
        "2027-01-16 22:30 member:M",
        "2027-01-16 22:30 backstage",
        "2027-01-17 22:30 member:M",
        "2027-01-17 22:30 backstage",
    ] == asked(*under_way(), falls, until="2027-01-19")


def test_who_said_stop_is_not_asked_and_the_others_are() -> None:
    stops = step("2027-01-08 17:00", "M", says="stop")
    assert ["2027-01-09 16:00 backstage", "2027-01-10 16:00 backstage"] == asked(*ACCEPTED, stops)
