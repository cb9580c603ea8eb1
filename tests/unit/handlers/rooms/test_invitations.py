"""People of the register are invited where they sit."""

from dataclasses import replace

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Role
from bot.domain.portal import Portal
from bot.ports.network import Operation, Outgoing
from handlers.rooms.invitations import invite, invite_everybody
from tests.support.scene import Loop, Scene, submitted, texts
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
    for _ in range(2):
        invite(scene.records, person, ROOM, scene.now, ("UV-7K3Q",))
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
        invite_everybody(scene.records, on_matrix(), scene.now)
    assert [
        ("invite:@1:exemple.fr", "room:UV-7K3Q"),
        ("invite:@2:exemple.fr", "room:UV-7K3Q"),
        ("invite:@3:exemple.fr", "team:urbanvitaliz"),
    ] == [(m.conversation.name, m.text) for m in invitations(scene)]
