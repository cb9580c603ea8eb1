"""The team accepts or refuses a project."""

from bot.domain.errors import IllegalTransition
from bot.domain.people import Side
from bot.domain.permissions import Act
from bot.domain.project import Entry, EntryKind, Project, ProjectStatus
from handlers.planning import wake
from handlers.rights import allowed
from handlers.seating import open_room
from handlers.turn import Turn
from handlers.which import project_here


def accept(turn: Turn, rest: str) -> None:
    """`/accepter UV-7K3Q`."""
    project = _moderated(turn, rest)
    if project is not None:
        accept_project(turn, project)


def accept_project(turn: Turn, project: Project) -> None:
    """Accept a project that waits; say so if it was already."""
    if project.status is ProjectStatus.ACCEPTED:
        turn.reply_about(project, "moderation.already_accepted")
        return
    try:
        take_in(turn, project)
    except IllegalTransition:
        turn.reply_about(project, "moderation.too_late")
        return
    turn.reply_about(project, "moderation.accepted_team")
    wake(turn, project)


def take_in(turn: Turn, project: Project) -> None:
    """The project is accepted: its members are told, its room opens. Raises IllegalTransition."""
    project.accept(turn.now)
    author = turn.who.person.name if turn.who.advisor and turn.who.person else ""
    turn.uow.projects.record(project, Entry(turn.now, EntryKind.ACCEPTED, Side.TEAM, author))
    turn.tell_members(
        project, turn.text("moderation.accepted_member", title=project.title), kind="notice"
    )
    open_room(turn, project)


def refuse(turn: Turn, rest: str) -> None:
    """`/refuser UV-7K3Q reason`: the reason goes to the members as it is written."""
    project = _moderated(turn, rest)
    if project is None:
        return
    reason = rest.partition(" ")[2].strip()
    if not reason:
        turn.reply_about(project, "moderation.reason_missing", kind="error")
        return
    refuse_project(turn, project, reason)


def refuse_project(turn: Turn, project: Project, reason: str) -> None:
    """Refuse a project that waits, with the reason its members read."""
    try:
        project.refuse(reason, turn.now)
    except IllegalTransition:
        turn.reply_about(project, "moderation.too_late")
        return
    author = turn.who.person.name if turn.who.person else ""
    turn.uow.projects.record(project, Entry(turn.now, EntryKind.REFUSED, Side.TEAM, author, reason))
    text = turn.text("moderation.refused_member", title=project.title, reason=reason)
    turn.tell_members(project, text, kind="notice")
    turn.reply_about(project, "moderation.refused_team")
    wake(turn, project)


def chosen(turn: Turn, key: str) -> None:
    """`moderate:REF:accept` was tapped in the team's place."""
    ref, _, verdict = key.partition(":")
    if verdict == "accept":
        accept(turn, ref)


def _moderated(turn: Turn, rest: str) -> Project | None:
    if not allowed(turn, Act.MODERATE):
        return None
    project = project_here(turn, rest.partition(" ")[0])
    if project is None:
        turn.refuse("moderation.which")
    return project
