"""A project ends because its people say so."""

from bot.domain.errors import IllegalTransition
from bot.domain.markup import quote
from bot.domain.project import Entry, EntryKind, Project
from bot.domain.reference import without_references
from config.texts import Raw
from handlers.turn import Turn
from handlers.which import project_here, say_which


def close(turn: Turn, rest: str) -> None:
    """`/clore`: by a member, or by the team; words after it are kept as the reason."""
    project = project_here(turn, rest)
    if project is None:
        say_which(turn)
    else:
        close_project(turn, project, without_references(rest).strip())


def close_project(turn: Turn, project: Project, reason: str = "") -> None:
    """The project has ended: everybody is told, and why; nobody is followed up."""
    try:
        project.close(turn.now)
    except IllegalTransition:
        turn.reply_about(project, "closing.already")
        return
    project.moved(turn.now)
    entry = Entry(turn.now, EntryKind.CLOSED, turn.side, turn.author, reason)
    turn.uow.projects.record(project, entry)
    text = turn.text("closing.told", author=turn.author, title=project.title, ref=project.ref)
    if reason:
        text += turn.text("closing.reason", reason=Raw(quote(reason)))
    turn.tell_members(project, text, kind="notice", but=turn.who.person)
    if turn.who.room is None:
        turn.tell_room(project, text, kind="notice")
    if turn.team_of is None:
        turn.tell_team(project, text, kind="notice")
    turn.reply_about(project, "closing.done")
