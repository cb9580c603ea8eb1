"""Who is on a project for the collectivité, and whom the assistant asks there."""

from datetime import datetime

from bot.domain.errors import IllegalTransition
from bot.domain.people import Advisor, Person, Role
from bot.domain.projects.participants import Assignment, Member
from bot.domain.projects.project import Project


def gone_at(person: Person) -> datetime | None:
    """Since when nobody can ask the person anything; None while somebody can.

    They stopped the follow-ups, or no address of theirs works any more.
    """
    return person.stopped_at if person.stopped_at is not None else lost_at(person)


def lost_at(person: Person) -> datetime | None:
    """Since when no address of the person works; None while one does."""
    if person.reachable is not None:
        return None
    return max(
        (a.unreachable_since for a in person.addresses if a.unreachable_since is not None),
        default=person.created_at,
    )


def availability(person: Person | None) -> tuple[Person | None, datetime | None, bool]:
    """What decides when somebody may be asked, besides the facts of their projects: who they are,
    since when nobody can ask them, whether they have acted since they were asked last.
    """
    if person is None:
        return None, None, True
    asked, acted = person.last_followup_at, person.last_word_at
    answered = asked is None or (acted is not None and acted > asked)
    return person, gone_at(person), answered


def askable(project: Project) -> list[Person]:
    """The members who can be asked, the lead first, then by how long they have been there."""
    ranked = sorted(project.members, key=lambda m: (not m.lead, m.joined_at, m.id or 0))
    return [member.person for member in ranked if gone_at(member.person) is None]


def member_of(project: Project, person: Person) -> Member | None:
    """The person's membership of the project, or None."""
    return next((m for m in project.members if m.person is person), None)


def advised(project: Project) -> bool:
    """Whether somebody of the register who may recommend follows a whole project."""
    seated = (assignment.advisor for assignment in project.assignments)
    return any(advisor.active and advisor.role is Role.ADVISOR for advisor in seated)


def join(project: Project, person: Person, now: datetime) -> Member:
    """The person is a member from now on, the lead if there is none."""
    member = member_of(project, person)
    if member is None:
        member = Member(person, lead=project.lead is None, joined_at=now)
        project.members.append(member)
        project.deserted_at = None
        project.note_move(now)
        project.look_again(now)
    return member


def leave(project: Project, person: Person, now: datetime) -> Person | None:
    """The person is no member any more; return who leads in their place, if that changed.

    The lead goes to the next member who can be asked, else to any other; with none left, to nobody.
    Raises IllegalTransition if they are not a member.
    """
    member = member_of(project, person)
    if member is None:
        raise IllegalTransition
    project.members.remove(member)
    project.note_move(now)
    project.look_again(now)
    if not project.members:
        project.deserted_at = now
    if not member.lead or not project.members:
        return None
    successor = next(iter(askable(project)), project.members[0].person)
    _make_lead(project, successor)
    return successor


def pass_on(project: Project, person: Person, now: datetime) -> None:
    """The person leads from now on. Raises IllegalTransition if they are not a member."""
    if member_of(project, person) is None:
        raise IllegalTransition
    _make_lead(project, person)
    project.note_move(now)
    project.look_again(now)


def take_seat(project: Project, advisor: Advisor, now: datetime) -> None:
    """The advisor sits in the project's room from now on, at their own wish."""
    project.assignments.append(Assignment(advisor, [], now))
    project.note_move(now)
    project.look_again(now)


def leave_room(project: Project, advisor: Advisor, now: datetime) -> None:
    """The advisor sits in the project's room no more. Raises IllegalTransition if they did not."""
    seat = next((a for a in project.assignments if a.advisor is advisor), None)
    if seat is None:
        raise IllegalTransition
    project.assignments.remove(seat)
    project.note_move(now)
    project.look_again(now)


def _make_lead(project: Project, person: Person) -> None:
    for member in project.members:
        member.lead = member.person is person
