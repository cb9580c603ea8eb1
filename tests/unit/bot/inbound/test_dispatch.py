import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.inbound.dispatch import Dispatch
from bot.ports.message_queue import Waiting
from bot.ports.network import Incoming
from bot.ports.records import UnitOfWork
from tests.support.bot_fakes import CHAT, NOW, FakeQueue
from tests.support.memory_ports import SettableClock


class DatabaseGone(Exception):
    """As when a server is lost."""


PAUSES = (timedelta(seconds=2), timedelta(seconds=4))


def event(attempts: int = 0, id: int = 7) -> Waiting:
    return Waiting(id, Incoming(CHAT, "k1", "chat:a", NOW, text="mon 06 12 34 56 78"), attempts)


def dispatch(queue: FakeQueue, *, fails: bool = False) -> Dispatch:
    def receive(uow: UnitOfWork, now: datetime, incoming: Incoming) -> None:
        if fails:
            raise RuntimeError(incoming.text)

    return Dispatch(queue, SettableClock(NOW), receive, pauses=PAUSES, apology="Pardon.")


async def handle(dispatch: Dispatch) -> int:
    started = await dispatch.start_due()
    await dispatch.drain()
    return started


async def test_an_event_is_handled_in_its_turn() -> None:
    queue = FakeQueue(waiting=[event()])
    assert 1 == await handle(dispatch(queue))
    assert [7] == queue.turns
    assert [] == queue.failures


async def test_a_failed_event_is_tried_again_after_longer_and_longer_pauses() -> None:
    queue = FakeQueue(waiting=[event(0)])
    await handle(dispatch(queue, fails=True))
    queue.events = [event(1)]
    await handle(dispatch(queue, fails=True))
    assert [NOW + PAUSES[0], NOW + PAUSES[1]] == [again for _, again, _ in queue.failures]
    assert [None, None] == [apology for _, _, apology in queue.failures]


async def test_after_the_last_try_it_is_parked_and_its_sender_gets_an_apology() -> None:
    queue = FakeQueue(waiting=[event(2)])
    await handle(dispatch(queue, fails=True))
    ((error, again, apology),) = queue.failures
    assert again is None
    assert apology is not None
    assert (CHAT, "Pardon.", "error") == (apology.conversation, apology.text, apology.kind)
    assert "06" not in error.partition(":")[0]
    assert error.startswith("RuntimeError at test_dispatch.py")


async def looked_once(queue: FakeQueue) -> Dispatch:
    """As after the look with which it begins."""
    ready = dispatch(queue)
    await handle(ready)
    assert 1 == queue.looks
    return ready


async def test_what_arrives_is_handled_without_another_look() -> None:
    queue = FakeQueue()
    ready = await looked_once(queue)

    ready.take_up([event()])

    assert 1 == await handle(ready)
    assert [7] == queue.turns
    assert 1 == queue.looks


async def test_what_arrives_behind_another_event_is_looked_for_after_it() -> None:
    queue = FakeQueue()
    ready = await looked_once(queue)

    ready.take_up([event(id=7), event(id=8)])
    assert 1 == await handle(ready)
    assert [7] == queue.turns
    queue.events = [event(id=8)]

    assert 1 == await handle(ready)
    assert [7, 8] == queue.turns
    assert 2 == queue.looks


async def test_what_another_process_has_to_handle_first_is_looked_for() -> None:
    queue = FakeQueue()
    ready = await looked_once(queue)
    queue.behind = {7}

    ready.take_up([event(id=7)])
    await handle(ready)
    queue.events = [event(id=6)]
    await handle(ready)

    assert [6] == queue.turns
    assert 2 == queue.looks


async def test_a_look_finds_what_arrived_meanwhile_too() -> None:
    queue = FakeQueue()
    ready = await looked_once(queue)
    queue.events = [event(id=6), event(id=7)]

    ready.take_up([event(id=7)])
    ready.wake()
    await handle(ready)

    assert [6] == queue.turns
    assert 2 == queue.looks


async def test_a_look_that_fails_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = FakeQueue()
    ready = await looked_once(queue)

    async def gone(now: datetime, limit: int) -> list[Waiting]:
        raise DatabaseGone

    ready.wake()
    with monkeypatch.context() as broken:
        broken.setattr(queue, "waiting", gone)
        with pytest.raises(DatabaseGone):
            await ready.start_due()
    ready.take_up([event(id=7)])
    queue.events = [event(id=6)]
    await handle(ready)

    assert [6] == queue.turns


async def test_what_is_due_again_is_looked_for_however_much_arrives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue = FakeQueue()
    ready = await looked_once(queue)
    monkeypatch.setattr("bot.inbound.dispatch.IDLE", timedelta(0))
    queue.events = [event(attempts=1, id=6)]

    ready.take_up([event(id=7)])
    await handle(ready)

    assert [6] == queue.turns
    assert 2 == queue.looks


class Sights(FakeQueue):
    """Each look finds the next of these; the first turn lasts until it is let go."""

    def __init__(self, *sights: Sequence[Waiting]) -> None:
        super().__init__()
        self.sights = list(sights)
        self.let_go = asyncio.Event()

    async def waiting(self, now: datetime, limit: int) -> list[Waiting]:
        """What this look finds."""
        self.looks += 1
        return list(self.sights.pop(0)) if self.sights else []

    async def turn(
        self, waiting: Waiting, now: datetime, work: Callable[[UnitOfWork], None]
    ) -> bool:
        """Wait, then as any."""
        await self.let_go.wait()
        return await super().take_turn(waiting, now, work)


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_one_that_a_look_finds_behind_a_turn_is_looked_for_when_it_ends() -> None:
    behind = event(id=8)
    # The second look comes when the first event is committed, but its turn not over.
    queue = Sights([event(id=7)], [behind], [behind])
    ready = dispatch(queue)
    running = asyncio.create_task(ready.run())
    await settled()
    ready.wake()
    await settled()
    assert 2 == queue.looks

    queue.let_go.set()
    await settled()

    assert [7, 8] == queue.turns
    running.cancel()


async def test_what_another_process_has_in_hand_is_not_looked_for_without_pause() -> None:
    followed = replace(event(id=7), followed=True)
    queue = Sights(*[[followed]] * 20)
    queue.behind = {7}
    queue.let_go.set()
    running = asyncio.create_task(dispatch(queue).run())

    await settled()

    assert 1 == queue.looks
    running.cancel()


async def test_what_arrives_behind_one_taken_up_twice_is_looked_for() -> None:
    queue = Sights([event(id=7)], [event(id=8)])
    queue.behind = {7}
    ready = dispatch(queue)
    running = asyncio.create_task(ready.run())
    await settled()
    ready.take_up([event(id=8)])
    await settled()

    queue.let_go.set()
    await settled()

    assert [8] == queue.turns
    running.cancel()
