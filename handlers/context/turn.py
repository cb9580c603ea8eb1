"""One turn: what somebody just did, and the means to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypedDict, Unpack

from bot.domain.attachment import Attachment
from bot.domain.conversations import ConversationRef
from bot.domain.people import Address, Advisor, Person, Role, Side
from bot.domain.permissions import Right, may
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.membership import availability
from bot.domain.projects.project import Project
from bot.domain.understanding.reading import Understanding
from bot.domain.utterance import Origin
from bot.ports.network import Choice, Incoming, Operation, Outgoing, Target
from bot.ports.records import Correspondent, DialogueState, UnitOfWork
from config.catalogue import Catalogue
from config.texts import Value
from handlers.context.origins import answered_targets

_ANSWERS = frozenset({"notice", "error"})
"""Kinds of what is said to whoever just spoke, which rings nobody."""


class Manner(TypedDict, total=False):
    """How a message is sent: its kind, whose words it carries, what goes with it.

    `relayed` messages carry words that were said in the conversation of the event, by it or before:
    copies are found by their origin, and answer what it answered. `operation` says what else than
    words it is, `target` to which message, `source` of which words. `quiet`: it rings nobody.
    """

    kind: str
    author: str | None
    choices: Sequence[Choice]
    projects: tuple[str, ...]
    attachment: Attachment | None
    backstage: bool
    relayed: Origin
    operation: Operation
    target: Target | None
    source: str
    quiet: bool


@dataclass(slots=True)
class Turn:
    """A transaction under way for one event. Messages go to the outbox under keys drawn from the
    event's.
    """

    uow: UnitOfWork
    catalogue: Catalogue
    now: datetime
    incoming: Incoming
    who: Correspondent
    _sent: int = field(default=0)
    _mine: list[Project] | None = field(default=None)
    _available: tuple[object, ...] = field(init=False)
    _shown: tuple[Outgoing | None] | None = field(default=None)
    _understood: dict[str, Understanding] = field(default_factory=dict)
    _answered: dict[Origin, Mapping[ConversationRef, Target]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._available = availability(self.who.person)

    @property
    def conversation(self) -> ConversationRef:
        """Where the event happened."""
        return self.incoming.conversation

    @property
    def said_at(self) -> datetime:
        """When it happened: dates count from then, however late it is handled. Clocks of others may
        be ahead of ours.
        """
        return min(self.incoming.at, self.now)

    @property
    def dialogue(self) -> DialogueState:
        """The dialogue under way in that conversation."""
        return self.who.dialogue

    @property
    def team_of(self) -> str | None:
        """The portal whose team talks in this conversation, or None."""
        return self.conversation.portal

    @property
    def private(self) -> bool:
        """Whether the conversation is somebody's own chat with the assistant."""
        return self.who.room is None and self.team_of is None

    @property
    def is_guest(self) -> bool:
        """Whether somebody acts in the private chat of another, who let them in."""
        return self.private and self.incoming.sender != self.conversation.name

    @property
    def advisor(self) -> Advisor | None:
        """The register entry of whoever writes, while it is active."""
        advisor = self.who.advisor
        return advisor if advisor is not None and advisor.active else None

    @property
    def belongs(self) -> bool:
        """Whether whoever writes is of the room or the team that talks here: they sit there, or
        coordinate its portal.
        """
        advisor, portal = self.advisor, self.team_of or self.who.portal
        if advisor is None:
            return False
        return self.who.seated or (advisor.role is Role.COORDINATOR and portal in advisor.portals)

    @property
    def role(self) -> Role:
        """In what capacity the person acts. Rooms and teams know only those who belong there."""
        if self.advisor is not None and (self.private or self.belongs):
            return self.advisor.role
        return Role.MEMBER if self.private and self.who.person is not None else Role.STRANGER

    @property
    def side(self) -> Side:
        """On which side of the thread the person speaks."""
        if self.advisor is None:
            return Side.MEMBERS
        return Side.TEAM if self.advisor.role is Role.COORDINATOR else Side.ADVISORS

    @property
    def author(self) -> str:
        """Under which name the person's words are relayed."""
        return signature(self.who.person, self.advisor) if self.who.person else ""

    @property
    def projects(self) -> list[Project]:
        """What the writer has to do with, latest activity first; read once. A team has none."""
        if self._mine is None:
            self._mine = self._projects()
        return self._mine

    @property
    def answered(self) -> Outgoing | None:
        """The message of ours that the event answers; None if it answers none. Looked up once."""
        target = self.incoming.target
        if target is not None and self._shown is None:
            self._shown = (self.uow.copies.shown(self.conversation, target),)
        return self._shown[0] if self._shown is not None else None

    @property
    def open_projects(self) -> list[Project]:
        """Those of them that have not ended."""
        return [project for project in self.projects if project.open]

    @property
    def changed_availability(self) -> bool:
        """Whether the writer can be asked sooner, later, or no more, because of this turn."""
        return self._available != availability(self.who.person)

    def has_right(self, right: Right) -> bool:
        """Whether the role in which the person acts here gives that right."""
        return may(self.role, right)

    def check_right(self, right: Right) -> bool:
        """Whether the person has the right; if not, they are told whose it is."""
        if not self.has_right(right):
            self.refuse(f"rights.{right}")
        return self.has_right(right)

    def understand(self, words: str) -> Understanding:
        """What the words mean; each is read once."""
        if words not in self._understood:
            self._understood[words] = self.catalogue.reader.understand(words)
        return self._understood[words]

    def entry(
        self,
        kind: EntryKind,
        text: str = "",
        *,
        number: int | None = None,
        detail: str = "",
        backstage: bool = False,
        source: str | None = None,
        attachment: Attachment | None = None,
    ) -> Entry:
        """An entry for a project's story: what the writer does now."""
        about = (number, detail, backstage, source, attachment)
        return Entry(self.now, kind, self.side, self.author, text, *about)

    def text(self, key: str, **values: Value) -> str:
        """A sentence of the catalogue, in markup."""
        return self.catalogue.texts(key, **values)

    def text_about(self, project: Project, key: str, **values: Value) -> str:
        """A sentence about a project, whose title and reference are values of it."""
        return self.text(key, title=project.title, ref=project.ref, **values)

    def label(self, key: str, **values: Value) -> str:
        """A sentence of the catalogue without markup, for choices and as a value of others."""
        return self.catalogue.texts.label(key, **values)

    def person(self) -> Person:
        """Who writes; a stranger becomes a person reachable here."""
        person = self.who.person
        if person is None:
            person = Person(name="", created_at=self.now)
            person.addresses.append(self.new_address())
            self.uow.people.add(person)
            self.known_as(person, None)
        return person

    def new_address(self) -> Address:
        """The address from which the event came, of whoever it will be."""
        place = self.conversation
        return Address(place.network, place.name, self.incoming.sender, self.now)

    def known_as(self, person: Person, advisor: Advisor | None) -> None:
        """Whoever writes turned out to be that person."""
        self.who = replace(self.who, person=person, advisor=advisor)
        self._mine = None

    def reply(self, key: str, *choices: Choice, kind: str = "notice", **values: Value) -> None:
        """Answer where the event happened."""
        text, quiet = self.text(key, **values), kind in _ANSWERS
        self.send(self.conversation, text, kind=kind, choices=choices, quiet=quiet)

    def reply_about(
        self, project: Project, key: str, *choices: Choice, kind: str = "notice", **values: Value
    ) -> None:
        """Answer about a project, with a sentence about it."""
        text = self.text_about(project, key, **values)
        about, quiet = (project.ref,), kind in _ANSWERS
        self.send(self.conversation, text, kind=kind, choices=choices, projects=about, quiet=quiet)

    def ask(self, key: str, *choices: Choice, **values: Value) -> None:
        """Ask where the event happened. Answers offered before are no longer taken when typed."""
        self.dialogue.asked = ()
        self.reply(key, *choices, kind="question", **values)

    def refuse(self, key: str, **values: Value) -> None:
        """Say what cannot be done, and why."""
        self.reply(key, kind="error", **values)

    def send(self, conversation: ConversationRef, text: str, **manner: Unpack[Manner]) -> None:
        """Queue one message. Choices put to the person of this turn can then be typed, too."""
        choices = tuple(manner.get("choices", ()))
        relayed = manner.get("relayed")
        outgoing = Outgoing(
            key=f"{self.conversation.network}:{self.incoming.key}:{self._sent}",
            conversation=conversation,
            text=text,
            kind=manner.get("kind", "notice"),
            author=manner.get("author"),
            choices=choices,
            attachment=manner.get("attachment"),
            target=self._answer_at(conversation, relayed) if relayed else manner.get("target"),
            projects=manner.get("projects", ()),
            backstage=manner.get("backstage", False),
            operation=manner.get("operation", Operation.SAY),
            quiet=manner.get("quiet", False),
        )
        self._sent += 1
        if choices and conversation == self.conversation:
            self.dialogue.asked = choices
        source = relayed.source if relayed else manner.get("source")
        self.uow.outbox.put(outgoing, at=self.now, source=source)

    def tell(self, person: Person, project: Project, text: str, **manner: Unpack[Manner]) -> bool:
        """Write to a person about a project; False if they cannot be reached.

        What goes to the page of somebody who is not there now goes by e-mail, too.
        """
        address = person.reachable
        if address is None:
            return False
        place = address.conversation_ref
        self.send(place, text, **manner | Manner(projects=(project.ref,)))
        if manner.get("choices") and place != self.conversation:
            self.uow.dialogues.offer(place, manner["choices"], self.now)
        copied = person.told_also
        if copied is not None and place != self.conversation:
            mail = copied.conversation_ref
            self.send(mail, text, **manner | Manner(projects=(project.ref,)))
        return True

    def tell_members(
        self, project: Project, text: str, *, but: Person | None = None, **manner: Unpack[Manner]
    ) -> None:
        """Write to every member who can be reached, except one."""
        for member in project.members:
            if member.person is not but:
                self.tell(member.person, project, text, **manner)

    def announce(
        self,
        project: Project,
        entry: Entry,
        told: str,
        answer: str | None = None,
        *,
        more: str = "",
        but: Person | None = None,
        kind: str = "notice",
        **values: Value,
    ) -> str:
        """The writer did something on a project: its story has the entry, the room and the other
        members read the text `told`, with `more` behind it, and the writer is answered about the
        project, as `reply_about` does. Return what they read.

        Without an answer, it is read where it was done, too. `but` is a member who is told
        otherwise.
        """
        text = self.text_about(project, told, author=self.author, **values) + more
        self.uow.projects.record(project, entry)
        self.tell_members(project, text, but=but or self.who.person)
        if self.who.room != project.ref:
            self.tell_room(project, text)
        if answer is None:
            self.send(self.conversation, text, projects=(project.ref,))
        else:
            self.reply_about(project, answer, kind=kind, **values)
        return text

    def tell_room(self, project: Project, text: str, **manner: Unpack[Manner]) -> bool:
        """Write in the project's room; False if none is open yet."""
        room = self.uow.projects.room(project)
        if room is not None:
            self.send(room, text, **manner | Manner(projects=(project.ref,)))
        return room is not None

    def refresh_room(self, project: Project) -> None:
        """The project's room, if it has one, says by its name and topic how the project is now."""
        self.tell_room(project, "", kind="refresh", operation=Operation.REFRESH)

    def tell_team(self, project: Project, text: str, **manner: Unpack[Manner]) -> None:
        """Write to the team of the project's portal. Choices can then be typed there, too."""
        place = self.catalogue.portals[project.portal].team
        self.send(place, text, **manner | Manner(projects=(project.ref,)))
        if manner.get("choices") and place != self.conversation:
            self.uow.dialogues.offer(place, manner["choices"], self.now)

    def tell_teams(self, key: str) -> None:
        """Write to the team of each open project of the writer what they did."""
        for project in self.open_projects:
            self.tell_team(project, self.text_about(project, key, author=self.author))

    def _answer_at(self, conversation: ConversationRef, origin: Origin) -> Target | None:
        """What the words answered, as it is named in another conversation; looked up once."""
        if origin not in self._answered:
            self._answered[origin] = answered_targets(self.uow, self.conversation, origin.answered)
        return self._answered[origin].get(conversation)

    def _projects(self) -> list[Project]:
        if self.team_of is not None:
            return []
        if self.advisor is not None:
            return self.uow.projects.of_advisor(self.advisor)
        return self.uow.projects.of_person(self.who.person) if self.who.person else []


def signature(person: Person, advisor: Advisor | None = None) -> str:
    """Under which name somebody's words are relayed: « Name (organisation or function) »."""
    about = advisor.organisation if advisor else person.function
    return f"{person.name} ({about})" if about else person.name
