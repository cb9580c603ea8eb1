"""What can be said and done here."""

from collections.abc import Sequence

from config.texts import Raw
from handlers.context.turn import Turn


def helped(turn: Turn, commands: Sequence[str]) -> None:
    """List the commands that can be given here, each with what it does."""
    lines = [f"/{name} – {turn.text(f'commands.{name}')}" for name in commands]
    head = "help.room" if turn.who.room else "help.team" if turn.team_of else "help.private"
    turn.reply(head, commands=Raw("\n".join(lines)))
