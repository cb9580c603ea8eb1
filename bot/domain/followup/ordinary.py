"""The kinds that caps hold: a question, a recommendation, « où en êtes-vous ? », and the ladder of
those who are asked once members have not answered.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.followup.candidates import Candidate, FindCandidates, due_after, to_advisors
from bot.domain.followup.caps import count_unanswered, ends_of_caps
from bot.domain.followup.facts import Advice, Facts
from bot.domain.followup.policy import FollowUpKind, FollowUpPolicy
from bot.domain.people import Side
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus

_ASKED_ABOUT = frozenset({RecommendationStatus.PROPOSED, RecommendationStatus.IN_PROGRESS})


def _question(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The side that has left a message unanswered for 10 days."""
    if facts.accepted_at is None or facts.status is not ProjectStatus.ACCEPTED:
        return
    for to, asked_at in (
        (Side.MEMBERS if facts.members else None, facts.members_question_at),
        (to_advisors(facts), facts.advisors_question_at),
    ):
        if to is not None and asked_at is not None:
            start = max(asked_at, facts.accepted_at)
            yield Candidate(to, due_after(start, policy.question_after, facts, policy))


def _recommendation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Each recommendation is asked about once, 14 days after it was published if no member has
    acted since: one message speaks for all that are due by then. Each that members asked to be
    asked about again is asked about by itself.
    """
    if not facts.members or facts.status is not ProjectStatus.ACCEPTED:
        return
    for advice in facts.recommendations:
        due_at = _asked_about_at(advice, facts, policy)
        requested = advice.later_until is not None
        number = advice.number if requested else None
        if due_at is not None and not facts.find_sent(
            FollowUpKind.RECOMMENDATION, Side.MEMBERS, number, since=due_at
        ):
            yield Candidate(Side.MEMBERS, due_at, advice.number, requested)


def _asked_about_at(advice: Advice, facts: Facts, policy: FollowUpPolicy) -> datetime | None:
    if advice.status not in _ASKED_ABOUT:
        return None
    if advice.later_until is not None:
        return advice.later_until
    word = facts.last_member_word_at
    if word is not None and word > advice.published_at:
        return None
    return due_after(advice.published_at, policy.recommendation_after, facts, policy)


def _where_are_you(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The side that has the ball, after 6 weeks of silence, and every 6 weeks of it.

    The team is asked where that side has nobody to ask. A date that members asked for is kept, and
    so is the end of a pause.
    """
    if facts.status is not ProjectStatus.ACCEPTED:
        return
    to = _holder_of_ball(facts)
    later, paused = facts.later_until, facts.paused_until
    if later is not None and facts.members and not facts.find_sent(to=Side.MEMBERS, since=later):
        yield Candidate(Side.MEMBERS, later, requested=True, wording="requested")
    if paused is not None and not facts.find_sent(since=paused):
        after_pause = Side.MEMBERS if facts.members else to
        yield Candidate(after_pause, paused, requested=True, wording="requested")
    asked = [sent.at for sent in facts.find_sent(FollowUpKind.WHERE_ARE_YOU)]
    silent_since = max([facts.last_activity_at, *asked, *([paused] if paused else [])])
    yield Candidate(to, due_after(silent_since, policy.where_are_you_after, facts, policy))


def _holder_of_ball(facts: Facts) -> Side:
    if facts.ball is Side.MEMBERS and facts.members:
        return Side.MEMBERS
    return to_advisors(facts) if facts.ball is Side.ADVISORS else Side.TEAM


def _escalation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Once members have left two follow-ups unanswered, and a third would be due: another member,
    else the advisors; 14 days of silence later, the team. With no member left to ask: the team, at
    once.
    """
    if facts.unattended_since is not None:
        if not facts.find_sent(FollowUpKind.ESCALATION, Side.TEAM, since=facts.unattended_since):
            yield Candidate(Side.TEAM, facts.unattended_since, wording="unattended")
    elif is_escalated(facts, policy):
        yield from _next_rung(facts, policy)


def _next_rung(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """What comes after the last escalation since anybody acted."""
    rungs = facts.find_sent(FollowUpKind.ESCALATION, since=facts.last_activity_at)
    if any(sent.to is Side.TEAM for sent in rungs):
        return
    if rungs:
        asked_at = max(sent.at for sent in rungs)
        due_at = due_after(asked_at, policy.escalation_team_after, facts, policy)
        yield _to_team(due_at, after_advisors=rungs[-1].to is Side.ADVISORS)
    elif (third := _third(facts, policy)) is not None:
        if len(facts.members) > 1:
            yield Candidate(Side.MEMBERS, third, member=1)
        elif facts.has_advisor:
            yield Candidate(Side.ADVISORS, third)
        else:
            yield _to_team(third, after_advisors=False)


def _to_team(due_at: datetime, *, after_advisors: bool) -> Candidate:
    """The team is told whether the advisors were asked before it."""
    return Candidate(Side.TEAM, due_at, wording="" if after_advisors else "escalation_member")


def _third(facts: Facts, policy: FollowUpPolicy) -> datetime | None:
    """When the lead would be asked again, were they not silent."""
    due = [
        max([candidate.due_at, *ends_of_caps(candidate, facts, policy)])
        for kind, find in CANDIDATES.items()
        if kind is not FollowUpKind.ESCALATION
        for candidate in find(facts, policy)
        if candidate.to is Side.MEMBERS and not candidate.requested
    ]
    return min(due, default=None)


def is_escalated(facts: Facts, policy: FollowUpPolicy) -> bool:
    """Whether members have left so many follow-ups unanswered that others are asked instead."""
    return count_unanswered(facts) >= policy.escalation_after


CANDIDATES: Mapping[FollowUpKind, FindCandidates] = {
    FollowUpKind.QUESTION: _question,
    FollowUpKind.RECOMMENDATION: _recommendation,
    FollowUpKind.WHERE_ARE_YOU: _where_are_you,
    FollowUpKind.ESCALATION: _escalation,
}
