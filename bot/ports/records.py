"""What is kept: the unit of work and its repositories."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.conversations import ConversationRef
from bot.domain.dialogues import Dialogue
from bot.domain.people import Advisor, Person, Side
from bot.domain.projects.history import Entry
from bot.domain.projects.project import Project
from bot.ports.network import Choice, Incoming, Outgoing, Target

T = TypeVar("T")


@dataclass(slots=True)
class DialogueState:
    """What waits for an answer in a conversation: the dialogue under way, if there is one, and the
    choices put last, which can be typed.
    """

    conversation: ConversationRef
    under_way: Dialogue | None = None
    asked: tuple[Choice, ...] = ()

    @property
    def holds_words(self) -> bool:
        """Whether the dialogue under way keeps words that nobody else has yet."""
        return self.under_way is not None and self.under_way.holds_words

    def end(self) -> None:
        """Nothing is under way or asked any more."""
        self.under_way, self.asked = None, ()


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who is at the other end of an event: known person, register entry, room of a project, whose
    portal that is, and whether they sit there.
    """

    person: Person | None
    advisor: Advisor | None
    room: str | None
    dialogue: DialogueState
    portal: str | None = None
    seated: bool = False


class People(Protocol):
    """Persons and their addresses."""

    def correspondent(self, conversation: ConversationRef, sender: str) -> Correspondent:
        """Whoever writes from there."""

    def add(self, person: Person) -> None:
        """Keep a new person; their id is set."""

    def by_id(self, id: int) -> Person | None:
        """The person with addresses."""

    def merge(self, kept: Person, gone: Person) -> None:
        """Two persons were one: the addresses of `gone` are those of `kept`, and `gone` is no more.

        Their projects are `kept`'s already.
        """

    def unreachable(self, conversation: ConversationRef, now: datetime) -> Person | None:
        """Mark the address of a place as not working; return whose it is."""

    def hold(self, persons: Sequence[Person]) -> None:
        """Nobody else follows these persons up until the end of the transaction; when they were
        last asked is as it is now.
        """


class Advisors(Protocol):
    """The register."""

    def add(self, advisor: Advisor) -> None:
        """Keep a new entry and its person; ids are set."""

    def by_id(self, id: int) -> Advisor | None:
        """The entry, or None."""

    def of_portal(self, portal: str) -> list[Advisor]:
        """The active entries of a portal: advisors, observers and coordinators."""

    def all(self) -> list[Advisor]:
        """Every entry, inactive ones too."""


class Projects(Protocol):
    """Projects. `thread` loads what a relayed word needs (members); `whole` everything."""

    def add(self, project: Project) -> None:
        """Keep a new project; its id is set."""

    def thread(self, ref: str) -> Project | None:
        """The project with its members and their addresses."""

    def whole(self, ref: str) -> Project | None:
        """The project with all that hangs on it, journal excepted."""

    def whole_of(self, refs: Sequence[str]) -> list[Project]:
        """Those of these projects that there are, whole, in the order given."""

    def of_person(self, person: Person) -> list[Project]:
        """The projects on which the person is a member, latest activity first, with members."""

    def several(self, person: Person) -> bool:
        """Whether the person is a member of more than one project."""

    def of_advisor(self, advisor: Advisor) -> list[Project]:
        """The projects on which the advisor sits, latest activity first."""

    def seen(self) -> Collection[Project]:
        """Every project that was added, or read in one of these ways, in this transaction."""

    def due(self, now: datetime, limit: int) -> list[str]:
        """References of projects whose stored due date has come, earliest first."""

    def due_of(self, person: Person, now: datetime) -> list[str]:
        """References of the person's projects whose due date has come, as stored before this
        transaction; latest activity first.
        """

    def due_for_team(self, portal: str, now: datetime, limit: int) -> list[str]:
        """Of a portal's projects whose stored due date has come, those whose follow-up was planned
        for the team, earliest first.
        """

    def refs_like(self, prefix: str) -> set[str]:
        """References already taken that start so."""

    def record(self, project: Project, entry: Entry) -> None:
        """Append to the project's story."""

    def amend(self, entry: Entry) -> None:
        """Write an entry of a story anew, under its id."""

    def retract(self, project: Project, source: str) -> list[str]:
        """Of what that event said, the project's story keeps only that it was taken back. Return
        the words that it kept until now, oldest first; empty ones with a file alone.
        """

    def take_back(self, key: str) -> list[Project]:
        """The follow-ups that the message of that key carried did not go out: neither their
        projects nor the person asked count them. Return those projects, whole.
        """

    def waiting_for_team(self, portal: str) -> list[tuple[str, str]]:
        """References and départements of open projects that wait for the team, the longest
        silent first: not yet accepted, or left to it by an escalation since which nobody acted.
        """

    def story(self, project: Project, backstage: bool) -> list[Entry]:
        """The project's story, oldest first, with or without what was said among advisors."""

    def is_backstage(self, ref: str, source: str) -> bool:
        """Whether the project's story keeps words of that event backstage."""

    def room(self, project: Project) -> ConversationRef | None:
        """Where its advisors sit, or None before a room is open."""

    def open_room(self, project: Project, conversation: ConversationRef) -> None:
        """Its advisors sit there from now on."""

    def about(self, conversation: ConversationRef, remote_id: str) -> str | None:
        """The reference of the project that a delivered message was about, if one only."""


class Digests(Protocol):
    """Who receives a weekly digest, and when next. Recipients are « team:<portal> » and
    « advisor:<id> ».
    """

    def known(self) -> dict[str, datetime]:
        """When each is due."""

    def plan(self, recipient: str, due_at: datetime) -> None:
        """The next one goes out then."""

    def cancel(self, recipient: str) -> None:
        """No more for this one."""

    def due(self, now: datetime) -> list[str]:
        """The recipients whose digest is due, held until the end of the transaction."""


class Dialogues(Protocol):
    """What waits for an answer in each conversation."""

    def save(self, state: DialogueState, now: datetime) -> None:
        """Keep the state."""

    def offer(
        self, conversation: ConversationRef, choices: Sequence[Choice], now: datetime
    ) -> None:
        """Words typed there are answers among these choices from now on. Nothing changes while a
        dialogue there holds words: they answer that one, and the choices can still be tapped.
        """


@dataclass(frozen=True, slots=True)
class SendingRule:
    """When a message may still go: checked again each time it is claimed.

    `window` is the code of the département whose quiet days and hours hold it back, `audience`
    whose rules; None: at any time. `relevance` maps project references to the activity count for
    which the message was written; it is dropped once one of them has moved on.
    """

    window: str | None = None
    audience: Side = Side.MEMBERS
    relevance: Mapping[str, int] = field(default_factory=dict)


class OutboxWriter(Protocol):
    """Where handlers leave what is to be sent."""

    def put(
        self,
        outgoing: Outgoing,
        *,
        at: datetime,
        rule: SendingRule = SendingRule(),
        source: str | None = None,
    ) -> None:
        """Queue a message, to go not before `at`. A key already queued is not queued again.

        `source` is the key of the event whose words these are: copies of one word share it.
        """

    def forget(self, key: str) -> None:
        """No message of that key waits any more, and another may be queued under it."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a personal link opens: a page as a person, in a role; with what right it is used."""

    person_id: int
    opens: str
    expires_at: datetime
    reusable: bool
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A message that we queued with a source; `remote_id` once it was delivered."""

    outgoing: Outgoing
    remote_id: str | None

    @property
    def target(self) -> Target:
        """How later messages to the same conversation name it."""
        if self.remote_id is not None:
            return Target(remote_id=self.remote_id)
        return Target(key=self.outgoing.key)


def standing_signs(reactions: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The signs that stand after these reactions, pairs of sender and sign: each person has their
    latest, or none once they took it back.
    """
    held: dict[str, str] = {}
    for sender, sign in reactions:
        held.pop(sender, None)
        if sign:
            held[sender] = sign
    return list(held.items())


class Copies(Protocol):
    """Where the same words are seen. Their source is the event that said them:
    « network:key ».
    """

    def source(self, conversation: ConversationRef, remote_id: str) -> str | None:
        """The source of a message seen there: said there, or relayed there."""

    def shown(self, conversation: ConversationRef, remote_id: str) -> Outgoing | None:
        """What we sent that is seen there as that message; None if it is not ours."""

    def behind(self, key: str) -> str | None:
        """The source of what was queued under that key."""

    def original(self, source: str) -> Incoming | None:
        """The event."""

    def of(self, source: str) -> list[Copy]:
        """All that was queued with that source, edits included, oldest first."""

    def signs(self, conversation: ConversationRef, remote_id: str) -> list[tuple[str, str]]:
        """Whose reactions stand on a message seen there, and their signs, the latest last."""


class Links(Protocol):
    """Personal links. Only a digest of each token is kept."""

    def create(
        self, person: Person, opens: str, expires_at: datetime, reusable: bool, now: datetime
    ) -> str:
        """A new token, not kept in clear."""

    def find(self, token: str) -> Link | None:
        """What the token opens, used and expired ones too."""

    def revoke(self, person: Person, opens: str, now: datetime) -> None:
        """Their tokens that open that page have expired."""

    def use(self, token: str, now: datetime) -> Link | None:
        """Mark it used and return what it opens; None if unknown, expired, or used and not
        reusable.
        """


class Codes(Protocol):
    """One-time codes that join an address to a person. Only a digest of each is kept."""

    def give(self, person: Person, expires_at: datetime, now: datetime) -> str:
        """A new code of that person, not kept in clear; earlier ones serve no more."""

    def take(self, code: str, now: datetime) -> int | None:
        """Use the code; the id of the person it was given to, or None if it is unknown, expired or
        used.
        """

    def note_failure(self, network: str, sender: str, now: datetime) -> None:
        """Somebody typed a code that is none."""

    def failures(self, network: str, sender: str, since: datetime) -> int:
        """How often they did since then."""


class UnitOfWork(Protocol):
    """One transaction's view of everything kept."""

    people: People
    advisors: Advisors
    projects: Projects
    dialogues: Dialogues
    outbox: OutboxWriter
    copies: Copies
    links: Links
    codes: Codes
    digests: Digests


class Database(Protocol):
    """Where everything is kept."""

    async def transact(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in one transaction, committed when it returns; a conflict reruns it."""

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` on a consistent view; nothing it changes is kept."""
