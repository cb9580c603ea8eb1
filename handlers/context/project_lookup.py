"""Which project an act is about."""

from collections.abc import Callable
from functools import partial

from bot.domain.dialogues import CommandWaiting
from bot.domain.people import Role
from bot.domain.projects.project import Project
from bot.domain.projects.reference import find_references
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.network import Choice
from handlers.context.naming import short_title
from handlers.context.turn import Turn

_REFERENCE_WORDS = 3
"""A reference typed with spaces (« UV - 7K3Q ») takes up to as many words."""

PROJECTS_SHOWN = 10
"""More projects than that are not offered by one tap: a reference is typed."""


def about_project(
    handle: Callable[[Turn, Project, CommandCall], None], *, under_way: bool = False
) -> Callable[[Turn, CommandCall], None]:
    """The handler of a command about a project; where it cannot be known which, that is asked."""

    def find_and_handle(turn: Turn, call: CommandCall) -> None:
        project = project_here(turn, call, under_way=under_way)
        if project is None:
            say_which(turn, call, under_way=under_way)
        else:
            handle(turn, project, call)

    return find_and_handle


about_project_under_way = partial(about_project, under_way=True)


def project_here(turn: Turn, call: CommandCall, *, under_way: bool = False) -> Project | None:
    """The project that a command given here is about, whole; None if it has to be asked, or there
    is none.

    In a room it is the room's; elsewhere the one that the command names, or that of the message
    answered, else the only one of the person (`under_way`: that has not ended). What they have no
    right to see is not found.
    """
    if turn.who.room is not None:
        return turn.uow.projects.whole(turn.who.room)
    named = call.reference if call.reference and sees(turn, call.reference) else None
    ref = named or find_reference(turn, call.words) or find_answered_reference(turn)
    mine = candidates(turn, under_way=under_way)
    if ref is None and len(mine) == 1:
        ref = mine[0].ref
    return turn.uow.projects.whole(ref) if ref is not None else None


def find_reference(turn: Turn, words: str) -> str | None:
    """The first reference in the words that the person has the right to see."""
    return next((ref for ref in find_references(words) if sees(turn, ref)), None)


def find_answered_reference(turn: Turn) -> str | None:
    """The reference of the project that the message answered was about."""
    if turn.incoming.target is None:
        return None
    ref = turn.uow.projects.about(turn.conversation, turn.incoming.target)
    return ref if ref is not None and sees(turn, ref) else None


def find_named(turn: Turn) -> str | None:
    """The reference of the project that the words name, or that of the message they answer."""
    return find_answered_reference(turn) or find_reference(turn, turn.incoming.text)


def sees(turn: Turn, ref: str) -> bool:
    """Whether the person has to do with the project."""
    return any(project.ref == ref for project in turn.projects) or coordinates(turn, ref)


def coordinates(turn: Turn, ref: str) -> bool:
    """Whether the project is one of the portals whose team the person belongs to."""
    advisor = turn.advisor
    if advisor is None or advisor.role is not Role.COORDINATOR:
        return False
    project = turn.uow.projects.thread(ref)
    return project is not None and project.portal in advisor.portals


def find_own(turn: Turn, ref: str) -> Project | None:
    """The project of this reference, whole, if it is open and the writer is one of its members."""
    if not turn.private or turn.advisor is not None:
        return None
    mine = any(project.ref == ref for project in turn.open_projects)
    return turn.uow.projects.whole(ref) if mine else None


def leading_reference(turn: Turn, words: str) -> tuple[str | None, str]:
    """The reference of one of the portals that the words begin with, and the words after it."""
    parts = words.split(maxsplit=_REFERENCE_WORDS)
    for count in range(1, min(_REFERENCE_WORDS, len(parts)) + 1):
        for ref in find_references(" ".join(parts[:count])):
            prefixes = {portal.prefix for portal in turn.catalogue.portals.values()}
            if ref.partition("-")[0] in prefixes:
                after = words.split(maxsplit=count)[count:]
                return ref, after[0].strip() if after else ""
    return None, words.strip()


def candidates(turn: Turn, *, under_way: bool = False) -> list[Project]:
    """The projects that a command without a reference may be about; `under_way`: those that have
    not ended, if there is one.
    """
    return (turn.open_projects if under_way else []) or turn.projects


def say_which(turn: Turn, call: CommandCall, *, under_way: bool = False) -> None:
    """Ask which project the command is about: once one is chosen, it goes on with its arguments. A
    dialogue that holds words is left as it is.
    """
    mine = candidates(turn, under_way=under_way)
    if turn.team_of is not None:
        turn.refuse("which.team")
    elif not mine:
        turn.refuse("story.no_projects")
    elif turn.dialogue.holds_words:
        turn.refuse("which.none")
    else:
        turn.dialogue.under_way = CommandWaiting(call)
        shown = mine[:PROJECTS_SHOWN]
        choices = (project_choice(CommandWaiting.kind, project) for project in shown)
        turn.ask("which.command", *choices)


def project_choice(kind: str, project: Project) -> Choice:
    """One project among several, by its title and reference."""
    return Choice(f"{kind}:{project.ref}", f"{short_title(project)} ({project.ref})")


def without_reference(turn: Turn, rest: str) -> str:
    """What was written after the command, without the reference that begins or ends it."""
    words = rest.split()
    for at in (0, -1):
        if words and find_reference(turn, words[at]) is not None:
            del words[at]
    return " ".join(words)
