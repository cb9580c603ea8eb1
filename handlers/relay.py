"""Plain words and files go from the members to the room, and from the room to the members."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.answers import asks_for_answer
from bot.domain.attachment import Attachment
from bot.domain.markup import escape
from bot.domain.people import Person, Side
from bot.domain.permissions import Act
from bot.domain.project import Entry, EntryKind, Project
from bot.domain.urgency import Urgency
from bot.ports.network import Choice
from handlers.planning import wake
from handlers.rights import allowed
from handlers.safety import warn
from handlers.turn import Turn, signature
from handlers.which import project_here

FLOW = "which"

ACKNOWLEDGED_FOR = timedelta(hours=1)
"""Within that time of their last word, a member is not told again that their words went to the
room.
"""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said: text, file, or both."""

    text: str
    attachment: Attachment | None = None

    def to_data(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "text": self.text,
            "attachment": asdict(self.attachment) if self.attachment else None,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Words":
        """What `to_data` gave."""
        return cls(data["text"], Attachment(**data["attachment"]) if data["attachment"] else None)

    @classmethod
    def of(cls, turn: Turn) -> "Words":
        """The words of the event."""
        return cls(turn.incoming.text, turn.incoming.attachment)


def from_room(turn: Turn, ref: str) -> None:
    """Somebody wrote in a project's room: its members read it, under their name."""
    advisor, person = turn.who.advisor, turn.who.person
    if advisor is None or person is None or not allowed(turn, Act.SAY):
        return
    project = turn.uow.projects.thread(ref)
    if project is None or not project.open:
        turn.refuse("relay.ended")
        return
    words, author = Words.of(turn), signature(person, advisor)
    _record(turn, project, words, Side.ADVISORS, author)
    told = [_tell(turn, member.person, project, words, author) for member in project.members]
    if not any(told):
        turn.refuse("relay.nobody_reached")
        text = turn.text("relay.team_nobody_reached", title=project.title, ref=project.ref)
        turn.tell_team(project, text, kind="notice")
    project.heard(Side.ADVISORS, turn.now, asks=_asks(turn, words))
    wake(turn, project)


def from_member(turn: Turn) -> None:
    """A member wrote in their private chat: it goes to their project's room, once it is known
    which.
    """
    projects = [project for project in turn.projects if project.open]
    if not projects:
        turn.refuse("relay.ended")
        return
    project = projects[0] if len(projects) == 1 else project_here(turn, turn.incoming.text)
    if project is None:
        _ask_which(turn, projects)
    else:
        relay_words(turn, project, Words.of(turn), named=len(projects) > 1)


def relay_words(turn: Turn, project: Project, words: Words, *, named: bool) -> None:
    """The member's words go to the room, or wait in the project's story until a room opens.

    `named`: the acknowledgement names the project.
    """
    person = turn.person()
    author = signature(person)
    _record(turn, project, words, Side.MEMBERS, author)
    in_room = turn.tell_room(
        project,
        escape(words.text),
        kind="relay",
        author=author,
        attachment=words.attachment,
        relayed=True,
    )
    for member in project.members:
        if member.person is not person:
            _tell(turn, member.person, project, words, author)
    if not in_room and words.text:
        project.description = f"{project.description}\n\n{words.text}"
    if named or not in_room or _first_in_a_while(project, turn.now):
        where = "sent" if in_room else "kept"
        turn.reply_about(project, f"relay.{where}_named" if named else f"relay.{where}")
    project.heard(Side.MEMBERS, turn.now, asks=_asks(turn, words))
    wake(turn, project)
    _watch_for_danger(turn, project, words)


def chosen(turn: Turn, ref: str) -> None:
    """`which:REF` was tapped: the words that waited go to that project."""
    project = next((p for p in turn.projects if p.ref == ref), None)
    if project is None or turn.conversation.flow != FLOW:
        turn.reply("choices.stale")
        return
    waiting = [Words.from_data(data) for data in turn.conversation.data["words"]]
    turn.conversation.flow, turn.conversation.data = None, {}
    for words in waiting:
        relay_words(turn, project, words, named=words is waiting[-1])


def ask_again(turn: Turn) -> None:
    """More words came instead of a choice: they wait with the others."""
    _ask_which(turn, [project for project in turn.projects if project.open])


def _ask_which(turn: Turn, projects: list[Project]) -> None:
    waiting = turn.conversation.data["words"] if turn.conversation.flow == FLOW else []
    turn.conversation.flow = FLOW
    turn.conversation.data = {"words": [*waiting, Words.of(turn).to_data()]}
    turn.ask("which.ask", *(Choice(f"which:{p.ref}", f"{p.title} ({p.ref})") for p in projects))


def _tell(turn: Turn, person: Person, project: Project, words: Words, author: str) -> bool:
    text = escape(words.text)
    if turn.uow.projects.several(person):
        text = turn.text("relay.about", title=project.title, ref=project.ref) + text
    return turn.tell(
        person,
        project,
        text,
        kind="relay",
        author=author,
        attachment=words.attachment,
        relayed=True,
    )


def _record(turn: Turn, project: Project, words: Words, side: Side, author: str) -> None:
    file = words.attachment
    entry = Entry(
        turn.now,
        EntryKind.FILE if file else EntryKind.SAID,
        side,
        author,
        words.text,
        detail=file.name if file else "",
        source=f"{turn.place.network}:{turn.incoming.key}",
        attachment=file,
    )
    turn.uow.projects.record(project, entry)


def _asks(turn: Turn, words: Words) -> bool:
    """Whether the other side owes an answer: not to a bare « merci »."""
    return asks_for_answer(words.text, turn.catalogue.language.answers)


def _first_in_a_while(project: Project, now: datetime) -> bool:
    last = project.last_member_word_at
    return last is None or now - last > ACKNOWLEDGED_FOR


def _watch_for_danger(turn: Turn, project: Project, words: Words) -> None:
    if project.urgency is Urgency.IMMEDIATE:
        return
    if turn.understand(words.text).urgency is Urgency.IMMEDIATE:
        project.urgency = Urgency.IMMEDIATE
        warn(turn, project.themes)
        turn.tell_room(
            project, turn.text("safety.room", title=project.title, ref=project.ref), kind="safety"
        )
        turn.tell_team(
            project, turn.text("safety.team", title=project.title, ref=project.ref), kind="safety"
        )
