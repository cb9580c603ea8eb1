"""The team accepts or refuses a project."""

from collections.abc import Callable

from bot.domain.errors import IllegalTransition
from bot.domain.people import Side
from bot.domain.projects.history import Entry, EntryKind
from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.projects.reference import find_references
from bot.domain.wording.command_syntax import CommandCall
from bot.domain.wording.markup import quote
from bot.ports.network import Choice
from config.texts import Raw
from handlers.context.naming import short_title
from handlers.context.project_lookup import (
    coordinates,
    find_answered_reference,
    leading_reference,
)
from handlers.context.turn import Turn
from handlers.projects import after_refusal
from handlers.rooms.opening import open_room

ACCEPT = "moderate"
"""What the keys of the choices that accept a project begin with."""

MOST_OFFERED = 10
"""Of more projects than that, the longest waiting are offered."""

MOST_LOOKED_AT = 50
"""Some of those that wait for the team are accepted already: left to it by an escalation."""

REFERENCE_LENGTH = 16
"""So far into the words a reference is looked for that is none of the portals'."""

_AROUND = " \t\r\n\u00a0\u202f:;,.!?…–—-"
"""Of these alone no reason is made."""


def accept(turn: Turn, call: CommandCall) -> None:
    """`/accepter UV-7K3Q`."""
    project, _ = _find_meant(turn, call, ask_which)
    if project is not None:
        _accept(turn, project)


def ask_which(turn: Turn) -> None:
    """Ask the team which of the projects that wait for it is accepted."""
    waiting = _waiting(turn)
    if not waiting:
        turn.refuse("moderation.which_accept")
        return
    choices = (Choice(_key(p.ref), f"{short_title(p)} ({p.ref})") for p in waiting)
    turn.ask("moderation.which_waiting", *choices)


def is_one_of_several(turn: Turn, key: str) -> bool:
    """Whether the choice accepts the one project that was offered last, while others wait, too."""
    offered = [choice.key for choice in turn.dialogue.asked]
    return offered == [key] and len(_waiting(turn)) > 1


def offer_to_accept(turn: Turn, project: Project) -> Choice:
    """The choice by which the team accepts a project."""
    return Choice(_key(project.ref), turn.label("moderation.accept"))


def _key(ref: str) -> str:
    return f"{ACCEPT}:{ref}:accept"


def _waiting(turn: Turn) -> list[Project]:
    """The projects on which the team that talks here has not decided."""
    waiting = turn.uow.projects.waiting_for_team(turn.team_of) if turn.team_of else []
    projects = turn.uow.projects.whole_of([ref for ref, _ in waiting[:MOST_LOOKED_AT]])
    return [p for p in projects if p.status is ProjectStatus.SUBMITTED][:MOST_OFFERED]


def choose(turn: Turn, key: str) -> None:
    """`moderate:REF:accept` was tapped in the team's place."""
    ref, _, verdict = key.partition(":")
    project = turn.uow.projects.whole(ref) if coordinates(turn, ref) else None
    if project is None or verdict != "accept":
        turn.refuse("choices.stale")
    else:
        _accept(turn, project)


def _accept(turn: Turn, project: Project) -> None:
    try:
        take_in(turn, project)
    except IllegalTransition:
        _say_decided(turn, project)
        return
    turn.reply_about(project, "moderation.accepted_team")


def take_in(turn: Turn, project: Project) -> None:
    """The project is accepted: its members are told, its room opens. Raises IllegalTransition.

    Where the room was opened already, for a danger, its advisors learn that they may recommend.
    """
    project.accept(turn.now)
    author = turn.author if turn.advisor is not None else ""
    turn.uow.projects.record(project, Entry(turn.now, EntryKind.ACCEPTED, Side.TEAM, author))
    turn.tell_members(project, turn.text_about(project, "moderation.accepted_member"))
    if not turn.tell_room(project, turn.text("moderation.accepted_room")):
        open_room(turn, project)


def refuse(turn: Turn, call: CommandCall) -> None:
    """`/refuser UV-7K3Q reason`: the reason goes to the members as it is written."""
    project, reason = _find_meant(turn, call, _ask_which_refused)
    if project is None:
        return
    if project.status is not ProjectStatus.SUBMITTED:
        _say_decided(turn, project)
    elif not reason:
        turn.reply_about(project, "moderation.reason_missing", kind="error")
    else:
        _refuse(turn, project, reason)


def _refuse(turn: Turn, project: Project, reason: str) -> None:
    project.refuse(reason, turn.now)
    turn.uow.projects.record(project, turn.entry(EntryKind.REFUSED, reason))
    text = turn.text("moderation.refused_member", title=project.title, reason=Raw(quote(reason)))
    turn.tell_members(project, text, choices=(after_refusal.offer_another(turn),))
    turn.tell_room(project, turn.text("moderation.refused_room"))
    turn.refresh_room(project)
    turn.reply_about(project, "moderation.refused_team")


def _say_decided(turn: Turn, project: Project) -> None:
    """Nothing is decided twice: say what was."""
    turn.reply_about(project, f"moderation.already_{project.status}")


def _ask_which_refused(turn: Turn) -> None:
    turn.refuse("moderation.which_refuse")


def _find_meant(
    turn: Turn, call: CommandCall, ask: Callable[[Turn], None]
) -> tuple[Project | None, str]:
    """The project that one of its team means, whole, and what they wrote after its reference.

    If there is none, they are told why, or asked.
    """
    written, words = call.reference, call.words.strip()
    if written is None:
        written, words = leading_reference(turn, words)
    ref = written or turn.who.room or find_answered_reference(turn)
    words = words.lstrip(" :\u00a0") if words.strip(_AROUND) else ""
    if ref is not None and coordinates(turn, ref):
        return turn.uow.projects.whole(ref), words
    unknown = written or next(iter(find_references(call.words[:REFERENCE_LENGTH])), None)
    if unknown is not None:
        turn.refuse("moderation.unknown", ref=unknown)
    else:
        ask(turn)
    return None, words
