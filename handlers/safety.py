"""Danger now: the instructions come before anything else. Nothing here ever says that something is
safe.
"""

from collections.abc import Sequence

from handlers.turn import Turn

_BRIDGE = "pont"


def warn(turn: Turn, themes: Sequence[str]) -> None:
    """Give the safety instructions at the place of the event."""
    turn.reply("safety.bridge" if _BRIDGE in themes else "safety.general", kind="safety")
