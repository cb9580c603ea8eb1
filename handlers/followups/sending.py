"""Sends what is due: decides again from the facts, composes, records, stores the next date."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.conversations import ConversationRef
from bot.domain.followup.policy import PRIORITY, Subject
from bot.domain.people import Person, Side
from bot.domain.projects.history import Entry, EntryKind, FollowUpSent
from bot.domain.projects.membership import askable
from bot.domain.projects.project import Project
from bot.ports.network import Choice, Outgoing
from bot.ports.records import SendingRule, UnitOfWork
from config.catalogue import Catalogue
from handlers.followups import texts
from handlers.followups.answers import answers
from handlers.followups.due import Batch, Due, store_next, worth_saying, worth_sending

PREFIX = "followup"
"""What keys of follow-ups begin with."""

_MOST_AT_ONCE = 20
"""More messages than that for one project at one instant would be a fault of the plan."""

_MOST_IN_ONE = 10
"""Projects that one message to a team names; those beyond are in the next."""


class Endless(RuntimeError):
    """Follow-ups of a project stay due however many go out."""


def follow_up(uow: UnitOfWork, catalogue: Catalogue, now: datetime, refs: Sequence[str]) -> None:
    """Send what is due for these projects, with what is due to the same people for their others,
    and store the date of the next on each.

    Only stores the date where nothing is due: the stored one is a lower bound.
    """
    batch = Batch(uow, catalogue, now)
    projects = uow.projects.whole_of(refs)
    people = {id(person): person for project in projects for person in askable(project)}
    uow.people.hold(list(people.values()))
    for project in projects:
        _follow_up(batch, project)


def take_back(uow: UnitOfWork, now: datetime, key: str) -> None:
    """A follow-up did not go out, or did not arrive: it counts for nothing, and is planned anew."""
    for project in uow.projects.take_back(key) if key.startswith(f"{PREFIX}:") else []:
        project.undo_reminder()
        project.look_again(now)


def _follow_up(batch: Batch, project: Project) -> None:
    for _ in range(_MOST_AT_ONCE):
        planned = batch.plan(project)
        due = [Due(project, f) for f in planned if f.due_at <= batch.now]
        if not due:
            store_next(project, planned)
            return
        _send(batch, due)
    raise Endless


def _send(batch: Batch, due: Sequence[Due]) -> None:
    """Send the highest, and all that goes with it to the same side or the same people."""
    first = due[0]
    with_it = [d for d in due if d.followup.to is first.followup.to]
    match first.followup.to:
        case Side.MEMBERS:
            for person in first.followup.people:
                mine = [d for d in with_it if person in d.followup.people]
                _send_to_member(batch, person, worth_sending(mine))
        case Side.ADVISORS:
            with_it = worth_sending(with_it)
            _record(batch, with_it, _tell_advisors(batch, with_it))
        case _:
            _send_to_team(batch, first, with_it)


def _send_to_member(batch: Batch, person: Person, mine: list[Due]) -> None:
    """Send what is due for one project, with what is due to the person for their others."""
    refs = batch.uow.projects.due_of(person, batch.now)
    others = [d for d in _find_due(batch, mine[0], refs) if person in d.followup.people]
    due = mine + worth_sending(others)
    _record(batch, due, _ask_member(batch, person, due), person)
    _store_next(batch, others)


def _send_to_team(batch: Batch, first: Due, mine: list[Due]) -> None:
    """Send what is due for one project, with what is due to the team for others, a message full."""
    refs = batch.uow.projects.due_for_team(first.project.portal, batch.now, _MOST_IN_ONE)
    others = [d for d in _find_due(batch, first, refs) if d.followup.to is Side.TEAM]
    due = sorted(mine + others, key=lambda d: PRIORITY.index(d.followup.kind))
    _record(batch, due, _tell_team(batch, due))
    _store_next(batch, others)


def _find_due(batch: Batch, first: Due, refs: Sequence[str]) -> list[Due]:
    """What is due for these projects, but the one of `first`."""
    others = batch.uow.projects.whole_of([ref for ref in refs if ref != first.project.ref])
    return [due for project in others for due in batch.find_due(project)]


def _ask_member(batch: Batch, person: Person, due: Sequence[Due]) -> str:
    """Ask the person, with the answers offered; return the message's key, empty if they cannot be
    reached.
    """
    address = person.reachable
    if address is None:
        return ""
    said = worth_saying(due)
    text, choices = texts.to_member(batch, person, said), answers(batch.texts, said)
    key = _put(batch, due, address.conversation_ref, text, choices)
    if person.told_also is not None:
        _put(batch, due, person.told_also.conversation_ref, text, choices, copy=":mail")
    batch.uow.dialogues.offer(address.conversation_ref, choices, batch.now)
    if any(each.followup.is_counted for each in due):
        person.last_followup_at = batch.now
    return key


def _tell_advisors(batch: Batch, due: Sequence[Due]) -> str:
    """Write one message, backstage in the room; where none is open, to the team. Return its key."""
    room = batch.uow.projects.room(due[0].project)
    if room is None:
        return _tell_team(batch, due)
    return _put(batch, due, room, texts.to_advisors(batch, worth_saying(due)))


def _tell_team(batch: Batch, due: Sequence[Due]) -> str:
    conversation = batch.catalogue.portals[due[0].project.portal].team
    return _put(batch, due, conversation, texts.to_team(batch, worth_saying(due)))


def _put(
    batch: Batch,
    due: Sequence[Due],
    conversation: ConversationRef,
    text: str,
    choices: tuple[Choice, ...] = (),
    *,
    copy: str = "",
) -> str:
    """Queue the message; return its key, which no other follow-up ever had."""
    project, to = due[0].project, due[0].followup.to
    highest = min((each.followup.kind for each in worth_saying(due)), key=PRIORITY.index)
    outgoing = Outgoing(
        key=f"{PREFIX}:{project.ref}:{project.followups_sent}{copy}",
        conversation=conversation,
        text=text,
        kind=f"followup.{highest}",
        choices=choices,
        projects=tuple(dict.fromkeys(each.project.ref for each in due)),
        backstage=to is Side.ADVISORS,
    )
    project.followups_sent += 1
    batch.uow.outbox.put(outgoing, at=batch.now, rule=_rule(due))
    return outgoing.key


def _rule(due: Sequence[Due]) -> SendingRule:
    """It waits for the hours of the territory, and is dropped once one of its projects moves on."""
    at_any_hour = any(each.followup.goes_at_any_hour for each in due)
    return SendingRule(
        window=None if at_any_hour else due[0].project.departement,
        audience=due[0].followup.to,
        relevance={each.project.ref: each.project.activity for each in due},
    )


def _record(batch: Batch, due: Sequence[Due], key: str, person: Person | None = None) -> None:
    """Each follow-up is in the project's story and among what was sent, once for all its people."""
    for each in due:
        project, followup = each.project, each.followup
        if followup.kind.rules.about is Subject.QUESTION:
            project.note_reminder(Side.MEMBERS if followup.to is Side.MEMBERS else Side.ADVISORS)
        alone = person.id if person is not None and len(followup.people) == 1 else None
        sent = FollowUpSent(followup.kind, followup.to, batch.now, followup.number, alone, key)
        if all(_what_was_sent(sent) != _what_was_sent(other) for other in project.followups):
            project.followups.append(sent)
            batch.uow.projects.record(project, _entry(sent))


def _what_was_sent(sent: FollowUpSent) -> tuple[object, ...]:
    return sent.kind, sent.to, sent.at, sent.number


def _store_next(batch: Batch, sent: Sequence[Due]) -> None:
    """Store when the next follow-ups are due of projects that were in another's message."""
    for project in {each.project.ref: each.project for each in sent}.values():
        store_next(project, batch.plan(project))


def _entry(sent: FollowUpSent) -> Entry:
    return Entry(
        sent.at,
        EntryKind.FOLLOWED_UP,
        Side.ASSISTANT,
        "",
        number=sent.number,
        detail=sent.kind,
        backstage=sent.to is not Side.MEMBERS,
        source=sent.key,
    )
