"""Follow-up: what the assistant says on its own initiative because time passed, and when.

`facts_of` takes from a project what `plan` needs; `plan` gives all that is to come.
"""

from bot.domain.followup.candidates import FollowUp
from bot.domain.followup.facts import Facts, facts_of
from bot.domain.followup.planning import plan, soonest
from bot.domain.followup.policy import FollowUpKind, FollowUpPolicy

__all__ = [
    "Facts",
    "FollowUp",
    "FollowUpKind",
    "FollowUpPolicy",
    "facts_of",
    "plan",
    "soonest",
]
