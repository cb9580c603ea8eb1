"""Hand-written stand-ins, in memory, for what the web network is given."""

import asyncio
import hashlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.domain.people import Role
from bot.ports.files import FileRefused
from bot.ports.network import Incoming, Operation, Outgoing
from bot.ports.queries import Depths, Desk, Figures, FollowUpAnswer, ProjectRow, RoomPage
from bot.ports.records import Link
from bot.ports.remote_rooms import FoundMessage, RoomPlan
from bot.ports.web import DemoLink, Line

START = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


@dataclass
class SettableClock:
    """A clock that stands still until it is moved."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at


class MemoryChat:
    """The web network's conversations."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._lines: dict[str, list[Line]] = {}
        self._untaken: list[Incoming] = []
        self._posted: set[str] = set()
        self._delivered: dict[str, str] = {}
        self.broken = False

    async def post(self, incoming: Incoming, author: str) -> bool:
        if self.broken:
            raise OSError("the disk is full")
        if incoming.key in self._posted:
            return False
        self._posted.add(incoming.key)
        number = next(self._ids)
        self._untaken.append(replace(incoming, message=str(number)))
        self._show(
            incoming.conversation.name,
            Line(
                id=number,
                at=incoming.at,
                own=True,
                sender=incoming.sender,
                author=author,
                text=incoming.text,
                kind="",
                choices=(),
                attachment=incoming.attachment,
            ),
        )
        return True

    async def waiting_posts(self, limit: int) -> list[Incoming]:
        return self._untaken[:limit]

    async def mark_taken(self, keys: Sequence[str]) -> None:
        self._untaken = [event for event in self._untaken if event.key not in keys]

    async def deliver(self, outgoing: Outgoing, at: datetime) -> str:
        target = outgoing.target.remote_id if outgoing.target is not None else None
        lines = self._lines.get(outgoing.conversation.name, [])
        line_there = next((line for line in lines if str(line.id) == target), None)
        if outgoing.operation is not Operation.SAY and line_there is not None:
            edited = (
                [replace(line_there, text=outgoing.text)]
                if outgoing.operation is Operation.EDIT
                else []
            )
            at_line = lines.index(line_there)
            lines[at_line : at_line + 1] = edited
            return str(target)
        if outgoing.key not in self._delivered:
            line = Line(
                id=next(self._ids),
                at=at,
                own=False,
                sender="",
                author=outgoing.author,
                text=outgoing.text,
                kind=outgoing.kind,
                choices=outgoing.choices,
                attachment=outgoing.attachment,
                backstage=outgoing.backstage,
                quoted=line_there.text if line_there is not None else None,
            )
            self._delivered[outgoing.key] = str(line.id)
            self._show(outgoing.conversation.name, line)
        return self._delivered[outgoing.key]

    async def lines(self, conversation: str, limit: int) -> list[Line]:
        return self._lines.get(conversation, [])[-limit:]

    async def line(self, id: int) -> tuple[str, Line] | None:
        found = (
            (conversation, line)
            for conversation, lines in self._lines.items()
            for line in lines
            if line.id == id
        )
        return next(found, None)

    def _show(self, conversation: str, line: Line) -> None:
        self._lines.setdefault(conversation, []).append(line)


@dataclass
class MemoryQueries:
    """Read models filled by hand."""

    desks: dict[int, Desk] = field(default_factory=dict)
    pages: dict[str, RoomPage] = field(default_factory=dict)
    seats: set[tuple[int, str]] = field(default_factory=set)
    shown_figures: Figures = field(default_factory=lambda: Figures(0, 0, 0, 0, 0, 0, 0, ()))
    broken: bool = False

    async def desk(self, person_id: int) -> Desk | None:
        return self.desks.get(person_id)

    async def board(self, portal: str) -> list[ProjectRow]:
        return [p.project for p in self.pages.values() if p.project.portal == portal]

    async def rooms(self, advisor_id: int) -> list[ProjectRow]:
        return [p.project for ref, p in self.pages.items() if (advisor_id, ref) in self.seats]

    async def room(self, ref: str) -> RoomPage | None:
        return self.pages.get(ref)

    async def has_seat(self, advisor_id: int, ref: str) -> bool:
        page = self.pages.get(ref)
        coordinates = any(
            desk.role is Role.COORDINATOR and page.project.portal in desk.portals
            for desk in self.desks.values()
            if page is not None and desk.advisor_id == advisor_id
        )
        return coordinates or (advisor_id, ref) in self.seats

    async def departement(self, network: str, conversation: str) -> str | None:
        return None

    async def figures(self) -> Figures:
        return self.shown_figures

    async def depths(self) -> Depths:
        if self.broken:
            raise OSError("the database is gone")
        return Depths(inbox_waiting=2, outbox_waiting=3, dead_letters=0, projects_open=4)

    async def next_followup(self) -> datetime | None:
        return None

    async def followup_answers(self) -> list[FollowUpAnswer]:
        return []


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


class MemoryLinks:
    """Personal links, each under a token chosen by the test."""

    def __init__(self, clock: SettableClock) -> None:
        self._clock = clock
        self._links: dict[str, Link] = {}
        self.known_chats: dict[str, str] = {}

    def add(
        self,
        token: str,
        person_id: int,
        opens: str = "desk",
        *,
        reusable: bool = False,
        lifetime: timedelta = timedelta(days=7),
    ) -> None:
        self._links[token] = Link(person_id, opens, self._clock.now() + lifetime, reusable, None)

    async def find(self, token: str) -> Link | None:
        return self._links.get(token)

    async def open(self, token: str) -> Link | None:
        link = self._links.get(token)
        spent = link is None or (link.used_at is not None and not link.reusable)
        if link is None or spent or link.expires_at <= self._clock.now():
            return None
        self._links[token] = replace(link, used_at=self._clock.now())
        return link

    async def create_return_link(self, conversation: str) -> str | None:
        token = self.known_chats.get(conversation)
        return f"/acces/{token}" if token else None


@dataclass
class MemoryDemonstration:
    """A demonstration that counts how far time was moved."""

    clock: SettableClock
    links: Sequence[DemoLink] = ()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def forward(self, by: timedelta) -> None:
        self.clock.at += by


class Inbox:
    """Takes events as the application does, answers if told so; first fails as often as told."""

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
