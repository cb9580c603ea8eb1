"""Who is on a project for the collectivité: joining, leaving, handing the lead over."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.errors import IllegalTransition
from bot.domain.people import Advisor, Person, Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.membership import (
    advised,
    askable,
    gone_at,
    join,
    leave,
    leave_room,
    member_of,
    pass_on,
    take_seat,
)
from bot.domain.projects.project import Project
from bot.domain.projects.reference import find_references, without_references
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.folding import folded_words
from bot.ports.network import Outgoing
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue
from handlers.context.project_lookup import about_project, project_here, say_which
from handlers.context.turn import Turn, signature
from handlers.rooms.invitations import invite, places_in, remove


def admit(turn: Turn, project: Project, person: Person) -> None:
    """The person, approved, is a member from now on; everybody is told."""
    if member_of(project, person) is not None:
        turn.refuse("choices.stale")
        return
    join(project, person, turn.now)
    name = signature(person)
    turn.uow.projects.record(project, Entry(turn.now, EntryKind.JOINED, Side.MEMBERS, name))
    turn.tell(person, project, turn.text_about(project, "membership.joined"))
    told = turn.text_about(project, "membership.joined_told", author=name)
    turn.tell_members(project, told, but=person)
    turn.tell_room(project, told)
    if turn.team_of is not None:
        turn.send(turn.conversation, told, projects=(project.ref,))


@about_project
def quit_project(turn: Turn, project: Project, call: CommandCall) -> None:
    """`/quitter`: a member leaves a project, an advisor its room."""
    if turn.advisor is not None:
        _advisor_leaves(turn, project, turn.advisor)
    else:
        _member_leaves(turn, project, call)


@about_project
def hand_over(turn: Turn, project: Project, call: CommandCall) -> None:
    """`/passer Jean`: the lead goes to another member; to the only other one without a name. Only
    the lead hands it over, or anybody when the lead can be asked nothing any more.
    """
    person = turn.who.person
    if person is None or member_of(project, person) is None:
        say_which(turn, call)
        return
    lead = project.lead.person if project.lead is not None else None
    if lead is not None and lead is not person and gone_at(lead) is None:
        turn.reply_about(project, "membership.not_lead", name=lead.name)
        return
    others = [m.person for m in project.members if m.person is not person]
    named = _named(others, call.words)
    if len(named) != 1:
        names = ", ".join(p.name for p in others)
        turn.reply_about(
            project, "membership.hand_over_to" if others else "membership.nobody", names=names
        )
        return
    pass_on(project, named[0], turn.now)
    tell_successor(turn, project, named[0])
    turn.reply_about(project, "membership.handed_over", name=named[0].name)


def _named(people: Sequence[Person], words: str) -> Sequence[Person]:
    """Those whose name has every word typed, or is among the words; all, when no name is typed."""
    typed = {word for word in folded_words(without_references(words)) if len(word) > 1}
    names = [(person, set(folded_words(person.name))) for person in people]
    whole = [person for person, name in names if name and name <= typed]
    return whole or [person for person, name in names if typed <= name]


def tell_successor(turn: Turn, project: Project, person: Person) -> None:
    """The new lead, the room and the story learn of it."""
    name = signature(person)
    turn.uow.projects.record(project, Entry(turn.now, EntryKind.LEADS, Side.MEMBERS, name))
    told = turn.text_about(project, "membership.you_lead", name=person.name, author=turn.author)
    turn.tell(person, project, told)
    turn.tell_room(project, turn.text_about(project, "membership.leads_told", author=name))


def note_unreachable(uow: UnitOfWork, catalogue: Catalogue, now: datetime, person: Person) -> None:
    """An address of the person does not work any more: with no other, whoever is asked in their
    place is told, and each project is planned anew (the team hears of those left with nobody).
    However many messages fail, they are told once for each time that the person is lost.
    """
    if person.reachable is not None:
        return
    lost_at = max(
        (a.unreachable_since for a in person.addresses if a.unreachable_since), default=now
    )
    for thread in uow.projects.of_person(person):
        if not thread.open:
            continue
        thread.look_again(now)
        successor = next((p for p in askable(thread) if p is not person), None)
        member = member_of(thread, person)
        address = successor.reachable if successor is not None else None
        if successor is None or address is None or member is None or not member.lead:
            continue
        about = {"name": successor.name, "title": thread.title, "author": signature(person)}
        outgoing = Outgoing(
            key=f"handover:{thread.ref}:{person.id}:{int(lost_at.timestamp())}",
            conversation=address.conversation_ref,
            text=catalogue.texts("membership.you_are_asked", **about),
            kind="notice",
            projects=(thread.ref,),
        )
        uow.outbox.put(outgoing, at=now)


def _member_leaves(turn: Turn, project: Project, call: CommandCall) -> None:
    person = turn.who.person
    if person is None or member_of(project, person) is None:
        say_which(turn, call)
        return
    successor = leave(project, person, turn.now)
    entry = turn.entry(EntryKind.LEFT)
    turn.announce(project, entry, "membership.left_told", "membership.left", but=successor)
    if successor is not None:
        tell_successor(turn, project, successor)


def _advisor_leaves(turn: Turn, project: Project, advisor: Advisor) -> None:
    try:
        leave_room(project, advisor, turn.now)
    except IllegalTransition:
        turn.reply_about(project, "membership.not_seated")
        return
    turn.announce(project, turn.entry(EntryKind.LEFT), "membership.left_told")
    room = turn.uow.projects.room(project)
    for place in places_in(room, advisor.person, projects=(project.ref,)) if room else ():
        remove(turn.uow, place, turn.now)
    if not advised(project):
        turn.tell_team(project, turn.text_about(project, "membership.no_advisor"))


def enter_room(turn: Turn, call: CommandCall) -> None:
    """`/salle`: somebody of the register is invited again to the room of a project on which they
    sit; the team, whoever sat there before, and who can see the room take a seat.
    """
    project = project_here(turn, call) or _left_before(turn, call)
    advisor = turn.advisor
    room = turn.uow.projects.room(project) if project is not None else None
    if project is None or advisor is None:
        say_which(turn, call)
    elif room is None or not project.open:
        turn.reply_about(project, "membership.no_room", kind="error")
    else:
        seat = next((s for s in project.assignments if s.advisor is advisor), None)
        if seat is None:
            _seat(turn, project, advisor)
        else:
            seat.assigned_at = turn.now
        for place in places_in(room, advisor.person, projects=(project.ref,)):
            invite(turn.uow, place, turn.now, again=True)
        turn.reply_about(project, "membership.seated")


def _left_before(turn: Turn, call: CommandCall) -> Project | None:
    """The project named whose room the person left."""
    for ref in find_references(call.words):
        project = turn.uow.projects.whole(ref)
        story = turn.uow.projects.story(project, backstage=False) if project is not None else []
        if any(told.kind is EntryKind.LEFT and told.author == turn.author for told in story):
            return project
    return None


def _seat(turn: Turn, project: Project, advisor: Advisor) -> None:
    take_seat(project, advisor, turn.now)
    name = signature(advisor.person, advisor)
    entry = Entry(turn.now, EntryKind.ASSIGNED, Side.ASSISTANT, "", detail=name)
    turn.uow.projects.record(project, entry)
    told = turn.text_about(project, "membership.seated_told", author=name)
    turn.tell_members(project, told)
    turn.tell_room(project, told)
