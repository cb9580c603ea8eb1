"""What people do besides saying words: one line each."""

from collections.abc import Callable, Mapping

from bot.ports.network import Did
from handlers.contact import linking
from handlers.context.turn import Turn
from handlers.routing import presence, unsupported
from handlers.routing.commands import is_command
from handlers.thread import copies

DEEDS: Mapping[Did, Callable[[Turn], None]] = {
    Did.EDITED: lambda turn: copies.edited(turn, is_command),
    Did.DELETED: lambda turn: copies.deleted(turn, is_command),
    Did.REACTED: copies.reacted,
    Did.SENT_OTHER: unsupported.told,
    Did.JOINED: presence.joined,
    Did.LEFT: presence.left,
}


def taken(turn: Turn) -> bool:
    """Whether the event was something else than words to be heard, and was dealt with."""
    if presence.strange(turn):
        return True
    deed = DEEDS.get(turn.incoming.did)
    if deed is not None:
        deed(turn)
        return True
    return presence.started(turn) or linking.offered(turn)
