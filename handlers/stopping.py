"""« stop » and « reprendre »: a person's follow-ups end, and start again, at once."""

from bot.domain.people import Side
from bot.domain.project import Entry, EntryKind, Project
from handlers import intake
from handlers.planning import look_again
from handlers.turn import Turn


def stop(turn: Turn) -> None:
    """`/stop`: no more follow-ups for this person; the teams hear of projects with nobody left to
    ask. A project that was being described is not sent; words whose project was asked still wait.
    """
    person = turn.who.person
    given_up = intake.drop(turn)
    if person is None or (person.stopped_at is None and not turn.projects):
        turn.reply("stopping.nothing_sent" if given_up else "stopping.nothing")
        return
    again = person.stopped_at is not None
    person.stopped_at = person.stopped_at or turn.now
    turn.reply("stopping.stopped")
    if given_up:
        turn.reply("intake.abandoned")
    if turn.advisor is None and not again:
        for project in turn.projects:
            _record(turn, project)


def resume(turn: Turn) -> None:
    """`/reprendre`: follow-ups again; the teams hear of it, and the stories tell it."""
    person = turn.who.person
    if person is None or person.stopped_at is None:
        turn.reply("stopping.not_stopped")
        return
    person.stopped_at = None
    turn.reply("stopping.resumed")
    if turn.advisor is None:
        for project in turn.projects:
            _record_resumed(turn, project)


def _record(turn: Turn, project: Project) -> None:
    entry = Entry(turn.now, EntryKind.STOPPED, Side.MEMBERS, turn.author)
    turn.uow.projects.record(project, entry)
    # It is an act: a follow-up that waits to be delivered is no longer relevant.
    project.acted(Side.MEMBERS, turn.now)
    # Somebody else may have to be asked, sooner.
    look_again(turn, project)
    left = [m for m in project.members if m.person.stopped_at is None and m.person.reachable]
    if project.open and not left:
        text = turn.text(
            "stopping.nobody_left", title=project.title, ref=project.ref, author=turn.author
        )
        turn.tell_team(project, text, kind="notice")


def _record_resumed(turn: Turn, project: Project) -> None:
    entry = Entry(turn.now, EntryKind.RESUMED, Side.MEMBERS, turn.author)
    turn.uow.projects.record(project, entry)
    look_again(turn, project)
    if project.open:
        text = turn.text(
            "stopping.resumed_team", title=project.title, ref=project.ref, author=turn.author
        )
        turn.tell_team(project, text, kind="notice")
