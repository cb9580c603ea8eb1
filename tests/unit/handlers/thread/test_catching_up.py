"""Who comes back, or comes to a room, reads what they could not read."""

from bot.domain.people import Address
from bot.ports.network import EventKind
from tests.support.scene import DAY, PLAN, Actor, Loop, labels, texts, to


def test_an_elu_who_comes_back_receives_what_was_kept(loop: Loop) -> None:
    loop.advisor.says("Avant votre départ.")
    loop.scene.now += DAY
    loop.elu.does(EventKind.LEFT)
    loop.advisor.says("Avez-vous le plan ?", file=PLAN)
    loop.advisor.says("/note Il est parti ?")
    loop.advisor.says("/reco Contacter l’EPF")
    loop.scene.now += DAY

    said = to(loop.elu.says("Me revoilà."), loop.elu)

    assert "Pendant que je ne pouvais plus vous écrire" in texts(said)
    assert "Nadège Poirier (DDTM) : fichier « plan.pdf » Avez-vous le plan ?" in texts(said)
    assert "Il est parti" not in texts(said)
    assert "Avant votre départ" not in texts(said)
    assert [PLAN] == [m.attachment for m in said if m.attachment]
    (advised,) = [m for m in said if m.kind == "recommendation"]
    assert "Contacter l’EPF" in texts([advised])
    assert 5 == len(labels(advised))
    loop.elu.says("1", reply_to=advised)
    assert loop.project.recommendations[0].status_at is not None
    assert "Pendant que" not in texts(to(loop.elu.says("Encore moi."), loop.elu))


def test_who_missed_nothing_reads_nothing_more(loop: Loop) -> None:
    loop.elu.does(EventKind.LEFT)
    loop.scene.move_to(loop.scene.now + 20 * DAY)
    assert "Pendant que" not in texts(loop.elu.says("Me revoilà."))


def test_who_was_written_to_elsewhere_missed_nothing(loop: Loop) -> None:
    place = Address("matrix", "@m:mairie.fr", "@m:mairie.fr", loop.scene.now)
    loop.elu.person.addresses.append(place)
    loop.elu.does(EventKind.LEFT)
    loop.advisor.says("Avez-vous le plan ?")
    assert "Pendant que" not in texts(loop.elu.says("Me revoilà."))


def test_a_newcomer_to_a_room_reads_where_it_stands_once(loop: Loop) -> None:
    loop.elu.says("Le conseil a voté.")
    loop.advisor.says("Parfait.")
    loop.advisor.says("/note À suivre.")
    paul = loop.scene.in_room(loop.scene.register("Paul Roy", "CAUE"), loop.project)
    paul.says("/salle")

    told = paul.does(EventKind.JOINED)

    assert told == to(told, loop.advisor)
    assert [True] == [m.backstage for m in told]
    words = texts(told)
    assert "Pour Paul Roy, qui rejoint la salle" in words
    assert loop.project.description in words
    for said in ("Le conseil a voté.", "Parfait.", "À suivre."):
        assert said in words
    assert [] == paul.does(EventKind.JOINED)


def test_who_enters_again_reads_what_was_said_meanwhile(loop: Loop) -> None:
    loop.advisor.does(EventKind.LEFT)
    loop.elu.says("Le conseil a voté.")
    desk = loop.advisor.sender
    Actor(loop.scene, loop.advisor.conversation, desk).says("/salle")
    assert "Le conseil a voté." in texts(loop.advisor.does(EventKind.JOINED))


def test_those_who_come_to_a_room_that_just_opened_read_its_first_message_alone(
    loop: Loop,
) -> None:
    assert [] == loop.advisor.does(EventKind.JOINED)
