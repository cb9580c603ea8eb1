"""What goes out because time passed: decides again from the facts, composes, records, plans the
next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import zone_of
from bot.domain.followup import FollowUp, FollowUpKind, facts_of, plan
from bot.domain.people import Person, Side
from bot.domain.project import Entry, EntryKind, FollowUpSent, Project
from bot.ports.network import Choice, Outgoing, Place
from bot.ports.records import SendingRule, UnitOfWork
from config.catalogue import Catalogue
from handlers import followup_texts
from handlers.dialogues import offer
from handlers.followup_texts import Due
from handlers.places import team_place

_PRIORITY = list(FollowUpKind)


@dataclass(frozen=True, slots=True)
class Round:
    """One transaction in which follow-ups go out."""

    uow: UnitOfWork
    catalogue: Catalogue
    now: datetime

    def plan(self, project: Project) -> FollowUp | None:
        """The next follow-up of a whole project, from its facts."""
        return plan(facts_of(project), self.catalogue.portals[project.portal].policy, self.now)


def follow_up(uow: UnitOfWork, catalogue: Catalogue, now: datetime, ref: str) -> None:
    """Send what is due for a project, with what is due today to the same person, and store the
    next date.

    Does nothing but store the date if nothing is due (the stored one was a lower bound).
    """
    project = uow.projects.whole(ref)
    if project is None:
        return
    going = Round(uow, catalogue, now)
    followup = going.plan(project)
    if followup is None or followup.due_at > now:
        project.followup_due_at = followup.due_at if followup else None
        return
    due = [Due(project, followup)]
    lead = project.lead
    if followup.to is Side.MEMBERS and lead is not None:
        due += _others_today(going, project, lead.person)
        _ask_member(going, lead.person, due)
    elif followup.to is Side.ADVISORS:
        _ask_advisors(going, due[0])
    else:
        _tell_team(going, due[0])
    for each in due:
        _record(going, each)
        later = going.plan(each.project)
        each.project.followup_due_at = later.due_at if later else None


def _others_today(going: Round, first: Project, person: Person) -> list[Due]:
    """What else falls due today for the person, over their other projects."""
    today = going.now.astimezone(zone_of(first.departement)).date()
    others = []
    for thread in going.uow.projects.of_person(person):
        project = going.uow.projects.whole(thread.ref) if thread.ref != first.ref else None
        followup = going.plan(project) if project is not None else None
        if project is None or followup is None or followup.to is not Side.MEMBERS:
            continue
        leads = project.lead is not None and project.lead.person is person
        if leads and followup.due_at.astimezone(zone_of(project.departement)).date() == today:
            others.append(Due(project, followup))
    return others


def _ask_member(going: Round, person: Person, due: Sequence[Due]) -> None:
    address = person.reachable
    if address is None:
        return
    place = Place(address.network, address.conversation)
    text = followup_texts.to_member(going.catalogue.texts, person, due)
    choices = followup_texts.choices(going.catalogue.texts, due)
    _put(going, due, place, text, choices)
    copied = person.told_also
    if copied is not None:
        mail = Place(copied.network, copied.conversation)
        _put(going, due, mail, text, choices, copy=":mail")
    offer(going.uow, address, choices, going.now)
    if any(each.followup.counts for each in due):
        person.last_followup_at = going.now


def _ask_advisors(going: Round, due: Due) -> None:
    room = going.uow.projects.room(due.project)
    if room is not None:
        text = followup_texts.to_advisors(going.catalogue.texts, due.project, going.now)
        _put(going, [due], room, text)


def _tell_team(going: Round, due: Due) -> None:
    place = team_place(going.catalogue.portals[due.project.portal])
    text = followup_texts.to_team(going.catalogue.texts, due.project, going.now)
    _put(going, [due], place, text)


def _put(
    going: Round,
    due: Sequence[Due],
    place: Place,
    text: str,
    choices: tuple[Choice, ...] = (),
    *,
    copy: str = "",
) -> None:
    project, to = due[0].project, due[0].followup.to
    highest = min((each.followup.kind for each in due), key=_PRIORITY.index)
    outgoing = Outgoing(
        key=f"followup:{project.ref}:{len(project.followups)}{copy}",
        place=place,
        text=text,
        kind=f"followup.{highest}",
        choices=choices,
        projects=tuple(each.project.ref for each in due),
        backstage=to is Side.ADVISORS,
    )
    rule = SendingRule(
        window=project.departement,
        audience=to,
        relevance={each.project.ref: each.project.activity for each in due},
    )
    going.uow.outbox.put(outgoing, at=going.now, rule=rule)


def _record(going: Round, due: Due) -> None:
    project, followup = due.project, due.followup
    if followup.to is Side.MEMBERS:
        project.unanswered_by_members += 1
    elif followup.to is Side.ADVISORS:
        project.unanswered_by_advisors += 1
    project.followups.append(FollowUpSent(followup.kind, followup.to, going.now, followup.number))
    entry = Entry(
        going.now,
        EntryKind.FOLLOWED_UP,
        Side.ASSISTANT,
        "",
        number=followup.number,
        detail=followup.kind,
        backstage=followup.to is not Side.MEMBERS,
    )
    going.uow.projects.record(project, entry)
