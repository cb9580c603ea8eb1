"""What somebody sent cannot be taken: they are told what, and what to do instead."""

from bot.ports.network import OTHER_CONTENT
from handlers.context.turn import Turn


def told(turn: Turn) -> None:
    """Say kindly that it was passed on to nobody; one sentence for each kind."""
    kind = turn.incoming.text
    turn.refuse(f"other.{kind if kind in OTHER_CONTENT else 'other'}")
