"""The table that says who takes an event: its order, and that asking changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

import handlers
from bot.domain.dialogues import DIALOGUES, AfterRefusal, Unreadable
from bot.ports.network import EventKind, Incoming
from handlers.context.turn import Turn
from handlers.routing import router
from handlers.routing.router import TABLE, turn_of
from handlers.routing.row import No
from tests.support.scene import MAYOR, MILL, PLAN, Actor, Loop, Scene, submitted
from tests.support.shipped import catalogue

STATION = "À Luçon, l’ancienne gare est une friche industrielle à l’abandon."
ANOTHER = (
    "Nous avons aussi un autre souci : le pont de pierre de la commune de Luçon, qui enjambe la "
    "rivière, se fissure depuis deux ans et nous ne savons pas qui pourrait venir le regarder."
)
STOP_AND_MORE = (
    "Stop, arrêtez de m’écrire s’il vous plaît, je n’ai plus le temps de suivre tout cela en ce "
    "moment."
)


def turn_for(actor: Actor, words: str = "", **event: object) -> Turn:
    incoming = Incoming(actor.conversation, "asked", actor.sender, actor.scene.now, words)
    return turn_of(
        actor.scene.records,
        catalogue(),
        actor.scene.now,
        replace(incoming, **event),  # type: ignore[arg-type]
    )


def taker(actor: Actor, words: str = "", **event: object) -> str:
    """The name of the row that takes the event, whatever it does."""
    return [row.name for row, _ in router.try_rows(turn_for(actor, words, **event))][-1]


def test_every_row_has_a_name_of_its_own() -> None:
    assert len(TABLE) == len({row.name for row in TABLE})


def test_the_page_shows_the_table_as_it_is() -> None:
    page = Path(handlers.__file__).parents[1] / "ARCHITECTURE.md"
    _, _, section = page.read_text(encoding="utf-8").partition("## Who takes an event\n")
    cells = [
        line.split(" | ") for line in section.partition("\n## ")[0].splitlines() if "|" in line
    ]
    assert [row.name for row in TABLE] == [cell[0].removeprefix("| ") for cell in cells[2:]]
    assert {3} == {len(cell) for cell in cells[2:]}


def test_each_dialogue_that_asks_has_its_row() -> None:
    # Words after a refusal are a first message like others; what is unreadable asks nothing.
    assert set(DIALOGUES) - {AfterRefusal, Unreadable} == {row.answers for row in TABLE} - {None}


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (EventKind.EDITED, "an edited message"),
        (EventKind.DELETED, "a deleted message"),
        (EventKind.REACTED, "a reaction"),
        (EventKind.SENT_OTHER, "content that is not taken"),
        (EventKind.JOINED, "somebody comes"),
        (EventKind.LEFT, "somebody leaves"),
    ],
)
def test_what_is_not_said_is_told_by_its_kind(loop: Loop, kind: EventKind, row: str) -> None:
    assert row == taker(loop.elu, "/aide", kind=kind)
    assert "a stranger in a room" == taker(Actor(loop.scene, loop.team.conversation, "x"))


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("/start", "Telegram’s “/start”"),
        ("4K7P-9RTX", "a code that links two chats"),
        ("/fait 1", "a command"),
        ("/fiat 1", "a misspelt command"),
        ("  ", "an empty message"),
        ("stop", "« stop »"),
        (STOP_AND_MORE, "words for the advisors"),
        ("pause jusqu’en mars", "a command in plain words"),
        (ANOTHER, "words that may begin another project"),
        ("Le notaire a répondu.", "words for the advisors"),
        ("Où en est mon projet ?", "words for the advisors"),
    ],
)
def test_the_words_of_a_member_with_a_project(loop: Loop, words: str, row: str) -> None:
    assert row == taker(loop.elu, words)


def test_words_in_rooms_are_not_read_as_those_of_a_member(loop: Loop) -> None:
    assert "words in a project’s room" == taker(loop.advisor, "stop")
    assert "a note backstage" == taker(loop.advisor, "stop", backstage=True)
    assert "words in a team’s room" == taker(loop.team, "stop")
    private = Actor(loop.scene, type(loop.elu.conversation)("web", "desk:1"), loop.advisor.sender)
    assert "an advisor’s private words" == taker(private, "stop")


def test_a_dialogue_takes_words_before_what_they_would_be_otherwise(scene: Scene) -> None:
    elu = scene.elu()
    assert "words of somebody without a project under way" == taker(elu, MILL)
    elu.says(MILL)
    assert "the description of a project" == taker(elu, MAYOR)
    assert "a command" == taker(elu, "/aide")
    elu.says(MAYOR)
    assert "a choice, typed" == taker(elu, "1")
    assert "the description of a project" == taker(elu, "c’est fait")
    elu.taps("Oui, envoyer")
    assert "a short question while the team decides" == taker(elu, "Où en est mon projet ?")


def test_what_was_asked_is_answered_first(loop: Loop) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    assert "a state" == taker(loop.elu, "Nous les avons appelés hier, c’est fait.")
    assert "words for the advisors" == taker(loop.elu, "la 1 est faite")
    loop.elu.taps("Plus tard")
    assert "an answer to « quand ? »" == taker(loop.elu, "dans 3 semaines")
    assert "words for the advisors" == taker(loop.elu, attachment=PLAN)


def test_with_several_projects_one_is_named_or_asked(loop: Loop) -> None:
    loop.elu.says(f"/nouveau {STATION}")
    loop.elu.taps("Oui, envoyer")
    assert "words for one of several projects" == taker(loop.elu, "Le notaire a répondu.")
    assert "words for the advisors" == taker(loop.elu, f"{loop.project.ref} : c’est vendu.")
    loop.elu.says("/historique")
    assert "the project of a command that waits" == taker(loop.elu, loop.project.ref)
    loop.elu.says("Le notaire a répondu.")
    assert "words beside those that wait for their project" == taker(loop.elu, "Il est d’accord.")


def test_an_address_is_taken_before_anything_else_reads_it(scene: Scene) -> None:
    scene.ways = frozenset({"email"})
    elu = scene.elu()
    submitted(elu)
    assert "the e-mail address that was asked for" == taker(elu, "martine@exemple.fr")
    assert "a short question while the team decides" == taker(elu, "merci")


@pytest.mark.parametrize(
    "words", ["", "stop", "oui", "1", "c’est fait", "dans 3 semaines", MILL, "/fait 1", "merci"]
)
def test_asking_the_table_changes_nothing(loop: Loop, words: str) -> None:
    loop.advisor.says("/reco Contacter l’EPF")
    loop.elu.taps("Plus tard")
    for actor in (loop.elu, loop.advisor, loop.observer, loop.team, loop.scene.elu("new")):
        turn = turn_for(actor, words, attachment=PLAN)

        def everything(turn: Turn = turn) -> str:
            sent = len(loop.scene.records.queued)
            return repr((turn.dialogue, turn.incoming, turn.who, loop.scene.projects, sent))

        before = everything()
        for row in TABLE if actor is loop.elu else [row for row, _ in router.try_rows(turn)]:
            row.matches(turn)
        assert before == everything()


def test_every_row_says_why_it_takes_nothing_in_a_short_sentence(loop: Loop) -> None:
    reasons = [
        found.why
        for _, found in router.try_rows(turn_for(loop.elu, "Le notaire a répondu."))
        if isinstance(found, No)
    ]
    assert len(TABLE) - 1 == len(reasons)
    assert [] == [why for why in reasons if not 8 <= len(why) <= 80]
