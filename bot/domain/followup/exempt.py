"""The kinds that no cap holds: danger, moderation, what is blocked, deadlines, the first answer,
and falling asleep.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain.calendar import at_hour, day_of, last_opening_day, next_opening
from bot.domain.followup.candidates import (
    Candidate,
    FindCandidates,
    due_after,
    due_after_working_days,
    to_advisors,
    to_each_side,
)
from bot.domain.followup.facts import Advice, Facts
from bot.domain.followup.policy import FollowUpKind, FollowUpPolicy
from bot.domain.people import Side
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus


def _safety(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Members and advisors, each time, until a member says that it is dealt with.

    One that is overtaken by the next, after an outage, is not sent besides it.
    """
    if facts.danger_since is None:
        return
    due = [facts.danger_since + after for after in policy.safety_after]
    for due_at, until in [*pairwise(due), *((last, None) for last in due[-1:])]:
        for to in (Side.MEMBERS, to_advisors(facts)):
            asks = to is not Side.MEMBERS or bool(facts.members)
            if asks and not facts.find_sent(FollowUpKind.SAFETY, to, since=due_at):
                yield Candidate(to, due_at, until=until)


def _moderation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The team, after some working days, then every week, while the project waits for it."""
    if facts.status is not ProjectStatus.SUBMITTED:
        return
    asked = max((sent.at for sent in facts.find_sent(FollowUpKind.MODERATION)), default=None)
    if asked is None:
        days = policy.moderation_working_days
        due_at = due_after_working_days(facts.submitted_at, days, facts, policy)
    else:
        due_at = due_after(asked, policy.moderation_every, facts, policy)
    yield Candidate(Side.TEAM, due_at)


def _blocked(facts: Facts, _: FollowUpPolicy) -> Iterator[Candidate]:
    """The advisors, at the next working hour, unless they have spoken since it was blocked."""
    for advice in facts.recommendations:
        since = advice.status_at or advice.published_at
        spoke = facts.last_advisor_word_at is not None and facts.last_advisor_word_at > since
        if advice.status is not RecommendationStatus.BLOCKED or spoke:
            continue
        if not facts.find_sent(FollowUpKind.BLOCKED, number=advice.number, since=since):
            yield Candidate(to_advisors(facts), since, advice.number)


def _deadline(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The members, some days before a deadline, and on the working day after it."""
    if not facts.members:
        return
    for advice in facts.recommendations:
        if advice.deadline is None or not advice.status.open:
            continue
        over = at_hour(advice.deadline + timedelta(days=1), 0, facts.departement)
        before = _before(advice, facts, policy)
        if before is not None and not facts.find_sent(FollowUpKind.DEADLINE, number=advice.number):
            yield Candidate(Side.MEMBERS, before, advice.number, until=over)
        if not facts.find_sent(FollowUpKind.DEADLINE, number=advice.number, since=over):
            after = due_after_working_days(over - timedelta(hours=12), 1, facts, policy)
            due_at = max(after, advice.published_at)
            yield Candidate(Side.MEMBERS, due_at, advice.number, wording="deadline_passed")


def _before(advice: Advice, facts: Facts, policy: FollowUpPolicy) -> datetime | None:
    """When the reminder before a deadline is due: on a quiet day, rather earlier; rather later than
    the advice is known; not at all where it was published within that time.
    """
    if advice.deadline is None:
        return None
    day = advice.deadline - policy.deadline_before
    published = day_of(advice.published_at, facts.departement)
    if day <= published:
        return None
    open_day = last_opening_day(day, facts.departement, Side.MEMBERS, policy)
    if open_day > published:
        return at_hour(open_day, policy.hour_from, facts.departement)
    hour = at_hour(day, policy.hour_from, facts.departement)
    return next_opening(hour, facts.departement, Side.MEMBERS, policy)


def _first_answer(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Accepted, and no advisor has spoken: the advisors, then the team instead."""
    if facts.accepted_at is None or facts.advisor_spoke_at is not None:
        return
    first, second = (
        due_after_working_days(facts.accepted_at, days, facts, policy)
        for days in (policy.first_answer_working_days, policy.first_answer_team_working_days)
    )
    if not facts.find_sent(FollowUpKind.FIRST_ANSWER, since=first):
        yield Candidate(to_advisors(facts), first, until=second)
    if not facts.find_sent(FollowUpKind.FIRST_ANSWER, since=second):
        yield Candidate(Side.TEAM, second)


def _dormancy_warning(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Everyone, before the project falls asleep."""
    if facts.status is ProjectStatus.ACCEPTED:
        due_at = due_after(facts.inactive_since, policy.dormancy_warning_after, facts, policy)
        asleep = falls_asleep_at(facts, policy)
        yield from _to_everyone(FollowUpKind.DORMANCY_WARNING, facts, due_at, asleep)


def _dormant(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Everyone: the closing question. Silence follows."""
    if facts.status is ProjectStatus.ACCEPTED:
        due_at = falls_asleep_at(facts, policy)
        yield from _to_everyone(FollowUpKind.DORMANT, facts, due_at, until=None)


def falls_asleep_at(facts: Facts, policy: FollowUpPolicy) -> datetime:
    """When an accepted project falls asleep, if nobody acts until then."""
    return due_after(facts.inactive_since, policy.dormant_after, facts, policy)


def _to_everyone(
    kind: FollowUpKind, facts: Facts, due_at: datetime, until: datetime | None
) -> Iterator[Candidate]:
    for candidate in to_each_side(facts, due_at, until):
        if not facts.find_sent(kind, candidate.to, since=due_at):
            yield candidate


CANDIDATES: Mapping[FollowUpKind, FindCandidates] = {
    FollowUpKind.SAFETY: _safety,
    FollowUpKind.MODERATION: _moderation,
    FollowUpKind.BLOCKED: _blocked,
    FollowUpKind.DEADLINE: _deadline,
    FollowUpKind.FIRST_ANSWER: _first_answer,
    FollowUpKind.DORMANCY_WARNING: _dormancy_warning,
    FollowUpKind.DORMANT: _dormant,
}
