"""Leases on a shared database: one holder, until it lets go or its time ends."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.domain.conversations import ConversationRef
from bot.ports.message_queue import Outcome, Settlement
from bot.ports.records import UnitOfWork
from storage import Box, Store
from tests.support.stores import MINUTE, NOW, chat, message, open_test_store

LONG, ENDED = timedelta(minutes=1), timedelta()


async def test_a_lease_has_one_holder_who_can_keep_it(workers: tuple[Store, Store]) -> None:
    one, two = (worker.leases for worker in workers)
    assert [True, True, False] == [await s.hold("matrix", LONG) for s in (one, one, two)]
    assert await two.hold("telegram", LONG)


async def test_a_lease_that_is_let_go_or_has_ended_is_free(workers: tuple[Store, Store]) -> None:
    one, two = (worker.leases for worker in workers)
    await one.hold("matrix", LONG)
    await two.release("matrix")
    assert not await two.hold("matrix", LONG)
    await one.release("matrix")
    assert await two.hold("matrix", ENDED)
    assert await one.hold("matrix", LONG)


async def test_of_several_who_want_a_lease_at_once_one_has_it(workers: tuple[Store, Store]) -> None:
    for number in range(20):
        held = await asyncio.gather(*(w.leases.hold(f"n{number}", LONG) for w in workers))
        assert [False, True] == sorted(held)


async def test_a_single_process_holds_whatever_it_wants(tmp_path: Path) -> None:
    store = open_test_store("sqlite://", tmp_path)
    assert await store.leases.hold("matrix", LONG)
    await store.leases.release("matrix")
    await store.notifications.run()
    store.close()


async def test_a_new_leader_takes_over_what_the_one_before_had_claimed(
    workers: tuple[Store, Store],
) -> None:
    one, two = workers

    def put(uow: UnitOfWork) -> None:
        uow.outbox.put(message(chat("a"), "web-1"), at=NOW)
        uow.outbox.put(message(ConversationRef("matrix", "@a:b"), "matrix-1"), at=NOW)

    await one.database.transact(put)
    claimed = await one.queue.exchange([], NOW, MINUTE, 10, ["web", "matrix"])
    assert 2 == len(claimed)

    await one.queue.take_over("matrix")
    assert [] == await two.queue.exchange([], NOW, MINUTE, 10, ["web", "matrix"])
    await two.queue.take_over("matrix")
    (taken,) = await two.queue.exchange([], NOW, MINUTE, 10, ["web", "matrix"])

    assert ("matrix-1", True) == (taken.outgoing.key, taken.interrupted)
    late = [Settlement(each.id, Outcome.DEAD, NOW, error="late") for each in claimed]
    await one.queue.exchange(late[1:], NOW, MINUTE, 0, [])
    sent = Settlement(taken.id, Outcome.SENT, NOW, remote_id="r")
    await two.queue.exchange([sent], NOW, MINUTE, 0, [])
    assert "r" == await two.queue.remote_id(taken.outgoing.conversation, "matrix-1")


async def test_what_grows_in_one_process_wakes_the_other(workers: tuple[Store, Store]) -> None:
    one, two = (worker.notifications for worker in workers)
    heard: asyncio.Queue[Box] = asyncio.Queue()
    mine: list[Box] = []
    one.heard, two.heard = mine.append, heard.put_nowait
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        running = [group.create_task(each.run()) for each in (one, two)]
        # At the start each looks at everything.
        assert [Box.INBOX, Box.OUTBOX] == [await heard.get(), await heard.get()]
        one.notify_growth(Box.OUTBOX)
        one.notify_growth(Box.OUTBOX)
        assert Box.OUTBOX is await heard.get()
        one.notify_growth(Box.INBOX)
        assert Box.INBOX is await heard.get()
        for task in running:
            task.cancel()
    assert ([Box.INBOX, Box.OUTBOX], True) == (mine, heard.empty())


async def test_news_of_a_conversation_in_one_process_are_heard_in_the_other(
    workers: tuple[Store, Store],
) -> None:
    one, two = (worker.notifications for worker in workers)
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    mine: list[str | None] = []
    one.changed, two.changed = mine.append, heard.put_nowait
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        running = [group.create_task(each.run()) for each in (one, two)]
        # Before it listened there may have been news of any.
        assert None is await heard.get()
        one.notify_change("team:urbanvitaliz")
        one.notify_change("team:urbanvitaliz")
        assert "team:urbanvitaliz" == await heard.get()
        one.notify_change("chat:avec un mot")
        assert "chat:avec un mot" == await heard.get()
        for task in running:
            task.cancel()
    assert ([None], True) == (mine, heard.empty())
