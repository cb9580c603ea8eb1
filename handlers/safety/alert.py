"""Danger now: the instructions come before anything else, and advisors are alerted at once.

Nothing here ever says that something is safe.
"""

from collections.abc import Sequence

from bot.domain.projects.project import Project
from bot.domain.urgency import Urgency
from bot.domain.wording.markup import quote
from config.texts import Raw
from handlers.context.turn import Turn
from handlers.rooms.opening import open_room

_BRIDGE = "pont"


def warn(turn: Turn, themes: Sequence[str], then: str | None = None) -> None:
    """Give the safety instructions of the first theme in answer to the event; `then` names what
    follows them.
    """
    text = turn.text("safety.bridge" if _BRIDGE in themes[:1] else "safety.general")
    if then is not None:
        text = f"{text}\n\n{turn.text(then)}"
    turn.send(turn.conversation, text, kind="safety")


def speaks_of_danger(turn: Turn, words: str) -> bool:
    """Whether the words report a danger to people, now."""
    return turn.understand(words).urgency is Urgency.IMMEDIATE


def alert(turn: Turn, project: Project) -> None:
    """Alert the advisors and the team; before acceptance the room opens for that."""
    project.endanger(turn.now)
    text = turn.text_about(project, "safety.room")
    if not turn.tell_room(project, text, kind="safety"):
        whole = turn.uow.projects.whole(project.ref)
        if whole is not None:
            open_room(turn, whole)
    turn.tell_team(project, turn.text_about(project, "safety.team"), kind="safety")


def alert_teams(turn: Turn, projects: Sequence[Project]) -> None:
    """Tell the team of each of the projects that the words of this turn may be meant for."""
    words = Raw(quote(turn.incoming.text))
    for project in projects:
        text = turn.text_about(
            project,
            "safety.team_unsure",
            author=turn.author,
            words=words,
        )
        turn.tell_team(project, text, kind="safety")
