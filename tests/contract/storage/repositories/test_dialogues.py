"""What waits for an answer in a conversation is kept, and comes back the same."""

import logging
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.domain.attachment import Attachment
from bot.domain.dialogues import (
    DIALOGUES,
    AfterRefusal,
    AskedForAddress,
    AskedWhen,
    CommandWaiting,
    Dialogue,
    IntakeDialogue,
    Unreadable,
    WhichProject,
)
from bot.domain.intake.draft import Draft, IntakeStep
from bot.domain.urgency import Urgency
from bot.domain.utterance import Origin, Utterance
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import Choice
from bot.ports.records import DialogueState, UnitOfWork
from storage import Store
from storage.database.engine import migration_engine, parse_url
from storage.tables import dialogues
from tests.support.stores import NOW, chat, open_test_store

A = chat("a")
PLAN = Attachment("ab" * 32, "plan.pdf", "application/pdf", 12)
CHOICES = (Choice("yes", "Oui"), Choice("no", "Non"))
WORDS = (
    Utterance("Le « moulin »", Origin("web:e1", "m7")),
    Utterance("", Origin("web:e2"), PLAN),
)
DRAFT = Draft(
    step=IntakeStep.WHICH_PLACE,
    words=("Le « moulin »", "Il fuit."),
    candidates=("85092", "85128"),
    urgency=Urgency.HIGH,
    files=(PLAN,),
    shown={"place": "Luçon"},
)
EACH: list[Dialogue] = [
    IntakeDialogue(DRAFT),
    WhichProject(WORDS),
    CommandWaiting(CommandCall("pause", "jusqu’en mars", None, date(2027, 3, 1))),
    AskedWhen("UV-7K3Q", 2, unread=True),
    AskedForAddress(),
    AfterRefusal(WORDS),
    Unreadable(("Le moulin",), (PLAN,)),
]


async def state_at(store: Store, name: str) -> DialogueState:
    return await store.database.read(lambda u: u.people.correspondent(chat(name), "x").dialogue)


async def save(store: Store, *states: DialogueState) -> None:
    def work(uow: UnitOfWork) -> None:
        for state in states:
            uow.dialogues.save(state, NOW)

    await store.database.transact(work)


async def damaged(url: str, folder: Path, before: DialogueState, **columns: str) -> DialogueState:
    """What is read of a state once these columns of its row were changed by hand."""
    with closing(open_test_store(url, folder)) as store:
        await save(store, before)
        engine = migration_engine(parse_url(url))
        with engine.begin() as connection:
            connection.execute(update(dialogues).values(**columns))
        engine.dispose()
        return await state_at(store, "a")


def test_every_kind_is_tried() -> None:
    assert set(DIALOGUES) == {type(each) for each in EACH}
    assert len(DIALOGUES) == len({each.kind for each in DIALOGUES})


@pytest.mark.parametrize("dialogue", EACH, ids=lambda each: each.kind)
async def test_a_dialogue_comes_back_as_it_was(store: Store, dialogue: Dialogue) -> None:
    state = DialogueState(A, dialogue, CHOICES)
    await save(store, state)
    assert state == await state_at(store, "a")


async def test_nothing_under_way_is_kept_too(store: Store) -> None:
    await save(store, DialogueState(A, AskedForAddress(), CHOICES))
    await save(store, DialogueState(A))
    assert DialogueState(A) == await state_at(store, "a")


async def test_choices_put_later_leave_the_dialogue_as_it_is(store: Store) -> None:
    when = AskedWhen("UV-7K3Q", 1, unread=False)
    await save(store, DialogueState(A, when, CHOICES))

    def ask(uow: UnitOfWork) -> None:
        uow.dialogues.offer(A, CHOICES[:1], NOW)
        uow.dialogues.offer(chat("b"), CHOICES, NOW)

    await store.database.transact(ask)
    assert DialogueState(A, when, CHOICES[:1]) == await state_at(store, "a")
    assert DialogueState(chat("b"), None, CHOICES) == await state_at(store, "b")


async def test_choices_are_not_put_where_a_dialogue_holds_words(store: Store) -> None:
    await save(
        store,
        DialogueState(A, IntakeDialogue()),
        DialogueState(chat("b"), AskedForAddress()),
    )

    def ask(uow: UnitOfWork) -> None:
        uow.dialogues.save(DialogueState(chat("d"), IntakeDialogue()), NOW)
        for name in "abcd":
            uow.dialogues.offer(chat(name), CHOICES, NOW)

    await store.database.transact(ask)
    asked = [(await state_at(store, name)).asked != () for name in "abcd"]
    assert [False, True, True, False] == asked


async def test_a_state_saved_in_a_transaction_is_seen_by_it(store: Store) -> None:
    def work(uow: UnitOfWork) -> Dialogue | None:
        uow.dialogues.save(DialogueState(A, AskedForAddress()), NOW)
        return uow.people.correspondent(A, "x").dialogue.under_way

    assert AskedForAddress() == await store.database.transact(work)


@pytest.mark.parametrize("dialogue", EACH[:2], ids=lambda each: each.kind)
async def test_of_an_unknown_kind_the_words_and_files_are_saved(
    lasting_url: str, tmp_path: Path, dialogue: Dialogue, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        read = await damaged(lasting_url, tmp_path, DialogueState(A, dialogue), kind="tomorrow")

    lost = read.under_way

    assert isinstance(lost, Unreadable)
    assert "Le « moulin »" == lost.texts[0]
    assert (PLAN,) == lost.files
    assert "kind tomorrow" in caplog.text
    assert "moulin" not in caplog.text


@pytest.mark.parametrize("state", ["", "{", "[]", "7", '{"draft": {"step": "dance"}}'])
async def test_a_damaged_state_is_unreadable_and_stops_nobody(
    lasting_url: str, tmp_path: Path, state: str
) -> None:
    before = DialogueState(A, IntakeDialogue(DRAFT), CHOICES)
    read = await damaged(lasting_url, tmp_path, before, state=state)
    assert DialogueState(A, Unreadable(), CHOICES) == read


async def test_what_a_later_version_added_is_left_out(lasting_url: str, tmp_path: Path) -> None:
    before = DialogueState(A, AskedWhen("UV-7K3Q", 1, unread=False))
    state = '{"ref": "UV-7K3Q", "number": 1, "unread": true, "mood": "good"}'
    read = await damaged(lasting_url, tmp_path, before, state=state)
    assert AskedWhen("UV-7K3Q", 1, unread=True) == read.under_way


@pytest.mark.parametrize("asked", ["", "{", "[1]", '[["yes"]]'])
async def test_damaged_choices_are_forgotten(lasting_url: str, tmp_path: Path, asked: str) -> None:
    before = DialogueState(A, AskedForAddress(), CHOICES)
    read = await damaged(lasting_url, tmp_path, before, asked=asked)
    assert DialogueState(A, AskedForAddress()) == read
