"""A dialogue that cannot be read, from another version or damaged: its words go on, and the person
is asked again.
"""

from collections.abc import Iterable

from bot.domain.dialogues import Unreadable
from bot.domain.utterance import Origin, Utterance
from handlers.context.origins import source_of
from handlers.context.turn import Turn
from handlers.context.utterance import utterance_of
from handlers.intake import dialogue
from handlers.routing import which_project


def go_on(turn: Turn, lost: Unreadable) -> None:
    """The words of the event join those that could be saved."""
    _ask_again(turn, [*_saved_words(turn, lost), utterance_of(turn)])


def recover(turn: Turn) -> None:
    """Whatever was done else, the person is asked again if their dialogue cannot be read."""
    lost = turn.dialogue.under_way
    if isinstance(lost, Unreadable):
        _ask_again(turn, list(_saved_words(turn, lost)))


def _ask_again(turn: Turn, words: list[Utterance]) -> None:
    """The saved words join a description, or wait until their project is named."""
    turn.dialogue.end()
    mine = turn.open_projects
    turn.reply("recovery.asked_again" if words else "recovery.nothing_kept")
    if words and mine:
        which_project.put_question(turn, "which.ask", mine, tuple(words))
    elif words:
        dialogue.describe(turn, words)


def _saved_words(turn: Turn, lost: Unreadable) -> Iterable[Utterance]:
    """The event that said them is not known any more: they have a source of their own."""
    origin = Origin(f"{source_of(turn.incoming)}:saved")
    texts = "\n\n".join(lost.texts)
    if texts:
        yield Utterance(texts, origin)
    for file in lost.files:
        yield Utterance("", origin, file)
