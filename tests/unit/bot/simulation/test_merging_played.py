"""What falls due for the same people one morning is one message, which names each project."""

from tests.support.stories import (
    accepted,
    followups,
    recommended,
    step,
    submitted,
    texts,
    told,
    under_way,
)


def test_projects_that_wait_for_the_team_are_one_message_a_morning() -> None:
    mornings = [
        submitted(),
        submitted(at="2027-01-04 10:10", who="N", title="École fermée"),
        submitted(at="2027-01-04 11:10", who="O", title="Halle couverte"),
    ]
    sent = told(mornings, "2027-01-15")
    asked = [m for m in sent if m.kind.startswith("followup")]
    assert [
        "2027-01-06 09:00 team moderation",
        "2027-01-13 09:00 team moderation",
    ] == followups(sent)
    assert [(1, 2, 3)] * 2 == [tuple(sorted(m.projects)) for m in asked]
    for title in ("Ancienne filature", "École fermée", "Halle couverte"):
        assert all(title in m.text for m in asked)


def test_a_message_to_the_team_has_the_kind_of_the_highest_thing_it_names() -> None:
    second = submitted(at="2027-01-11 10:00", who="N", title="École fermée")
    sent = told([*accepted(), second], "2027-01-14")
    assert "2027-01-13 09:00 team moderation" == followups(sent, "team")[-1]
    said = texts(sent, "followup.moderation", "team")
    assert said.index("École fermée") < said.index("Ancienne filature")


def test_each_room_has_its_own_message_and_the_team_one_for_both() -> None:
    silent = [
        *under_way(),
        submitted(at="2027-01-04 14:00", title="École fermée"),
        step("2027-01-04 15:00", "T", accepts=True, project=2),
        step("2027-01-04 16:00", "A", says="Bonjour", project=2),
        recommended() | {"project": 1},
        recommended("2027-01-06 10:00") | {"project": 2},
    ]
    assert [
        "2027-01-20 09:00 member:M recommendation",
        "2027-03-03 09:00 member:M where_are_you",
        "2027-04-14 09:00 backstage escalation",
        "2027-04-14 09:00 backstage escalation",
        "2027-04-28 09:00 team escalation",
    ] == followups(told(silent, "2027-05-20"))


def test_the_team_is_not_told_that_advisors_were_asked_when_none_could_be() -> None:
    leaves = step("2027-01-12 10:00", "A", leaves=True)
    sent = told([*under_way(), recommended(), leaves], "2027-05-20")
    said = texts(sent, "followup.escalation", "team")
    assert "Personne ne répond" in said
    assert "conseillers du projet" not in said


def test_the_warning_names_the_day_on_which_the_project_will_sleep() -> None:
    later = step("2027-01-20 18:00", "M", says="plus tard, le 1er mars")
    sent = told([*under_way(), recommended(), later], "2028-03-10")
    assert "en sommeil le 1er mars 2028" in texts(sent, "followup.dormancy_warning", "member:M")
    assert "2028-03-01 09:00 member:M dormant" in followups(sent)
