"""What stands backstage: among the advisors of a room, and read by nobody else."""

from bot.domain.wording.command_syntax import CommandCall, parse
from bot.domain.wording.markup import on_lines_of_its_own
from bot.ports.network import Incoming
from config.texts import Raw
from handlers.context.origins import source_of
from handlers.context.turn import Turn
from handlers.context.utterance import as_set_off

NOTE = "note"
"""The command whose words are for the advisors of the room alone."""


def answers_backstage(turn: Turn) -> bool:
    """Whether the event answers a message that stands backstage, or is on a thread that one
    opened.
    """
    related = {turn.incoming.target, turn.incoming.thread_root} - {None}
    return any(_stands_backstage(turn, remote_id) for remote_id in related if remote_id)


def is_note(turn: Turn, said: Incoming) -> bool:
    """Whether what was said in a room was for its advisors alone."""
    ref = turn.who.room
    if ref is None:
        return False
    asked = parse(said.text, (NOTE,))
    meant = asked is not None and asked.name == NOTE
    return said.backstage or meant or turn.uow.projects.is_backstage(ref, source_of(said))


def note_in(words: str) -> str | None:
    """What the command of a note says; None if the words are not that command."""
    call = parse(words, (NOTE,))
    return call.words if isinstance(call, CommandCall) else None


def kept_text(turn: Turn, words: str) -> str:
    """A note as its room reads it: the words of the event, under its author's name."""
    shown = Raw(on_lines_of_its_own(as_set_off(turn.incoming, words)))
    return turn.text("notes.kept", author=turn.author, text=shown)


def _stands_backstage(turn: Turn, remote_id: str) -> bool:
    shown = turn.uow.copies.shown(turn.conversation, remote_id)
    if shown is not None:
        return shown.backstage
    source = turn.uow.copies.source(turn.conversation, remote_id)
    said = turn.uow.copies.original(source) if source is not None else None
    return said is not None and is_note(turn, said)
