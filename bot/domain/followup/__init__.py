"""Follow-up: what the assistant says on its own initiative, and when.

`facts_of` takes from a project what `plan` needs; `plan` gives the next one thing to do.
"""

from bot.domain.followup.facts import Facts, facts_of
from bot.domain.followup.kinds import FollowUp, FollowUpKind
from bot.domain.followup.planning import plan, plans, soonest

__all__ = ["Facts", "FollowUp", "FollowUpKind", "facts_of", "plan", "plans", "soonest"]
