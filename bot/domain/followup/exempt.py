"""The kinds that no cap holds: danger, moderation, what is blocked, deadlines, the first answer,
and falling asleep.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain.calendar import (
    add_working_days,
    at_hour,
    day_of,
    due_at_nine,
    last_opening_day,
    next_opening,
)
from bot.domain.followup.candidates import Candidate, to_advisors, to_each_side
from bot.domain.followup.facts import Advice, Facts
from bot.domain.people import Side
from bot.domain.portal import FollowUpPolicy
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus

SAFETY, MODERATION, BLOCKED, DEADLINE = "safety", "moderation", "blocked", "deadline"
FIRST_ANSWER, DORMANCY_WARNING, DORMANT = "first_answer", "dormancy_warning", "dormant"


def safety(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Members and advisors, each time, until a member says that it is dealt with.

    One that is overtaken by the next, after an outage, is not sent besides it.
    """
    if facts.danger_since is None:
        return
    due = [facts.danger_since + after for after in policy.safety_after]
    for due_at, until in [*pairwise(due), *((last, None) for last in due[-1:])]:
        for to in (Side.MEMBERS, to_advisors(facts)):
            asks = to is not Side.MEMBERS or bool(facts.members)
            if asks and not facts.was_sent(SAFETY, to, since=due_at):
                yield Candidate(to, due_at, until=until)


def moderation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The team, after some working days, then every week, while the project waits for it."""
    if facts.status is not ProjectStatus.SUBMITTED:
        return
    last = max((sent.at for sent in facts.sends(MODERATION)), default=None)
    hour = policy.hour_from
    if last is None:
        days = policy.moderation_working_days
        yield Candidate(
            Side.TEAM, add_working_days(facts.submitted_at, days, facts.departement, hour)
        )
    else:
        yield Candidate(
            Side.TEAM, due_at_nine(last, policy.moderation_every, facts.departement, hour)
        )


def blocked(facts: Facts, _: FollowUpPolicy) -> Iterator[Candidate]:
    """The advisors, at the next working hour, unless they have spoken since it was blocked."""
    for advice in facts.recommendations:
        since = advice.status_at or advice.published_at
        spoke = facts.last_advisor_word_at is not None and facts.last_advisor_word_at > since
        if advice.status is not RecommendationStatus.BLOCKED or spoke:
            continue
        if not facts.was_sent(BLOCKED, number=advice.number, since=since):
            yield Candidate(to_advisors(facts), since, advice.number)


def deadline(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The members, some days before a deadline, and on the working day after it."""
    if not facts.members:
        return
    for advice in facts.recommendations:
        if advice.deadline is None or not advice.status.open:
            continue
        over = at_hour(advice.deadline + timedelta(days=1), 0, facts.departement)
        before = _before(advice, facts, policy)
        if before is not None and not facts.was_sent(DEADLINE, number=advice.number):
            yield Candidate(Side.MEMBERS, before, advice.number, until=over)
        after = add_working_days(over - timedelta(hours=12), 1, facts.departement, policy.hour_from)
        if not facts.was_sent(DEADLINE, number=advice.number, since=over):
            yield Candidate(Side.MEMBERS, max(after, advice.published_at), advice.number)


def _before(advice: Advice, facts: Facts, policy: FollowUpPolicy) -> datetime | None:
    """When the reminder before a deadline is due: on a quiet day, rather earlier; rather later than
    the advice is known; not at all where it was published within that time.
    """
    if advice.deadline is None:
        return None
    day, published = (
        advice.deadline - policy.deadline_before,
        day_of(advice.published_at, facts.departement),
    )
    if day <= published:
        return None
    open_day = last_opening_day(day, facts.departement, Side.MEMBERS, policy)
    if open_day > published:
        return at_hour(open_day, policy.hour_from, facts.departement)
    hour = at_hour(day, policy.hour_from, facts.departement)
    return next_opening(hour, facts.departement, Side.MEMBERS, policy)


def first_answer(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Accepted, and no advisor has spoken: the advisors, then the team instead."""
    if facts.accepted_at is None or facts.advisor_spoke_at is not None:
        return
    first, second = (
        add_working_days(facts.accepted_at, days, facts.departement, policy.hour_from)
        for days in (policy.first_answer_working_days, policy.first_answer_team_working_days)
    )
    if not facts.was_sent(FIRST_ANSWER, since=first):
        yield Candidate(to_advisors(facts), first, until=second)
    if not facts.was_sent(FIRST_ANSWER, since=second):
        yield Candidate(Side.TEAM, second)


def dormancy_warning(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Everyone, before the project falls asleep."""
    if facts.status is ProjectStatus.ACCEPTED:
        warned, asleep = _months_on(facts, policy)
        yield from _to_everyone(DORMANCY_WARNING, facts, warned, asleep)


def dormant(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Everyone: the closing question. Silence follows."""
    if facts.status is ProjectStatus.ACCEPTED:
        yield from _to_everyone(DORMANT, facts, _months_on(facts, policy)[1], None)


def _months_on(facts: Facts, policy: FollowUpPolicy) -> tuple[datetime, datetime]:
    """When inactivity is warned of, and when the project falls asleep."""
    first, second = (
        due_at_nine(facts.inactive_since, after, facts.departement, policy.hour_from)
        for after in (policy.dormancy_warning_after, policy.dormant_after)
    )
    return first, second


def _to_everyone(
    kind: str, facts: Facts, due_at: datetime, until: datetime | None
) -> Iterator[Candidate]:
    for candidate in to_each_side(facts, due_at, until):
        if not facts.was_sent(kind, candidate.to, since=due_at):
            yield candidate
