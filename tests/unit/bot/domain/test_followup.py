"""What the assistant says on its own initiative, and when. Times are those of Paris, in winter."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.followup import FollowUp, FollowUpKind, FollowUpPolicy, facts_of
from bot.domain.people import Person, Side
from bot.domain.projects.history import FollowUpSent
from bot.domain.projects.project import Project
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus
from tests.support.invented import MONDAY, accepted, advisor, days, next_followup, person, submitted

POLICY = FollowUpPolicy()
RECOMMENDATION, WHERE_ARE_YOU = FollowUpKind.RECOMMENDATION, FollowUpKind.WHERE_ARE_YOU
QUESTION, ESCALATION = FollowUpKind.QUESTION, FollowUpKind.ESCALATION


def at(month: int, day: int, hour: int = 8, year: int = 2027) -> datetime:
    """An instant of 2027; 8:00 UTC is 9:00 in Paris in winter."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def recommended(lead: Person | None = None) -> Project:
    """Accepted on Monday 4 January; one recommendation on the 6th, at 9:00."""
    project = accepted(lead)
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", at(1, 6)))
    return project


def next_of(project: Project, now: datetime) -> FollowUp | None:
    return next_followup(facts_of(project), POLICY, now)


def send(project: Project, followup: FollowUp, when: datetime | None = None) -> None:
    """What the engine records once a follow-up has gone out."""
    when = when or followup.due_at
    project.followups.append(FollowUpSent(followup.kind, followup.to, when, followup.number))
    if followup.is_counted and followup.to is Side.MEMBERS and project.lead:
        project.lead.person.last_followup_at = when


def word(project: Project, side: Side, when: datetime) -> None:
    """Somebody speaks; a member is the lead."""
    project.hear(side, when)
    if side is Side.MEMBERS and project.lead:
        project.lead.person.last_word_at = when


def test_a_recommendation_with_no_reaction_is_asked_about_after_14_days() -> None:
    expected = FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), number=1)
    assert expected == next_of(recommended(), at(1, 6))


def test_it_is_asked_about_once_and_then_silence_counts() -> None:
    project = recommended()
    send(project, FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1))
    expected = FollowUp(WHERE_ARE_YOU, Side.MEMBERS, at(3, 3))
    assert expected == next_of(project, at(1, 20, 9))


def test_a_new_recommendation_re_arms_the_question() -> None:
    project = recommended()
    send(project, FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1))
    word(project, Side.MEMBERS, at(1, 21))
    project.recommend(Recommendation.by(advisor(), "Voir le CAUE", at(1, 25)))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(2, 8), 2) == next_of(project, at(1, 25))


def test_a_member_s_word_is_a_reaction() -> None:
    project = recommended()
    word(project, Side.MEMBERS, at(1, 8))
    assert FollowUp(QUESTION, Side.ADVISORS, at(1, 18)) == next_of(project, at(1, 8))


@pytest.mark.parametrize(
    "status",
    [s for s in RecommendationStatus if s not in {s.PROPOSED, s.BLOCKED}],
)
def test_a_recommendation_that_members_marked_is_not_asked_about(
    status: RecommendationStatus,
) -> None:
    project = recommended()
    project.mark(1, status, Side.MEMBERS, at(1, 7))
    followup = next_of(project, at(1, 7))
    assert followup is not None
    assert WHERE_ARE_YOU is followup.kind


def test_a_steady_flow_of_recommendations_postpones_nothing() -> None:
    project = recommended()
    for day in (11, 15, 19):
        project.recommend(Recommendation.by(advisor(), "Encore", at(1, day)))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1) == next_of(project, at(1, 19))


def test_several_due_at_once_are_one_question_about_the_first() -> None:
    project = recommended()
    project.recommend(Recommendation.by(advisor(), "Aussi", at(1, 6, 10)))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1) == next_of(project, at(1, 6, 10))
    send(project, FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1))
    followup = next_of(project, at(1, 20, 9))
    assert followup is not None
    assert WHERE_ARE_YOU is followup.kind


def test_one_that_was_not_due_yet_is_asked_about_when_the_cap_allows() -> None:
    project = recommended()
    project.recommend(Recommendation.by(advisor(), "Plus tard", at(1, 18)))
    send(project, FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(3, 3), 2) == next_of(project, at(1, 20, 9))


def test_later_is_asked_again_then_and_not_before() -> None:
    project = recommended()
    send(project, FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1))
    project.postpone(1, at(2, 10), at(1, 20, 17))
    again = FollowUp(RECOMMENDATION, Side.MEMBERS, at(2, 10), 1, requested=True)
    assert again == next_of(project, at(1, 20, 17))
    send(project, again)
    followup = next_of(project, at(2, 10, 9))
    assert followup is not None
    assert (WHERE_ARE_YOU, at(3, 24)) == (followup.kind, followup.due_at)


def test_what_is_requested_is_held_by_no_cap() -> None:
    project = recommended()
    project.postpone(1, at(2, 10), at(1, 7))
    assert project.lead is not None
    project.lead.person.last_followup_at = at(2, 9)
    followup = next_of(project, at(1, 7))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(2, 10), 1, requested=True) == followup


def test_ordinary_follow_ups_to_members_rest_until_the_date_they_gave() -> None:
    project = recommended()
    project.postpone(0, at(4, 12, 7), at(1, 7))
    project.recommend(Recommendation.by(advisor(), "Encore", at(1, 8)))
    followup = next_of(project, at(1, 8))
    assert followup is not None
    assert at(4, 12, 7) == followup.due_at


def test_a_date_given_for_the_whole_project_is_kept() -> None:
    project = accepted()
    project.postpone(0, at(2, 10), at(1, 7))
    again = FollowUp(WHERE_ARE_YOU, Side.MEMBERS, at(2, 10), requested=True, wording="requested")
    assert again == next_of(project, at(1, 7))
    send(project, again)
    followup = next_of(project, at(2, 10, 9))
    assert followup is not None
    assert not followup.requested


def test_a_silent_project_wakes_the_side_that_has_the_ball() -> None:
    project = accepted(at=MONDAY)
    assert FollowUp(WHERE_ARE_YOU, Side.ADVISORS, at(2, 15)) == next_of(project, MONDAY)
    word(project, Side.ADVISORS, at(1, 5))
    project.note_reminder(Side.MEMBERS)
    assert FollowUp(WHERE_ARE_YOU, Side.MEMBERS, at(2, 16)) == next_of(project, at(1, 5))


def test_a_silent_project_is_asked_about_again_every_6_weeks() -> None:
    project, now, asked = accepted(), MONDAY, []
    for _ in range(3):
        followup = next_of(project, now)
        assert followup is not None
        send(project, followup)
        now = followup.due_at
        asked.append((followup.to, now.date().isoformat()))
    expected = ["2027-02-15", "2027-03-30", "2027-05-11"]  # 29 March is Easter Monday
    assert [(Side.ADVISORS, day) for day in expected] == asked


@pytest.mark.parametrize("stopped", [True, False])
def test_where_no_member_can_be_asked_the_team_is_told_and_then_asked(*, stopped: bool) -> None:
    lead = person(reachable=stopped)
    lead.stopped_at = at(1, 7) if stopped else None
    project = recommended(lead)
    told = FollowUp(ESCALATION, Side.TEAM, at(1, 7), wording="unattended")
    assert told == next_of(project, at(1, 7))
    send(project, told)
    assert FollowUp(WHERE_ARE_YOU, Side.TEAM, at(2, 17)) == next_of(project, at(1, 7))


def test_where_no_advisor_sits_the_team_is_asked() -> None:
    project = accepted()
    project.assignments.clear()
    assert FollowUp(WHERE_ARE_YOU, Side.TEAM, at(2, 15)) == next_of(project, MONDAY)


def test_of_several_due_at_the_same_instant_the_highest_kind_comes_first() -> None:
    project = recommended()
    project.recommend(Recommendation.by(advisor(), "Voir le CAUE", at(1, 7), date(2027, 1, 27)))
    first = FollowUp(FollowUpKind.DEADLINE, Side.MEMBERS, at(1, 20), 2)
    second = FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1)
    assert first == next_of(project, at(1, 7))
    send(project, first)
    assert second == next_of(project, at(1, 20))


@pytest.mark.parametrize(("again", "wording"), [(True, ""), (False, "escalation_member")])
def test_the_team_is_told_that_advisors_were_asked_if_they_were_in_this_silence(
    *, again: bool, wording: str
) -> None:
    project = accepted()
    send(project, FollowUp(ESCALATION, Side.ADVISORS, at(1, 12)))
    word(project, Side.MEMBERS, at(1, 13))
    project.note_reminder(Side.ADVISORS)
    for month in (3, 5):
        send(project, FollowUp(WHERE_ARE_YOU, Side.MEMBERS, at(month, 3)))
    project.recommend(Recommendation.by(advisor(), "Voir le CAUE", at(6, 1)))
    if again:
        send(project, FollowUp(ESCALATION, Side.ADVISORS, at(6, 16)))
    else:
        project.assignments.clear()
    followup = next_of(project, at(6, 16))
    assert followup is not None
    assert (ESCALATION, Side.TEAM, wording) == (followup.kind, followup.to, followup.wording)


def test_nothing_is_planned_after_the_end() -> None:
    refused, closed = submitted(), accepted()
    refused.refuse("Hors du champ", MONDAY)
    closed.close(MONDAY)
    assert (None, None) == (next_of(refused, MONDAY), next_of(closed, MONDAY))


def test_one_person_is_asked_once_in_14_days_over_all_their_projects() -> None:
    mayor = person()
    first, second = recommended(mayor), accepted(mayor)
    second.recommend(Recommendation.by(advisor(), "Voir le CAUE", at(1, 11)))
    send(first, FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(2, 3), 1) == next_of(second, at(1, 20, 9))


def test_an_answer_lifts_the_person_s_cap() -> None:
    mayor = person()
    first, second = recommended(mayor), accepted(mayor)
    second.recommend(Recommendation.by(advisor(), "Voir le CAUE", at(1, 11)))
    send(first, FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20), 1))
    word(first, Side.MEMBERS, at(1, 21))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 25), 1) == next_of(second, at(1, 21))


def test_advisors_are_asked_about_a_project_once_in_14_days() -> None:
    project = accepted()
    project.followups.append(FollowUpSent("question", Side.ADVISORS, at(2, 12)))
    assert FollowUp(WHERE_ARE_YOU, Side.ADVISORS, at(2, 26)) == next_of(project, at(2, 12))


def test_members_are_left_in_peace_in_summer_and_nothing_is_dropped() -> None:
    project = accepted(at=at(7, 1))
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", at(7, 2)))
    expected = FollowUp(RECOMMENDATION, Side.MEMBERS, at(9, 1, 7), 1)
    assert expected == next_of(project, at(7, 2))


def test_hours_are_those_of_the_territory() -> None:
    project = accepted(departement="974")
    project.recommend(Recommendation.by(advisor(), "Contacter l'EPF", at(1, 6)))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(1, 20, 5), 1) == next_of(project, at(1, 6))


def test_after_an_outage_it_goes_out_at_the_next_opening_once() -> None:
    project = recommended()
    sunday = at(2, 14, 10)
    followup = next_of(project, sunday)
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(2, 15), 1) == followup
    assert followup is not None
    send(project, followup)
    after = next_of(project, at(2, 15, 9))
    assert after is not None
    assert at(3, 29, 7) < after.due_at


# Faults read in the reference system, each with its opposite here.


def test_no_single_missed_day_deletes_a_follow_up() -> None:
    due = [next_of(recommended(), at(1, 20) + days(late)) for late in range(8)]
    assert all(followup is not None and RECOMMENDATION is followup.kind for followup in due)


def test_a_first_recommendation_after_long_silence_is_not_followed_the_next_day() -> None:
    project = accepted()
    send(project, FollowUp(WHERE_ARE_YOU, Side.ADVISORS, at(2, 15)))
    project.recommend(Recommendation.by(advisor(), "Enfin", at(2, 17)))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(3, 3), 1) == next_of(project, at(2, 17))


def test_a_project_without_recommendation_is_followed_up_too() -> None:
    assert next_of(accepted(), MONDAY) is not None


def test_after_activity_today_nothing_comes_before_the_interval() -> None:
    project = recommended()
    project.hear(Side.MEMBERS, at(1, 19), asks=False)
    followup = next_of(project, at(1, 19))
    assert followup is not None
    assert at(1, 19) + days(41) < followup.due_at


def test_each_recommendation_put_off_to_one_instant_is_asked_about() -> None:
    project = recommended()
    project.recommend(Recommendation.by(advisor(), "Visiter le site", at(1, 6)))
    for number in (1, 2):
        project.postpone(number, at(2, 10), at(1, 7))
    first = next_of(project, at(2, 10))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(2, 10), 1, requested=True) == first
    send(project, first)
    second = next_of(project, at(2, 10))
    assert FollowUp(RECOMMENDATION, Side.MEMBERS, at(2, 10), 2, requested=True) == second
    send(project, second)
    third = next_of(project, at(2, 10))
    assert third is not None
    assert WHERE_ARE_YOU is third.kind
