"""What the person of the turn has the right to do, and what they are told if they have not."""

from bot.domain.permissions import Right, may
from handlers.context.turn import Turn


def has_right(turn: Turn, right: Right) -> bool:
    """Whether the role in which the person acts here gives that right."""
    return may(turn.role, right)


def refuse_right(turn: Turn, right: Right) -> None:
    """Say that this is not theirs to do, and whose it is."""
    turn.refuse(f"rights.{right}")
