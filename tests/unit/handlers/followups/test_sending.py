"""What goes out because time passed: to whom, in how many messages, with which answers."""

import pytest

from bot.domain.calendar import zone_of
from bot.domain.followup import caps, facts_of
from bot.domain.people import Side
from bot.domain.projects.participants import Member
from bot.domain.projects.project import Project
from handlers.followups import sending
from tests.support.scene import (
    DAY,
    MONDAY,
    PLAN,
    WEEK,
    Loop,
    Scene,
    kinds,
    labels,
    submitted,
    texts,
    to,
)
from tests.support.shipped import catalogue


@pytest.fixture
def waiting(loop: Loop) -> Loop:
    """The members were asked for something, and the assistant has reminded them: the ball is with
    them.
    """
    loop.advisor.says("Avez-vous le plan cadastral ?")
    loop.project.note_reminder(Side.MEMBERS)
    return loop


def second_project(loop: Loop, words: str = "À Luçon, l’ancienne gare est une friche.") -> Project:
    """Another project of the same person, accepted, whose advisors asked something."""
    loop.elu.says(f"/nouveau {words}")
    loop.elu.taps("Oui, envoyer")
    project = loop.scene.projects[-1]
    loop.team.says(f"/accepter {project.ref}")
    loop.scene.in_room(loop.project.assignments[0].advisor, project).says("Avez-vous un plan ?")
    project.note_reminder(Side.MEMBERS)
    return project


def unanswered(project: Project) -> int:
    """The follow-ups that members left unanswered."""
    return caps.count_unanswered(facts_of(project))


def test_a_recommendation_without_news_is_asked_about_with_its_answers(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF\navant l’été")
    sent = loop.scene.move_to(MONDAY + 15 * DAY)
    assert ["followup.recommendation"] == kinds(sent)
    assert loop.elu.conversation == sent[0].conversation
    assert ["C’est fait", "En cours", "C’est bloqué", "Plus tard", "Pas intéressé"] == labels(
        sent[0]
    )
    assert "> Contacter l’EPF\n> avant l’été" in sent[0].text
    assert "Bonjour Martine Duval" in sent[0].text


def test_a_follow_up_about_a_recommendation_is_answered_by_a_word(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.scene.move_to(MONDAY + 15 * DAY)
    loop.elu.says("toujours bloqué")
    assert "blocked" == loop.project.recommendations[0].status


def test_the_member_who_has_the_ball_is_asked_where_things_are(waiting: Loop) -> None:
    sent = waiting.scene.move_to(MONDAY + 9 * WEEK)
    assert ["followup.where_are_you"] == kinds(sent)
    assert sent == to(sent, waiting.elu)
    assert ["Ça avance", "C’est bloqué", "Plus tard"] == labels(sent[0])
    assert 1 == unanswered(waiting.project)
    assert sent[0].projects == (waiting.project.ref,)


def test_a_follow_up_waits_for_the_hours_of_the_territory_and_goes_only_while_it_is_relevant(
    waiting: Loop,
) -> None:
    waiting.scene.move_to(MONDAY + 9 * WEEK)
    rule = waiting.scene.records.queued[-1].rule
    assert ("85", Side.MEMBERS) == (rule.window, rule.audience)
    assert {waiting.project.ref: waiting.project.activity} == rule.relevance


def test_advisors_who_have_the_ball_are_asked_backstage_with_the_time_that_passed(
    loop: Loop,
) -> None:
    loop.advisor.says("Bonjour")
    sent = loop.scene.move_to(MONDAY + 6 * WEEK + DAY)
    assert ["followup.where_are_you"] == kinds(sent)
    assert [(loop.advisor.conversation, True)] == [(m.conversation, m.backstage) for m in sent]
    assert "depuis 41 jours" in texts(sent) or "depuis 42 jours" in texts(sent)
    assert 0 == unanswered(loop.project)


def test_with_nobody_to_ask_the_team_is_told_and_the_room_is_not(waiting: Loop) -> None:
    waiting.elu.person.addresses[0].unreachable_since = waiting.scene.now
    waiting.project.look_again(waiting.scene.now)
    sent = waiting.scene.move_to(MONDAY + 7 * WEEK)
    assert ["followup.escalation", "followup.where_are_you"] == kinds(sent)
    assert {(waiting.team.conversation, False)} == {(m.conversation, m.backstage) for m in sent}
    assert "Je ne peux plus joindre Martine Duval (maire)" in texts(sent)
    assert [] == labels(sent[0])


def test_what_falls_due_the_same_day_goes_in_one_message_that_names_each_project(
    waiting: Loop,
) -> None:
    station = second_project(waiting)
    sent = waiting.scene.move_to(MONDAY + 9 * WEEK)
    assert ["followup.where_are_you"] == kinds(sent)
    assert {waiting.project.ref, station.ref} == set(sent[0].projects)
    assert waiting.project.ref in sent[0].text
    assert station.ref in sent[0].text
    expected = {"Luçon : Ça avance", "Luçon : C’est bloqué", "Luçon : Plus tard"}
    assert expected == {label for label in labels(sent[0]) if label.startswith("Luçon")}
    assert (1, 1) == (unanswered(waiting.project), unanswered(station))


def test_of_several_projects_an_answer_counts_for_the_one_it_names(
    waiting: Loop,
) -> None:
    station = second_project(waiting)
    waiting.scene.move_to(MONDAY + 9 * WEEK)
    waiting.elu.says("Luçon : ça avance")
    assert (1, 0) == (unanswered(waiting.project), unanswered(station))


def test_projects_of_one_commune_are_told_apart_by_their_reference(waiting: Loop) -> None:
    school = second_project(waiting, "Notre ancienne école de Fontenay-le-Comte est une friche.")
    sent = waiting.scene.move_to(MONDAY + 9 * WEEK)
    assert f"{school.ref} : Ça avance" in labels(sent[0])
    assert all(len(label) <= 30 for label in labels(sent[0]))


def test_a_message_has_the_kind_of_the_highest_thing_it_names(waiting: Loop) -> None:
    station = second_project(waiting)
    waiting.scene.now = MONDAY + 28 * DAY
    room = waiting.scene.in_room(waiting.project.assignments[0].advisor, station)
    room.says(f"/reco {'Faire un diagnostic ' * 40}")
    sent = waiting.scene.move_to(MONDAY + 9 * WEEK)
    assert ["followup.recommendation"] == kinds(sent)
    assert {waiting.project.ref, station.ref} == set(sent[0].projects)
    assert len(sent[0].text) < 700


def test_nobody_is_asked_twice(waiting: Loop) -> None:
    second_project(waiting)
    waiting.scene.move_to(MONDAY + 9 * WEEK)
    assert [] == waiting.scene.move_to(MONDAY + 11 * WEEK)
    assert [] == [p for p in waiting.scene.projects if p.followup_due_at is None]


def test_a_member_who_does_not_lead_is_not_asked_with_the_lead(waiting: Loop) -> None:
    jean = waiting.scene.elu("jean")
    other = submitted(jean, who="Jean Petit, maire")
    waiting.team.says(f"/accepter {other.ref}")
    waiting.scene.in_room(waiting.project.assignments[0].advisor, other).says("Un plan ?")
    other.members.append(Member(waiting.elu.person, lead=False, joined_at=waiting.scene.now))
    sent = waiting.scene.move_to(MONDAY + 9 * WEEK)
    expected = {
        (waiting.elu.conversation, (waiting.project.ref,)),
        (jean.conversation, (other.ref,)),
    }
    assert expected == {(m.conversation, m.projects) for m in sent}


def test_an_answer_puts_the_next_one_off(waiting: Loop) -> None:
    waiting.scene.now = MONDAY + 5 * WEEK
    waiting.elu.says("Oui, je vous l’envoie.")
    assert [] == to(waiting.scene.move_to(MONDAY + 9 * WEEK), waiting.elu)


def test_of_a_project_that_is_not_accepted_only_the_team_is_asked(scene: Scene) -> None:
    elu = scene.elu()
    project = submitted(elu)
    sent = scene.move_to(scene.now + 20 * WEEK)
    assert {"followup.moderation"} == set(kinds(sent))
    assert [] == to(sent, elu)
    assert "submitted" == project.status


def test_whoever_stops_between_planning_and_sending_gets_none(waiting: Loop) -> None:
    assert waiting.project.followup_due_at is not None
    waiting.elu.person.stopped_at = waiting.scene.now
    assert [] == to(waiting.scene.move_to(MONDAY + 9 * WEEK), waiting.elu)


def test_a_date_asked_for_is_kept(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.says("/plustard 1 le 15 mars")
    sent = loop.scene.move_to(loop.scene.now + 17 * WEEK)
    assert ["followup.recommendation"] == kinds(to(sent, loop.elu))
    dates = [q.at for q in loop.scene.records.queued if q.outgoing in to(sent, loop.elu)]
    assert [(3, 15)] == [(at.month, at.day) for at in dates]


def test_the_key_of_a_follow_up_follows_from_its_project_and_rank(waiting: Loop) -> None:
    sent = waiting.scene.move_to(MONDAY + 9 * WEEK)
    assert [f"followup:{waiting.project.ref}:0"] == [m.key for m in sent]


def test_each_follow_up_is_in_the_story_backstage_unless_members_got_it(loop: Loop) -> None:
    loop.elu.says("Qui peut nous aider ?")
    loop.scene.move_to(MONDAY + 7 * WEEK)
    entry = loop.scene.story(loop.project)[-1]
    assert ("followed_up", "where_are_you", True) == (entry.kind, entry.detail, entry.backstage)


def test_a_project_that_is_gone_is_skipped_and_the_others_are_followed_up(waiting: Loop) -> None:
    scene = waiting.scene
    scene.now = MONDAY + 9 * WEEK
    sending.follow_up(scene.records, catalogue(), scene.now, ["UV-0000", waiting.project.ref])
    assert "followup.where_are_you" == waiting.elu.last.kind


def test_words_of_people_show_as_they_were_typed(loop: Loop) -> None:
    loop.elu.person.name = "Martine **Duval**"
    loop.advisor.says("/reco **gras** {name}")
    sent = loop.scene.move_to(MONDAY + 15 * DAY)
    assert r"\*\*gras\*\* {name}" in sent[0].text
    assert r"Martine \*\*Duval\*\*" in sent[0].text


def test_a_follow_up_goes_out_on_a_working_day_at_nine_or_later(waiting: Loop) -> None:
    sent = waiting.scene.move_to(MONDAY + 9 * WEEK)
    at = next(q.at for q in waiting.scene.records.queued if q.outgoing == sent[0])
    local = at.astimezone(zone_of("85"))
    assert 9 <= local.hour < 17
    assert local.weekday() < 5


def test_an_answer_lifts_the_cap_for_the_other_projects_of_the_person(loop: Loop) -> None:
    second = second_project(loop)
    loop.advisor.says("/reco Contacter l’EPF")
    loop.scene.move_to(MONDAY + 5 * DAY)
    loop.scene.in_room(loop.project.assignments[0].advisor, second).says("/reco Visiter le site")
    assert 1 == len(to(loop.scene.move_to(MONDAY + 16 * DAY), loop.elu))
    assert [] == to(loop.scene.move_to(MONDAY + 22 * DAY), loop.elu)

    loop.elu.taps("C’est fait")

    (asked,) = to(loop.scene.move_to(MONDAY + 23 * DAY), loop.elu)
    assert (second.ref,) == asked.projects


def test_what_fell_due_during_a_stop_is_asked_at_once_after_it(loop: Loop) -> None:
    loop.elu.says("stop")
    loop.scene.move_to(MONDAY + DAY)
    loop.advisor.says("/reco Contacter l’EPF")
    assert [] == to(loop.scene.move_to(MONDAY + 21 * DAY), loop.elu)

    loop.elu.says("/reprendre")

    assert ["followup.recommendation"] == kinds(to(loop.scene.move_to(MONDAY + 22 * DAY), loop.elu))


def two_recommendations(loop: Loop) -> Project:
    """A second project; each has a recommendation of the same day, asked about together."""
    station = second_project(loop)
    loop.elu.says(f"{station.ref} : oui, je vous l’envoie.")
    loop.elu.says(f"{loop.project.ref} : oui, je vous l’envoie.")
    loop.advisor.says("/reco Contacter l’EPF")
    loop.scene.in_room(loop.project.assignments[0].advisor, station).says("/reco Visiter le site")
    loop.scene.move_to(MONDAY + 15 * DAY)
    return station


def test_of_several_projects_each_recommendation_is_answered_by_a_tap(waiting: Loop) -> None:
    station = two_recommendations(waiting)
    offered = set(labels(waiting.elu.last))
    assert {"Luçon : C’est fait", "Luçon : C’est bloqué", "Luçon : Plus tard"} == {
        label for label in offered if label.startswith("Luçon")
    }
    assert 6 == len(offered)
    waiting.elu.taps("Luçon : C’est fait")
    assert ("proposed", "done") == (
        waiting.project.recommendations[0].status,
        station.recommendations[0].status,
    )


def test_of_several_projects_a_state_that_names_none_is_recorded_for_none(waiting: Loop) -> None:
    station = two_recommendations(waiting)
    assert "De quel projet parlez-vous" in texts(waiting.elu.says("toujours bloqué"))
    assert {"proposed"} == {r.status for p in (waiting.project, station) for r in p.recommendations}


def test_each_recommendation_put_off_to_the_same_day_is_asked_about(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.advisor.says("/reco Visiter le site")
    loop.elu.says("/plustard 1 dans 3 semaines")
    loop.elu.says("/plustard 2 dans 3 semaines")
    sent = to(loop.scene.move_to(MONDAY + 23 * DAY), loop.elu)
    assert [1, 2] == [f.number for f in loop.project.followups]
    assert ["followup.recommendation"] == kinds(sent)
    assert ["n° 1 : Plus tard", "n° 2 : C’est fait"] == labels(sent[0])[2:4]


def test_a_follow_up_in_the_midst_of_a_description_takes_no_typed_answer(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.says("/nouveau À Luçon, l’ancienne gare est une friche à l’abandon.")
    loop.scene.move_to(MONDAY + 15 * DAY)
    assert "followup.recommendation" == loop.elu.last.kind
    loop.elu.says("1")
    assert (2, "proposed") == (len(loop.scene.projects), loop.project.recommendations[0].status)


def test_a_document_reactivates_a_sleeping_project(waiting: Loop) -> None:
    asleep = waiting.scene.move_to(MONDAY + 400 * DAY)
    assert "followup.dormant" == asleep[-1].kind
    assert [] == waiting.scene.move_to(MONDAY + 500 * DAY)
    waiting.elu.says(file=PLAN)
    assert [] != waiting.scene.move_to(MONDAY + 550 * DAY)


def test_a_reminder_of_words_quotes_those_of_which_nobody_was_reminded_yet(loop: Loop) -> None:
    loop.elu.says("Avez-vous reçu le plan ?")
    first = [m for m in loop.scene.move_to(MONDAY + 12 * DAY) if m.kind == "followup.question"]
    assert "Avez-vous reçu le plan ?" in texts(first)
    loop.elu.says("Et qui peut passer voir la toiture ?")
    second = [m for m in loop.scene.move_to(MONDAY + 8 * WEEK) if m.kind == "followup.question"]
    assert "Et qui peut passer voir la toiture ?" in texts(second)
    assert "Avez-vous reçu le plan ?" not in texts(second)
