"""Hand-written stand-ins, in memory, for what the pages alone are given."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.people import Role
from bot.ports.network import Incoming, Operation, Outgoing
from bot.ports.queries import Depths, Desk, Figures, FollowUpAnswer, ProjectRow, RoomPage
from bot.ports.records import Link
from bot.ports.web import DemoLink, Line
from tests.support.memory_ports import SettableClock


class MemoryChat:
    """The conversations of the web network."""

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

    async def coordinated(self) -> frozenset[str]:
        """Every portal has a team."""
        return frozenset({"urbanvitaliz", "sosponts", "ecoquartiers", "mon-espace-collectivite"})

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
    """A demonstration whose clock is moved at once."""

    clock: SettableClock
    links: Sequence[DemoLink] = ()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def forward(self, by: timedelta) -> None:
        self.clock.at += by
