"""One leader at a time, and another one once it is gone."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.inbound.receiver import Receiver
from bot.outbound.courier import Courier
from bot.ports.message_queue import Waiting
from bot.ports.network import Capabilities, Incoming, Leader, Receive
from bot.runtime.leadership import Leadership
from tests.support.bot_fakes import NOW, FakeNetwork, FakeQueue
from tests.support.memory_ports import LeaseRow, MemoryLeases, SettableClock

TICK = timedelta(milliseconds=10)


class Part:
    """What a leader runs; says when it started and when it was stopped."""

    def __init__(self) -> None:
        self.started, self.stopped = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        self.started.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped.set()


def leadership(row: LeaseRow, me: str, lease: timedelta = timedelta(seconds=60)) -> Leadership:
    return Leadership(MemoryLeases(row, me), lease=lease, beat=TICK)


async def until_asked(row: LeaseRow, more: int) -> None:
    wanted = row.asked + more
    async with asyncio.timeout(10), row.changed:
        await row.changed.wait_for(lambda: row.asked >= wanted)


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_one_leads_and_the_other_once_it_is_released() -> None:
    row = LeaseRow()
    one, two = leadership(row, "one"), leadership(row, "two")
    first, second = Part(), Part()
    leading = asyncio.create_task(one.run_as_leader("matrix", first))
    await asyncio.wait_for(first.started.wait(), 10)
    waiting = asyncio.create_task(two.run_as_leader("matrix", second))
    await until_asked(row, 5)
    assert (True, False) == (one.leads("matrix"), two.leads("matrix"))
    assert not second.started.is_set()

    await ended(leading)
    await one.release()

    await asyncio.wait_for(second.started.wait(), 10)
    assert (False, True) == (one.leads("matrix"), two.leads("matrix"))
    await ended(waiting)


async def test_a_leader_whose_lease_was_taken_stops_and_waits_again() -> None:
    row, part = LeaseRow(), Part()
    one = leadership(row, "one")
    leading = asyncio.create_task(one.run_as_leader("matrix", part))
    await asyncio.wait_for(part.started.wait(), 10)
    row.holder = "two"
    await asyncio.wait_for(part.stopped.wait(), 10)
    assert not one.leads("matrix")
    part.started.clear()
    row.holder = None
    await asyncio.wait_for(part.started.wait(), 10)
    await ended(leading)


async def test_a_leader_without_database_stops_when_its_lease_may_have_ended() -> None:
    row, part = LeaseRow(), Part()
    one = leadership(row, "one", lease=timedelta(milliseconds=200))
    leading = asyncio.create_task(one.run_as_leader("matrix", part))
    await asyncio.wait_for(part.started.wait(), 10)
    row.broken = True
    await asyncio.wait_for(part.stopped.wait(), 10)
    assert not one.leads("matrix")
    part.started.clear()
    row.broken = False
    await asyncio.wait_for(part.started.wait(), 10)
    await ended(leading)


async def test_what_the_part_does_comes_out() -> None:
    async def fail() -> None:
        raise ValueError("a wrong token")

    async def end() -> None:
        return

    one = leadership(LeaseRow(), "one")
    with pytest.raises(ValueError, match="a wrong token"):
        await one.run_as_leader("matrix", fail)
    await one.run_as_leader("matrix", end)


class LedNetwork(FakeNetwork):
    """Hands over nothing, for ever."""

    def __init__(self, leader: Leader) -> None:
        super().__init__()
        self.capabilities = Capabilities(leader=leader)
        self.running = asyncio.Event()

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Until cancelled."""
        self.running.set()
        await asyncio.Event().wait()


class LedQueue(FakeQueue):
    """Remembers what was taken over."""

    def __init__(self) -> None:
        super().__init__()
        self.taken_over: list[str] = []

    async def take_over(self, network: str) -> None:
        """Keep the name."""
        self.taken_over.append(network)

    async def cursor(self, network: str) -> str | None:
        """None yet."""
        return None

    async def receive(
        self, network: str, events: Sequence[Incoming], next_cursor: str | None, now: object
    ) -> list[Waiting]:
        """Nothing is heard."""
        raise NotImplementedError


@pytest.mark.parametrize(
    ("leader", "runs", "sends", "taken_over"),
    [
        (Leader.NOBODY, True, True, []),
        (Leader.RECEIVES, False, True, []),
        (Leader.EVERYTHING, False, False, []),
    ],
)
async def test_what_only_a_leader_does_waits_for_it(
    leader: Leader, runs: bool, sends: bool, taken_over: list[str]
) -> None:
    row, queue, network = LeaseRow(holder="another"), LedQueue(), LedNetwork(leader)
    leads = leadership(row, "one")
    receiver = Receiver(queue, SettableClock(NOW), leads, lambda: None)
    listening = asyncio.create_task(receiver.listen_to(network))
    if runs:
        await asyncio.wait_for(network.running.wait(), 10)
    else:
        await until_asked(row, 3)
    assert (runs, sends, taken_over) == (
        network.running.is_set(),
        leads.may_send(network),
        queue.taken_over,
    )
    row.holder = None
    await asyncio.wait_for(network.running.wait(), 10)
    assert leads.may_send(network)
    assert ([network.name] if leader is Leader.EVERYTHING else []) == queue.taken_over
    await ended(listening)


async def test_the_courier_claims_nothing_where_it_may_not_send() -> None:
    allowed: set[str] = set()
    queue, network = FakeQueue(), FakeNetwork()
    courier = Courier(
        queue,
        SettableClock(NOW),
        {network.name: network},
        lease=timedelta(seconds=60),
        paces={},
        opening=lambda *_: NOW,
        tell_people=lambda *_: asyncio.sleep(0),
        may_send=lambda name: name in allowed,
    )
    await courier.start_due()
    allowed.add(network.name)
    await courier.start_due()
    assert [(), (network.name,)] == queue.asked
