"""What people do besides saying words: one line each."""

from collections.abc import Callable, Mapping

from bot.ports.network import EventKind
from handlers.contact import linking
from handlers.context.turn import Turn
from handlers.routing import presence, unsupported
from handlers.routing.commands import is_command
from handlers.thread import copies

DEEDS: Mapping[EventKind, Callable[[Turn], None]] = {
    EventKind.EDITED: lambda turn: copies.edited(turn, is_command),
    EventKind.DELETED: lambda turn: copies.deleted(turn, is_command),
    EventKind.REACTED: copies.reacted,
    EventKind.SENT_OTHER: unsupported.told,
    EventKind.JOINED: presence.joined,
    EventKind.LEFT: presence.left,
}


def taken(turn: Turn) -> bool:
    """Whether the event was something else than words to be heard, and was dealt with."""
    if presence.strange(turn):
        return True
    deed = DEEDS.get(turn.incoming.kind)
    if deed is not None:
        deed(turn)
        return True
    return presence.started(turn) or linking.offered(turn)
