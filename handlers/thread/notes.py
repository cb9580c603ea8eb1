"""Notes among advisors: they stay in the room, and in no member's story."""

from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from handlers.context.origins import source_of
from handlers.context.turn import Turn


def note(turn: Turn, rest: str) -> None:
    """`/note text`, in a project's room."""
    project = turn.uow.projects.thread(turn.who.room) if turn.who.room else None
    file = turn.incoming.attachment
    if project is None or not (rest or file):
        turn.refuse("notes.empty")
        return
    entry = turn.entry(
        EntryKind.NOTE,
        rest,
        detail=file.name if file else "",
        backstage=True,
        source=source_of(turn.incoming),
        attachment=file,
    )
    turn.uow.projects.record(project, entry)
    if not turn.incoming.backstage:
        # Said in the room itself, it is shown again, as what it is.
        text = turn.text("notes.kept", author=turn.author, text=rest)
        turn.tell_room(project, text, backstage=True, attachment=file)
    project.note_act(turn.side if turn.side is Side.ADVISORS else Side.TEAM, turn.now)
