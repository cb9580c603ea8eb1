"""Refuses, in one sentence, what somebody's role does not allow."""

from bot.domain.permissions import Right, may
from handlers.context.turn import Turn


def allowed(turn: Turn, act: Right) -> bool:
    """Whether the person may do this; if not, they have been told."""
    if may(turn.role, act):
        return True
    turn.refuse(f"rights.{act}")
    return False
