"""Short words to the assistant while a project waits for the team: answered, not added to it."""

from bot.domain.projects.project import Project, ProjectStatus
from bot.domain.understanding import Intent
from handlers.context.turn import Turn
from handlers.projects.history import ball_line

LENGTH = 8
"""More words than that may say something of the project besides."""

_ANSWERS = {
    Intent.FOLLOWUP: "awaited.followup",
    Intent.HELP: "awaited.help",
    Intent.GREETING: "awaited.greeting",
}


def answered(turn: Turn, project: Project) -> bool:
    """Whether the words asked the assistant for news or help, or were a greeting, and were
    answered. Once the project has a room they are for its advisors.
    """
    key = _key(turn) if project.status is ProjectStatus.SUBMITTED else None
    whole = turn.uow.projects.whole(project.ref) if key is not None else None
    if key is None or whole is None:
        return False
    turn.reply_about(whole, key, ball=ball_line(turn, whole))
    return True


def _key(turn: Turn) -> str | None:
    words = turn.incoming.text.strip()
    if turn.incoming.attachment is not None or len(words.split()) > LENGTH:
        return None
    if turn.catalogue.language.steering.gives_up(words):
        return "awaited.give_up"
    understood = turn.understand(words)
    news = understood.intent is Intent.FOLLOWUP
    if understood.themes or (news and not words.endswith("?")):
        return None
    return _ANSWERS.get(understood.intent)
