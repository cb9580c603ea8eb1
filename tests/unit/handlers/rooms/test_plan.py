from dataclasses import replace

from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Role
from bot.domain.wording.markup import plain
from handlers.rooms.plan import plan
from tests.support.scene import Loop, spaced
from tests.support.shipped import catalogue


def test_a_room_is_named_after_its_project_and_its_place(loop: Loop) -> None:
    ref, title = loop.project.ref, loop.project.title
    room = plan(loop.scene.records, catalogue(), ConversationRef.room("web", ref))
    assert room is not None
    assert (f"{ref} · {title}", "urbanvitaliz") == (room.name, room.portal)
    loop.project.title = "La filature"
    room = plan(loop.scene.records, catalogue(), ConversationRef.room("web", ref))
    assert room is not None
    assert f"{ref} · La filature — Fontenay-le-Comte (Vendée)" == room.name


def test_the_topic_says_that_everything_is_relayed_but_notes(loop: Loop) -> None:
    room = plan(loop.scene.records, catalogue(), ConversationRef.room("web", loop.project.ref))
    assert room is not None
    assert "transmis à la collectivité" in room.topic
    assert "sauf les notes et les Coulisses" in spaced(room.topic)


def test_a_team_has_a_room_and_nothing_else_has(loop: Loop) -> None:
    team = plan(loop.scene.records, catalogue(), ConversationRef.team("web", "urbanvitaliz"))
    assert team is not None
    assert ("urbanvitaliz", catalogue().portals["urbanvitaliz"].name) == (
        team.portal,
        team.portal_name,
    )
    for unknown in ("room:UV-0000", "team:nobody", "@a:server", "chat:x"):
        assert None is plan(loop.scene.records, catalogue(), ConversationRef("web", unknown))


def test_the_coordinators_of_a_portal_are_to_be_in_its_team_s_room(loop: Loop) -> None:
    scene = loop.scene
    for name, role in (("Camille", Role.COORDINATOR), ("Odile", Role.ADVISOR)):
        person = scene.register(name, "DDTM", role).person
        person.addresses.append(Address("matrix", f"@{name}:a.fr", f"@{name}:a.fr", scene.now))
    portals = {slug: replace(p, rooms="matrix") for slug, p in catalogue().portals.items()}
    team = plan(
        scene.records,
        replace(catalogue(), portals=portals),
        ConversationRef.team("web", "urbanvitaliz"),
    )
    assert team is not None
    assert ("@Camille:a.fr",) == team.people


def test_a_room_made_anew_begins_with_the_project_its_open_recommendations_and_last_words(
    loop: Loop,
) -> None:
    loop.elu.says("Le conseil a voté.")
    loop.advisor.says("/note Entre nous.")
    loop.advisor.says("/reco Contacter l’EPF")
    loop.advisor.says("/reco Relire le PLU")
    loop.advisor.says("/fait 2")
    room = plan(loop.scene.records, catalogue(), loop.advisor.conversation)
    assert room is not None
    words = spaced(plain(room.anew))
    assert loop.project.description in words
    assert "• n° 1, DDTM : Contacter l’EPF" in words
    assert "Martine Duval (maire) : Le conseil a voté." in words
    for other in ("Relire le PLU", "Entre nous"):
        assert other not in words
