"""The Matrix network under test, with stand-ins for what it is given."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.domain.conversations import ConversationRef
from bot.networks.matrix.network import MatrixNetwork
from bot.networks.matrix.settings import MatrixSettings, MatrixWords
from bot.ports.network import Choice, Incoming, Outgoing
from bot.ports.remote_rooms import RoomPlan
from tests.support.memory_ports import Inbox, MemoryFiles, MemoryRemoteRooms, SettableClock
from tests.support.synapse import Account, call

PLAN = RoomPlan("UV-7K3Q · La filature", "Les mots sont relayés.", "urbanvitaliz", "UrbanVitaliz")
ROOM = ConversationRef.room("matrix", "UV-7K3Q")


class KeptInbox(Inbox):
    """An inbox that keeps the cursor too, and each event once, as the application's does."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor: str | None = None
        self.began = asyncio.Event()
        self._failed = asyncio.Event()

    async def receive(self, events: Sequence[Incoming], next_cursor: str | None) -> None:
        known = {event.key for event in self.received}
        try:
            await super().receive([e for e in events if e.key not in known], next_cursor)
        except OSError:
            self._failed.set()
            raise
        self.cursor = next_cursor
        self.began.set()

    async def until_failed(self) -> None:
        """Wait until something could not be received."""
        async with asyncio.timeout(60):
            await self._failed.wait()


@dataclass
class WatchedRemoteRooms(MemoryRemoteRooms):
    """Rooms whose bindings can be waited for."""

    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def bind(self, conversation: ConversationRef, remote: str) -> None:
        async with self.changed:
            await super().bind(conversation, remote)
            self.changed.notify_all()

    async def unbind(self, conversation: ConversationRef) -> None:
        async with self.changed:
            await super().unbind(conversation)
            self.changed.notify_all()

    async def until(self, conversation: ConversationRef, remote: str | None) -> None:
        """Wait until the conversation is held there, or nowhere if None."""
        async with asyncio.timeout(60), self.changed:
            await self.changed.wait_for(lambda: self.remotes.get(conversation) == remote)


@dataclass
class Assistant:
    """The network, and what is left of it when it is stopped. `account` is its user, on another
    device.
    """

    account: Account
    settings: MatrixSettings
    files: MemoryFiles
    rooms: WatchedRemoteRooms = field(default_factory=WatchedRemoteRooms)
    clock: SettableClock = field(default_factory=SettableClock)
    inbox: KeptInbox = field(default_factory=KeptInbox)
    network: MatrixNetwork = field(init=False)
    _running: "asyncio.Task[None]" = field(init=False)

    def __post_init__(self) -> None:
        self.rooms.plans[ROOM] = PLAN

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Assistant"]:
        """Run it from its saved cursor on; cut it short at the end of the block."""
        self.network = MatrixNetwork(self.settings, self.rooms, self.files, self.clock)
        self.inbox.began.clear()
        run = self.network.run(self.inbox.cursor, self.inbox.receive)
        self._running = asyncio.create_task(run)
        try:
            await self._wait_begun(self._running)
            yield self
        finally:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def wait_ended(self) -> None:
        """Wait until it ends by itself; raise what it ended with."""
        async with asyncio.timeout(60):
            await asyncio.shield(self._running)

    async def _wait_begun(self, running: "asyncio.Task[None]") -> None:
        beginning = asyncio.create_task(self.inbox.began.wait())
        async with asyncio.timeout(60):
            await asyncio.wait({running, beginning}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            beginning.cancel()
            await running

    async def say(
        self, conversation: ConversationRef, text: str, key: str = "k1", **more: Any
    ) -> str:
        """Send words there."""
        return await self.network.send(Outgoing(key, conversation, text, "notice", **more))

    async def ask(
        self, conversation: ConversationRef, text: str, *labels: str, key: str = "q1"
    ) -> str:
        """Send a question with choices, whose keys are their labels in lower case."""
        choices = tuple(Choice(label.lower(), label) for label in labels)
        return await self.say(conversation, text, key, choices=choices)

    def acts(self, method: str, address: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Do something as its user, beside the network, as if from another device."""
        return call(self.settings.homeserver, method, address, body, self.account.access_token)

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.inbox.received]

    def room(self, conversation: ConversationRef) -> str:
        """The id of the room where a conversation is held."""
        return self.rooms.remotes[conversation]


def assistant(base: str, account: Account, folder: Path, **changes: Any) -> Assistant:
    """An assistant with its own account, folder and password."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = MatrixSettings(
        homeserver=base,
        user=account.user_id,
        folder=folder / "matrix",
        words=MatrixWords(
            name="Fil Rouge",
            backstage="Coulisses",
            leaving="Ce n’est pas un échange privé.",
            refusing="Pas ce serveur.",
            unreadable="La clé ne m’est pas parvenue.",
        ),
        store_key="clé d’essai",
        password=account.password,
    )
    return Assistant(account, replace(settings, **changes), MemoryFiles(folder))
