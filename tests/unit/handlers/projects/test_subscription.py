from datetime import timedelta

import pytest

from bot.domain.projects.history import EntryKind
from bot.domain.projects.participants import Member
from tests.support.scene import DAY, MILL, WEEK, Loop, Scene, kinds, submitted, texts, to


@pytest.mark.parametrize("words", ["stop", "STOP", "/stop", "arrêtez de m’écrire"])
def test_stop_is_immediate_and_the_team_is_told_that_nobody_is_left(loop: Loop, words: str) -> None:
    said = loop.elu.says(words)
    assert loop.scene.now == loop.elu.person.stopped_at
    assert "vous ne recevrez plus de relances" in texts(to(said, loop.elu))
    assert EntryKind.STOPPED is loop.scene.story(loop.project)[-1].kind
    sent = loop.scene.move_to(loop.scene.now + DAY)
    assert [("followup.escalation", loop.team.conversation)] == [
        (m.kind, m.conversation) for m in sent
    ]
    assert "Martine Duval (maire) ne souhaite plus de relances" in texts(sent)
    assert [] == to(loop.scene.move_to(loop.scene.now + 10 * WEEK), loop.elu)


def test_while_another_member_can_be_asked_they_are_and_the_team_is_not_told(loop: Loop) -> None:
    jean = loop.scene.elu("jean")
    jean.says("Bonjour")
    loop.project.members.append(Member(jean.person, lead=False, joined_at=loop.scene.now))
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.says("stop")
    sent = loop.scene.move_to(loop.scene.now + 9 * WEEK)
    assert ([], []) == (to(sent, loop.team), to(sent, loop.elu))
    assert ["followup.recommendation", "followup.where_are_you"] == kinds(to(sent, jean))


def test_saying_it_twice_tells_the_team_once(loop: Loop) -> None:
    loop.elu.says("stop")
    loop.elu.says("stop")
    assert 1 == len(loop.scene.move_to(loop.scene.now + DAY))


def test_reprendre_takes_it_back(loop: Loop) -> None:
    loop.advisor.says("Avez-vous le plan ?")
    loop.elu.says("stop")
    loop.advisor.says("Avez-vous le plan ?")
    loop.elu.says("/reprendre")
    assert loop.elu.person.stopped_at is None
    assert ["followup.question", "followup.where_are_you"] == kinds(
        to(loop.scene.move_to(loop.scene.now + 10 * WEEK), loop.elu)
    )


def test_reprendre_is_told_to_the_team_and_in_the_story_once(loop: Loop) -> None:
    loop.elu.says("stop")
    told = to(loop.elu.says("/reprendre"), loop.team)
    assert "Martine Duval (maire) accepte de nouveau les relances" in texts(told)
    assert EntryKind.RESTARTED is loop.scene.story(loop.project)[-1].kind
    assert "accepte de nouveau les relances" in texts(loop.elu.says("/historique"))
    again = loop.elu.says("/reprendre")
    assert again == to(again, loop.elu)
    assert "les relances continuent" in texts(again)


def test_reprendre_of_a_project_that_rests_not_says_that_it_is_open(loop: Loop) -> None:
    said = texts(loop.elu.says(f"/reprendre {loop.project.ref}"))
    assert "est toujours ouvert" in said


def test_reprendre_wakes_what_fell_asleep(loop: Loop) -> None:
    loop.scene.now += timedelta(days=400)
    loop.elu.says("/reprendre")
    assert loop.scene.now == loop.project.last_activity_at
    assert loop.scene.now == loop.project.followup_due_at


def test_words_of_the_room_still_arrive(loop: Loop) -> None:
    loop.elu.says("stop")
    assert ["relay"] == kinds(to(loop.advisor.says("Bonjour ?"), loop.elu))


def test_a_stranger_who_stops_leaves_no_trace(scene: Scene) -> None:
    elu = scene.elu()
    assert "aucune relance" in texts(elu.says("stop"))
    assert [] == scene.records.persons
    assert "un assistant automatique" in texts(elu.says(MILL))


def test_stop_drops_what_was_being_described_and_says_so(scene: Scene) -> None:
    elu = scene.elu()
    elu.says(MILL)
    assert "rien n’est transmis" in texts(elu.says("stop"))
    elu.says("Martine Duval, maire")
    assert [] == scene.projects


def test_long_words_that_also_ask_to_stop_are_passed_on(loop: Loop) -> None:
    words = (
        "Arrêtez de m’écrire sans cesse, mais dites à la DDT que le devis est signé et que les "
        "travaux commencent lundi prochain."
    )
    said = loop.elu.says(words)
    assert loop.elu.person.stopped_at is not None
    assert [words] == [m.text for m in to(said, loop.advisor)]


def test_stop_within_the_words_of_a_project_is_no_stop(scene: Scene) -> None:
    elu = scene.elu()
    elu.says("nous voulons arrêter les camions sur le pont de Luçon")
    assert "summary" not in texts(elu.reads())
    assert elu.person.stopped_at is None


def test_a_follow_up_that_waits_for_delivery_is_no_longer_relevant_after_stop(loop: Loop) -> None:
    loop.advisor.says("Avez-vous le plan ?")
    loop.scene.move_to(loop.scene.now + 9 * WEEK)
    rule = loop.scene.records.queued[-1].rule
    loop.elu.says("stop")
    assert rule.relevance[loop.project.ref] != loop.project.activity


def test_an_ended_project_tells_nobody(scene: Scene) -> None:
    elu = scene.elu()
    submitted(elu).refuse("non", scene.now)
    said = elu.says("stop")
    assert said == to(said, elu)


def test_after_a_stop_others_are_asked_when_silence_calls_for_it(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.says("/plustard le 15 mars")
    loop.scene.move_to(loop.scene.now + 8 * WEEK)
    loop.elu.says("stop")
    sent = loop.scene.move_to(loop.scene.now + 6 * WEEK + 3 * DAY)
    assert ["followup.escalation", "followup.where_are_you"] == kinds(sent)
    assert sent == to(sent, loop.team)
