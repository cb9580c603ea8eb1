"""Whose turn it is."""

from datetime import timedelta

from bot.domain.people import Side
from bot.domain.projects.ball import ball
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus
from tests.support.invented import MONDAY, accepted, advisor, days, submitted

HOUR = timedelta(hours=1)


def test_a_submitted_project_waits_for_the_team_since_it_was_submitted() -> None:
    project = submitted()
    project.hear(Side.MEMBERS, MONDAY + HOUR)
    assert (Side.TEAM, MONDAY) == ball(project)


def test_an_accepted_project_waits_for_the_advisors() -> None:
    assert (Side.ADVISORS, MONDAY) == ball(accepted())


def test_an_unanswered_message_gives_the_ball_to_the_other_side_since_the_first_of_them() -> None:
    project = accepted()
    project.hear(Side.ADVISORS, MONDAY + days(1))
    project.hear(Side.ADVISORS, MONDAY + days(2))
    assert (Side.MEMBERS, MONDAY + days(1)) == ball(project)
    project.hear(Side.MEMBERS, MONDAY + days(3))
    assert (Side.ADVISORS, MONDAY + days(3)) == ball(project)


def test_a_bare_thank_you_answers_and_asks_for_nothing() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", MONDAY))
    project.hear(Side.ADVISORS, MONDAY + days(1))
    project.hear(Side.MEMBERS, MONDAY + days(2), asks=False)
    assert (Side.MEMBERS, MONDAY + days(2)) == ball(project)


def test_an_open_recommendation_is_the_members_turn_whatever_they_marked_it() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", MONDAY + days(1)))
    assert (Side.MEMBERS, MONDAY + days(1)) == ball(project)
    project.mark(1, RecommendationStatus.IN_PROGRESS, Side.MEMBERS, MONDAY + days(5))
    assert (Side.MEMBERS, MONDAY + days(5)) == ball(project)


def test_the_ball_has_lain_since_the_first_of_a_steady_flow_of_recommendations() -> None:
    project = accepted()
    for week in range(1, 5):
        at = MONDAY + days(7 * week)
        project.recommend(Recommendation.by(advisor(), "Encore un conseil", at))
    assert (Side.MEMBERS, MONDAY + days(7)) == ball(project)


def test_a_question_of_the_members_goes_before_their_open_recommendation() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", MONDAY))
    project.hear(Side.MEMBERS, MONDAY + days(1))
    assert (Side.ADVISORS, MONDAY + days(1)) == ball(project)


def test_a_blocked_recommendation_is_the_advisors_turn_whatever_else_is_said() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", MONDAY))
    project.mark(1, RecommendationStatus.BLOCKED, Side.MEMBERS, MONDAY + days(3))
    project.hear(Side.ADVISORS, MONDAY + days(4))
    assert (Side.ADVISORS, MONDAY + days(3)) == ball(project)


def test_once_all_recommendations_are_done_the_advisors_are_expected() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", MONDAY))
    project.mark(1, RecommendationStatus.DONE, Side.MEMBERS, MONDAY + days(3))
    assert (Side.ADVISORS, MONDAY + days(3)) == ball(project)


def test_the_team_can_answer_in_the_advisors_place() -> None:
    project = accepted()
    project.hear(Side.MEMBERS, MONDAY + days(1))
    project.hear(Side.TEAM, MONDAY + days(2))
    assert (Side.MEMBERS, MONDAY + days(2)) == ball(project)


def test_nobody_has_the_ball_of_a_refused_project() -> None:
    project = submitted()
    project.refuse("Hors du champ du portail", MONDAY)
    assert ball(project) is None
