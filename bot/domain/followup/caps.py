"""How often people may be asked: until when an ordinary follow-up is held."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.followup.candidates import FollowUp, due_after, is_counted, whom
from bot.domain.followup.facts import Facts
from bot.domain.followup.policy import FollowUpKind, FollowUpPolicy
from bot.domain.people import Side


def count_unanswered(facts: Facts) -> int:
    """How many messages of ordinary follow-ups members have left unanswered since they last acted.

    Several of one message went out at one instant. What was asked before the project fell asleep
    ended there: whoever wakes it, the lead is asked first again.
    """
    asleep = max((sent.at for sent in facts.find_sent(FollowUpKind.DORMANT)), default=None)
    return len(
        {
            sent.at
            for sent in facts.find_sent(to=Side.MEMBERS)
            if is_counted(sent.kind, sent.to)
            and not _was_answered(sent.at, facts.project.last_member_word_at)
            and not _was_answered(sent.at, asleep)
        }
    )


def ends_of_caps(candidate: FollowUp, facts: Facts, policy: FollowUpPolicy) -> Iterator[datetime]:
    """The ends of the caps that hold an ordinary candidate, and of the rest that members asked for;
    none where it goes to the team.
    """
    project, to = facts.project, candidate.to
    if to is Side.TEAM:
        return
    asked = max((s.at for s in facts.find_sent(to=to) if is_counted(s.kind, to)), default=None)
    caps = [(asked, project.last_advisor_word_at, policy.advisors_cap)]
    if to is Side.MEMBERS:
        caps = [(asked, project.last_member_word_at, policy.project_cap)]
        for person in whom(candidate, facts):
            caps.append((person.last_followup_at, person.last_word_at, policy.person_cap))
        if facts.rest_until is not None:
            yield facts.rest_until
    for asked_at, answered_at, cap in caps:
        if asked_at is not None and not _was_answered(asked_at, answered_at):
            yield due_after(asked_at, cap, facts, policy)


def _was_answered(asked_at: datetime, word_at: datetime | None) -> bool:
    return word_at is not None and word_at > asked_at
