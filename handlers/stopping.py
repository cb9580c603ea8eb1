"""« stop » and « reprendre »: a person's follow-ups end, and start again, at once."""

from bot.domain.people import Side
from bot.domain.project import Entry, EntryKind
from handlers.planning import wake
from handlers.turn import Turn, signature


def stop(turn: Turn, rest: str) -> None:  # noqa: ARG001 - every command takes the rest of its line
    """`/stop`: no more follow-ups for this person; the teams hear of projects with nobody left to
    ask.
    """
    person = turn.person()
    person.stopped_at = turn.now
    turn.reply("stopping.stopped")
    for project in turn.projects:
        entry = Entry(turn.now, EntryKind.STOPPED, Side.MEMBERS, signature(person))
        turn.uow.projects.record(project, entry)
        left = [m for m in project.members if m.person.stopped_at is None and m.person.reachable]
        if project.open and not left:
            text = turn.text(
                "stopping.nobody_left",
                title=project.title,
                ref=project.ref,
                author=signature(person),
            )
            turn.tell_team(project, text, kind="notice")


def resume(turn: Turn, rest: str) -> None:  # noqa: ARG001 - every command takes the rest of its line
    """`/reprendre`: follow-ups again."""
    turn.person().stopped_at = None
    turn.reply("stopping.resumed")
    for project in turn.projects:
        wake(turn, project)
