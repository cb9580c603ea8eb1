"""Answers to « où en êtes-vous ? »: one tap says how the project goes."""

from bot.domain.markup import plain
from bot.domain.people import Side
from bot.domain.project import Entry, EntryKind, Project
from bot.ports.network import Choice
from config.texts import Texts
from handlers.later import ask_when
from handlers.planning import wake
from handlers.turn import Turn, signature

STATES = ("advancing", "stuck", "later")


def answers(texts: Texts, project: Project) -> tuple[Choice, ...]:
    """The one-tap answers to « où en êtes-vous ? »."""
    return tuple(
        Choice(f"pulse:{project.ref}:{state}", plain(texts(f"pulse.{state}"))) for state in STATES
    )


def chosen(turn: Turn, key: str) -> None:
    """`pulse:REF:state` was tapped by a member."""
    ref, _, state = key.partition(":")
    mine = any(project.ref == ref for project in turn.projects)
    project = turn.uow.projects.whole(ref) if mine else None
    if project is None or state not in STATES:
        turn.refuse("choices.stale")
    elif state == "later":
        ask_when(turn, project, 0)
    else:
        _tell(turn, project, state)


def _tell(turn: Turn, project: Project, state: str) -> None:
    author = signature(turn.person())
    label = turn.label(f"pulse.{state}")
    turn.uow.projects.record(project, Entry(turn.now, EntryKind.SAID, Side.MEMBERS, author, label))
    project.acted(Side.MEMBERS, turn.now)
    turn.tell_room(project, turn.text("pulse.told", author=author, state=label), kind="notice")
    turn.reply_about(project, f"pulse.thanks_{state}")
    wake(turn, project)
