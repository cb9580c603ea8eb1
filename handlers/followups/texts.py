"""What a follow-up says: which project, who asked what, and since when."""

import textwrap
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import assert_never

from bot.domain.calendar import day_of, zone_of
from bot.domain.followup import facts_of
from bot.domain.followup.exempt import falls_asleep_at
from bot.domain.followup.policy import Subject
from bot.domain.people import Person, Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.markup import escape, quote
from config import french
from config.texts import Raw, Value
from handlers.context.naming import short_title
from handlers.context.turn import signature
from handlers.followups.due import Batch, Due

EXCERPT = 160
"""Characters of what was said, in a message that names several things."""

QUOTED = 600
"""Characters of what was said, in a message about that alone."""

Cite = Callable[[str], str]
"""Puts what somebody said into a text, as markup."""


def to_member(batch: Batch, person: Person, due: Sequence[Due]) -> str:
    """One question, or a line for each of several."""
    if len(due) > 1:
        lines = [_line(batch, each) for each in due]
        head = batch.texts("followup.several", name=person.name)
        return "\n".join([head, *lines, batch.texts("followup.several_end")])
    return _alone(batch, f"followup_members.{_wording(due[0])}", due[0], name=person.name)


def to_advisors(batch: Batch, due: Sequence[Due]) -> str:
    """One message about one project: a paragraph for each reason."""
    return "\n\n".join(_alone(batch, f"followup_advisors.{_wording(d)}", d) for d in due)


def to_team(batch: Batch, due: Sequence[Due]) -> str:
    """What the team is told, a paragraph for each reason."""
    return "\n\n".join(_alone(batch, f"followup_team.{_wording(d)}", d) for d in due)


def _line(batch: Batch, due: Due) -> str:
    values = {"title": short_title(due.project), **_subject(batch, due, _excerpt)}
    return batch.texts(f"followup_line.{due.followup.kind}", **_about(batch, due.project) | values)


def _wording(due: Due) -> str:
    return due.followup.wording or due.followup.kind


def _alone(batch: Batch, key: str, due: Due, **values: Value) -> str:
    """A text about this alone, and what it may name."""
    values |= _about(batch, due.project) | _subject(batch, due, _quotation)
    return batch.texts(key, **values)


def _about(batch: Batch, project: Project) -> dict[str, Value]:
    since = batch.since(project, project.last_activity_at)
    return {"title": project.title, "ref": project.ref, "since": since}


def _subject(batch: Batch, due: Due, cite: Cite) -> dict[str, Value]:
    """The values that texts of the kind may name besides the project."""
    project = due.project
    match due.followup.kind.rules.about:
        case Subject.DANGER:
            danger = project.danger_since or project.submitted_at
            values: dict[str, Value] = {
                "moment": french.moment(danger, zone_of(project.departement))
            }
        case Subject.SUBMISSION:
            values = {"since": batch.since(project, project.submitted_at)}
        case Subject.ACCEPTANCE:
            values = {"day": _day(project, project.accepted_at or project.submitted_at)}
        case Subject.QUESTION:
            values = _question(batch, due, cite)
        case Subject.RECOMMENDATION:
            values = _recommendation(batch, due, cite)
        case Subject.INACTIVITY:
            values = {}
        case Subject.SILENCE:
            values = {"asked": _whom_asked(batch, project), "gone": _why_gone(batch, project)}
        case Subject.SLEEP:
            asleep = falls_asleep_at(facts_of(project), batch.policy(project))
            values = {"day": _day(project, asleep)}
        case never:
            assert_never(never)
    return values


def _question(batch: Batch, due: Due, cite: Cite) -> dict[str, Value]:
    """Who waits for an answer, since when, and to what: the first words not reminded of yet."""
    project = due.project
    members_owe = due.followup.to is Side.MEMBERS
    since = project.members_question_at if members_owe else project.advisors_question_at
    since = since or project.last_activity_at
    said = batch.find_entry(project, since, EntryKind.SAID, EntryKind.FILE)
    return {
        "author": said.author if said else "",
        "text": Raw(cite(said.text or said.detail if said else "")),
        "since": batch.since(project, since),
    }


def _recommendation(batch: Batch, due: Due, cite: Cite) -> dict[str, Value]:
    """The recommendation, who gave it, when; until when it is for; who marked it, since when."""
    project, advice = due.project, due.recommendation
    if advice is None:
        return {}
    marked_at = advice.status_at or advice.published_at
    is_blocked = advice.status is RecommendationStatus.BLOCKED
    marked = batch.find_entry(project, marked_at, EntryKind.MARKED) if is_blocked else None
    return {
        "number": advice.number,
        "text": Raw(cite(advice.text)),
        "author": f"{advice.author} ({advice.organisation})",
        "published": _day(project, advice.published_at),
        "day": french.day(advice.deadline) if advice.deadline else "",
        "who": marked.author if marked else "",
        "since": batch.since(project, marked_at),
    }


def _whom_asked(batch: Batch, project: Project) -> str:
    """Whom the assistant asked since a member last acted, and on which days: « Martine Duval
    (maire), le 20 janvier 2027 et le 3 mars 2027 ».
    """
    silent_since = project.last_member_word_at or project.submitted_at
    names = {member.person.id: signature(member.person) for member in project.members}
    days: dict[str, dict[str, None]] = {}
    for sent in project.followups:
        if sent.to is Side.MEMBERS and sent.at > silent_since and sent.person_id in names:
            on = batch.texts.label("followup.on_day", day=_day(project, sent.at))
            days.setdefault(names[sent.person_id], {})[on] = None
    return french.listing([f"{name}, {french.listing(list(on))}" for name, on in days.items()])


def _why_gone(batch: Batch, project: Project) -> Raw:
    """Why nobody is left to ask, a line for each member."""
    if not project.members:
        return Raw(batch.texts("followup.no_members"))
    lines = []
    for person in (member.person for member in project.members):
        stopped = person.stopped_at is not None
        key = "followup.has_stopped" if stopped else "followup.is_unreachable"
        lines.append(batch.texts(key, name=signature(person)))
    return Raw("\n".join(lines))


def _quotation(words: str) -> str:
    return quote(words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()}…")


def _excerpt(words: str) -> str:
    return escape(textwrap.shorten(words, EXCERPT, placeholder="…"))


def _day(project: Project, at: datetime) -> str:
    return french.day(day_of(at, project.departement))
