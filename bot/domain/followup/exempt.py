"""The kinds that no cap holds: danger, moderation, what is blocked, deadlines, the first answer,
and falling asleep.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.domain.calendar import at_hour, day_of, last_opening_day, next_opening
from bot.domain.followup.candidates import (
    FindCandidates,
    FollowUp,
    due_after,
    due_after_working_days,
    to_advisors,
)
from bot.domain.followup.facts import Facts
from bot.domain.followup.policy import FollowUpKind, FollowUpPolicy
from bot.domain.people import Side
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus


def _safety(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """Members and advisors, each time, until a member says that it is dealt with.

    One that is overtaken by the next, after an outage, is not sent besides it.
    """
    if facts.project.danger_since is None:
        return
    due = [facts.project.danger_since + after for after in policy.safety_after]
    for due_at, until in [*pairwise(due), *((last, None) for last in due[-1:])]:
        for to in (Side.MEMBERS, to_advisors(facts)):
            can_be_asked = to is not Side.MEMBERS or facts.members
            if can_be_asked and not facts.find_sent(FollowUpKind.SAFETY, to, since=due_at):
                yield FollowUp(FollowUpKind.SAFETY, to, due_at, until=until)


def _moderation(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """The team, after some working days, then every week, while the project waits for it."""
    project = facts.project
    if project.status is not ProjectStatus.SUBMITTED:
        return
    asked = max((sent.at for sent in facts.find_sent(FollowUpKind.MODERATION)), default=None)
    if asked is None:
        days = policy.moderation_working_days
        due_at = due_after_working_days(project.submitted_at, days, facts, policy)
    else:
        due_at = due_after(asked, policy.moderation_every, facts, policy)
    yield FollowUp(FollowUpKind.MODERATION, Side.TEAM, due_at)


def _blocked(facts: Facts, _: FollowUpPolicy) -> Iterator[FollowUp]:
    """The advisors, at the next working hour, unless they have spoken since it was blocked."""
    word = facts.project.last_advisor_word_at
    for advice in facts.project.recommendations:
        since = advice.status_at or advice.published_at
        if advice.status is not RecommendationStatus.BLOCKED or (word and word > since):
            continue
        if not facts.find_sent(FollowUpKind.BLOCKED, number=advice.number, since=since):
            yield FollowUp(FollowUpKind.BLOCKED, to_advisors(facts), since, advice.number)


def _deadline(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """The members, some days before a deadline, and on the working day after it."""
    kind, project = FollowUpKind.DEADLINE, facts.project
    for advice in project.recommendations if facts.members else ():
        if advice.deadline is None or not advice.status.open:
            continue
        number, published = advice.number, advice.published_at
        over = at_hour(advice.deadline + timedelta(days=1), 0, project.departement)
        before = _before(advice.deadline, published, facts, policy)
        if before is not None and not facts.find_sent(kind, number=number):
            yield FollowUp(kind, Side.MEMBERS, before, number, until=over)
        if not facts.find_sent(kind, number=number, since=over):
            after = due_after_working_days(over - timedelta(hours=12), 1, facts, policy)
            due_at = max(after, published)
            yield FollowUp(kind, Side.MEMBERS, due_at, number, wording="deadline_passed")


def _before(
    deadline: date, published_at: datetime, facts: Facts, policy: FollowUpPolicy
) -> datetime | None:
    """When the reminder before a deadline is due: on a quiet day, rather earlier; rather later than
    the advice is known; not at all where it was published within that time.
    """
    departement = facts.project.departement
    day, published = deadline - policy.deadline_before, day_of(published_at, departement)
    if day <= published:
        return None
    open_day = last_opening_day(day, departement, Side.MEMBERS, policy)
    if open_day > published:
        return at_hour(open_day, policy.hour_from, departement)
    hour = at_hour(day, policy.hour_from, departement)
    return next_opening(hour, departement, Side.MEMBERS, policy)


def _first_answer(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """Accepted, and no advisor has spoken: the advisors, then the team instead."""
    kind, project = FollowUpKind.FIRST_ANSWER, facts.project
    if project.accepted_at is None or project.advisor_spoke_at is not None:
        return
    first, second = (
        due_after_working_days(project.accepted_at, days, facts, policy)
        for days in (policy.first_answer_working_days, policy.first_answer_team_working_days)
    )
    if not facts.find_sent(kind, since=first):
        yield FollowUp(kind, to_advisors(facts), first, until=second)
    if not facts.find_sent(kind, since=second):
        yield FollowUp(kind, Side.TEAM, second)


def _dormancy_warning(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    due_at = due_after(facts.inactive_since, policy.dormancy_warning_after, facts, policy)
    asleep_at = falls_asleep_at(facts, policy)
    yield from _to_everyone(FollowUpKind.DORMANCY_WARNING, facts, due_at, asleep_at)


def _dormant(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """Everyone: the closing question. Silence follows."""
    yield from _to_everyone(FollowUpKind.DORMANT, facts, falls_asleep_at(facts, policy), None)


def falls_asleep_at(facts: Facts, policy: FollowUpPolicy) -> datetime:
    """When an accepted project falls asleep, if nobody acts until then."""
    return due_after(facts.inactive_since, policy.dormant_after, facts, policy)


def _to_everyone(
    kind: FollowUpKind, facts: Facts, due_at: datetime, until: datetime | None
) -> Iterator[FollowUp]:
    """Everybody who can be asked about an accepted project, and the team."""
    if facts.project.status is not ProjectStatus.ACCEPTED:
        return
    asked = {Side.MEMBERS: bool(facts.members), Side.ADVISORS: facts.has_advisor, Side.TEAM: True}
    for to, can_be_asked in asked.items():
        if can_be_asked and not facts.find_sent(kind, to, since=due_at):
            people = facts.members if to is Side.MEMBERS else ()
            yield FollowUp(kind, to, due_at, people=people, until=until)


CANDIDATES: Mapping[FollowUpKind, FindCandidates] = {
    FollowUpKind.SAFETY: _safety,
    FollowUpKind.MODERATION: _moderation,
    FollowUpKind.BLOCKED: _blocked,
    FollowUpKind.DEADLINE: _deadline,
    FollowUpKind.FIRST_ANSWER: _first_answer,
    FollowUpKind.DORMANCY_WARNING: _dormancy_warning,
    FollowUpKind.DORMANT: _dormant,
}
