"""What a follow-up says, and the answers offered with it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.followup import FollowUp
from bot.domain.markup import quote
from bot.domain.people import Person
from bot.domain.project import Project
from bot.domain.recommendation import RecommendationStatus
from bot.ports.network import Choice
from config import french
from config.texts import Raw, Texts
from handlers import marking, pulse
from handlers.labels import label
from handlers.places import short_title

EXCERPT = 160
"""Characters of a recommendation in a message that names several projects."""

STATES_EACH, MARKS_EACH = 2, (RecommendationStatus.DONE, RecommendationStatus.BLOCKED)
"""The answers offered for each of several projects; the others can be said in words."""


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that is due, and its project, whole."""

    project: Project
    followup: FollowUp


def to_member(texts: Texts, person: Person, due: Sequence[Due]) -> str:
    """One question, or one for each of several projects."""
    if len(due) > 1:
        lines = [_line(texts, each) for each in due]
        head = texts("followup.several", name=person.name)
        return "\n".join([head, *lines, texts("followup.several_end")])
    project = due[0].project
    recommendation = project.recommendation(due[0].followup.number or 0)
    if recommendation is None:
        return texts("followup.where_are_you_members", name=person.name, title=project.title)
    return texts(
        "followup.recommendation",
        name=person.name,
        number=recommendation.number,
        title=project.title,
        text=Raw(quote(recommendation.text)),
    )


def to_advisors(texts: Texts, project: Project, now: datetime) -> str:
    """The ball is theirs, and nothing has moved since then."""
    since = french.ago(now - project.last_activity_at)
    return texts(
        "followup.where_are_you_advisors", title=project.title, ref=project.ref, since=since
    )


def to_team(texts: Texts, project: Project, now: datetime) -> str:
    """Nothing has moved, and the side that has the ball cannot be asked."""
    since = french.ago(now - project.last_activity_at)
    return texts("followup.where_are_you_team", title=project.title, ref=project.ref, since=since)


def choices(texts: Texts, due: Sequence[Due]) -> tuple[Choice, ...]:
    """The answers offered; of several projects, the first ones for each, with its name."""
    if len(due) == 1:
        return _answers(texts, due[0])
    names = [_name(each.project, due) for each in due]
    return tuple(
        Choice(
            answer.key, label(texts, "followup.several_answer", project=name, answer=answer.label)
        )
        for name, each in zip(names, due, strict=True)
        for answer in _first_answers(texts, each)
    )


def _answers(texts: Texts, due: Due) -> tuple[Choice, ...]:
    if due.followup.number is None:
        return pulse.answers(texts, due.project)
    return marking.answers(texts, due.project, due.followup.number)


def _first_answers(texts: Texts, due: Due) -> tuple[Choice, ...]:
    if due.followup.number is None:
        return pulse.answers(texts, due.project)[:STATES_EACH]
    return marking.answers(texts, due.project, due.followup.number, MARKS_EACH)


def _name(project: Project, due: Sequence[Due]) -> str:
    """The commune, if it is enough to tell the project from the others; else its reference."""
    alike = [d for d in due if d.project.territory_name == project.territory_name]
    return project.territory_name if project.territory_name and len(alike) == 1 else project.ref


def _line(texts: Texts, due: Due) -> str:
    project = due.project
    recommendation = project.recommendation(due.followup.number or 0)
    if recommendation is None:
        return texts("followup.several_where_are_you", title=short_title(project), ref=project.ref)
    return texts(
        "followup.several_recommendation",
        title=short_title(project),
        ref=project.ref,
        number=recommendation.number,
        text=textwrap.shorten(recommendation.text, EXCERPT, placeholder="…"),
    )
