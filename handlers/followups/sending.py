"""What goes out because time passed: decides again from the facts, composes, records, plans the
next.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.conversations import ConversationRef
from bot.domain.followup import FollowUpKind
from bot.domain.people import Person, Side
from bot.domain.projects.membership import askable
from bot.domain.projects.project import Entry, EntryKind, FollowUpSent, Project
from bot.ports.network import Choice, Outgoing
from bot.ports.records import SendingRule, UnitOfWork
from config.catalogue import Catalogue
from handlers.context.naming import team_conversation
from handlers.followups import texts
from handlers.followups.answers import answers
from handlers.followups.due import Due, Round, spoken, store_next, worth_telling

PREFIX = "followup"
"""What keys of follow-ups begin with."""

_PRIORITY = list(FollowUpKind)

_MOST_AT_ONCE = 20
"""More messages than that for one project at one instant would be a fault of the plan."""

_MOST_IN_ONE = 10
"""Projects that one message to a team names; those beyond are in the next."""


class Endless(RuntimeError):
    """Follow-ups of a project stay due however many go out."""


def follow_up(uow: UnitOfWork, catalogue: Catalogue, now: datetime, ref: str) -> None:
    """Send what is due for a project, with what is due to the same people for their others, and
    store the next date.

    Does nothing but store the date if nothing is due (the stored one was a lower bound).
    """
    follow_up_all(uow, catalogue, now, [ref])


def follow_up_all(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, refs: Sequence[str]
) -> None:
    """Follow up several projects one after the other; they are read together."""
    going = Round(uow, catalogue, now)
    projects = uow.projects.whole_of(refs)
    people = {id(person): person for project in projects for person in askable(project)}
    uow.people.hold(list(people.values()))
    for project in projects:
        _follow_up(going, project)


def _follow_up(going: Round, project: Project) -> None:
    for _ in range(_MOST_AT_ONCE):
        planned = going.plans(project)
        due = [Due(project, f) for f in planned if f.due_at <= going.now]
        if not due:
            store_next(project, planned)
            return
        _send(going, project, due)
    raise Endless


def take_back(uow: UnitOfWork, now: datetime, key: str) -> None:
    """A follow-up did not go out, or did not arrive: it counts for nothing, and is planned anew."""
    for project in uow.projects.take_back(key) if key.startswith(f"{PREFIX}:") else []:
        project.not_reminded()
        project.look_again(now)


def _send(going: Round, project: Project, due: Sequence[Due]) -> None:
    """Send the highest, and all that goes with it to the same side or the same people."""
    first = due[0]
    with_it = worth_telling([d for d in due if d.followup.to is first.followup.to])
    match first.followup.to:
        case Side.MEMBERS:
            for person in first.followup.people:
                mine = [d for d in with_it if person in d.followup.people]
                mine += worth_telling(_of_other_projects(going, first, person))
                key = _ask_member(going, person, mine)
                _record(going, mine, key, person)
                _look_ahead(going, mine, project)
        case Side.ADVISORS:
            _record(going, with_it, _tell_advisors(going, with_it))
        case _:
            with_it += _of_team_s_other_projects(going, first)
            with_it.sort(key=lambda d: _PRIORITY.index(d.followup.kind))
            _record(going, with_it, _tell_team(going, with_it))
            _look_ahead(going, with_it, project)


def _of_other_projects(going: Round, first: Due, person: Person) -> list[Due]:
    """What else is due to the person by now, over their other projects."""
    others: list[Due] = []
    for ref in going.uow.projects.due_of(person, going.now):
        project = going.uow.projects.whole(ref) if ref != first.project.ref else None
        if project is not None:
            others += [d for d in going.due(project) if person in d.followup.people]
    return others


def _of_team_s_other_projects(going: Round, first: Due) -> list[Due]:
    """What else is due to the portal's team by now, over the projects of one message."""
    others: list[Due] = []
    portal = first.project.portal
    for ref in going.uow.projects.due_for_team(portal, going.now, _MOST_IN_ONE):
        project = going.uow.projects.whole(ref) if ref != first.project.ref else None
        if project is not None:
            others += [d for d in going.due(project) if d.followup.to is Side.TEAM]
    return others


def _ask_member(going: Round, person: Person, due: Sequence[Due]) -> str:
    address = person.reachable
    if address is None:
        return ""
    place = address.conversation_ref
    text = texts.to_member(going, person, spoken(due))
    choices = answers(going.texts, spoken(due))
    key = _put(going, due, place, text, choices)
    copied = person.told_also
    if copied is not None:
        mail = copied.conversation_ref
        _put(going, due, mail, text, choices, copy=":mail")
    going.uow.dialogues.offer(place, choices, going.now)
    if any(each.followup.counts for each in due):
        person.last_followup_at = going.now
    return key


def _tell_advisors(going: Round, due: Sequence[Due]) -> str:
    """One message, backstage in the room; where none is open, to the team."""
    room = going.uow.projects.room(due[0].project)
    if room is None:
        return _tell_team(going, due)
    return _put(going, due, room, texts.to_advisors(going, spoken(due)))


def _tell_team(going: Round, due: Sequence[Due]) -> str:
    place = team_conversation(going.catalogue.portals[due[0].project.portal])
    return _put(going, due, place, texts.to_team(going, spoken(due)))


def _put(
    going: Round,
    due: Sequence[Due],
    conversation: ConversationRef,
    text: str,
    choices: tuple[Choice, ...] = (),
    *,
    copy: str = "",
) -> str:
    """Queue the message; its key, which no other follow-up ever had."""
    project, to = due[0].project, due[0].followup.to
    highest = min((each.followup.kind for each in spoken(due)), key=_PRIORITY.index)
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
    rule = SendingRule(
        window=None if any(d.followup.at_any_hour for d in due) else project.departement,
        audience=to,
        relevance={each.project.ref: each.project.activity for each in due},
    )
    going.uow.outbox.put(outgoing, at=going.now, rule=rule)
    return outgoing.key


def _record(going: Round, due: Sequence[Due], key: str, person: Person | None = None) -> None:
    """Each follow-up is in the project's story and among what was sent, once for all its people."""
    for each in due:
        project, followup = each.project, each.followup
        told = any(
            (sent.kind, sent.to, sent.at, sent.number)
            == (followup.kind, followup.to, going.now, followup.number)
            for sent in project.followups
        )
        if followup.kind is FollowUpKind.QUESTION:
            project.reminded(Side.MEMBERS if followup.to is Side.MEMBERS else Side.ADVISORS)
        if not told:
            project.followups.append(
                FollowUpSent(
                    followup.kind,
                    followup.to,
                    going.now,
                    followup.number,
                    person.id if person and len(followup.people) == 1 else None,
                    key,
                )
            )
            going.uow.projects.record(project, _entry(going, each, key))


def _look_ahead(going: Round, due: Sequence[Due], but: Project) -> None:
    """The next dates of the other projects of a message."""
    others = {each.project.ref: each.project for each in due if each.project is not but}
    for project in others.values():
        store_next(project, going.plans(project))


def _entry(going: Round, due: Due, key: str) -> Entry:
    return Entry(
        going.now,
        EntryKind.FOLLOWED_UP,
        Side.ASSISTANT,
        "",
        number=due.followup.number,
        detail=due.followup.kind,
        backstage=due.followup.to is not Side.MEMBERS,
        source=key,
    )
