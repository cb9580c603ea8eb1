from bot.domain.people import Side
from tests.support.scene import PLAN, Actor, Loop, kinds, texts, to


def test_a_note_stays_in_the_room_backstage(loop: Loop) -> None:
    said = loop.advisor.says("/note Le voisin serait vendeur.")
    assert said == to(said, loop.advisor)
    assert [True] == [message.backstage for message in said]
    assert "Coulisses – Nadège Poirier (DDTM) : Le voisin serait vendeur." in texts(said)
    assert loop.scene.story(loop.project)[-1].backstage


def test_an_observer_and_the_team_take_notes(loop: Loop) -> None:
    assert ["notice"] == kinds(loop.observer.says("/note vu"))
    camille = Actor(loop.scene, loop.advisor.conversation, loop.team.sender)
    assert ["notice"] == kinds(camille.says("/note vu"))
    assert Side.TEAM is loop.scene.story(loop.project)[-1].side


def test_a_file_of_a_note_goes_to_nobody_else(loop: Loop) -> None:
    said = loop.advisor.says("/note à voir", file=PLAN)
    assert [PLAN] == [message.attachment for message in said]
    assert said == to(said, loop.advisor)


def test_an_empty_note_is_refused(loop: Loop) -> None:
    assert ["error"] == kinds(loop.advisor.says("/note  "))


def test_a_member_cannot_take_notes(loop: Loop) -> None:
    said = loop.elu.says("/note bonjour")
    assert "dans la salle d’un projet" in texts(said)
    assert said == to(said, loop.elu)


def test_contact_details_are_withheld_from_notes(loop: Loop) -> None:
    assert "06 12" not in texts(loop.advisor.says("/note Le notaire : 06 12 34 56 78"))
