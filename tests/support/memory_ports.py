"""Hand-written stand-ins, in memory, for what networks and the runtime are given."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.ports.email_links import Envelope
from bot.ports.files import FileRefused
from bot.ports.network import Incoming, Outgoing
from bot.ports.remote_rooms import FoundMessage, RoomPlan

START = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


@dataclass
class SettableClock:
    """A clock that stands still until it is moved."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at


class MemoryFiles:
    """Attachments: PDF files of at most `max_bytes` are taken, unless others are `accepted`."""

    def __init__(self, folder: Path, max_bytes: int = 1024) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self.accepted: tuple[str, ...] = (".pdf",)

    async def keep(self, name: str, media_type: str, content: AsyncIterator[bytes]) -> Attachment:
        kept = b""
        async for chunk in content:
            kept += chunk
            if len(kept) > self._max_bytes:
                raise FileRefused("size")
        if not kept:
            raise FileRefused("empty")
        if not name.endswith(self.accepted):
            raise FileRefused("type")
        sha256 = hashlib.sha256(kept).hexdigest()
        (self._folder / sha256).write_bytes(kept)
        return Attachment(sha256, name, media_type, len(kept))

    def path(self, sha256: str) -> Path | None:
        path = self._folder / sha256
        return path if path.exists() else None


async def envelope_for(outgoing: Outgoing) -> Envelope:
    """An envelope whose links are those of a site that is not there."""
    links = tuple(f"https://exemple.fr/courriel/{choice.key}" for choice in outgoing.choices)
    return Envelope("Filature", links, "https://exemple.fr/courriel/stop", None)


class Inbox:
    """Takes events as the application does. Fails `failures` times first; calls `answer` if set."""

    def __init__(self) -> None:
        self.received: list[Incoming] = []
        self.failures = 0
        self.answer: Callable[[Incoming], Awaitable[object]] | None = None
        self._grew = asyncio.Condition()

    async def receive(self, events: Sequence[Incoming], next_cursor: str | None) -> None:
        async with self._grew:
            if self.failures:
                self.failures -= 1
                raise OSError("the database is locked")
            self.received += events
            self._grew.notify_all()
        if self.answer is not None:
            for event in events:
                await self.answer(event)

    async def until(self, count: int) -> list[Incoming]:
        """Everything received, once there are that many."""
        async with asyncio.timeout(10), self._grew:
            await self._grew.wait_for(lambda: len(self.received) >= count)
        return self.received

    async def is_answered(self, conversation: ConversationRef, key: str) -> bool:
        return any(
            (event.conversation, event.key) == (conversation, key) for event in self.received
        )


@dataclass
class MemoryRemoteRooms:
    """Which room each conversation is held in, kept by hand, as are `plans` and `messages`."""

    remotes: dict[ConversationRef, str] = field(default_factory=dict)
    plans: dict[ConversationRef, RoomPlan] = field(default_factory=dict)
    messages: list[FoundMessage] = field(default_factory=list)

    async def remote(self, conversation: ConversationRef) -> str | None:
        return self.remotes.get(conversation)

    async def conversation(self, network: str, remote: str) -> ConversationRef | None:
        return (await self.all(network)).get(remote)

    async def bind(self, conversation: ConversationRef, remote: str) -> None:
        self.remotes[conversation] = remote

    async def unbind(self, conversation: ConversationRef) -> None:
        self.remotes.pop(conversation, None)

    async def move(self, network: str, before: str, after: str) -> None:
        for conversation, remote in self.remotes.items():
            moves = remote == before or remote.startswith(f"{before}/")
            if conversation.network == network and moves:
                self.remotes[conversation] = after + remote.removeprefix(before)

    async def all(self, network: str) -> dict[str, ConversationRef]:
        return {remote: c for c, remote in self.remotes.items() if c.network == network}

    async def find_message(
        self, conversations: Sequence[ConversationRef], message: str
    ) -> FoundMessage | None:
        for found in self.messages:
            parts = found.remote_id.replace(";", ",").split(",")
            if found.conversation in conversations and message in parts:
                return found
        return None

    async def plan(self, conversation: ConversationRef) -> RoomPlan | None:
        return self.plans.get(conversation)


@dataclass
class LeaseRow:
    """A lease in memory."""

    holder: str | None = None
    broken: bool = False
    asked: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)


class MemoryLeases:
    """One process's side of a row that never ends by itself."""

    def __init__(self, row: LeaseRow, me: str) -> None:
        self._row, self._me = row, me

    async def hold(self, name: str, lease: timedelta) -> bool:
        async with self._row.changed:
            self._row.asked += 1
            self._row.changed.notify_all()
        if self._row.broken:
            raise OSError("the database is gone")
        if self._row.holder is None:
            self._row.holder = self._me
        return self._row.holder == self._me

    async def release(self, name: str) -> None:
        if self._row.holder == self._me:
            self._row.holder = None
