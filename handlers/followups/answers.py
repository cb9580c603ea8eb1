"""The answers offered with a follow-up to a member."""

from collections.abc import Sequence

from bot.domain.followup import FollowUpKind
from bot.domain.projects.recommendation import RecommendationStatus
from bot.ports.network import Choice
from config.texts import Texts
from handlers.context.labels import label
from handlers.followups import check_in
from handlers.followups.due import Due
from handlers.recommendations import status
from handlers.safety import resolution

MARKS_EACH = (RecommendationStatus.DONE, RecommendationStatus.BLOCKED, None)
"""The answers offered for each of several things; the others can be said in words."""


def answers(texts: Texts, due: Sequence[Due]) -> tuple[Choice, ...]:
    """The answers offered; of several things, the first ones for each, with its name."""
    if len(due) == 1:
        return _answers(texts, due[0])
    return tuple(
        Choice(
            answer.key,
            label(
                texts,
                "followup.several_answer",
                project=_name(texts, each, due),
                answer=answer.label,
            ),
        )
        for each in due
        for answer in _first_answers(texts, each)
    )


def _answers(texts: Texts, due: Due) -> tuple[Choice, ...]:
    project, kind = due.project, due.followup.kind
    match kind:
        case FollowUpKind.SAFETY:
            return resolution.answers(texts, project)
        case FollowUpKind.RECOMMENDATION | FollowUpKind.DEADLINE:
            return status.answers(texts, project, due.followup.number or 0)
        case FollowUpKind.QUESTION:
            return check_in.answers(texts, project, (check_in.LATER,))
        case FollowUpKind.DORMANT:
            return check_in.answers(
                texts, project, (check_in.ADVANCING, check_in.CLOSE, check_in.LATER)
            )
    return check_in.answers(texts, project)


def _first_answers(texts: Texts, due: Due) -> tuple[Choice, ...]:
    if due.recommendation is None:
        return _answers(texts, due)
    return status.answers(texts, due.project, due.recommendation.number, MARKS_EACH)


def _name(texts: Texts, due: Due, told: Sequence[Due]) -> str:
    """The commune, if it is enough to tell the project from the others, else its reference; and the
    number of the recommendation, where several of a project are asked about.
    """
    project = due.project
    others = {d.project.ref for d in told if d.project.ref != project.ref}
    alike = any(
        d.project.ref != project.ref and d.project.territory_name == project.territory_name
        for d in told
    )
    name = project.ref if alike or not project.territory_name else project.territory_name
    numbers = [d for d in told if d.project.ref == project.ref and d.recommendation is not None]
    if due.recommendation is None or len(numbers) < 2:
        return name
    number = label(texts, "followup.number", number=due.recommendation.number)
    return f"{name}, {number}" if others else number
