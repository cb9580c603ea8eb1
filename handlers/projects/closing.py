"""A project ends because its people say so, and goes on again if they were mistaken."""

from bot.domain.errors import IllegalTransition
from bot.domain.people import Side
from bot.domain.permissions import Right
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.reference import without_references
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.markup import quote
from config.texts import Raw
from handlers.context.project_lookup import about_project
from handlers.context.turn import Turn


@about_project
def close(turn: Turn, project: Project, call: CommandCall) -> None:
    """`/clore`: by a member, or by the team; words after it are kept as the reason."""
    close_project(turn, project, without_references(call.words).strip())


def close_project(turn: Turn, project: Project, reason: str = "") -> None:
    """The project has ended: everybody is told, and why; nobody is followed up."""
    try:
        project.close(turn.now)
    except IllegalTransition:
        say_ended(turn, project)
        return
    why = turn.text("closing.reason", reason=Raw(quote(reason))) if reason else ""
    entry = turn.entry(EntryKind.CLOSED, reason)
    told = turn.announce(project, entry, "closing.told", "closing.done", more=why)
    turn.refresh_room(project)
    _tell_team_elsewhere(turn, project, told)


def say_ended(turn: Turn, project: Project) -> None:
    """The project has ended: what can be done about it, by whom."""
    if project.status is ProjectStatus.REFUSED:
        turn.reply_about(project, "closing.already_refused")
    elif turn.has_right(Right.CLOSE):
        turn.reply_about(project, "closing.already")
    else:
        turn.reply_about(project, "closing.already_theirs")


def reopen_project(turn: Turn, project: Project) -> None:
    """A closed project goes on as before: everybody is told, and it is followed up again. One that
    was refused stays so.
    """
    try:
        project.reopen(turn.side, turn.now)
    except IllegalTransition:
        refused = "closing.refused" if turn.side is Side.MEMBERS else "closing.refused_theirs"
        turn.reply_about(project, refused)
        return
    entry = turn.entry(EntryKind.REOPENED)
    told = turn.announce(project, entry, "closing.reopened", "closing.reopened_done")
    turn.refresh_room(project)
    _tell_team_elsewhere(turn, project, told)


def _tell_team_elsewhere(turn: Turn, project: Project, told: str) -> None:
    if turn.team_of is None:
        turn.tell_team(project, told)
