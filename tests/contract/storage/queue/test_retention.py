"""What the boxes forget: words first, the rest in the end, and never what may still be needed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, select

from bot.domain.attachment import Attachment
from bot.ports.message_queue import Outcome, Settlement
from bot.ports.network import Choice, Incoming, Outgoing
from bot.ports.records import UnitOfWork
from storage import Purged, Store
from storage.queue import retention
from storage.tables import inbox, outbox
from tests.support.stores import DAY, NOW, chat, event, message

A = chat("a")
WORDS, COPIES = 30 * DAY, 400 * DAY
FILE = Attachment("ab" * 32, "plan.pdf", "application/pdf", 12)


def nothing(uow: UnitOfWork) -> None:
    """A turn that changes nothing."""


async def purge(store: Store, now: datetime) -> tuple[int, int]:
    purged = await store.purging.purge(now, WORDS, COPIES)
    return purged.emptied, purged.deleted


async def rows(store: Store, table: Table, *names: str) -> list[tuple[Any, ...]]:
    columns = [table.c[name] for name in names]
    found = await store.purging._transactions.read(
        lambda connection: connection.execute(select(*columns).order_by(table.c.id)).all()
    )
    return [tuple(row) for row in found]


async def handle(store: Store, at: datetime = NOW) -> None:
    """Handle all that waits."""
    while waiting := await store.queue.waiting(at, 10):
        for each in waiting:
            await store.queue.take_turn(each, at, nothing)


async def settle(store: Store, outcome: Outcome, at: datetime = NOW, **facts: Any) -> None:
    """Claim all that is due, and end it all so."""
    claimed = await store.queue.exchange([], at, timedelta(minutes=1), 1000, ["web"])
    ended = [
        Settlement(delivery.id, outcome, at, remote_id=f"r-{delivery.outgoing.key}", **facts)
        for delivery in claimed
    ]
    await store.queue.exchange(ended, at, timedelta(minutes=1), 0, ["web"])


async def put(store: Store, *messages: Outgoing, source: str | None = None) -> None:
    def work(uow: UnitOfWork) -> None:
        for each in messages:
            uow.outbox.put(each, at=NOW, source=source)

    await store.database.transact(work)


async def test_an_event_loses_its_words_and_keeps_its_key(store: Store) -> None:
    photo = Incoming(A, "1", "chat:a", NOW, "le moulin", "yes", "77", FILE, markup="le **moulin**")
    await store.queue.receive("web", [photo], None, NOW)
    await handle(store)

    assert (0, 0) == await purge(store, NOW + WORDS - timedelta(seconds=1))
    assert (1, 0) == await purge(store, NOW + WORDS)
    assert (0, 0) == await purge(store, NOW + WORDS)

    assert [("1", "", None, None, None, "handled")] == await rows(
        store, inbox, "key", "text", "markup", "choice", "attachment", "state"
    )
    assert [] == await store.queue.receive("web", [event(A, "1")], None, NOW + WORDS)
    assert await store.queue.is_answered(A, "1")


async def test_what_was_sent_loses_its_words_and_is_still_found_by_its_remote_id(
    store: Store,
) -> None:
    offered = Outgoing(
        "k", A, "Le moulin ?", "relay", "Élise", (Choice("y", "oui"),), FILE, projects=("UV-1111",)
    )
    await put(store, offered, source="event")
    await settle(store, Outcome.SENT)

    assert (1, 0) == await purge(store, NOW + WORDS)

    kept = (Choice("y", "oui"),)
    assert [("", None, kept, None, "r-k", "event", ["UV-1111"])] == await rows(
        store, outbox, "text", "author", "choices", "attachment", "remote_id", "source", "projects"
    )
    about = await store.database.read(lambda uow: uow.projects.about(A, "r-k"))
    assert "UV-1111" == about
    await put(store, message(A, "k"))
    assert 1 == len(await rows(store, outbox, "key"))


async def test_in_the_end_nothing_is_left(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1")], None, NOW)
    await handle(store)
    await put(store, message(A, "k"))
    await settle(store, Outcome.SENT)

    assert (0, 0) == await purge(store, NOW + WORDS - DAY)
    assert (2, 0) == await purge(store, NOW + COPIES - timedelta(seconds=1))
    assert (0, 2) == await purge(store, NOW + COPIES)
    assert [] == await rows(store, inbox, "id") + await rows(store, outbox, "id")


@pytest.mark.parametrize("outcome", [Outcome.DROPPED, Outcome.UNREACHABLE])
async def test_what_was_dropped_or_had_no_reader_loses_its_words_too(
    store: Store, outcome: Outcome
) -> None:
    await put(store, message(A, "k"))
    await settle(store, outcome)

    assert (1, 0) == await purge(store, NOW + WORDS)


@pytest.mark.parametrize("outcome", [Outcome.DEAD, Outcome.UNCERTAIN])
async def test_a_message_that_was_given_up_is_kept_until_it_is_replayed(
    store: Store, outcome: Outcome
) -> None:
    await put(store, message(A, "k"))
    await settle(store, outcome, error="boom")

    assert (0, 0) == await purge(store, NOW + 10 * COPIES)

    (letter,) = await store.queue.dead_letters()
    assert await store.queue.replay(letter.box, letter.id)
    (delivery,) = await store.queue.exchange([], NOW + DAY, timedelta(minutes=1), 1, ["web"])
    assert "bien reçu" == delivery.outgoing.text


async def test_an_event_that_was_given_up_is_kept_until_it_is_replayed(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1", "le moulin")], None, NOW)
    (waiting,) = await store.queue.waiting(NOW, 1)
    await store.queue.record_failure(waiting, "boom", None, None)

    assert (0, 0) == await purge(store, NOW + 10 * COPIES)

    (letter,) = await store.queue.dead_letters()
    assert await store.queue.replay(letter.box, letter.id)
    (again,) = await store.queue.waiting(NOW, 1)
    assert "le moulin" == again.incoming.text


async def test_what_waits_is_kept_however_long(store: Store) -> None:
    await store.queue.receive("web", [event(A, "1")], None, NOW)
    await put(store, message(A, "k"))
    await settle(store, Outcome.POSTPONED, again_at=NOW + 500 * DAY)

    assert (0, 0) == await purge(store, NOW + 499 * DAY)
    assert 1 == len(await store.queue.waiting(NOW, 10))


@pytest.mark.parametrize("window", [1, 2, 3, 1000])
async def test_it_goes_through_everything_a_few_rows_at_a_time(
    store: Store, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "WINDOW", window)
    for age, key in ((COPIES, "oldest"), (WORDS, "old"), (DAY, "new")):
        await store.queue.receive(
            "web", [event(A, f"{key}-{n}") for n in range(3)], None, NOW - age
        )
        await handle(store)

    assert Purged(3, 3) == await store.purging.purge(NOW, WORDS, COPIES)
    assert ["old-0", "old-1", "old-2", "new-0", "new-1", "new-2"] == [
        key for (key,) in await rows(store, inbox, "key")
    ]


async def test_empty_boxes_have_nothing_to_forget(store: Store) -> None:
    assert (0, 0) == await purge(store, NOW)


async def test_what_is_put_back_between_a_look_and_a_purge_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each window is looked at again by the statement that changes it."""
    await put(store, message(A, "k"))
    await settle(store, Outcome.SENT)
    write = store.purging._transactions.write

    async def late(work: Callable[[Any], Any]) -> Any:
        await write(
            lambda connection: connection.execute(outbox.update().values(state="uncertain"))
        )
        return await write(work)

    monkeypatch.setattr(store.purging._transactions, "write", late)
    assert (0, 0) == await purge(store, NOW + WORDS)
