"""A dialogue that cannot be read is no crash: the person is asked again, and no word is lost."""

import pytest

from bot.domain.dialogues import Dialogue, IntakeDialogue, Unreadable, WhichProject
from bot.ports.network import Choice
from bot.ports.records import DialogueState
from tests.support.scene import MAYOR, MILL, PLAN, Actor, Loop, Scene, texts, to

LOST = "Je n’ai pas su relire"


def lose(actor: Actor, *words: str, files: bool = False) -> None:
    """What the actor was in the midst of cannot be read any more."""
    lost = Unreadable(words, (PLAN,) if files else ())
    asked = (Choice("intake:send", "Oui, envoyer"),)
    state = DialogueState(actor.conversation, lost, asked)
    actor.scene.records.dialogues.save(state, actor.scene.now)


def under_way(actor: Actor) -> Dialogue | None:
    return actor.scene.records.dialogue(actor.conversation).under_way


def test_the_description_of_a_project_begins_again_with_all_that_was_said(scene: Scene) -> None:
    elu = scene.elu()
    lose(elu, MILL, files=True)
    said = elu.says("Le toit fuit.")
    assert LOST in texts(said)
    assert "Qui êtes-vous" in texts(said)
    elu.says(MAYOR)
    elu.taps("Oui, envoyer")
    (project,) = scene.projects
    assert f"{MILL}\n\nLe toit fuit." == project.description
    assert [PLAN] == [e.attachment for e in scene.story(project) if e.attachment]


def test_with_a_project_under_way_it_is_asked_for_which_one_the_words_are(loop: Loop) -> None:
    lose(loop.elu, "Le notaire a répondu.")
    said = loop.elu.says("Il est d’accord.")
    assert LOST in texts(said)
    assert [] == to(said, loop.advisor)
    told = loop.elu.taps(next(c.label for c in loop.elu.last.choices))
    assert ["Le notaire a répondu.", "Il est d’accord."] == [m.text for m in to(told, loop.advisor)]


@pytest.mark.parametrize("key", ["intake:send", "which:new"])
def test_a_tap_is_not_obeyed_and_the_question_is_put_again(scene: Scene, key: str) -> None:
    elu = scene.elu()
    elu.says("bonjour")
    lose(elu, MILL)
    said = elu.forges(key)
    assert "n’est plus attendue" in texts(said)
    assert "Qui êtes-vous" in texts(said)
    assert [] == scene.projects
    assert isinstance(under_way(elu), IntakeDialogue)


def test_a_command_is_obeyed_and_the_question_is_put_again(loop: Loop) -> None:
    lose(loop.elu, "Le notaire a répondu.")
    said = texts(loop.elu.says("/projets"))
    assert "Vos projets" in said
    assert LOST in said
    assert isinstance(under_way(loop.elu), WhichProject)


def test_stop_is_immediate_and_keeps_the_words(loop: Loop) -> None:
    lose(loop.elu, "Le notaire a répondu.")
    loop.elu.says("stop")
    assert loop.elu.person.stopped_at is not None
    assert isinstance(under_way(loop.elu), WhichProject)


def test_without_words_to_keep_what_is_said_is_taken_as_usual(loop: Loop) -> None:
    lose(loop.elu)
    said = loop.elu.says("Le devis est là.")
    assert ["Le devis est là."] == [m.text for m in to(said, loop.advisor)]
    assert LOST in texts(said)
    assert under_way(loop.elu) is None
    assert LOST not in texts(loop.elu.says("Il est signé."))
