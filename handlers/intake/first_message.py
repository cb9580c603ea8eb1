"""Somebody without a project under way writes: they learn what this is, and are answered."""

from collections.abc import Sequence

from bot.domain.intake.service_questions import About, about_the_service
from bot.domain.understanding.reading import Intent
from bot.domain.utterance import Utterance, text_of
from handlers.context.turn import Turn
from handlers.intake import dialogue
from handlers.intake.out_of_scope import turn_down
from handlers.projects import after_refusal
from handlers.safety.alert import speaks_of_danger, warn


def answer(turn: Turn, said: Sequence[Utterance]) -> None:
    """Words that describe a project begin one; others are answered, and nothing is created.

    `said`: all that was said so far, files included.
    """
    words = text_of(said)
    if not words:
        dialogue.describe(turn, said)
        return
    intent, danger = turn.understand(words).intent, speaks_of_danger(turn, words)
    refused = None if danger else after_refusal.find_last(turn)
    if refused is not None and not after_refusal.describes_another(turn, refused, words):
        after_refusal.tell(turn, refused, said)
        return
    about = None if danger else about_the_service(words, turn.catalogue.listener)
    if about is not None:
        _tell_about_the_service(turn, about, said)
        return
    if intent is Intent.PROJECT or (danger and intent is not Intent.OUT_OF_SCOPE):
        dialogue.start(turn, words, said)
        return
    if danger:
        warn(turn, [theme.slug for theme in turn.understand(words).themes])
    dialogue.give_notice(turn)
    neighbours = turn.catalogue.language.out_of_scope.neighbours.said_in(words)
    private = intent is Intent.OFF_TOPIC and neighbours
    if private or intent is Intent.OUT_OF_SCOPE:
        turn_down(turn, words)
        # They may still say for which collectivité they speak: then this was the description.
        dialogue.ask_description(turn, said, words=(words,))
        return
    turn.reply(_answer(turn, intent))
    if any(each.attachment is not None for each in said):
        dialogue.ask_description(turn, said)


def _tell_about_the_service(turn: Turn, about: About, said: Sequence[Utterance]) -> None:
    """No project begins, unless files came; those who have none are invited to describe theirs."""
    dialogue.give_notice(turn)
    turn.reply(f"intake.help_{about}")
    if any(each.attachment is not None for each in said):
        dialogue.ask_description(turn, said)
    elif not turn.projects:
        turn.reply("intake.ask_description")


def _answer(turn: Turn, intent: Intent) -> str:
    if intent is Intent.FOLLOWUP:
        return "intake.project_ended" if turn.projects else "intake.no_project_yet"
    return dialogue.NO_PROJECT.get(intent, "intake.off_topic")
