"""One person, several addresses."""

import re
from datetime import timedelta

import pytest

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address
from tests.support.scene import MAYOR, MILL, Actor, Loop, Scene, kinds, submitted, texts, to

OTHER = "@martine:exemple.fr"


def on_matrix(scene: Scene, name: str = OTHER) -> Actor:
    return Actor(scene, ConversationRef("matrix", name), name)


def code_for(actor: Actor) -> str:
    found = re.search(r"\b[0-9A-Z]{8}\b", texts(actor.says("/relier")))
    assert found is not None
    return found[0]


@pytest.mark.parametrize("typed", ["{}", "/relier {}", "/start {}", " {}\n"])
def test_a_code_typed_elsewhere_joins_that_address(loop: Loop, typed: str) -> None:
    other = on_matrix(loop.scene)
    said = other.says(typed.format(code_for(loop.elu)))
    assert "je vous reconnais" in texts(to(said, other))
    assert "votre autre conversation" in texts(to(said, loop.elu))
    assert loop.elu.person is other.person
    assert [other.conversation.name] == [
        m.conversation.name for m in loop.advisor.says("Bonjour ?") if m.kind == "relay"
    ]
    assert [loop.advisor.conversation] == [
        m.conversation for m in other.says("Bonjour !") if m.kind == "relay"
    ]


def test_messages_go_where_the_person_wrote_from_last(loop: Loop) -> None:
    other = on_matrix(loop.scene)
    other.says(code_for(loop.elu))
    loop.elu.says("Je suis revenue ici.")
    assert [loop.elu.conversation] == [m.conversation for m in loop.advisor.says("Bonjour ?")]
    other.says("Et là.")
    assert [other.conversation] == [m.conversation for m in loop.advisor.says("Bonjour ?")]


def test_a_dialogue_under_way_goes_on_at_the_new_address(scene: Scene) -> None:
    elu, other = scene.elu(), on_matrix(scene)
    elu.says(MILL)
    elu.says(MAYOR)
    assert "Oui, envoyer" in [c.label for c in elu.last.choices]
    said = other.says(code_for(elu))
    assert "là où nous en étions" in texts(to(said, other))
    other.taps("Oui, envoyer")
    (project,) = scene.projects
    assert [other.person] == [member.person for member in project.members]
    assert scene.records.dialogue(elu.conversation).under_way is None


def test_two_persons_with_projects_are_one_with_all_of_them(loop: Loop) -> None:
    other = on_matrix(loop.scene)
    second = submitted(other, who="Martine Duval, maire")
    third = submitted(other, words=f"/nouveau {MILL}")
    gone, kept = loop.elu.person, other.person
    assert gone is not kept

    other.says(code_for(loop.elu))

    assert loop.elu.person is other.person is kept
    assert gone not in loop.scene.records.persons
    assert {loop.project.ref, second.ref, third.ref} == {
        p.ref for p in loop.scene.records.projects.of_person(kept)
    }
    assert all([kept] == [m.person for m in p.members] for p in loop.scene.projects)
    assert all(p.lead is not None for p in loop.scene.projects)


def test_a_project_of_both_has_them_once(loop: Loop) -> None:
    other = on_matrix(loop.scene)
    other.says("Bonjour")
    loop.project.members.append(type(loop.project.members[0])(other.person, False, loop.scene.now))
    other.says(code_for(loop.elu))
    assert [(loop.elu.person, True)] == [(m.person, m.lead) for m in loop.project.members]


def test_a_code_serves_once_and_for_a_quarter_of_an_hour(loop: Loop) -> None:
    code = code_for(loop.elu)
    on_matrix(loop.scene).says(code)
    late = on_matrix(loop.scene, "@late:exemple.fr")
    assert "n’est pas valable" in texts(late.says(code))
    code = code_for(loop.elu)
    loop.scene.now += timedelta(minutes=15)
    assert "n’est pas valable" in texts(late.says(code))
    assert "n’est pas valable" in texts(late.says("/relier n’importe quoi"))


def test_a_new_code_ends_the_one_before(loop: Loop) -> None:
    first, second = code_for(loop.elu), code_for(loop.elu)
    other = on_matrix(loop.scene)
    assert "n’est pas valable" in texts(other.says(first))
    assert "je vous reconnais" in texts(other.says(second))


def test_after_five_codes_that_are_none_one_has_to_wait(loop: Loop) -> None:
    other, code = on_matrix(loop.scene), code_for(loop.elu)
    for number in range(5):
        assert "n’est pas valable" in texts(other.says(f"999{number}QQQQ"))
    assert "Attendez un quart d’heure" in texts(other.says(code))
    assert "je vous reconnais" in texts(on_matrix(loop.scene, "@b:exemple.fr").says(code))
    loop.scene.now += timedelta(minutes=15)
    assert "n’est pas valable" in texts(other.says(code))


def test_a_code_of_ones_own_joins_nothing(loop: Loop) -> None:
    assert "déjà la vôtre" in texts(loop.elu.says(code_for(loop.elu)))


def test_strangers_are_told_to_start_from_where_they_are_known(scene: Scene) -> None:
    assert ["error"] == kinds(scene.elu().says("/relier"))


def test_an_advisor_is_never_joined_to_a_member(loop: Loop) -> None:
    private = Actor(loop.scene, ConversationRef("web", loop.advisor.sender), loop.advisor.sender)
    members = loop.project.members[0].person
    for actor, code in ((private, code_for(loop.elu)), (loop.elu, code_for(private))):
        assert "chacune garde sa place" in texts(actor.says(code))
    assert members is loop.elu.person
    assert private.person is not loop.elu.person


def test_an_advisor_joins_an_address_of_their_own(loop: Loop) -> None:
    private = Actor(loop.scene, ConversationRef("web", loop.advisor.sender), loop.advisor.sender)
    other = on_matrix(loop.scene, "@nadege:exemple.fr")
    other.says("Bonjour")
    other.says(code_for(private))
    assert private.person is other.person
    assert loop.project.assignments[0].advisor.person is other.person
    in_room = Actor(loop.scene, loop.advisor.conversation, loop.advisor.sender)
    assert [loop.elu.conversation] == [m.conversation for m in in_room.says("Bonjour ?")]


def test_codes_are_not_taken_in_rooms(loop: Loop) -> None:
    code = code_for(loop.elu)
    assert "relay" in kinds(loop.advisor.says(code))
    assert ["error"] == kinds(loop.advisor.says(f"/relier {code}"))


def test_an_address_can_be_added_without_ever_having_been_spoken_from(loop: Loop) -> None:
    on_matrix(loop.scene).says(code_for(loop.elu))
    assert [("web", "chat:martine"), ("matrix", OTHER)] == [
        (a.network, a.conversation) for a in loop.elu.person.addresses
    ]
    assert isinstance(loop.elu.person.reachable, Address)
