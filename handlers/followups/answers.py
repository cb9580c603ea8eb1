"""The answers of one tap that are offered with a follow-up to a member."""

from collections.abc import Sequence

from bot.domain.followup.policy import Answers
from bot.domain.projects.recommendation import RecommendationStatus
from bot.ports.network import Choice
from config.texts import Texts
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
            texts.label(
                "followup.several_answer",
                project=_name(texts, each, due),
                answer=answer.label,
            ),
        )
        for each in due
        for answer in _first_answers(texts, each)
    )


def _answers(texts: Texts, due: Due) -> tuple[Choice, ...]:
    project = due.project
    match due.followup.kind.rules.answers:
        case Answers.DANGER:
            return resolution.answers(texts, project)
        case Answers.RECOMMENDATION:
            return status.answers(texts, project, due.followup.number or 0)
        case Answers.NEWS:
            return check_in.answers(texts, project, check_in.NEWS)
        case Answers.LATER:
            return check_in.answers(texts, project, (check_in.LATER,))
        case Answers.CLOSING:
            return check_in.answers(texts, project, check_in.CLOSING)
        case Answers.NONE:
            return ()


def _first_answers(texts: Texts, due: Due) -> tuple[Choice, ...]:
    if due.recommendation is None:
        return _answers(texts, due)
    return status.answers(texts, due.project, due.recommendation.number, MARKS_EACH)


def _name(texts: Texts, due: Due, all_due: Sequence[Due]) -> str:
    """The commune, if it is enough to tell the project from the others, else its reference; and the
    number of the recommendation, where several of a project are asked about.
    """
    project = due.project
    others = [d.project for d in all_due if d.project.ref != project.ref]
    is_alike = any(other.territory_name == project.territory_name for other in others)
    name = project.ref if is_alike or not project.territory_name else project.territory_name
    numbers = [d for d in all_due if d.project.ref == project.ref and d.recommendation is not None]
    if due.recommendation is None or len(numbers) < 2:
        return name
    number = texts.label("followup.number", number=due.recommendation.number)
    return f"{name}, {number}" if others else number
