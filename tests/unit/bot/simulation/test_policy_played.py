"""Each line of the follow-up policy, played through the whole application in virtual time.

Times are those of the territory: Paris unless said otherwise.
"""

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
    two_projects,
    under_way,
)

PLAN = step("2027-01-11 10:00", "A", says="Pouvez-vous nous envoyer le plan cadastral ?")
LEAVES = step("2027-01-12 10:00", "M", leaves=True)
STOPS = step("2027-01-12 10:00", "M", says="stop")
JOINS = step("2027-01-05 10:00", "N", joins=True)
DANGER = [
    submitted(at="2027-01-08 16:00", theme="pont", urgency="immediate"),
    step("2027-01-08 16:05", "T", accepts=True),
]


def test_the_team_is_asked_on_the_second_working_day_then_weekly() -> None:
    sent = told([submitted(at="2027-01-08 16:00")], "2027-01-27")
    days = ("12", "19", "26")
    assert [f"2027-01-{day} 09:00 team moderation" for day in days] == followups(sent)


def test_advisors_are_asked_for_a_first_answer_then_the_team_instead() -> None:
    sent = told(accepted(), "2027-01-20")
    assert [
        "2027-01-07 09:00 backstage first_answer",
        "2027-01-13 09:00 team first_answer",
    ] == followups(sent)


def test_a_question_is_asked_once_of_the_side_that_owes_and_again_after_a_new_one() -> None:
    sent = told([*under_way(), PLAN], "2027-02-20")
    assert ["2027-01-21 09:00 member:M question"] == followups(sent)
    said = texts(sent, "followup.question", "member:M")
    assert (
        "A (DDT 85) attend votre réponse sur le projet « Ancienne filature » depuis 10 jours"
        in said
    )
    assert "> Pouvez-vous nous envoyer le plan cadastral ?" in said
    more = step("2027-01-23 10:00", "A", says="Et la date de l’arrêt ?")
    again = told([*under_way(), PLAN, more], "2027-03-05")
    assert "2027-03-04 09:00 member:M question" == followups(again)[-1]


def test_bare_courtesies_ask_for_no_answer() -> None:
    polite = [
        step("2027-01-11 10:00", "M", says="merci"),
        step("2027-01-12 10:00", "A", says="Bien reçu"),
        step("2027-01-13 10:00", "M", says="ok"),
        step("2027-01-14 10:00", "A", says="Bonjour"),
    ]
    assert [] == followups(told([*under_way(), *polite], "2027-02-20"))


@pytest.mark.parametrize(
    ("at", "due"), [("2027-01-08 18:00", "2027-01-11 09:00"), ("2027-01-12 10:20",) * 2]
)
def test_what_is_blocked_is_told_to_advisors_in_the_next_working_hour(at: str, due: str) -> None:
    blocked = step(at, "M", marks={"recommendation": 1, "status": "blocked"})
    sent = told([*under_way(), recommended(), blocked], "2027-01-19")
    assert [f"{due} backstage blocked"] == followups(sent)


@pytest.mark.parametrize(
    ("deadline", "before", "after"),
    [
        ("2027-02-10", "2027-02-03", "2027-02-11"),
        ("2027-02-14", "2027-02-05", "2027-02-15"),  # the 7th is a Sunday; earlier, not later
        ("2027-04-04", "2027-03-26", "2027-04-05"),  # the 28th is Easter Sunday
    ],
)
def test_a_deadline_is_recalled_seven_days_before_and_on_the_working_day_after(
    deadline: str, before: str, after: str
) -> None:
    sent = told([*under_way(), recommended(deadline=deadline)], "2027-04-10")
    recalled = [line for line in followups(sent) if line.endswith("deadline")]
    assert [f"{day} 09:00 member:M deadline" for day in (before, after)] == recalled


def test_a_deadline_in_the_summer_is_recalled_before_it() -> None:
    sent = told([*under_way(), recommended("2027-06-20 09:00", "2027-08-10")], "2027-09-02")
    recalled = [line for line in followups(sent) if line.endswith("deadline")]
    assert ["2027-07-13 09:00 member:M deadline", "2027-09-01 09:00 member:M deadline"] == recalled


def test_nothing_recalls_the_deadline_of_what_is_done() -> None:
    done = step("2027-01-12 10:00", "M", marks={"recommendation": 1, "status": "done"})
    sent = told([*under_way(), recommended(deadline="2027-02-10"), done], "2027-02-20")
    assert [] == followups(sent)


def test_another_member_is_asked_before_the_team_and_each_is_told_who_was() -> None:
    sent = told([*under_way(), JOINS, recommended()], "2027-05-20")
    assert [
        "2027-01-20 09:00 member:M recommendation",
        "2027-03-03 09:00 member:M where_are_you",
        "2027-04-14 09:00 member:N escalation",
        "2027-04-28 09:00 team escalation",
    ] == followups(sent)
    asked = "J’ai demandé à M, le 20 janvier 2027 et le 3 mars 2027"
    assert asked in texts(sent, "followup.escalation", "member:N")
    assert f"{asked} et N, le 14 avril 2027" in texts(sent, "followup.escalation", "team")


def test_a_word_after_an_escalation_ends_it() -> None:
    word = step("2027-04-15 10:00", "M", says="Nous avançons, merci de votre patience à tous.")
    sent = told([*under_way(), recommended(), word], "2027-05-15")
    assert [] == followups(sent, "team")
    assert "2027-04-28 09:00 backstage question" == followups(sent)[-1]  # the advisors' cap


def test_a_sleeping_project_wakes_with_one_word() -> None:
    word = step("2028-03-01 10:00", "M", says="Bonjour, nous relançons le projet.")
    sent = followups(told([*under_way(), recommended(), word], "2028-03-14"))
    asleep = ("member:M", "backstage", "team")
    assert [f"2028-01-06 09:00 {to} dormant" for to in asleep] == sent[-4:-1]
    assert "2028-03-13 09:00 backstage question" == sent[-1]


def test_a_closed_project_is_silent_and_everybody_was_told() -> None:
    closes = step("2027-01-12 10:00", "M", closes=True)
    sent = told([*under_way(), recommended(), closes], "2028-06-01")
    assert [] == followups(sent)
    assert {"member:M", "thread", "team"} == {m.to for m in sent if "clos" in m.text}


@pytest.mark.parametrize(
    ("pause", "ends"),
    [
        ({"pauses": "2027-05-03"}, "2027-05-03"),
        ({"pauses": "2027-05-01"}, "2027-05-03"),
        ({"pauses": True}, "2027-04-12"),
        ({"says": "pause jusqu’en mars"}, "2027-03-01"),
    ],
)
def test_a_paused_project_is_silent_until_its_end_then_asked_once(
    pause: dict[str, object], ends: str
) -> None:
    steps = [
        *under_way(),
        recommended(deadline="2027-02-20"),
        step("2027-01-12 10:00", "M", **pause),
    ]
    sent = followups(told(steps, "2027-05-12"))
    assert [ends] == [line[:10] for line in sent if line[:10] < "2027-04-12" or line[:10] == ends]


def test_at_the_end_of_a_pause_the_lead_is_asked_before_another_member() -> None:
    steps = [
        *under_way(),
        JOINS,
        recommended(),
        step("2027-03-20 10:00", "A", says="Avez-vous un plan ?"),
        step("2027-04-01 10:00", "A", pauses="2027-05-03"),
    ]
    assert [
        "2027-05-03 09:00 member:M where_are_you",
        "2027-06-14 09:00 member:N escalation",
    ] == followups(told(steps, "2027-06-15"))[-2:]


def test_a_word_ends_a_pause_early() -> None:
    paused = step("2027-01-12 10:00", "M", pauses="2027-06-01")
    resumed = step("2027-02-12 10:00", "M", says="reprendre")
    sent = told([*under_way(), recommended(), paused, resumed], "2027-02-20")
    assert ["2027-02-12 10:00 member:M recommendation"] == followups(sent)


def test_with_nobody_left_the_team_hears_within_a_working_day() -> None:
    saturday = step("2027-01-16 10:00", "M", leaves=True)
    for act, at in ((LEAVES, "2027-01-12 10:00"), (STOPS, "2027-01-12 10:00"), (saturday, None)):
        sent = told([*under_way(), recommended(), act], "2027-01-25")
        assert [f"{at or '2027-01-18 09:00'} team escalation"] == followups(sent)


def test_the_team_is_told_once_that_nobody_is_left_whatever_advisors_say_then() -> None:
    says = step("2027-01-14 10:00", "A", says="Savez-vous qui contacter à la mairie ?")
    sent = told([*under_way(), recommended(), LEAVES, says], "2027-02-10")
    assert ["2027-01-12 10:00 team escalation"] == followups(sent)


def test_another_member_takes_over_from_a_lead_who_leaves_and_is_told() -> None:
    sent = told([*under_way(), JOINS, recommended(), LEAVES], "2027-01-25")
    assert ["2027-01-20 09:00 member:N recommendation"] == followups(sent)
    assert "vous êtes maintenant la personne référente" in texts(sent, "notice", "member:N")


def test_another_member_is_asked_instead_of_one_who_stopped() -> None:
    sent = told([*under_way(), JOINS, recommended(), STOPS], "2027-01-25")
    assert ["2027-01-20 09:00 member:N recommendation"] == followups(sent)


def test_danger_is_asked_about_at_24_and_48_hours_of_members_and_advisors() -> None:
    sent = told(DANGER, "2027-01-12", portal="sosponts")
    assert [
        f"2027-01-{day} 16:00 {to} safety"
        for day in ("09", "10")
        for to in ("member:M", "backstage")
    ] == followups(sent)


@pytest.mark.parametrize(
    "words",
    [
        "Nous avons fermé le pont et posé des barrières.",
        "C’est réparé.",
        "L’immeuble est évacué",
        "Un périmètre de sécurité est en place",
    ],
)
def test_danger_is_asked_about_no_more_once_it_is_dealt_with(words: str) -> None:
    says = step("2027-01-09 10:00", "M", says=words)
    assert [] == followups(told([*DANGER, says], "2027-01-12", portal="sosponts"))


@pytest.mark.parametrize("answer", [{"chooses": 1}, {"says": "oui"}, {"says": "C’est fait"}])
def test_an_answer_to_the_question_of_danger_ends_it(answer: dict[str, object]) -> None:
    says = step("2027-01-09 18:00", "M", **answer)
    sent = told([*DANGER, says], "2027-01-12", portal="sosponts")
    assert {"2027-01-09 16:00"} == {line[:16] for line in followups(sent)}


def test_later_in_a_quiet_period_is_asked_when_it_ends() -> None:
    later = [
        step("2027-06-16 10:00", "M", chooses="plus tard"),
        step("2027-06-16 10:05", "M", says="dans 6 semaines"),
    ]
    sent = followups(told([*under_way(), recommended("2027-06-01 09:00"), *later], "2027-09-10"))
    assert [
        "2027-06-15 09:00 member:M recommendation",
        "2027-09-01 09:00 member:M recommendation",
    ] == [line for line in sent if "member" in line]


def test_ordinary_follow_ups_rest_until_the_date_asked_for_and_go_with_it() -> None:
    later = [
        step("2027-01-20 18:00", "M", chooses="plus tard"),
        step("2027-01-20 18:01", "M", says="le 15 mars"),
    ]
    steps = [*under_way(), recommended(), *later, recommended("2027-01-22 09:00")]
    sent = told(steps, "2027-03-20")
    assert ["2027-01-20", "2027-03-15"] == [line[:10] for line in followups(sent)]
    assert "15 mars 2027" in texts(sent, "notice", "member:M")


def advice(at: str, project: int) -> dict[str, object]:
    """A recommendation on one of them."""
    return step(at, "A", recommends={"text": "Visiter le site"}, project=project)


def test_what_falls_due_for_a_person_a_day_goes_in_one_message() -> None:
    both = [advice("2027-01-06 09:00", 1), advice("2027-01-06 10:00", 2)]
    sent = [m for m in told(two_projects(*both), "2027-01-25") if m.kind.startswith("followup")]
    assert [(1, 2)] == [tuple(sorted(m.projects)) for m in sent]
    assert "Ancienne filature" in sent[0].text
    assert "École fermée" in sent[0].text


def test_an_answer_lifts_the_cap_over_projects() -> None:
    two = [advice("2027-01-06 09:00", 1), advice("2027-01-11 09:00", 2)]
    answers = step("2027-01-21 10:00", "M", chooses="en cours")
    assert (
        "2027-01-25 09:00 member:M recommendation"
        == followups(told(two_projects(*two, answers), "2027-01-30"))[-1]
    )
    assert 1 == len(followups(told(two_projects(*two), "2027-01-30")))


def test_each_of_several_projects_is_answered_by_its_own_choice() -> None:
    both = [advice("2027-01-06 09:00", 1), advice("2027-01-06 10:00", 2)]
    later = step("2027-01-20 10:00", "M", chooses="plus tard", project=2)
    sent = told(two_projects(*both, later), "2027-02-10")
    assert ["2027-01-20", "2027-02-03"] == [line[:10] for line in followups(sent, "member:M")]
    assert (2,) == [m for m in sent if m.kind.startswith("followup")][-1].projects


def test_a_deadline_and_a_question_the_same_day_are_one_message_of_the_highest_kind() -> None:
    question = step("2027-01-10 10:00", "A", says="Avez-vous un plan ?")
    steps = [*under_way(), recommended(deadline="2027-01-27"), question]
    sent = told(steps, "2027-01-22")
    assert ["2027-01-20 09:00 member:M deadline"] == followups(sent)
    assert "attend votre réponse" in texts(sent, "followup.deadline", "member:M")


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("2027-01-23T22:00:00+01:00", "2027-01-25 09:00"),
        ("2027-07-20T10:00:00+02:00", "2027-09-01"),
    ],
)
def test_after_an_outage_what_is_due_goes_out_once_at_the_next_opening(
    until: str, due: str
) -> None:
    outage = {"at": "2027-01-18T08:00:00+01:00", "down_until": until}
    sent = told([*under_way(), recommended(), outage], "2027-09-30")
    asked = followups(sent, "member:M")
    assert asked[0].startswith(due)
    assert 1 == len(
        {line[:10] for line in asked if line[:10] < "2027-03-01" or line[:10] > "2027-08"}
    )


def test_nothing_goes_out_during_an_outage_in_which_nobody_writes() -> None:
    outage = {"at": "2027-01-18T08:00:00+01:00", "down_until": "2027-01-26T08:00:00+01:00"}
    later = step("2027-02-10 10:00", "M", says="Bonjour")
    sent = followups(told([*under_way(), recommended(), outage, later], "2027-02-11"))
    assert ["2027-01-26 09:00 member:M recommendation"] == sent


def test_what_was_answered_during_an_outage_is_not_asked() -> None:
    outage = {"at": "2027-01-18T08:00:00+01:00", "down_until": "2027-02-15T08:00:00+01:00"}
    word = step("2027-02-01 10:00", "M", says="C’est en cours, nous avons vu l’EPF.")
    assert [] == followups(told([*under_way(), recommended(), outage, word], "2027-02-24"))


@pytest.mark.parametrize(
    ("territory", "published", "due"),
    [
        ("57463", "2027-03-12T09:00:00+01:00", "2027-03-30"),  # Metz: Good Friday, Easter
        ("67482", "2027-03-12T09:00:00+01:00", "2027-03-30"),  # Strasbourg
        ("85092", "2027-03-12T09:00:00+01:00", "2027-03-26"),
        ("97105", "2027-05-13T15:00:00+02:00", "2027-05-28"),  # Guadeloupe: 27 May
        ("85092", "2027-05-13T15:00:00+02:00", "2027-05-27"),
        ("97608", "2027-04-13T09:00:00+02:00", "2027-04-28"),  # Mayotte: 27 April
        ("98735", "2027-01-06T23:00:00-10:00", "2027-01-20"),  # Tahiti: still the 6th there
        ("98611", "2027-01-06T23:00:00+01:00", "2027-01-21"),  # Wallis: already the 7th there
        ("85092", "2026-12-07T09:00:00+01:00", "2027-01-06"),  # members rest until 5 January
    ],
)
def test_days_and_holidays_are_those_of_the_territory(
    territory: str, published: str, due: str
) -> None:
    start = "2026-12-01T08:00:00+01:00"
    steps = [
        submitted(at="2026-12-01T09:00:00+01:00", territory=territory),
        step("2026-12-01T09:30:00+01:00", "T", accepts=True),
        step("2026-12-01T10:00:00+01:00", "A", says="Bonjour"),
        recommended(published),
    ]
    sent = followups(told(steps, "2027-06-10", start=start), "member:M")
    assert f"{due} 09:00 member:M recommendation" == sent[0]


def test_the_team_has_a_digest_on_mondays_and_advisors_may_ask_for_one() -> None:
    sent = told([submitted(at="2027-01-08 16:00")], "2027-01-19")
    digests = [f"{m.at:%Y-%m-%d %H:%M} {m.to}" for m in sent if m.kind == "digest"]
    assert ["2027-01-11 09:00 team", "2027-01-18 09:00 team"] == digests
    asks = [
        step("2027-01-12 10:00", "A", says="/bilan"),
        step("2027-01-13 10:00", "M", says="Qui peut nous aider à chiffrer les travaux ?"),
    ]
    sent = told([*under_way(), *asks], "2027-01-19")
    digests = [f"{m.at:%Y-%m-%d %H:%M} {m.to}" for m in sent if m.kind == "digest"]
    assert ["2027-01-18 09:00 advisor:A"] == digests


def test_a_policy_of_the_scenario_replaces_the_portal_s() -> None:
    policy = {"recommendation_after": "7 days", "hour_from": 10}
    sent = told([*under_way(), recommended()], "2027-01-20", policy=policy)
    assert ["2027-01-13 10:00 member:M recommendation"] == followups(sent)


def test_an_advisor_who_leaves_is_told_to_the_team() -> None:
    leaves = step("2027-01-05 10:00", "A", leaves=True)
    sent = told([*accepted(), leaves], "2027-01-08")
    assert "Plus aucun conseiller ne suit" in texts(sent, "notice", "team")
    assert [] == followups(sent, *ROOM)


def test_a_refused_project_has_no_follow_up_and_its_reason_is_told() -> None:
    refused = step("2027-01-04 10:00", "T", refuses=True)
    sent = told([submitted(), refused], "2027-06-01")
    assert [] == followups(sent)
    assert "ne relève pas de ce portail" in texts(sent, "notice", "member:M")
