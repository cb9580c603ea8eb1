"""Recommendations."""

from bot.domain.projects.recommendation import RecommendationStatus as Status


def test_a_recommendation_is_open_until_somebody_settles_it() -> None:
    expected = {Status.PROPOSED, Status.IN_PROGRESS, Status.BLOCKED}
    assert expected == {status for status in Status if status.open}
