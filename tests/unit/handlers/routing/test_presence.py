"""People come, leave, send what cannot be taken; strangers write in rooms."""

import pytest

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.ports.network import OTHER_CONTENT, EventKind, Incoming, Target
from tests.support.scene import Actor, Loop, Scene, kinds, texts, to


@pytest.mark.parametrize("kind", sorted(OTHER_CONTENT))
def test_what_cannot_be_taken_is_told_kindly_and_goes_nowhere(loop: Loop, kind: str) -> None:
    for actor in (loop.elu, loop.advisor):
        said = actor.does(EventKind.SENT_OTHER, kind)
        assert ["error"] == kinds(said)
        assert said == to(said, actor)


def test_what_cannot_be_taken_is_said_in_answer_to_it(loop: Loop) -> None:
    place, at = loop.elu.conversation, loop.scene.now
    sticker = Incoming(
        place, "s1", loop.elu.sender, at, "sticker", kind=EventKind.SENT_OTHER, message="m-sticker"
    )
    assert [Target(remote_id="m-sticker")] == [m.target for m in loop.scene.receive(sticker)]


@pytest.mark.parametrize("media_type", ["audio/ogg", "video/mp4"])
def test_a_recording_is_relayed_and_its_author_asked_to_write_it_too(
    loop: Loop, media_type: str
) -> None:
    recording = Attachment("cd" * 32, "message", media_type, 9)
    said = loop.elu.says(file=recording)
    assert [recording] == [m.attachment for m in to(said, loop.advisor)]
    assert "surtout s’il y a un danger" in texts(to(said, loop.elu))
    assert "danger" not in texts(loop.advisor.says(file=recording))


def test_what_cannot_be_taken_has_a_sentence_even_when_it_has_no_name(loop: Loop) -> None:
    assert "que des mots" in texts(loop.elu.does(EventKind.SENT_OTHER, "hologram"))


def test_whoever_opens_a_chat_is_greeted_once(scene: Scene) -> None:
    elu = scene.elu()
    assert "assistant automatique" in texts(elu.does(EventKind.JOINED))
    assert [] == elu.does(EventKind.JOINED)
    assert "Décrivez votre projet" in texts(elu.says("/start"))


def test_start_greets_strangers_members_and_advisors(loop: Loop) -> None:
    assert "assistant automatique" in texts(loop.scene.elu("new").says("/start"))
    assert "/historique" in texts(loop.elu.says("/start"))
    private = Actor(loop.scene, ConversationRef("web", loop.advisor.sender), loop.advisor.sender)
    assert "leur salle" in texts(private.says("/start"))
    assert "leur salle" in texts(private.does(EventKind.JOINED))


def test_the_team_learns_that_an_advisor_left_a_room(loop: Loop) -> None:
    said = loop.advisor.does(EventKind.LEFT)
    assert said == to(said, loop.team)
    assert "Nadège Poirier (DDTM) a quitté la salle" in texts(said)
    assert [] == Actor(loop.scene, loop.advisor.conversation, "desk:99").does(EventKind.LEFT)


def test_a_member_who_leaves_cannot_be_reached_and_the_team_is_told(loop: Loop) -> None:
    said = loop.elu.does(EventKind.LEFT)
    assert loop.elu.person.reachable is None
    assert said == to(said, loop.team)
    assert "Martine Duval (maire) a quitté sa conversation" in texts(said)
    assert loop.scene.now == loop.project.followup_due_at
    loop.elu.says("Me revoilà.")
    assert loop.elu.person.reachable is not None


def test_strangers_who_come_and_go_are_not_spoken_to(loop: Loop) -> None:
    for actor in (
        Actor(loop.scene, loop.advisor.conversation, "desk:99"),
        Actor(loop.scene, loop.team.conversation, "desk:99"),
        loop.scene.elu("nobody"),
    ):
        assert [] == actor.does(EventKind.LEFT)
    assert [] == Actor(loop.scene, loop.advisor.conversation, "desk:99").does(EventKind.JOINED)


def test_a_stranger_in_a_room_is_told_once_and_so_is_the_team(loop: Loop) -> None:
    stranger = Actor(loop.scene, loop.advisor.conversation, "@someone:server")
    said = stranger.says("Bonjour à tous")
    assert [] == to(said, loop.elu)
    assert "je la préviens" in texts(to(said, loop.advisor))
    assert "@someone:server" in texts(to(said, loop.team))
    assert [] == stranger.says("Il y a quelqu’un ?")
    assert [] == stranger.says("/reco Contacter l’EPF")
    assert [] == stranger.does(EventKind.SENT_OTHER, "poll")
    other = Actor(loop.scene, loop.advisor.conversation, "@other:server")
    assert ["error", "notice"] == kinds(other.says("Bonjour"))


def test_a_stranger_in_a_team_gives_no_orders(loop: Loop) -> None:
    stranger = Actor(loop.scene, loop.team.conversation, "@someone:server")
    assert ["error"] == kinds(stranger.says(f"/accepter {loop.project.ref}"))
    assert [] == stranger.says("/aide")


def test_start_with_anything_behind_it_opens_the_chat(scene: Scene) -> None:
    elu = scene.elu()
    assert "assistant automatique" in texts(elu.says("/start campagne_85"))
    assert "help.unknown_command" not in texts(elu.says("/start ref-12"))
    assert "Décrivez" in texts(elu.says("/start ref-12"))
