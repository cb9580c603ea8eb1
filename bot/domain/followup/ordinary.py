"""The kinds that caps hold: a question, a recommendation, « où en êtes-vous ? », and the ladder of
those who are asked once members have not answered.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.calendar import due_at_nine
from bot.domain.followup.candidates import Candidate, to_advisors
from bot.domain.followup.caps import held_until, unanswered
from bot.domain.followup.facts import Advice, Facts
from bot.domain.people import Side
from bot.domain.portal import FollowUpPolicy
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import RecommendationStatus

QUESTION, RECOMMENDATION = "question", "recommendation"
WHERE_ARE_YOU, ESCALATION = "where_are_you", "escalation"

_ASKED_ABOUT = frozenset({RecommendationStatus.PROPOSED, RecommendationStatus.IN_PROGRESS})


def question(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The side that has left a message unanswered for 10 days."""
    yield from _unless_escalated(_question(facts, policy), facts, policy)


def recommendation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Each recommendation is asked about once, 14 days after it was published if no member has
    acted since: one message speaks for all that are due by then. Each that members asked to be
    asked about again is asked about by itself.
    """
    yield from _unless_escalated(_recommendation(facts, policy), facts, policy)


def where_are_you(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """The side that has the ball, after 6 weeks of silence, and every 6 weeks of it.

    The team is asked where that side has nobody to ask. A date that members asked for is kept, and
    so is the end of a pause.
    """
    yield from _unless_escalated(_where_are_you(facts, policy), facts, policy)


def escalation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """Once members have left two follow-ups unanswered, and a third would be due: another member,
    else the advisors; 14 days of silence later, the team. With no member left to ask: the team, at
    once.
    """
    if facts.unattended_since is not None:
        if not facts.was_sent(ESCALATION, Side.TEAM, since=facts.unattended_since):
            yield Candidate(Side.TEAM, facts.unattended_since)
    elif _escalated(facts, policy):
        yield from _next_rung(facts, policy)


def _next_rung(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    """What comes after the last escalation since anybody acted."""
    rungs = list(facts.sends(ESCALATION, since=facts.last_activity_at))
    if not rungs:
        third = _third(facts, policy)
        if third is not None and len(facts.members) > 1:
            yield Candidate(Side.MEMBERS, third, member=1)
        elif third is not None:
            yield Candidate(to_advisors(facts), third)
    elif all(sent.to is not Side.TEAM for sent in rungs):
        asked = max(sent.at for sent in rungs)
        after = policy.escalation_team_after
        yield Candidate(Side.TEAM, due_at_nine(asked, after, facts.departement, policy.hour_from))


def _third(facts: Facts, policy: FollowUpPolicy) -> datetime | None:
    """When the lead would be asked again, were they not silent."""
    due = [
        max([c.due_at, *held_until(c, facts, policy)])
        for kind in (_question, _recommendation, _where_are_you)
        for c in kind(facts, policy)
        if c.to is Side.MEMBERS and not c.requested
    ]
    return min(due, default=None)


def _unless_escalated(
    candidates: Iterator[Candidate], facts: Facts, policy: FollowUpPolicy
) -> Iterator[Candidate]:
    """Members who stay silent are asked no more but what they asked for themselves."""
    silent = _escalated(facts, policy)
    for candidate in candidates:
        if candidate.to is not Side.MEMBERS or candidate.requested or not silent:
            yield candidate


def _escalated(facts: Facts, policy: FollowUpPolicy) -> bool:
    return unanswered(facts) >= policy.escalation_after


def _question(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    if facts.accepted_at is None or facts.status is not ProjectStatus.ACCEPTED:
        return
    for to, asked_at in (
        (Side.MEMBERS if facts.members else None, facts.members_question_at),
        (to_advisors(facts), facts.advisors_question_at),
    ):
        if to is not None and asked_at is not None:
            start = max(asked_at, facts.accepted_at)
            yield Candidate(
                to, due_at_nine(start, policy.question_after, facts.departement, policy.hour_from)
            )


def _recommendation(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    if not facts.members or facts.status is not ProjectStatus.ACCEPTED:
        return
    for advice in facts.recommendations:
        due_at = _asked_about_at(advice, facts, policy)
        requested = advice.later_until is not None
        number = advice.number if requested else None
        if due_at is not None and not facts.was_sent(
            RECOMMENDATION, Side.MEMBERS, number, since=due_at
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
    return due_at_nine(
        advice.published_at, policy.recommendation_after, facts.departement, policy.hour_from
    )


def _where_are_you(facts: Facts, policy: FollowUpPolicy) -> Iterator[Candidate]:
    if facts.status is not ProjectStatus.ACCEPTED:
        return
    later, paused = facts.later_until, facts.paused_until
    if later is not None and facts.members and not facts.was_sent(to=Side.MEMBERS, since=later):
        yield Candidate(Side.MEMBERS, later, requested=True)
    if paused is not None and not facts.was_sent(since=paused):
        yield Candidate(Side.MEMBERS if facts.members else _whom(facts), paused, requested=True)
    asked = [sent.at for sent in facts.sends(WHERE_ARE_YOU)]
    silent_since = max([facts.last_activity_at, *asked, *([paused] if paused else [])])
    due_at = due_at_nine(
        silent_since, policy.where_are_you_after, facts.departement, policy.hour_from
    )
    yield Candidate(_whom(facts), due_at)


def _whom(facts: Facts) -> Side:
    if facts.ball is Side.MEMBERS and facts.members:
        return Side.MEMBERS
    return to_advisors(facts) if facts.ball is Side.ADVISORS else Side.TEAM
