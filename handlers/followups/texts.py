"""What a follow-up says: which project, who asked what, and since when."""

import textwrap
from collections.abc import Sequence
from datetime import datetime

from bot.domain.calendar import day_of, due_at_nine
from bot.domain.followup import FollowUpKind, facts_of
from bot.domain.people import Person, Side
from bot.domain.projects.history import EntryKind, FollowUpSent
from bot.domain.projects.membership import askable
from bot.domain.projects.project import Project
from bot.domain.wording.markup import escape, quote
from config import french
from config.texts import Raw, Value
from handlers.context.labels import label
from handlers.context.naming import short_title
from handlers.followups.due import Due, Round, asks

EXCERPT = 160
"""Characters of what was said, in a message that names several things."""

QUOTED = 600
"""Characters of what was said, in a message about that alone."""


def to_member(going: Round, person: Person, due: Sequence[Due]) -> str:
    """One question, or a line for each of several."""
    if len(due) > 1:
        lines = [_line(going, each) for each in due]
        head = going.texts("followup.several", name=person.name)
        return "\n".join([head, *lines, going.texts("followup.several_end")])
    key = f"followup_members.{_variant(going, due[0])}"
    return going.texts(key, name=person.name, **_values(going, due[0], QUOTED))


def to_advisors(going: Round, due: Sequence[Due]) -> str:
    """One message about one project: a paragraph for each reason."""
    return "\n\n".join(
        going.texts(f"followup_advisors.{_variant(going, each)}", **_values(going, each, QUOTED))
        for each in due
    )


def to_team(going: Round, due: Sequence[Due]) -> str:
    """What the team is told, a paragraph for each reason."""
    return "\n\n".join(
        going.texts(f"followup_team.{_variant(going, each)}", **_values(going, each, QUOTED))
        for each in due
    )


def _line(going: Round, due: Due) -> str:
    values = _values(going, due, EXCERPT)
    return going.texts(f"followup_line.{due.followup.kind}", **values)


def _variant(going: Round, due: Due) -> str:
    """The text's name: the kind, or what sets this one apart from others of its kind."""
    project, followup = due.project, due.followup
    match followup.kind:
        case FollowUpKind.ESCALATION if followup.to is Side.TEAM:
            if not askable(project):
                return "unattended"
            asked = [s for s in project.followups if s.kind == FollowUpKind.ESCALATION]
            told_advisors = bool(asked) and asked[-1].to is Side.ADVISORS
            return followup.kind if told_advisors else "escalation_member"
        case FollowUpKind.WHERE_ARE_YOU if followup.requested:
            return "requested"
        case FollowUpKind.DEADLINE if due.recommendation is not None:
            today = day_of(going.now, project.departement)
            passed = due.recommendation.deadline
            return "deadline_passed" if passed is not None and today > passed else followup.kind
    return followup.kind


def _values(going: Round, due: Due, length: int) -> dict[str, Value]:
    """All that a text about this may name."""
    project, kind = due.project, due.followup.kind
    values: dict[str, Value] = {
        "title": project.title if length == QUOTED else short_title(project),
        "ref": project.ref,
        "since": going.since(project, project.last_activity_at),
    }
    match kind:
        case FollowUpKind.SAFETY:
            danger = project.danger_since or project.submitted_at
            values["moment"] = french.moment(danger, going.zone(project))
        case FollowUpKind.MODERATION:
            values["since"] = going.since(project, project.submitted_at)
        case FollowUpKind.FIRST_ANSWER:
            values["day"] = _day(project, project.accepted_at or project.submitted_at)
        case FollowUpKind.QUESTION:
            values |= _question(going, due, length)
        case FollowUpKind.RECOMMENDATION | FollowUpKind.DEADLINE | FollowUpKind.BLOCKED:
            values |= _advice(going, due, length)
        case FollowUpKind.ESCALATION:
            values |= {"asked": _asked(going, project), "gone": Raw(_gone(going, project))}
        case FollowUpKind.DORMANCY_WARNING:
            values["day"] = _asleep_on(going, project)
    return values


def _question(going: Round, due: Due, length: int) -> dict[str, Value]:
    """Who waits for an answer, since when, and to what: the first words not reminded of yet."""
    project = due.project
    members_owe = due.followup.to is Side.MEMBERS
    since = project.members_question_at if members_owe else project.advisors_question_at
    since = since or project.last_activity_at
    said = going.told_at(project, since, EntryKind.SAID, EntryKind.FILE)
    return {
        "author": said.author if said else "",
        "text": Raw(_quoted(said.text or said.detail if said else "", length)),
        "since": going.since(project, since),
        "day": _day(project, since),
    }


def _advice(going: Round, due: Due, length: int) -> dict[str, Value]:
    """The recommendation, who gave it, when; until when it is for, and since when it is blocked."""
    project, advice = due.project, due.recommendation
    if advice is None:
        return {}
    marked_at = advice.status_at or advice.published_at
    is_blocked = due.followup.kind is FollowUpKind.BLOCKED
    marked = going.told_at(project, marked_at, EntryKind.MARKED) if is_blocked else None
    return {
        "number": advice.number,
        "text": Raw(_quoted(advice.text, length)),
        "author": f"{advice.author} ({advice.organisation})",
        "published": _day(project, advice.published_at),
        "day": french.day(advice.deadline) if advice.deadline else "",
        "who": marked.author if marked else "",
        "since": going.since(project, marked_at),
    }


def asked_in_vain(project: Project) -> list[FollowUpSent]:
    """The follow-ups to members since one of them last acted, oldest first."""
    silent_since = project.last_member_word_at or project.submitted_at
    return [
        sent for sent in project.followups if sent.to is Side.MEMBERS and sent.at > silent_since
    ]


def _asked(going: Round, project: Project) -> str:
    """Whom the assistant asked in vain, and on which days: « Martine Duval (maire), le 20 janvier
    2027 et le 3 mars 2027 ».
    """
    names = {m.person.id: asks(m.person) for m in project.members}
    days: dict[str, dict[str, None]] = {}
    for sent in asked_in_vain(project):
        if sent.person_id in names:
            on = label(going.texts, "followup.on_day", day=_day(project, sent.at))
            days.setdefault(names[sent.person_id], {})[on] = None
    return french.listing([f"{name}, {french.listing(list(on))}" for name, on in days.items()])


def _gone(going: Round, project: Project) -> str:
    """Why nobody is left to ask, a line for each member."""
    if not project.members:
        return going.texts("followup.no_members")
    return "\n".join(
        going.texts(
            "followup.has_stopped"
            if m.person.stopped_at is not None
            else "followup.is_unreachable",
            name=asks(m.person),
        )
        for m in project.members
    )


def _asleep_on(going: Round, project: Project) -> str:
    policy = going.catalogue.portals[project.portal].policy
    since = facts_of(project).inactive_since
    asleep = due_at_nine(since, policy.dormant_after, project.departement)
    return _day(project, asleep)


def _quoted(words: str, length: int) -> str:
    short = textwrap.shorten(words, EXCERPT, placeholder="…") if length == EXCERPT else words
    if length == EXCERPT:
        return escape(short)
    return quote(words if len(words) <= length else f"{words[:length].rstrip()}…")


def _day(project: Project, at: datetime) -> str:
    return french.day(day_of(at, project.departement))
