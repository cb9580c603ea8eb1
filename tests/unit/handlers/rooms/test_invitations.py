"""People of the register are invited where they sit."""

from dataclasses import replace

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Role
from bot.domain.portal import Portal
from bot.ports.message_queue import Outcome
from bot.ports.network import Operation, Outgoing
from handlers.rooms.invitations import invite, places_in, places_of_everybody, settle
from handlers.thread import undelivered
from tests.support.scene import DAY, Actor, Loop, Scene, kinds, submitted, texts, to
from tests.support.shipped import catalogue

ANA = "@ana:exemple.fr"
ROOM = ConversationRef("matrix", "room:UV-7K3Q")


def on_matrix() -> dict[str, Portal]:
    return {slug: replace(p, rooms="matrix") for slug, p in catalogue().portals.items()}


def invitations(scene: Scene) -> list[Outgoing]:
    queued = (queued.outgoing for queued in scene.records.queued)
    return [outgoing for outgoing in queued if outgoing.operation is Operation.INVITE]


def test_an_invitation_goes_to_each_address_on_the_network_once(scene: Scene) -> None:
    person = scene.register("Ana Roy", "DDT").person
    person.addresses.append(Address("telegram", "7", "7", scene.now))
    person.addresses.append(Address("matrix", ANA, ANA, scene.now))
    (place,) = places_in(ROOM, person, projects=("UV-7K3Q",))
    for _ in range(2):
        invite(scene.records, place, scene.now)
    (sent,) = invitations(scene)
    assert (ConversationRef("matrix", f"invite:{ANA}"), "room:UV-7K3Q", ("UV-7K3Q",)) == (
        sent.conversation,
        sent.text,
        sent.projects,
    )


def test_the_pages_invite_nobody(loop: Loop) -> None:
    assert [] == invitations(loop.scene)


def test_those_who_are_seated_are_invited_to_the_room_and_the_elu_is_told_so_not_that_they_were(
    scene: Scene,
) -> None:
    scene.portals = on_matrix()
    for name, role in (("Ana Roy", Role.ADVISOR), ("Bo Roy", Role.OBSERVER)):
        address = f"@{name[:2].lower()}:exemple.fr"
        person = scene.register(name, "DDT", role).person
        person.addresses.append(Address("matrix", address, address, scene.now))
    scene.register("Cé Roy", "DDT", themes=("pont",))
    team = scene.register("Camille", "Équipe", Role.COORDINATOR, themes=())
    team.person.addresses.append(Address("matrix", "@c:exemple.fr", "@c:exemple.fr", scene.now))
    elu = scene.elu()
    project = submitted(elu)

    scene.in_team(team).says(f"/accepter {project.ref}")

    told = texts(elu.reads())
    assert "je préviens dans les minutes qui viennent : Ana Roy (DDT)" in told
    assert "ai prévenu" not in told
    assert [
        (f"invite:{address}", f"room:{project.ref}")
        for address in ("@an:exemple.fr", "@bo:exemple.fr")
    ] == [(m.conversation.name, m.text) for m in invitations(scene)]


def test_the_register_invites_teams_and_whoever_sits_in_an_open_room(loop: Loop) -> None:
    scene = loop.scene
    scene.records.projects.open_room(loop.project, ROOM)
    for advisor in scene.records.advisors.all():
        address = f"@{advisor.id}:exemple.fr"
        advisor.person.addresses.append(Address("matrix", address, address, scene.now))
    gone = scene.register("Dédé", "DDT", Role.COORDINATOR)
    gone.person.addresses.append(Address("matrix", "@d:exemple.fr", "@d:exemple.fr", scene.now))
    gone.active = False
    for _ in range(2):
        settle(scene.records, set(), places_of_everybody(scene.records, on_matrix()), scene.now)
    assert [
        ("invite:@1:exemple.fr", "room:UV-7K3Q"),
        ("invite:@2:exemple.fr", "room:UV-7K3Q"),
        ("invite:@3:exemple.fr", "team:urbanvitaliz"),
    ] == [(m.conversation.name, m.text) for m in invitations(scene)]


def removals(scene: Scene) -> list[tuple[str, str]]:
    queued = (queued.outgoing for queued in scene.records.queued)
    orders = [m for m in queued if m.operation is Operation.REMOVE]
    return sorted((m.conversation.name, m.text) for m in orders)


def seated_on_matrix(loop: Loop) -> None:
    """The project's room is on Matrix, where everybody has an address."""
    loop.scene.records.projects.open_room(loop.project, ROOM)
    for advisor in loop.scene.records.advisors.all():
        address = f"@{advisor.id}:exemple.fr"
        place = Address("matrix", address, address, loop.scene.now)
        advisor.person.addresses.append(place)


def test_who_is_put_out_of_service_is_removed_from_rooms_team_and_group(loop: Loop) -> None:
    seated_on_matrix(loop)
    records = loop.scene.records
    before = places_of_everybody(records, on_matrix())
    for advisor in records.advisors.all():
        advisor.active = advisor.role is Role.OBSERVER
    settle(records, before, places_of_everybody(records, on_matrix()), loop.scene.now)
    assert [
        ("invite:@1:exemple.fr", "group:urbanvitaliz"),
        ("invite:@1:exemple.fr", "room:UV-7K3Q"),
        ("invite:@3:exemple.fr", "group:urbanvitaliz"),
        ("invite:@3:exemple.fr", "team:urbanvitaliz"),
    ] == removals(loop.scene)


def test_who_comes_back_into_service_is_invited_again(loop: Loop) -> None:
    seated_on_matrix(loop)
    scene, (advisor, *_) = loop.scene, loop.scene.records.advisors.all()
    for active in (True, False, True):
        before = places_of_everybody(scene.records, on_matrix())
        advisor.active = active
        scene.now += DAY
        settle(scene.records, before, places_of_everybody(scene.records, on_matrix()), scene.now)
    assert "invite:@1:exemple.fr" in [m.conversation.name for m in invitations(scene)]
    last = [q.outgoing for q in scene.records.queued if q.outgoing.text == ROOM.name][-1]
    assert Operation.INVITE is last.operation


def test_an_address_that_is_theirs_no_more_is_removed(loop: Loop) -> None:
    seated_on_matrix(loop)
    records = loop.scene.records
    before = places_of_everybody(records, on_matrix())
    person = records.advisors.all()[0].person
    person.addresses[-1] = Address("matrix", "@new:exemple.fr", "@new:exemple.fr", loop.scene.now)
    settle(records, before, places_of_everybody(records, on_matrix()), loop.scene.now)
    assert [
        ("invite:@1:exemple.fr", "group:urbanvitaliz"),
        ("invite:@1:exemple.fr", "room:UV-7K3Q"),
    ] == removals(loop.scene)
    assert "invite:@new:exemple.fr" in [m.conversation.name for m in invitations(loop.scene)]


def test_who_quits_a_project_is_removed_from_its_room_and_their_words_go_nowhere(
    loop: Loop,
) -> None:
    seated_on_matrix(loop)
    nadege = Actor(loop.scene, ROOM, "@1:exemple.fr")
    nadege.says("/quitter")
    assert [("invite:@1:exemple.fr", "room:UV-7K3Q")] == removals(loop.scene)
    said = nadege.says("Je reviens demain.")
    assert said == to(said, nadege)
    assert "Vous ne suivez pas ce projet" in texts(said)


def test_who_is_out_of_service_is_a_stranger_in_the_room(loop: Loop) -> None:
    loop.scene.records.advisors.all()[0].active = False
    said = loop.advisor.says("Je reviens demain.")
    assert [] == to(said, loop.elu)


def test_a_coordinator_of_another_portal_is_a_stranger_there(loop: Loop) -> None:
    other = loop.scene.register("Paul Roy", "Cerema", Role.COORDINATOR, "sosponts")
    for actor in (
        loop.scene.in_room(other, loop.project),
        Actor(loop.scene, loop.team.conversation, f"desk:{other.id}"),
    ):
        said = actor.says("/historique")
        assert loop.project.title not in texts(to(said, actor))


def test_a_removal_that_fails_is_told_to_the_team(loop: Loop) -> None:
    seated_on_matrix(loop)
    Actor(loop.scene, ROOM, "@1:exemple.fr").says("/quitter")
    removal = next(
        q.outgoing for q in loop.scene.records.queued if q.outgoing.operation is Operation.REMOVE
    )
    undelivered.tell(loop.scene.records, catalogue(), loop.scene.now, removal, Outcome.REFUSED)
    assert "Nadège Poirier ne suit plus" in texts([loop.team.last])
    assert "je n’ai pas pu l’en retirer" in texts([loop.team.last])


def test_who_left_by_mistake_is_told_how_to_enter_again_and_is_invited(loop: Loop) -> None:
    seated_on_matrix(loop)
    alone = Actor(loop.scene, ConversationRef("matrix", "@1:exemple.fr"), "@1:exemple.fr")
    assert "/salle" in texts(alone.says("Bonjour, je n’y suis plus."))
    for leaves in (False, True):
        if leaves:
            Actor(loop.scene, ROOM, "@1:exemple.fr").says("/quitter")
        said = alone.says(f"/salle {loop.project.ref}")
        assert ["room:UV-7K3Q"] == [m.text for m in said if m.operation is Operation.INVITE]
        assert "une invitation vous attend" in texts(to(said, alone))
    assert "Bonjour" in texts(
        to(Actor(loop.scene, ROOM, "@1:exemple.fr").says("Bonjour"), loop.elu)
    )


def test_the_team_enters_a_room(loop: Loop) -> None:
    seated_on_matrix(loop)
    alone = Actor(loop.scene, ConversationRef("matrix", "@3:exemple.fr"), "@3:exemple.fr")
    said = alone.says(f"/salle {loop.project.ref}")
    assert ["room:UV-7K3Q"] == [m.text for m in said if m.operation is Operation.INVITE]
    assert "Camille Rousselot (Équipe) suit maintenant" in texts(to(said, loop.elu))


def test_nobody_enters_the_room_of_a_project_that_is_not_theirs(loop: Loop) -> None:
    seated_on_matrix(loop)
    other = loop.scene.register("Paul Roy", "DDT 59", departements=("59",))
    desk = f"desk:{other.id}"
    said = Actor(loop.scene, ConversationRef("web", desk), desk).says(f"/salle {loop.project.ref}")
    assert [] == [m for m in said if m.operation is Operation.INVITE]
    assert loop.project.title not in texts(said)
    assert ["error"] == kinds(loop.elu.says("/salle"))


def test_one_of_the_register_sits_in_a_room_that_they_see(loop: Loop) -> None:
    other = loop.scene.register("Paul Roy", "CAUE")
    paul = loop.scene.in_room(other, loop.project)
    assert [] == to(paul.says("Bonjour"), loop.elu)
    paul.says("/salle")
    assert "Bonjour" in texts(to(paul.says("Bonjour"), loop.elu))
