"""What somebody could not read: told to them when they come back, or come to a room."""

from datetime import datetime

from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.participants import Assignment
from bot.domain.projects.project import Project
from bot.domain.wording.markup import quote
from bot.ports.network import Outgoing
from config.texts import Raw
from handlers.context.naming import place_names
from handlers.context.story import entry_line
from handlers.context.turn import Manner, Turn, signature
from handlers.recommendations.publishing import for_member

LAST = 12
"""So many of the latest things are told: the rest is in the project's story."""

_NOT_TOLD = frozenset({EntryKind.FOLLOWED_UP, EntryKind.RETRACTED, EntryKind.ASSIGNED})


def tell_missed(turn: Turn, since: datetime) -> None:
    """A member can be written to again: what the others said and did on their projects since then,
    with the recommendations that wait for an answer.
    """
    for thread in turn.projects:
        story = turn.uow.projects.story(thread, backstage=False)
        missed = [e for e in story if e.at >= since and e.side in {Side.ADVISORS, Side.TEAM}]
        missed = [e for e in missed if e.kind not in _NOT_TOLD]
        if missed:
            _tell_member(turn, thread, missed, since)


def _tell_member(turn: Turn, thread: Project, missed: list[Entry], since: datetime) -> None:
    said = [e for e in missed if e.kind is not EntryKind.RECOMMENDED]
    about = (thread.ref,)
    if said:
        lines = Raw(_lines(turn, thread, said))
        turn.reply_about(thread, "catching_up.missed", lines=lines)
    for entry in said[-LAST:]:
        if entry.attachment is not None:
            manner = Manner(author=entry.author, attachment=entry.attachment, projects=about)
            turn.send(turn.conversation, "", **manner | Manner(kind="relay"))
    project = turn.uow.projects.whole(thread.ref)
    for recommendation in project.recommendations if project is not None else ():
        if recommendation.status.open and recommendation.published_at >= since:
            author = f"{recommendation.author} ({recommendation.organisation})"
            text, choices = for_member(turn, thread, recommendation, author)
            turn.send(
                turn.conversation, text, kind="recommendation", choices=choices, projects=about
            )


def tell_newcomer(turn: Turn) -> None:
    """Somebody came to a project's room, where they may read nothing of before: where the project
    stands, and the last words, once for each time that they take their seat.
    """
    project = turn.uow.projects.whole(turn.who.room) if turn.who.room else None
    seat = _seat(turn, project) if project is not None else None
    if project is None or seat is None:
        return
    story = turn.uow.projects.story(project, backstage=True)
    before = [e for e in story if e.at < seat.assigned_at and e.kind not in _NOT_TOLD]
    spoken = [e for e in before if e.kind not in {EntryKind.SUBMITTED, EntryKind.ACCEPTED}]
    if not spoken:
        return  # The room's first message says all there is.
    lead, person = project.lead, seat.advisor.person
    text = turn.text_about(
        project,
        "catching_up.room",
        name=person.name,
        place=place_names(turn.catalogue, project.territories),
        who=signature(lead.person) if lead else "",
        words=Raw(quote(project.description)),
        lines=Raw(_lines(turn, project, spoken)),
    )
    room = turn.conversation
    key = f"catching_up:{project.ref}:{person.id}:{seat.assigned_at.timestamp():.0f}"
    told = Outgoing(key, room, text, "notice", projects=(project.ref,), backstage=True)
    turn.uow.outbox.put(told, at=turn.now)


def _seat(turn: Turn, project: Project) -> Assignment | None:
    return next((seat for seat in project.assignments if seat.advisor is turn.advisor), None)


def _lines(turn: Turn, project: Project, entries: list[Entry]) -> str:
    return "\n".join(entry_line(turn.catalogue.texts, project, entry) for entry in entries[-LAST:])
