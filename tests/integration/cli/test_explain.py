"""filrouge explain: who takes some words, and why others do not."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.conversations import ConversationRef
from handlers.routing.router import TABLE
from storage import Store, open_store
from tests.integration.cli.conftest import Filrouge
from tests.support.shipped import catalogue


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading takes longer than all these tests."""
    loaded = catalogue()
    monkeypatch.setattr("bot.commands.explain.load_catalogue", lambda *_, **__: loaded)


@pytest.mark.parametrize(
    ("words", "at", "taker"),
    [
        ("Une usine à Fourmies", None, "words of somebody without a project under way"),
        ("/aide", None, "a command: /aide"),
        ("/aidde", None, "a misspelt command: /aide was probably meant"),
        ("Luçon", "place", "the description of a project: step “place”"),
        ("Martine Duval, maire", "name", "the description of a project: step “who”"),
        ("non, c’est à Luçon", "summary", "the description of a project: step “confirm”"),
        ("oui, envoyer", "summary", "a choice, typed: intake:send"),
        ("stop", "summary", "« stop »"),
        ("pause jusqu’en mars", "open", "a command in plain words: /pause jusqu’en mars"),
        ("Le notaire a répondu.", "open", "words for the advisors: MC-"),
        ("Avez-vous le plan ?", "room", "words in a project’s room: MC-"),
        ("/reco Voir l’EPF", "room", "a command: /reco Voir l’EPF"),
    ],
)
def test_the_row_that_takes_the_words_comes_last(
    filrouge: Filrouge, words: str, at: str | None, taker: str
) -> None:
    ran = filrouge("explain", words, *(["--at", at] if at else []))
    assert (0, "") == (ran.code, ran.err)
    *_, last = ran.out.splitlines()
    assert last.startswith(f"  YES  {taker}")


def test_each_row_before_it_says_why_it_does_not(filrouge: Filrouge) -> None:
    ran = filrouge("explain", "Le notaire a répondu.", "--at", "open")
    said_by, *rows, _ = ran.out.splitlines()
    assert "Said by the member of an accepted project, in their private chat:" == said_by
    assert [row.name for row in TABLE[:-1]] == [line[7:].partition(": ")[0] for line in rows]
    assert {"  no   "} == {line[:7] for line in rows}


def test_words_that_go_on_show_every_row_that_sees_them(filrouge: Filrouge) -> None:
    words = "Stop, ne m’écrivez plus de messages, je ne peux vraiment plus suivre tout cela ici."
    ran = filrouge("explain", words, "--at", "open")
    taken = [line for line in ran.out.splitlines() if line.startswith("  YES")]
    assert "  YES  « stop » among other words (then the rows below)" == taken[0]
    assert 2 == len(taken)


def test_another_stage_is_one_clear_error(filrouge: Filrouge) -> None:
    ran = filrouge("explain", "oui", "--at", "moon")
    assert (2, "") == (ran.code, ran.out)
    assert "filrouge: --at is place, name, summary, open, room, not “moon”\n" == ran.err


def test_nothing_is_kept_and_nothing_is_sent(
    filrouge: Filrouge, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Store] = []

    def keep_open(*args: object, **settings: object) -> Store:
        opened.append(open_store(*args, **settings))  # type: ignore[arg-type]
        monkeypatch.setattr(Store, "close", lambda _: None)
        return opened[0]

    monkeypatch.setattr("bot.simulation.play.open_store", keep_open)
    filrouge("explain", "Le notaire a répondu.", "--at", "open")
    monkeypatch.undo()

    (store,) = opened
    chat = ConversationRef("web", "chat:elu")
    who = asyncio.run(store.database.read(lambda uow: uow.people.correspondent(chat, chat.name)))
    assert who.person is not None
    projects = asyncio.run(store.database.read(lambda uow: uow.projects.of_person(who.person)))  # type: ignore[arg-type]
    assert ["Nous avons une ancienne"] == [p.description[:23] for p in projects]
    assert "notaire" not in projects[0].description
    story = asyncio.run(
        store.database.read(lambda uow: uow.projects.story(projects[0], backstage=True))
    )
    assert "notaire" not in "".join(entry.text for entry in story)
    assert 0 == len(asyncio.run(store.queue.waiting(projects[0].submitted_at, 10)))
    store.close()
    assert [] == list(machine.iterdir())
