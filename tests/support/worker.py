"""A worker process of its own: dispatches, delivers and leads, on networks that outsiders observe.

What people say lies in the table `said`; what they see, in the table `seen`, with who showed it.
The network `led` has one leader for everything; `free` is delivered by any worker. Both show a key
once.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import LiteralString

import psycopg

from bot.composition.assembly import connect
from bot.domain.conversations import ConversationRef
from bot.inbound.dispatch import Dispatch
from bot.inbound.receiver import Receiver
from bot.outbound.courier import Courier
from bot.ports.message_queue import Delivery, Outcome
from bot.ports.network import Capabilities, Incoming, Leader, Network, Outgoing, Receive
from bot.ports.records import UnitOfWork
from bot.runtime.clocks import SystemClock
from bot.runtime.leadership import Leadership
from storage import Store, open_store

TABLES = """
CREATE TABLE said (id SERIAL PRIMARY KEY, place TEXT NOT NULL);
CREATE TABLE seen (id SERIAL PRIMARY KEY, key TEXT UNIQUE, place TEXT, worker TEXT);
CREATE TABLE reigns (id SERIAL PRIMARY KEY, worker TEXT, at TIMESTAMPTZ DEFAULT clock_timestamp());
"""
LEASE = timedelta(seconds=3)
BEAT = timedelta(milliseconds=500)
BATCH = 20


class ObservedNetwork:
    """Shows each key once; if it is led, hands over what is said, from a cursor on."""

    connected = True

    def __init__(self, name: str, url: str, worker: str, leader: Leader) -> None:
        self.name = name
        self.capabilities = Capabilities(idempotent=True, leader=leader)
        self._url = url
        self._worker = worker
        self._connection: psycopg.AsyncConnection | None = None
        self._one = asyncio.Lock()

    async def run(self, cursor: str | None, receive: Receive) -> None:
        """Hand over what is said, until cancelled."""
        if self.capabilities.leader is Leader.NOBODY:
            await asyncio.Event().wait()
        await self._sql("INSERT INTO reigns (worker) VALUES (%s)", self._worker)
        after = int(cursor or 0)
        while True:
            query: LiteralString = "SELECT id, place FROM said WHERE id > %s ORDER BY id LIMIT %s"
            rows = await self._sql(query, after, BATCH)
            events = [self._event(*row) for row in rows]
            if events:
                after = rows[-1][0]
                await receive(events, str(after))
            await asyncio.sleep(0.05)

    async def send(self, outgoing: Outgoing) -> str:
        """Show it, once for its key."""
        query: LiteralString = (
            "INSERT INTO seen (key, place, worker) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
        )
        place = outgoing.conversation.name
        await self._sql(query, outgoing.key, place, self._worker)
        return outgoing.key

    def _event(self, number: int, place: str) -> Incoming:
        return Incoming(
            ConversationRef(self.name, place), str(number), place, datetime.now(UTC), "bonjour"
        )

    async def _sql(self, query: LiteralString, *values: object) -> list[tuple[int, str]]:
        async with self._one:
            if self._connection is None:
                self._connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
            cursor = await self._connection.execute(query, values)
            return await cursor.fetchall() if cursor.description else []


def relay(uow: UnitOfWork, now: datetime, incoming: Incoming) -> None:
    """One copy on each network."""
    for network in ("led", "free"):
        place = ConversationRef(network, incoming.conversation.name)
        uow.outbox.put(Outgoing(f"{network}:{incoming.key}", place, "bonjour", "relay"), at=now)


async def work(store: Store, networks: dict[str, Network]) -> None:
    """Everything at once, until killed."""
    clock = SystemClock()
    leadership = Leadership(store.leases, lease=LEASE, beat=BEAT)

    async def tell_people(_delivery: Delivery, _outcome: Outcome, _now: datetime) -> None:
        return

    courier = Courier(
        store.queue,
        clock,
        networks,
        lease=LEASE,
        paces={},
        opening=lambda _delivery, now: now,
        tell_people=tell_people,
        may_send=lambda name: leadership.may_send(networks[name]),
    )
    dispatch = Dispatch(
        store.queue, clock, relay, pauses=(timedelta(seconds=1),) * 4, apology="pardon"
    )
    receiver = Receiver(store.queue, clock, leadership, courier.wake)
    connect(store, dispatch, courier)
    parts = [dispatch.run(), courier.run(), store.notifications.run()]
    await asyncio.gather(*parts, *(receiver.listen_to(network) for network in networks.values()))


def main(url: str, folder: Path, name: str) -> None:
    """Run the worker of that name."""
    store = open_store(
        url,
        data_dir=folder,
        now=lambda: datetime.now(UTC),
        worker_id=name,
        file_types={},
        max_file_size=0,
        connections=4,
    )
    networks: dict[str, Network] = {
        "led": ObservedNetwork("led", url, name, Leader.EVERYTHING),
        "free": ObservedNetwork("free", url, name, Leader.NOBODY),
    }
    asyncio.run(work(store, networks))
