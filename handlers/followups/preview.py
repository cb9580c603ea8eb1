"""What would go out if nobody said a word: decided as it will be, kept nowhere."""

import heapq
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.people import Side
from bot.domain.projects.project import Project
from bot.ports.network import Outgoing
from bot.ports.records import SendingRule, UnitOfWork
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
    """Everything that would go out from `now` to `until`, in order; `uow` is one that keeps
    nothing.
    """
    queue = _Queue()
    rehearsal = copy(uow)
    rehearsal.outbox = queue
    waiting = [(now, ref) for ref in uow.projects.due(until, MOST)]
    planned: list[Planned] = []
    while waiting:
        at, ref = heapq.heappop(waiting)
        follow_up(rehearsal, catalogue, at, [ref])
        project = uow.projects.whole(ref)
        if project is None:
            continue
        planned += [
            Planned(at, _recipient(project, outgoing, rule), outgoing.kind, outgoing.projects)
            for outgoing, rule in queue.empty()
        ]
        if project.followup_due_at is not None and project.followup_due_at <= until:
            heapq.heappush(waiting, (max(project.followup_due_at, at), ref))
    return sorted(planned, key=lambda each: each.at)


def _recipient(project: Project, outgoing: Outgoing, rule: SendingRule) -> str:
    """Whom it would reach: a member by name, else the side."""
    people = (member.person for member in project.members)
    here = (p for p in people if outgoing.conversation in {a.conversation_ref for a in p.addresses})
    person = next(here, None) if rule.audience is Side.MEMBERS else None
    return person.name if person is not None else rule.audience.value


@dataclass
class _Queue:
    """What would be sent."""

    queued: list[tuple[Outgoing, SendingRule]] = field(default_factory=list)

    def put(
        self,
        outgoing: Outgoing,
        *,
        at: datetime,
        rule: SendingRule = _AT_ANY_TIME,
        source: str | None = None,
    ) -> None:
        """Keep the message here."""
        self.queued.append((outgoing, rule))

    def forget(self, key: str) -> None:
        """Of what would be sent, nothing has that key."""
        self.queued = [each for each in self.queued if each[0].key != key]

    def empty(self) -> list[tuple[Outgoing, SendingRule]]:
        """Return what was queued since the last time."""
        queued, self.queued = self.queued, []
        return queued
