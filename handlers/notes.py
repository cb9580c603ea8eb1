"""Notes among advisors: they stay in the room, and in no member's story."""

from bot.domain.people import Side
from bot.domain.permissions import Act
from bot.domain.project import Entry, EntryKind
from handlers.rights import allowed
from handlers.turn import Turn, signature


def note(turn: Turn, rest: str) -> None:
    """`/note text`, in a project's room."""
    advisor, person = turn.who.advisor, turn.who.person
    if not allowed(turn, Act.NOTE) or advisor is None or person is None:
        return
    project = turn.uow.projects.thread(turn.who.room) if turn.who.room else None
    if project is None:
        turn.refuse("notes.where")
    elif not rest.strip():
        turn.refuse("notes.empty")
    else:
        author = signature(person, advisor)
        turn.uow.projects.record(
            project, Entry(turn.now, EntryKind.NOTE, Side.ADVISORS, author, rest, backstage=True)
        )
        text = turn.text("notes.kept", author=author, text=rest)
        turn.tell_room(project, text, kind="notice", backstage=True)
        project.acted(Side.ADVISORS, turn.now)
