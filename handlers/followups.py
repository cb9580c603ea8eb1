"""What goes out because time passed: decides again from the facts, composes, records, plans the
next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import zone_of
from bot.domain.followup import FollowUp, facts_of, plan
from bot.domain.people import Person, Side
from bot.domain.project import Entry, EntryKind, FollowUpSent, Project
from bot.ports.network import Choice, Outgoing, Place
from bot.ports.records import SendingRule, UnitOfWork
from config.catalogue import Catalogue
from handlers import marking, pulse


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that is due, and its project, whole."""

    project: Project
    followup: FollowUp


def follow_up(uow: UnitOfWork, catalogue: Catalogue, now: datetime, ref: str) -> None:
    """Send what is due for a project, with what is due today to the same person, and store the
    next date.

    Does nothing but store the date if nothing is due (the stored one was a lower bound).
    """
    project = uow.projects.whole(ref)
    if project is None:
        return
    followup = _plan(catalogue, project, now)
    if followup is None or followup.due_at > now:
        project.followup_due_at = followup.due_at if followup else None
        return
    due = [Due(project, followup)]
    if followup.to is Side.MEMBERS and project.lead is not None:
        due += _others_today(uow, catalogue, now, project, project.lead.person)
        _ask_member(uow, catalogue, now, project.lead.person, due)
    else:
        _ask_advisors(uow, catalogue, now, due[0])
    for each in due:
        _record(uow, now, each)
        later = _plan(catalogue, each.project, now)
        each.project.followup_due_at = later.due_at if later else None


def _plan(catalogue: Catalogue, project: Project, now: datetime) -> FollowUp | None:
    return plan(facts_of(project), catalogue.portals[project.portal].policy, now)


def _others_today(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, first: Project, person: Person
) -> list[Due]:
    """What else falls due today for the person, over their other projects."""
    today = now.astimezone(zone_of(first.departement)).date()
    others = []
    for thread in uow.projects.of_person(person):
        project = uow.projects.whole(thread.ref) if thread.ref != first.ref else None
        followup = _plan(catalogue, project, now) if project is not None else None
        if project is None or followup is None or followup.to is not Side.MEMBERS:
            continue
        leads = project.lead is not None and project.lead.person is person
        if leads and followup.due_at.astimezone(zone_of(project.departement)).date() == today:
            others.append(Due(project, followup))
    return others


def _ask_member(
    uow: UnitOfWork, catalogue: Catalogue, now: datetime, person: Person, due: Sequence[Due]
) -> None:
    address = person.reachable
    if address is None:
        return
    choices = _choices(catalogue, due)
    place = Place(address.network, address.conversation)
    text = _single(catalogue, person, due[0]) if len(due) == 1 else _several(catalogue, person, due)
    _put(uow, now, due, place, text, choices)
    uow.conversations.asked(place, choices, now)
    if any(each.followup.counts for each in due):
        person.last_followup_at = now


def _single(catalogue: Catalogue, person: Person, due: Due) -> str:
    project, texts = due.project, catalogue.texts
    recommendation = project.recommendation(due.followup.number or 0)
    if recommendation is None:
        return texts("followup.where_are_you_members", name=person.name, title=project.title)
    return texts(
        "followup.recommendation",
        name=person.name,
        number=recommendation.number,
        title=project.title,
        text=recommendation.text,
    )


def _several(catalogue: Catalogue, person: Person, due: Sequence[Due]) -> str:
    texts = catalogue.texts
    lines = [texts("followup.several", name=person.name)]
    for each in due:
        project = each.project
        recommendation = project.recommendation(each.followup.number or 0)
        if recommendation is None:
            lines.append(
                texts("followup.several_where_are_you", title=project.title, ref=project.ref)
            )
        else:
            line = texts(
                "followup.several_recommendation",
                title=project.title,
                ref=project.ref,
                number=recommendation.number,
                text=recommendation.text,
            )
            lines.append(line)
    return "\n".join([*lines, texts("followup.several_end")])


def _choices(catalogue: Catalogue, due: Sequence[Due]) -> tuple[Choice, ...]:
    if len(due) > 1:
        return tuple(
            Choice(answer.key, f"{each.project.title} : {answer.label}")
            for each in due
            for answer in pulse.answers(catalogue.texts, each.project)[:2]
        )
    project, number = due[0].project, due[0].followup.number
    if number is not None:
        return marking.answers(catalogue.texts, project, number)
    return pulse.answers(catalogue.texts, project)


def _ask_advisors(uow: UnitOfWork, catalogue: Catalogue, now: datetime, due: Due) -> None:
    room = uow.projects.room(due.project)
    if room is None:
        return
    text = catalogue.texts(
        "followup.where_are_you_advisors", title=due.project.title, ref=due.project.ref
    )
    _put(uow, now, [due], room, text)


def _put(
    uow: UnitOfWork,
    now: datetime,
    due: Sequence[Due],
    place: Place,
    text: str,
    choices: tuple[Choice, ...] = (),
) -> None:
    first = due[0]
    to = first.followup.to
    outgoing = Outgoing(
        key=":".join(
            [
                "followup",
                first.project.ref,
                first.followup.kind,
                str(first.project.activity),
                str(int(now.timestamp())),
            ]
        ),
        place=place,
        text=text,
        kind=f"followup.{first.followup.kind}",
        choices=choices,
        projects=tuple(each.project.ref for each in due),
        backstage=to is Side.ADVISORS,
    )
    rule = SendingRule(
        window=first.project.departement,
        audience=to,
        relevance={each.project.ref: each.project.activity for each in due},
    )
    uow.outbox.put(outgoing, at=now, rule=rule)


def _record(uow: UnitOfWork, now: datetime, due: Due) -> None:
    project, followup = due.project, due.followup
    if followup.to is Side.MEMBERS:
        project.unanswered_by_members += 1
    else:
        project.unanswered_by_advisors += 1
    project.followups.append(FollowUpSent(followup.kind, followup.to, now, followup.number))
    uow.projects.record(
        project,
        Entry(
            now,
            EntryKind.FOLLOWED_UP,
            Side.ASSISTANT,
            "",
            number=followup.number,
            detail=followup.kind,
            backstage=followup.to is not Side.MEMBERS,
        ),
    )
