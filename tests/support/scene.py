"""A small stage: people say and tap things, handlers answer, everybody reads their messages."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Advisor, Person, Role
from bot.domain.portal import Portal
from bot.domain.projects.history import Entry
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.markup import plain
from bot.ports.network import EventKind, Incoming, Outgoing
from handlers.followups import sending
from handlers.routing import router
from tests.support.records import MemoryRecords
from tests.support.shipped import catalogue

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

MILL = "Nous avons une ancienne filature vide à Fontenay-le-Comte, on ne sait pas par où commencer."
MAYOR = "Martine Duval, maire"
PLAN = Attachment("ab" * 32, "plan.pdf", "application/pdf", 12)


@dataclass
class Scene:
    """Everything there is, at a time that tests move."""

    records: MemoryRecords = field(default_factory=MemoryRecords)
    now: datetime = MONDAY
    events: int = 0
    ways: frozenset[str] = frozenset()
    portals: dict[str, Portal] = field(default_factory=lambda: catalogue().portals)

    def receive(self, incoming: Incoming) -> list[Outgoing]:
        """Handle an event a minute later; return the messages it caused."""
        self.now += timedelta(minutes=1)
        self.events += 1
        before = len(self.records.queued)
        self.records.heard.append(incoming)
        known = replace(catalogue(), portals=self.portals, ways=self.ways)
        router.receive(self.records, known, self.now, incoming)
        return [queued.outgoing for queued in self.records.queued[before:]]

    def elu(self, name: str = "martine") -> "Actor":
        """Somebody in their own chat, not yet known."""
        place = ConversationRef("web", f"chat:{name}")
        return Actor(self, place, place.name)

    def register(
        self,
        name: str,
        organisation: str,
        role: Role = Role.ADVISOR,
        portal: str = "urbanvitaliz",
        themes: tuple[str, ...] = ("friche",),
        departements: tuple[str, ...] = ("85",),
    ) -> Advisor:
        """An entry of the register, at a desk of the web page."""
        person = Person(name, self.now)
        entry = Advisor(person, organisation, role, [portal], list(themes), list(departements))
        self.records.advisors.add(entry)
        person.addresses.append(Address("web", f"desk:{entry.id}", f"desk:{entry.id}", self.now))
        return entry

    def in_room(self, advisor: Advisor, project: Project) -> "Actor":
        """Somebody of the register in a project's room."""
        return Actor(self, ConversationRef("web", f"room:{project.ref}"), f"desk:{advisor.id}")

    def in_team(self, coordinator: Advisor, portal: str = "urbanvitaliz") -> "Actor":
        """Somebody of the register at the place of a portal's team."""
        return Actor(self, ConversationRef("web", f"team:{portal}"), f"desk:{coordinator.id}")

    def tick(self) -> list[Outgoing]:
        """Follow up whatever is due; return what goes out."""
        before = len(self.records.queued)
        for ref in self.records.projects.due(self.now, 100):
            sending.follow_up(self.records, catalogue(), self.now, [ref])
        return [queued.outgoing for queued in self.records.queued[before:]]

    def move_to(self, at: datetime) -> list[Outgoing]:
        """Let time pass, a tick each hour; return the follow-ups of that time."""
        sent: list[Outgoing] = []
        while self.now < at:
            self.now = min(at, self.now + timedelta(hours=1))
            sent += self.tick()
        return sent

    def story(self, project: Project) -> list[Entry]:
        """All that is recorded of a project."""
        return self.records.projects.story(project, backstage=True)

    @property
    def projects(self) -> list[Project]:
        """The projects, in the order they were submitted."""
        refs = self.records.projects.refs_like("")
        found = [p for ref in refs if (p := self.records.projects.whole(ref)) is not None]
        return sorted(found, key=lambda project: project.id or 0)


@dataclass
class Actor:
    """Somebody at a place."""

    scene: Scene
    conversation: ConversationRef
    sender: str

    def says(
        self,
        text: str = "",
        *,
        file: Attachment | None = None,
        reply_to: Outgoing | None = None,
        answers: str | None = None,
        thread_root: str | None = None,
        backstage: bool = False,
        markup: str | None = None,
        forwarded_from: str | None = None,
        quoted: str | None = None,
    ) -> list[Outgoing]:
        """Write something; return all the messages it caused, to anybody. It may answer a message
        that the assistant sent (`reply_to`), or one that somebody said here (`answers`, its id).
        """
        target = reply_to.key if reply_to else answers
        return self._says(
            text,
            target=target,
            attachment=file,
            thread_root=thread_root,
            backstage=backstage,
            markup=markup,
            forwarded_from=forwarded_from,
            quoted=quoted,
        )

    def taps(self, label: str) -> list[Outgoing]:
        """Take the choice of that label in the latest message that offers it here."""
        offered = (
            (message, choice)
            for message in reversed(self.reads())
            for choice in message.choices
            if spaced(choice.label) == spaced(label)
        )
        message, choice = next(offered)
        return self._says(label, choice=choice.key, target=message.key)

    def commands(self, call: CommandCall) -> list[Outgoing]:
        """Give a command as the form of a page does."""
        return self._says(f"/{call.name}", command=call)

    def forges(self, key: str) -> list[Outgoing]:
        """Send the key of a choice that was perhaps never offered."""
        return self._says("", choice=key)

    def does(
        self,
        did: EventKind,
        text: str = "",
        to: str | None = None,
        markup: str | None = None,
    ) -> list[Outgoing]:
        """Do something else than say words, to the message of that remote id."""
        event = Incoming(
            self.conversation,
            f"e{self.scene.events}",
            self.sender,
            self.scene.now,
            text,
            target=to,
            kind=did,
            markup=markup,
        )
        return self.scene.receive(event)

    @property
    def said(self) -> str:
        """The remote id of the latest words said here."""
        heard = self.scene.records.heard
        mine = (
            e.message for e in reversed(heard) if e.conversation == self.conversation and e.message
        )
        return next(mine)

    def reads(self) -> list[Outgoing]:
        """What was ever sent to this place."""
        queued = self.scene.records.queued
        return [q.outgoing for q in queued if q.outgoing.conversation == self.conversation]

    @property
    def last(self) -> Outgoing:
        """The latest message here."""
        return self.reads()[-1]

    @property
    def person(self) -> Person:
        """Who this is, once known."""
        person = self.scene.records.people.correspondent(self.conversation, self.sender).person
        assert person is not None
        return person

    def _says(self, text: str, **more: Any) -> list[Outgoing]:
        number = self.scene.events
        place, sender, at = self.conversation, self.sender, self.scene.now
        said = Incoming(place, f"e{number}", sender, at, text, message=f"m{number}", **more)
        return self.scene.receive(said)


def texts(messages: list[Outgoing]) -> str:
    """The words of messages, without marks, with ordinary spaces."""
    return spaced("\n".join(plain(m.text) for m in messages))


def spaced(text: str) -> str:
    """The text with ordinary spaces only."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def to(messages: list[Outgoing], actor: Actor) -> list[Outgoing]:
    """Those of the messages that are for the actor's place."""
    return [message for message in messages if message.conversation == actor.conversation]


def kinds(messages: list[Outgoing]) -> list[str]:
    """Their kinds."""
    return [message.kind for message in messages]


def labels(message: Outgoing) -> list[str]:
    """The answers offered with a message."""
    return [spaced(choice.label) for choice in message.choices]


def submitted(elu: Actor, words: str = MILL, who: str = MAYOR) -> Project:
    """Describe a project whose place and theme are clear, and send it."""
    elu.says(words)
    if "nom" in texts(elu.reads()[-1:]):
        elu.says(who)
    elu.taps("Oui, envoyer")
    return elu.scene.projects[-1]


@dataclass
class Loop:
    """An accepted project with its élu, advisor, observer and team."""

    scene: Scene
    elu: Actor
    advisor: Actor
    observer: Actor
    team: Actor
    project: Project


def accepted_loop() -> Loop:
    """A scene in which the mill of Fontenay-le-Comte is accepted."""
    scene = Scene()
    advisor = scene.register("Nadège Poirier", "DDTM")
    observer = scene.register("Lucette Dumoulin", "Sous-préfecture", Role.OBSERVER)
    coordinator = scene.register("Camille Rousselot", "Équipe", Role.COORDINATOR, themes=())
    elu, team = scene.elu(), scene.in_team(coordinator)
    project = submitted(elu)
    team.says(f"/accepter {project.ref}")
    assert project.status is ProjectStatus.ACCEPTED
    return Loop(
        scene,
        elu,
        scene.in_room(advisor, project),
        scene.in_room(observer, project),
        team,
        project,
    )
