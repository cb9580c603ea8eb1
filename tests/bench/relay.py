"""Words from Telegram to Matrix rooms, against raw `room_send` to the same Synapse in the same run.

The real networks and handlers in this process; Synapse (its limits raised) and a Bot API server in
theirs. The rate is that of a backlog, from its first message in a room to its last.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp.test_utils import unused_port
from nio import AsyncClient, RoomSendResponse

from bot.composition.assembly import assemble
from bot.composition.networks import NetworkFactory
from bot.networks.matrix.network import MatrixNetwork
from bot.ports.network import Outgoing
from bot.runtime.clocks import SystemClock
from config.catalogue import load_catalogue
from config.settings import load
from storage import open_store
from tests.bench.conversations import add_projects
from tests.support.botapi import RemoteTelegram, remote_telegram
from tests.support.synapse import Account, Synapse, synapse
from tests.support.web_site import ready

CONVERSATIONS = 24
AT_ONCE = 8
EACH = 12
PACED = 50
PAUSE_S = 0.1
RATIO, ADDED_MS = 0.8, 50
WORDS = "Bonjour, le plan cadastral est en mairie, je vous l’envoie demain."


@dataclass
class Arrivals:
    """When each message was in its Matrix room (seconds of the performance counter)."""

    at: list[float]

    def watch(self, network: MatrixNetwork) -> None:
        """Note them from now on."""
        send = network.send

        async def sent(outgoing: Outgoing) -> str:
            remote_id = await send(outgoing)
            if outgoing.kind == "relay":
                self.at.append(time.perf_counter())
            return remote_id

        network.send = sent  # type: ignore[method-assign]

    async def until(self, count: int) -> None:
        """So many are there."""
        while len(self.at) < count:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.001)


def main() -> int:
    """Print the figures; 1 if a target is missed."""
    homeserver = synapse()
    with tempfile.TemporaryDirectory() as folder, remote_telegram() as telegram:
        figures = asyncio.run(_measure(Path(folder), telegram, homeserver))
    raw_rate, raw_ms, rate, relayed_ms = figures
    ratio, added = rate / raw_rate, relayed_ms - raw_ms
    sys.stdout.write(
        f"relay, Telegram to Matrix: {rate:.0f}/s, raw room_send, {AT_ONCE} at once, "
        f"{raw_rate:.0f}/s, ratio {ratio:.2f} (target {RATIO}); median {relayed_ms:.0f} ms, "
        f"raw {raw_ms:.0f} ms, added {added:.0f} ms (target {ADDED_MS})\n"
    )
    return int(ratio < RATIO or added > ADDED_MS)


async def _measure(
    folder: Path, telegram: RemoteTelegram, homeserver: Synapse
) -> tuple[float, float, float, float]:
    """Raw messages a second and ms each, then relayed ones."""
    raw_rate, raw_ms = await _raw(homeserver.base, homeserver.register())
    _configure(folder, telegram, homeserver, homeserver.register())
    chats = [
        int(telegram.does("user", first_name="Élue", last_name=str(n)))
        for n in range(CONVERSATIONS)
    ]
    settings, clock = load(), SystemClock()
    store = open_store(
        settings.database_url,
        data_dir=folder,
        now=clock.now,
        worker_id="bench",
        file_types={},
        max_file_size=1,
    )
    try:
        await store.database.transact(
            lambda uow: add_projects(uow, "telegram", [str(chat) for chat in chats], "matrix")
        )
        factory = NetworkFactory(settings, load_catalogue(rooms="matrix"), clock, store, ready)
        async with _serving(factory) as arrivals:
            await asyncio.gather(*(_says(telegram, chat) for chat in chats))
            await arrivals.until(len(chats))
            relayed_ms = await _paced(telegram, chats, arrivals)
        for chat in chats * EACH:
            await _says(telegram, chat)
        async with _serving(factory) as arrivals:
            await arrivals.until(len(chats) * EACH)
        rate = (len(arrivals.at) - 1) / (arrivals.at[-1] - arrivals.at[0])
        return raw_rate, raw_ms, rate, relayed_ms
    finally:
        store.close()


@asynccontextmanager
async def _serving(factory: NetworkFactory) -> AsyncIterator[Arrivals]:
    """The application runs; what it delivers is noted."""
    networks = factory.connect(None, lambda: None)
    arrivals = Arrivals([])
    for network in networks:
        if isinstance(network, MatrixNetwork):
            arrivals.watch(network)
    app = assemble(factory.store, factory.catalogue, factory.clock, networks, factory.settings)
    running = asyncio.create_task(app.run(fatal=RuntimeError))
    try:
        yield arrivals
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def _configure(
    folder: Path, telegram: RemoteTelegram, homeserver: Synapse, account: Account
) -> None:
    os.environ |= {
        "FILROUGE_DATA_DIR": str(folder),
        "FILROUGE_DATABASE_URL": f"sqlite:///{folder / 'relay.sqlite3'}",
        "FILROUGE_LOG_LEVEL": "error",
        "FILROUGE_ROOMS__NETWORK": "matrix",
        "FILROUGE_TELEGRAM__TOKEN": telegram.token,
        "FILROUGE_TELEGRAM__BASE_URL": telegram.url,
        "FILROUGE_MATRIX__HOMESERVER": homeserver.base,
        "FILROUGE_MATRIX__USER": account.user_id,
        "FILROUGE_MATRIX__PASSWORD": account.password,
        "FILROUGE_MATRIX__ENCRYPTED": "false",
        "PORT": str(unused_port()),
    }


async def _raw(base: str, account: Account) -> tuple[float, float]:
    """What the library alone does: messages a second, eight at once; ms of one by itself."""
    client = AsyncClient(base, account.user_id)
    client.restore_login(account.user_id, account.device_id, account.access_token)
    try:
        rooms = [str((await client.room_create()).room_id) for _ in range(CONVERSATIONS)]
        waiting = rooms * EACH

        async def send() -> None:
            while waiting:
                await _room_send(client, waiting.pop())

        await asyncio.gather(*(_room_send(client, room) for room in rooms))
        start = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        rate = len(rooms) * EACH / (time.perf_counter() - start)
        took = []
        for number in range(PACED):
            start = time.perf_counter()
            await _room_send(client, rooms[number % len(rooms)])
            took.append(time.perf_counter() - start)
            await asyncio.sleep(PAUSE_S)
        return rate, statistics.median(took) * 1000
    finally:
        await client.close()


async def _room_send(client: AsyncClient, room: str) -> None:
    answer = await client.room_send(room, "m.room.message", {"msgtype": "m.text", "body": WORDS})
    assert isinstance(answer, RoomSendResponse), answer


async def _paced(telegram: RemoteTelegram, chats: Sequence[int], arrivals: Arrivals) -> float:
    """The median ms from a message, said alone, to its room."""
    took = []
    for number in range(PACED):
        before, start = len(arrivals.at), time.perf_counter()
        await _says(telegram, chats[number % len(chats)])
        await arrivals.until(before + 1)
        took.append(arrivals.at[-1] - start)
        await asyncio.sleep(PAUSE_S)
    return statistics.median(took) * 1000


async def _says(telegram: RemoteTelegram, chat: int) -> None:
    await asyncio.to_thread(telegram.does, "says", user_id=chat, text=WORDS)


if __name__ == "__main__":
    sys.exit(main())
