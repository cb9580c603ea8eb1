"""A member answers « où en êtes-vous ? » by one tap."""

from collections.abc import Iterable

from bot.domain.people import Side
from bot.domain.projects.history import EntryKind
from bot.domain.projects.project import Project
from bot.ports.network import Choice
from config.texts import Texts
from handlers.context.project_lookup import find_own
from handlers.context.turn import Turn
from handlers.projects import closing
from handlers.recommendations.postponing import ask_when

ADVANCING, STUCK, LATER, CLOSE = "advancing", "stuck", "later", "close"

NEWS = (ADVANCING, STUCK, LATER)
"""The answers offered with the question."""

CLOSING = (ADVANCING, CLOSE, LATER)
"""The answers offered when a project falls asleep."""


def answers(texts: Texts, project: Project, states: Iterable[str]) -> tuple[Choice, ...]:
    """The answers of one tap that say these states of the project."""
    return tuple(
        Choice(f"pulse:{project.ref}:{state}", texts.label(f"pulse.{state}")) for state in states
    )


def choose(turn: Turn, key: str) -> None:
    """A member tapped `pulse:REF:state`: tell it to everybody, ask when, or close the project."""
    ref, _, state = key.partition(":")
    project = find_own(turn, ref)
    if project is None or state not in {*NEWS, CLOSE}:
        turn.refuse("choices.stale")
    elif state == LATER:
        ask_when(turn, project, 0)
    elif state == CLOSE:
        closing.close_project(turn, project)
    else:
        _tell_news(turn, project, state)


def _tell_news(turn: Turn, project: Project, state: str) -> None:
    said = turn.label(f"pulse.{state}")
    if _is_repeated(turn, project, state):
        turn.reply_about(project, "pulse.already", state=said)
        return
    project.hear(Side.MEMBERS, turn.now, asks=state == STUCK)
    entry = turn.entry(EntryKind.SAID, said, detail=state)
    turn.announce(project, entry, "pulse.told", f"pulse.thanks_{state}", state=said)


def _is_repeated(turn: Turn, project: Project, state: str) -> bool:
    """Whether that was the last news given, and nobody asked since: a button tapped again."""
    for entry in reversed(turn.uow.projects.story(project, backstage=False)):
        if entry.kind is EntryKind.FOLLOWED_UP:
            return False
        if entry.kind is EntryKind.SAID and entry.detail in NEWS:
            return entry.detail == state
    return False
