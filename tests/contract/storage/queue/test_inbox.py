"""The inbox: nothing lost, nothing handled twice, each conversation in order."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.ports.message_queue import Outcome, Settlement, Waiting
from bot.ports.network import EventKind, Incoming
from bot.ports.records import UnitOfWork
from storage import Store
from tests.support.stores import HOUR, MINUTE, NOW, chat, event, message, open_test_store

A, B = chat("a"), chat("b")
PHOTO = Attachment("ab" * 32, "photo.jpg", "image/jpeg", 12)


def nothing(uow: UnitOfWork) -> None:
    """A turn that changes nothing."""


async def keys(store: Store) -> list[str]:
    return [waiting.incoming.key for waiting in await store.queue.waiting(NOW, 10)]


async def head(store: Store) -> Waiting:
    return (await store.queue.waiting(NOW, 1))[0]


async def test_an_event_comes_back_as_it_was_received(store: Store) -> None:
    received = Incoming(A, "1", "sender", NOW, "été\nà « Aÿ »", "yes", "77", PHOTO)

    await store.queue.receive("web", [received], None, NOW)

    (waiting,) = await store.queue.waiting(NOW, 10)
    assert Waiting(waiting.id, received, 0) == waiting


async def test_a_key_counts_once_on_its_network(store: Store) -> None:
    other = ConversationRef("matrix", "chat:a")

    async def new(network: str, *events: Incoming) -> list[str]:
        return [w.incoming.key for w in await store.queue.receive(network, events, None, NOW)]

    assert ["1", "2"] == await new("web", event(A, "1"), event(A, "2"), event(A, "1"))
    assert ["3"] == await new("web", event(A, "2"), event(A, "3"))
    assert ["1"] == await new("matrix", event(other, "1"))
    assert [] == await new("web")


async def test_characters_that_databases_refuse_do_not_stop_the_others(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1", "a\0b\ud83dc"), event(B, "2", "🏚")], None, NOW)

    waiting = await store.queue.waiting(NOW, 10)

    assert ["a\ufffdb\ufffdc", "🏚"] == [w.incoming.text for w in waiting]


async def test_new_events_are_given_as_a_look_gives_them(store: Store) -> None:
    full = replace(
        event(A, "1", "a\0b"), target="t", attachment=PHOTO, kind=EventKind.EDITED, message="m"
    )

    new = await store.queue.receive("web", [full, event(B, "2")], None, NOW)

    assert new == await store.queue.waiting(NOW, 10)


async def test_an_event_behind_another_is_not_taken_before_it(store: Store) -> None:
    first, second = await store.queue.receive("web", [event(A, "1"), event(A, "2")], None, NOW)

    assert not await store.queue.take_turn(second, NOW, nothing)
    assert await store.queue.take_turn(first, NOW, nothing)
    assert await store.queue.take_turn(second, NOW, nothing)


async def test_a_cursor_moves_with_its_events_or_stays(store: Store) -> None:
    assert await store.queue.cursor("web") is None

    await store.queue.receive("web", [event(A, "1")], "c1", NOW)
    await store.queue.receive("web", [event(A, "2")], None, NOW)
    await store.queue.receive("matrix", [], "m1", NOW)

    assert "c1" == await store.queue.cursor("web")
    assert "m1" == await store.queue.cursor("matrix")


async def test_each_conversation_shows_its_oldest_event_only(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1"), event(A, "2"), event(B, "3")], None, NOW)

    assert ["1", "3"] == await keys(store)
    assert ["1"] == [w.incoming.key for w in await store.queue.waiting(NOW, 1)]

    assert await store.queue.take_turn(await head(store), NOW, nothing)

    assert ["2", "3"] == await keys(store)


async def test_an_event_is_handled_once(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1")], None, NOW)
    waiting = await head(store)
    turns: list[int] = []

    assert not await store.queue.is_answered(A, "1")
    assert await store.queue.take_turn(waiting, NOW, lambda uow: turns.append(1))
    assert not await store.queue.take_turn(waiting, NOW, lambda uow: turns.append(2))

    assert [1] == turns
    assert await store.queue.is_answered(A, "1")
    assert not await store.queue.is_answered(A, "unknown")


async def test_a_turn_that_raises_leaves_nothing_and_its_event_waits(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1")], None, NOW)

    def fail(uow: UnitOfWork) -> None:
        uow.outbox.put(message(A, "o1"), at=NOW)
        raise RuntimeError("handler")

    with pytest.raises(RuntimeError, match="handler"):
        await store.queue.take_turn(await head(store), NOW, fail)

    assert ["1"] == await keys(store)
    assert 0 == (await store.queries.depths()).outbox_waiting


async def test_a_failed_event_holds_back_its_conversation_until_it_is_retried(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1"), event(A, "2"), event(B, "3")], None, NOW)

    await store.queue.record_failure(await head(store), "boom", NOW + HOUR, None)

    assert ["3"] == await keys(store)
    again = (await store.queue.waiting(NOW + HOUR, 10))[0]
    assert ("1", 1) == (again.incoming.key, again.attempts)
    assert await store.queue.take_turn(again, NOW + HOUR, nothing)
    assert ["2", "3"] == await keys(store)


async def test_a_parked_event_frees_its_conversation_and_its_sender_is_told(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1"), event(A, "2")], None, NOW)
    waiting = await head(store)

    await store.queue.record_failure(waiting, "boom", None, message(A, "sorry"))
    await store.queue.record_failure(waiting, "boom", None, message(A, "sorry twice"))

    assert ["2"] == await keys(store)
    told = await store.queue.exchange([], NOW, MINUTE, 10, ["web"])
    assert ["sorry"] == [delivery.outgoing.key for delivery in told]


async def test_an_event_is_answered_once_nothing_due_waits_for_its_place(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1")], None, NOW)
    await store.queue.record_failure(await head(store), "boom", None, message(A, "sorry"))
    assert not await store.queue.is_answered(A, "1")

    (told,) = await store.queue.exchange([], NOW, MINUTE, 10, ["web"])
    assert not await store.queue.is_answered(A, "1")

    await store.queue.exchange(
        [Settlement(told.id, Outcome.SENT, NOW, remote_id="1")], NOW, MINUTE, 10, ["web"]
    )
    assert await store.queue.is_answered(A, "1")


async def test_a_failure_told_late_does_not_undo_a_turn(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1")], None, NOW)
    waiting = await head(store)
    await store.queue.take_turn(waiting, NOW, nothing)

    await store.queue.record_failure(waiting, "boom", NOW, message(A, "sorry"))

    assert [] == await keys(store)
    assert 0 == (await store.queries.depths()).outbox_waiting


async def test_an_event_that_another_worker_failed_is_not_taken_at_once(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1")], None, NOW)
    waiting = await head(store)
    await store.queue.record_failure(waiting, "boom", NOW + HOUR, None)

    assert not await store.queue.take_turn(waiting, NOW, nothing)


async def test_a_dead_letter_is_listed_without_its_text_and_can_be_replayed(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1", "secret")], None, NOW)
    await store.queue.record_failure(await head(store), "boom", None, None)

    letter = (await store.queue.dead_letters())[0]

    assert ("inbox", A, 1, "boom") == (
        letter.box,
        letter.conversation,
        letter.attempts,
        letter.error,
    )
    assert "secret" not in repr(letter)
    assert await store.queue.replay("inbox", letter.id)
    assert not await store.queue.replay("inbox", letter.id)
    assert not await store.queue.replay("elsewhere", letter.id)
    assert [] == await store.queue.dead_letters()
    assert 0 == (await head(store)).attempts


async def test_what_was_received_and_not_handled_outlives_the_process(
    lasting_url: str, tmp_path: Path
) -> None:
    store = open_test_store(lasting_url, tmp_path)
    await store.queue.receive("web", [event(A, "1"), event(A, "2")], "c1", NOW)
    await store.queue.take_turn(await head(store), NOW, nothing)
    store.close()

    store = open_test_store(lasting_url, tmp_path)

    assert ["2"] == await keys(store)
    assert "c1" == await store.queue.cursor("web")
    store.close()
