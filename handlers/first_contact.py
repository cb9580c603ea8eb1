"""Somebody without a project under way writes: they learn what this is, and are answered."""

from bot.domain.understanding import Intent
from handlers import intake
from handlers.safety import speaks_of_danger, warn
from handlers.turn import Turn
from handlers.words import Words


def said(turn: Turn, words: str) -> None:
    """Words that describe a project begin one; others are answered, and nothing is created."""
    if not words:
        intake.notice(turn)
        turn.reply("intake.file_kept")
        intake.ask_description(turn, Words.of(turn))
        return
    intent, danger = turn.understand(words).intent, speaks_of_danger(turn, words)
    if intent is Intent.PROJECT or (danger and intent is not Intent.OUT_OF_SCOPE):
        intake.start(turn, words, [Words.of(turn)])
        return
    if danger:
        warn(turn, [theme.slug for theme in turn.understand(words).themes])
    intake.notice(turn)
    turn.reply(_answer(turn, intent))
    if intent is Intent.OUT_OF_SCOPE:
        # They may still say for which collectivité they speak: then this was the description.
        intake.ask_description(turn, Words.of(turn), words=(words,))
    elif turn.incoming.attachment is not None:
        intake.ask_description(turn, Words.of(turn))


def _answer(turn: Turn, intent: Intent) -> str:
    if intent is Intent.FOLLOWUP:
        return "intake.project_ended" if turn.projects else "intake.no_project_yet"
    return intake.NO_PROJECT.get(intent, "intake.off_topic")
