"""Hand-written stand-ins, in memory, for what handlers keep: bot.ports.records."""

import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.conversations import ConversationRef
from bot.domain.people import Advisor, Person, Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from bot.ports.network import Choice, EventKind, Incoming, Outgoing
from bot.ports.records import (
    Advisors,
    Codes,
    Copies,
    Copy,
    Correspondent,
    Dialogues,
    DialogueState,
    Digests,
    Link,
    Links,
    OutboxWriter,
    People,
    Projects,
    SendingRule,
    standing_signs,
)

AT_ANY_TIME = SendingRule()


@dataclass(frozen=True)
class Queued:
    """A message that was left in the outbox."""

    outgoing: Outgoing
    at: datetime
    rule: SendingRule
    source: str | None


class MemoryOutbox:
    """Messages in the order they were queued, each key once."""

    def __init__(self) -> None:
        self.queued: list[Queued] = []

    def put(
        self,
        outgoing: Outgoing,
        *,
        at: datetime,
        rule: SendingRule = AT_ANY_TIME,
        source: str | None = None,
    ) -> None:
        assert len(outgoing.key) <= 255
        assert all(len(choice.key.encode()) <= 64 for choice in outgoing.choices)
        if all(queued.outgoing.key != outgoing.key for queued in self.queued):
            self.queued.append(Queued(outgoing, at, rule, source))

    def forget(self, key: str) -> None:
        self.queued[:] = [queued for queued in self.queued if queued.outgoing.key != key]


class MemoryDialogues:
    """States of dialogues. What is not saved is not kept."""

    def __init__(self) -> None:
        self._kept: dict[ConversationRef, DialogueState] = {}

    def at(self, conversation: ConversationRef) -> DialogueState:
        return replace(self._kept.get(conversation, DialogueState(conversation)))

    def save(self, state: DialogueState, now: datetime) -> None:
        self._kept[state.conversation] = replace(state)

    def offer(
        self, conversation: ConversationRef, choices: Sequence[Choice], now: datetime
    ) -> None:
        if not self.at(conversation).holds_words:
            self._kept[conversation] = replace(self.at(conversation), asked=tuple(choices))


class MemoryProjects:
    """Projects, their stories and their rooms."""

    def __init__(self, outbox: MemoryOutbox) -> None:
        self._outbox = outbox
        self._ids = itertools.count(1)
        self._kept: dict[str, Project] = {}
        self._stories: dict[str, list[Entry]] = {}
        self._rooms: dict[str, ConversationRef] = {}

    def add(self, project: Project) -> None:
        project.id = next(self._ids)
        self._kept[project.ref] = project

    def thread(self, ref: str) -> Project | None:
        return self._kept.get(ref)

    def whole(self, ref: str) -> Project | None:
        return self._kept.get(ref)

    def whole_of(self, refs: Sequence[str]) -> list[Project]:
        return [self._kept[ref] for ref in refs if ref in self._kept]

    def of_person(self, person: Person) -> list[Project]:
        return self._latest(
            p for p in self._kept.values() if any(m.person is person for m in p.members)
        )

    def several(self, person: Person) -> bool:
        return len(self.of_person(person)) > 1

    def of_advisor(self, advisor: Advisor) -> list[Project]:
        return self._latest(
            p for p in self._kept.values() if any(a.advisor is advisor for a in p.assignments)
        )

    def seen(self) -> Collection[Project]:
        return self._kept.values()

    def due(self, now: datetime, limit: int) -> list[str]:
        dated = [(p.followup_due_at, p.ref) for p in self._kept.values() if p.followup_due_at]
        return [ref for at, ref in sorted(dated) if at <= now][:limit]

    def due_of(self, person: Person, now: datetime) -> list[str]:
        mine = self.of_person(person)
        return [p.ref for p in mine if p.followup_due_at is not None and p.followup_due_at <= now]

    def due_for_team(self, portal: str, now: datetime, limit: int) -> list[str]:
        due = (self._kept[ref] for ref in self.due(now, len(self._kept)))
        return [p.ref for p in due if p.portal == portal and p.followup_for_team][:limit]

    def refs_like(self, prefix: str) -> set[str]:
        return {ref for ref in self._kept if ref.startswith(prefix)}

    def record(self, project: Project, entry: Entry) -> None:
        self._stories.setdefault(project.ref, []).append(entry)

    def amend(self, entry: Entry) -> None:
        assert any(entry is told for story in self._stories.values() for told in story)

    def retract(self, project: Project, source: str) -> list[str]:
        words = []
        for entry in self._stories.get(project.ref, []):
            if entry.source == source and entry.kind is not EntryKind.RETRACTED:
                words.append(entry.text)
                entry.kind, entry.text, entry.detail = EntryKind.RETRACTED, "", ""
                entry.attachment = None
        return words

    def take_back(self, key: str) -> list[Project]:
        carried = [p for p in self._kept.values() if any(s.key == key for s in p.followups)]
        for project in carried:
            project.followups[:] = [sent for sent in project.followups if sent.key != key]
            story = self._stories[project.ref]
            story[:] = [entry for entry in story if entry.source != key]
        return carried

    def waiting_for_team(self, portal: str) -> list[tuple[str, str]]:
        waiting = [
            p
            for p in self._kept.values()
            if p.portal == portal and (p.status is ProjectStatus.SUBMITTED or _left_to_team(p))
        ]
        ordered = sorted(waiting, key=lambda p: p.last_activity_at)
        return [(p.ref, p.departement) for p in ordered]

    def story(self, project: Project, backstage: bool) -> list[Entry]:
        story = self._stories.get(project.ref, [])
        return [entry for entry in story if backstage or not entry.backstage]

    def is_backstage(self, ref: str, source: str) -> bool:
        project = self.thread(ref)
        story = self.story(project, backstage=True) if project is not None else []
        return any(entry.source == source and entry.backstage for entry in story)

    def room(self, project: Project) -> ConversationRef | None:
        return self._rooms.get(project.ref)

    def open_room(self, project: Project, conversation: ConversationRef) -> None:
        self._rooms[project.ref] = conversation

    def in_room(self, conversation: ConversationRef) -> str | None:
        return next((ref for ref, room in self._rooms.items() if room == conversation), None)

    def about(self, conversation: ConversationRef, remote_id: str) -> str | None:
        """A delivered message has its own key for remote id."""
        for queued in self._outbox.queued:
            outgoing = queued.outgoing
            if (outgoing.conversation, outgoing.key) == (conversation, remote_id):
                return outgoing.projects[0] if len(outgoing.projects) == 1 else None
        return None

    @staticmethod
    def _latest(projects: Iterable[Project]) -> list[Project]:
        return sorted(projects, key=lambda p: p.last_activity_at, reverse=True)


def _left_to_team(project: Project) -> bool:
    since = [s for s in project.followups if s.at >= project.last_activity_at]
    left = any((s.kind, s.to) == ("escalation", Side.TEAM) for s in since)
    return project.open and left and not any(s.kind == "dormant" for s in since)


class MemoryDigests:
    """Who receives a weekly digest."""

    def __init__(self) -> None:
        self._due: dict[str, datetime] = {}

    def known(self) -> dict[str, datetime]:
        return dict(self._due)

    def plan(self, recipient: str, due_at: datetime) -> None:
        self._due[recipient] = due_at

    def cancel(self, recipient: str) -> None:
        self._due.pop(recipient, None)

    def due(self, now: datetime) -> list[str]:
        return [recipient for recipient, at in self._due.items() if at <= now]


class MemoryAdvisors:
    """The register."""

    def __init__(self, add_person: Callable[[Person], None]) -> None:
        self._add_person = add_person
        self._kept: list[Advisor] = []

    def add(self, advisor: Advisor) -> None:
        self._add_person(advisor.person)
        advisor.id = advisor.person.id
        self._kept.append(advisor)

    def by_id(self, id: int) -> Advisor | None:
        return next((a for a in self._kept if a.id == id), None)

    def of_portal(self, portal: str) -> list[Advisor]:
        return [a for a in self._kept if a.active and portal in a.portals]

    def all(self) -> list[Advisor]:
        return list(self._kept)


class MemoryPeople:
    """Persons and their addresses, and who writes from where."""

    def __init__(self, dialogues: MemoryDialogues, projects: MemoryProjects) -> None:
        self.kept: list[Person] = []
        self._ids = itertools.count(1)
        self.register = MemoryAdvisors(self.add)
        self._dialogues = dialogues
        self._projects = projects

    def correspondent(self, conversation: ConversationRef, sender: str) -> Correspondent:
        found = (
            person
            for person in self.kept
            for address in person.addresses
            if (address.network, address.sender) == (conversation.network, sender)
        )
        person = next(found, None)
        advisor = next((a for a in self.register.all() if a.person is person), None)
        room = self._projects.in_room(conversation)
        project = self._projects.thread(room) if room is not None else None
        seated = project is not None and any(a.advisor is advisor for a in project.assignments)
        portal = project.portal if project is not None else None
        dialogue = self._dialogues.at(conversation)
        return Correspondent(person, advisor, room, dialogue, portal, seated)

    def add(self, person: Person) -> None:
        self.kept.append(person)
        person.id = next(self._ids)

    def by_id(self, id: int) -> Person | None:
        return next((person for person in self.kept if person.id == id), None)

    def merge(self, kept: Person, gone: Person) -> None:
        kept.addresses += gone.addresses
        gone.addresses = []
        self.kept.remove(gone)

    def unreachable(self, conversation: ConversationRef, now: datetime) -> Person | None:
        whose = None
        for person in self.kept:
            for address in person.addresses:
                if address.conversation_ref == conversation:
                    address.unreachable_since = address.unreachable_since or now
                    whose = person
        return whose

    def hold(self, persons: Sequence[Person]) -> None:
        """One unit of work: nobody else can hold them."""


class MemoryCopies:
    """Where words are seen. A delivered message has its own key for remote id."""

    def __init__(self, outbox: MemoryOutbox) -> None:
        self._outbox = outbox
        self.heard: list[Incoming] = []

    def source(self, conversation: ConversationRef, remote_id: str) -> str | None:
        for event in self.heard:
            if (event.conversation, event.message, event.kind) == (
                conversation,
                remote_id,
                EventKind.SAID,
            ):
                return f"{conversation.network}:{event.key}"
        for queued in self._outbox.queued:
            if (queued.outgoing.conversation, queued.outgoing.key) == (conversation, remote_id):
                return queued.source
        return None

    def shown(self, conversation: ConversationRef, remote_id: str) -> Outgoing | None:
        there = (q.outgoing for q in self._outbox.queued if q.outgoing.key == remote_id)
        return next((m for m in there if m.conversation == conversation), None)

    def behind(self, key: str) -> str | None:
        return next((q.source for q in self._outbox.queued if q.outgoing.key == key), None)

    def original(self, source: str) -> Incoming | None:
        found = (e for e in self.heard if f"{e.conversation.network}:{e.key}" == source)
        return next(found, None)

    def of(self, source: str) -> list[Copy]:
        return [Copy(q.outgoing, q.outgoing.key) for q in self._outbox.queued if q.source == source]

    def signs(self, conversation: ConversationRef, remote_id: str) -> list[tuple[str, str]]:
        there = (conversation, remote_id, EventKind.REACTED)
        reactions = [e for e in self.heard if (e.conversation, e.target, e.kind) == there]
        return standing_signs((event.sender, event.text) for event in reactions)


class MemoryCodes:
    """One-time codes, in clear."""

    def __init__(self) -> None:
        self._given: dict[str, tuple[Person, datetime]] = {}
        self._numbers = itertools.count(1)
        self._failed: list[tuple[str, str, datetime]] = []

    def give(self, person: Person, expires_at: datetime, now: datetime) -> str:
        self._given = {c: given for c, given in self._given.items() if given[0] is not person}
        code = f"{next(self._numbers):04}CDFG"
        self._given[code] = person, expires_at
        return code

    def take(self, code: str, now: datetime) -> int | None:
        person, expires_at = self._given.pop(code, (None, now))
        return person.id if person is not None and expires_at > now else None

    def note_failure(self, network: str, sender: str, now: datetime) -> None:
        self._failed.append((network, sender, now))

    def failures(self, network: str, sender: str, since: datetime) -> int:
        return sum((n, s) == (network, sender) and at >= since for n, s, at in self._failed)


class NoLinks:
    """Handlers make no personal links."""

    def create(
        self, person: Person, opens: str, expires_at: datetime, reusable: bool, now: datetime
    ) -> str:
        raise NotImplementedError

    def find(self, token: str) -> Link | None:
        raise NotImplementedError

    def revoke(self, person: Person, opens: str, now: datetime) -> None:
        raise NotImplementedError

    def use(self, token: str, now: datetime) -> Link | None:
        raise NotImplementedError


class MemoryRecords:
    """One unit of work that never ends, and what it holds."""

    def __init__(self) -> None:
        outbox, dialogues = MemoryOutbox(), MemoryDialogues()
        projects = MemoryProjects(outbox)
        people = MemoryPeople(dialogues, projects)
        copies = MemoryCopies(outbox)
        self.heard = copies.heard
        self.queued = outbox.queued
        self.persons = people.kept
        self.dialogue = dialogues.at
        self.people: People = people
        self.advisors: Advisors = people.register
        self.projects: Projects = projects
        self.dialogues: Dialogues = dialogues
        self.outbox: OutboxWriter = outbox
        self.copies: Copies = copies
        self.codes: Codes = MemoryCodes()
        self.links: Links = NoLinks()
        self.digests: Digests = MemoryDigests()
