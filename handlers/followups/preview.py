"""What would go out in the days to come, if nobody said a word: decided as it would be, kept
nowhere.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from bot.domain.conversations import ConversationRef
from bot.domain.people import Person, Side
from bot.domain.projects.project import Entry, Project
from bot.ports.network import Choice, Outgoing
from bot.ports.records import (
    Advisors,
    Codes,
    Copies,
    Correspondent,
    Dialogues,
    DialogueState,
    Digests,
    Links,
    OutboxWriter,
    People,
    Projects,
    SendingRule,
    UnitOfWork,
)
from config.catalogue import Catalogue
from handlers.followups.sending import follow_up

_AT_ANY_TIME = SendingRule()

MOST = 10_000
"""More projects than that are not rehearsed at once."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A follow-up that would go out: when, to whom, of what kind, about which projects."""

    at: datetime
    to: str
    kind: str
    projects: tuple[str, ...]


def rehearse(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, until: datetime
) -> list[Planned]:
    """Everything that would go out from `now` to `until`, in order. Nothing may be kept of the
    transaction in which this runs.
    """
    stage = _Rehearsal(uow)
    waiting = [(now, ref) for ref in uow.projects.due(until, MOST)]
    planned: list[Planned] = []
    while waiting:
        at, ref = heapq.heappop(waiting)
        follow_up(stage, catalogue, at, ref)
        for outgoing, rule in stage.take():
            planned.append(
                Planned(at, _to(stage, outgoing, rule), outgoing.kind, outgoing.projects)
            )
        project = uow.projects.whole(ref)
        due = project.followup_due_at if project is not None else None
        if due is not None and due <= until:
            heapq.heappush(waiting, (max(due, at), ref))
    return sorted(planned, key=lambda each: each.at)


def _to(stage: "_Rehearsal", outgoing: Outgoing, rule: SendingRule) -> str:
    """Whom it would reach: a member by name, else the side."""
    person = stage.asked.get(outgoing.conversation)
    return person.name if rule.audience is Side.MEMBERS and person else rule.audience.value


@dataclass
class _Rehearsal:
    """A unit of work that reads, and keeps what would be written to itself."""

    real: UnitOfWork
    asked: dict[ConversationRef, Person] = field(default_factory=dict)
    queued: list[tuple[Outgoing, SendingRule]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people: People = _ReadPeople(self)
        self.projects: Projects = cast("Projects", _ReadProjects(self.real.projects))
        self.outbox: OutboxWriter = _Queue(self.queued)
        self.dialogues: Dialogues = _NoDialogues()
        self.advisors: Advisors = self.real.advisors
        self.copies: Copies = self.real.copies
        self.codes: Codes = self.real.codes
        self.links: Links = self.real.links
        self.digests: Digests = self.real.digests

    def take(self) -> list[tuple[Outgoing, SendingRule]]:
        """What was queued since the last time."""
        taken = list(self.queued)
        self.queued.clear()
        return taken


class _Queue:
    def __init__(self, queued: list[tuple[Outgoing, SendingRule]]) -> None:
        self._queued = queued

    def put(
        self,
        outgoing: Outgoing,
        *,
        at: datetime,
        rule: SendingRule = _AT_ANY_TIME,
        source: str | None = None,
    ) -> None:
        self._queued.append((outgoing, rule))


class _NoDialogues:
    def save(self, state: DialogueState, now: datetime) -> None:
        """Nothing is kept."""

    def offer(
        self, conversation: ConversationRef, choices: Sequence[Choice], now: datetime
    ) -> None:
        """Nothing is kept."""


class _ReadPeople:
    def __init__(self, stage: _Rehearsal) -> None:
        self._stage = stage

    def correspondent(self, conversation: ConversationRef, sender: str) -> Correspondent:
        return Correspondent(None, None, None, DialogueState(conversation))

    def add(self, person: Person) -> None:
        raise NotImplementedError

    def merge(self, kept: Person, gone: Person) -> None:
        raise NotImplementedError

    def by_id(self, id: int) -> Person | None:
        return self._stage.real.people.by_id(id)

    def unreachable(self, conversation: ConversationRef, now: datetime) -> Person | None:
        raise NotImplementedError

    def hold(self, persons: Sequence[Person]) -> None:
        """Nobody is held: only their places are noted."""
        for person in persons:
            address = person.reachable
            if address is not None:
                self._stage.asked[address.conversation_ref] = person


class _ReadProjects:
    """Reads as the real one; what is recorded is forgotten."""

    def __init__(self, real: Projects) -> None:
        self._real = real

    def record(self, project: Project, entry: Entry) -> None:
        """Nothing is kept."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)
