"""The kinds that caps hold: a question, a recommendation, « où en êtes-vous ? », and the ladder of
those who are asked once members have not answered.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.followup.candidates import FindCandidates, FollowUp, due_after, to_advisors
from bot.domain.followup.caps import count_unanswered, ends_of_caps
from bot.domain.followup.facts import Facts
from bot.domain.followup.policy import FollowUpKind, FollowUpPolicy
from bot.domain.people import Side
from bot.domain.projects.project import ProjectStatus
from bot.domain.projects.recommendation import Recommendation, RecommendationStatus

_ASKED_ABOUT = frozenset({RecommendationStatus.PROPOSED, RecommendationStatus.IN_PROGRESS})


def _question(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """The side that has left a message unanswered for 10 days."""
    project = facts.project
    if project.accepted_at is None or project.status is not ProjectStatus.ACCEPTED:
        return
    for to, asked_at in (
        (Side.MEMBERS if facts.members else None, project.members_question_at),
        (to_advisors(facts), project.advisors_question_at),
    ):
        if to is not None and asked_at is not None:
            start = max(asked_at, project.accepted_at)
            due_at = due_after(start, policy.question_after, facts, policy)
            yield FollowUp(FollowUpKind.QUESTION, to, due_at)


def _recommendation(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """Each recommendation is asked about once, 14 days after it was published if no member has
    acted since: one message speaks for all that are due by then. Each that members asked to be
    asked about again is asked about by itself.
    """
    kind, project = FollowUpKind.RECOMMENDATION, facts.project
    if not facts.members or project.status is not ProjectStatus.ACCEPTED:
        return
    for advice in project.recommendations:
        due_at = _asked_about_at(advice, facts, policy)
        requested = advice.later_until is not None
        number = advice.number if requested else None
        if due_at and not facts.find_sent(kind, Side.MEMBERS, number, since=due_at):
            yield FollowUp(kind, Side.MEMBERS, due_at, advice.number, requested)


def _asked_about_at(
    advice: Recommendation, facts: Facts, policy: FollowUpPolicy
) -> datetime | None:
    if advice.status not in _ASKED_ABOUT:
        return None
    if advice.later_until is not None:
        return advice.later_until
    word = facts.project.last_member_word_at
    if word is not None and word > advice.published_at:
        return None
    return due_after(advice.published_at, policy.recommendation_after, facts, policy)


def _where_are_you(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """The side that has the ball, after 6 weeks of silence, and every 6 weeks of it.

    The team is asked where that side has nobody to ask. A date that members asked for is kept, and
    so is the end of a pause.
    """
    project = facts.project
    if project.status is not ProjectStatus.ACCEPTED:
        return
    to, later, paused = _holder_of_ball(facts), project.later_until, project.paused_until
    kind = FollowUpKind.WHERE_ARE_YOU
    if later is not None and facts.members and not facts.find_sent(to=Side.MEMBERS, since=later):
        yield FollowUp(kind, Side.MEMBERS, later, requested=True, wording="requested")
    if paused is not None and not facts.find_sent(since=paused):
        after_pause = Side.MEMBERS if facts.members else to
        yield FollowUp(kind, after_pause, paused, requested=True, wording="requested")
    asked = [sent.at for sent in facts.find_sent(kind)]
    silent_since = max([project.last_activity_at, *asked, *([paused] if paused else [])])
    yield FollowUp(kind, to, due_after(silent_since, policy.where_are_you_after, facts, policy))


def _holder_of_ball(facts: Facts) -> Side:
    if facts.ball is Side.MEMBERS and facts.members:
        return Side.MEMBERS
    return to_advisors(facts) if facts.ball is Side.ADVISORS else Side.TEAM


def _escalation(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """Once members have left two follow-ups unanswered, and a third would be due: another member,
    else the advisors; 14 days of silence later, the team. With no member left to ask: the team, at
    once.
    """
    kind, alone_since = FollowUpKind.ESCALATION, facts.unattended_since
    if alone_since is not None:
        if not facts.find_sent(kind, Side.TEAM, since=alone_since):
            yield FollowUp(kind, Side.TEAM, alone_since, wording="unattended")
    elif is_escalated(facts, policy):
        yield from _next_rung(facts, policy)


def _next_rung(facts: Facts, policy: FollowUpPolicy) -> Iterator[FollowUp]:
    """What comes after the last escalation since anybody acted."""
    kind = FollowUpKind.ESCALATION
    rungs = facts.find_sent(kind, since=facts.project.last_activity_at)
    if any(sent.to is Side.TEAM for sent in rungs):
        return
    if rungs:
        asked_at = max(sent.at for sent in rungs)
        due_at = due_after(asked_at, policy.escalation_team_after, facts, policy)
        wording = "" if rungs[-1].to is Side.ADVISORS else "escalation_member"
        yield FollowUp(kind, Side.TEAM, due_at, wording=wording)
    elif (third := _third(facts, policy)) is not None:
        if len(facts.members) > 1:
            yield FollowUp(kind, Side.MEMBERS, third, people=facts.members[1:2])
        elif facts.has_advisor:
            yield FollowUp(kind, Side.ADVISORS, third)
        else:
            yield FollowUp(kind, Side.TEAM, third, wording="escalation_member")


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
