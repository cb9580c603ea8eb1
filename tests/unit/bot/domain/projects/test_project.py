"""A project and what happens to it."""

from datetime import date

import pytest

from bot.domain.errors import DomainError, IllegalTransition
from bot.domain.people import Side
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus
from tests.support.invented import MONDAY, accepted, advisor, days, submitted

LATER = MONDAY + days(21)


def test_a_project_is_accepted_once() -> None:
    project = submitted()
    project.accept(MONDAY + days(1))
    assert (ProjectStatus.ACCEPTED, MONDAY + days(1)) == (project.status, project.accepted_at)
    assert MONDAY + days(1) == project.last_activity_at
    with pytest.raises(IllegalTransition):
        project.accept(MONDAY + days(2))


def test_a_refused_project_keeps_the_reason_and_is_over() -> None:
    project = submitted()
    project.refuse("Hors du champ", MONDAY)
    assert ("Hors du champ", MONDAY, False) == (project.refusal, project.ended_at, project.open)
    with pytest.raises(IllegalTransition):
        project.accept(MONDAY)


def test_an_accepted_project_is_not_refused_any_more() -> None:
    with pytest.raises(IllegalTransition):
        accepted().refuse("Trop tard", MONDAY)


def test_recommendations_are_numbered_in_order() -> None:
    project, author = accepted(), advisor()
    first = Recommendation.by(author, "Un", MONDAY)
    second = Recommendation.by(author, "Deux", MONDAY + days(1), date(2027, 6, 30))
    project.recommend(first)
    project.recommend(second)
    assert [1, 2] == [first.number, second.number]
    assert second is project.recommendation(2)
    assert project.recommendation(3) is None
    assert (author.person.name, "DDT") == (first.author, first.organisation)


def test_nothing_is_recommended_on_a_project_not_accepted() -> None:
    with pytest.raises(IllegalTransition):
        submitted().recommend(Recommendation.by(advisor(), "Un", MONDAY))


def test_every_act_counts_and_restarts_the_clock_of_silence() -> None:
    project = accepted()
    before = project.activity
    project.hear(Side.MEMBERS, MONDAY + days(1))
    project.recommend(Recommendation.by(advisor(), "Un", MONDAY + days(2)))
    project.mark(1, RecommendationStatus.DONE, Side.MEMBERS, MONDAY + days(3))
    assert (before + 3, MONDAY + days(3)) == (project.activity, project.last_activity_at)
    assert MONDAY + days(3) == project.last_member_word_at
    assert MONDAY + days(2) == project.last_advisor_word_at


def test_an_act_that_answers_nothing_leaves_what_is_owed() -> None:
    project = accepted()
    project.hear(Side.ADVISORS, MONDAY)
    project.note_move(MONDAY + days(1))
    assert (MONDAY, MONDAY + days(1)) == (project.members_owe_since, project.last_activity_at)


def test_what_was_reminded_of_is_a_question_again_with_a_new_message() -> None:
    project = accepted()
    project.hear(Side.ADVISORS, MONDAY)
    project.note_reminder(Side.MEMBERS)
    assert [MONDAY, None] == [project.members_owe_since, project.members_question_at]
    project.hear(Side.ADVISORS, MONDAY + days(12))
    project.hear(Side.ADVISORS, MONDAY + days(15))
    assert [MONDAY, MONDAY + days(12)] == [project.members_owe_since, project.members_question_at]


def test_what_members_said_before_acceptance_waits_for_the_advisors() -> None:
    project = submitted()
    project.hear(Side.MEMBERS, MONDAY)
    project.accept(MONDAY + days(1))
    assert MONDAY == project.advisors_owe_since


def test_an_observer_s_word_is_activity_and_no_first_answer() -> None:
    project = submitted()
    project.accept(MONDAY)
    project.hear(Side.ADVISORS, MONDAY + days(1), advises=False)
    assert (None, MONDAY + days(1)) == (project.advisor_spoke_at, project.last_activity_at)


def test_a_danger_ends_a_pause_and_lasts_until_it_is_dealt_with() -> None:
    project = accepted()
    project.pause(MONDAY + days(30), MONDAY)
    project.endanger(MONDAY + days(1))
    assert (None, MONDAY + days(1)) == (project.paused_until, project.danger_since)
    project.secure(MONDAY + days(2))
    assert project.danger_since is None


def test_a_project_ends_once_and_is_not_paused_after() -> None:
    project = accepted()
    project.close(MONDAY)
    for act in (project.close, lambda now: project.pause(now, now)):
        with pytest.raises(IllegalTransition):
            act(MONDAY)


def test_words_ask_for_an_answer_and_acts_do_not() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Un", MONDAY))
    assert project.members_owe_since is None
    project.hear(Side.ADVISORS, MONDAY + days(1))
    assert MONDAY + days(1) == project.members_owe_since
    project.mark(1, RecommendationStatus.DONE, Side.MEMBERS, MONDAY + days(2))
    assert (None, None) == (project.members_owe_since, project.advisors_owe_since)


def test_a_member_marks_a_recommendation() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Un", MONDAY))
    project.mark(1, RecommendationStatus.BLOCKED, Side.MEMBERS, MONDAY + days(1))
    [marked] = project.recommendations
    assert (RecommendationStatus.BLOCKED, MONDAY + days(1)) == (marked.status, marked.status_at)
    with pytest.raises(IllegalTransition):
        project.mark(2, RecommendationStatus.DONE, Side.MEMBERS, MONDAY)


def test_a_recommendation_is_put_off_and_marking_it_ends_that() -> None:
    project = accepted()
    recommendation = Recommendation.by(advisor(), "Un", MONDAY)
    project.recommend(recommendation)
    project.postpone(1, LATER, MONDAY + days(1))
    assert (LATER, LATER) == (recommendation.later_until, project.later_until)
    project.mark(1, RecommendationStatus.DONE, Side.MEMBERS, MONDAY + days(2))
    assert (None, None) == (recommendation.later_until, project.later_until)


def test_marking_one_recommendation_leaves_what_was_asked_about_the_whole_project() -> None:
    project = accepted()
    project.recommend(Recommendation.by(advisor(), "Un", MONDAY))
    project.postpone(0, LATER, MONDAY + days(1))
    project.mark(1, RecommendationStatus.DONE, Side.MEMBERS, MONDAY + days(2))
    assert LATER == project.later_until


def test_nothing_unknown_is_put_off() -> None:
    with pytest.raises(IllegalTransition):
        accepted().postpone(1, LATER, MONDAY)
    with pytest.raises(IllegalTransition):
        submitted().postpone(0, LATER, MONDAY)


def test_the_lead_is_the_member_who_speaks_first() -> None:
    project = submitted()
    assert project.members[0] is project.lead
    project.members.clear()
    assert project.lead is None


def test_an_error_of_the_domain_says_what_it_is() -> None:
    assert "The project is not in a state from which this can be done." == str(IllegalTransition())
    assert "Raison" == str(DomainError("Raison"))
