"""Who takes a choice: one of the answers offered with a message, tapped or typed."""

from collections.abc import Callable, Mapping

from bot.domain.dialogues import (
    AskedForAddress,
    AskedWhen,
    CommandWaiting,
    IntakeDialogue,
    WhichProject,
)
from bot.domain.permissions import Right
from handlers.contact import channels
from handlers.context.turn import Turn
from handlers.followups import check_in
from handlers.intake import dialogue
from handlers.projects import joining, moderation
from handlers.recommendations import postponing, status
from handlers.routing import commands, which_project
from handlers.safety import resolution
from handlers.thread import notes

CHOICES: Mapping[str, tuple[Right, Callable[[Turn, str], None]]] = {
    IntakeDialogue.kind: (Right.SUBMIT, dialogue.choose),
    moderation.ACCEPT: (Right.MODERATE, moderation.choose),
    "mark": (Right.MARK, status.choose),
    AskedWhen.kind: (Right.MARK, postponing.choose),
    WhichProject.kind: (Right.SAY, which_project.choose),
    "pulse": (Right.MARK, check_in.choose),
    AskedForAddress.kind: (Right.MARK, channels.choose),
    CommandWaiting.kind: (Right.READ, commands.choose_project),
    joining.KIND: (Right.READ, joining.choose),
    notes.PUBLISH: (Right.SAY, notes.publish),
    "danger": (Right.MARK, resolution.choose),
}
"""By the beginning of their keys, up to the first colon: with what right such choices are made, and
what is done with the rest of their keys.
"""


def choose(turn: Turn, key: str) -> None:
    """The choice of that key is made; whoever forged or kept it is told that it is not expected."""
    if any(choice.key == key for choice in turn.dialogue.asked):
        turn.dialogue.asked = ()
    name, _, rest = key.partition(":")
    if name not in CHOICES:
        turn.refuse("choices.stale")
        return
    right, take = CHOICES[name]
    if turn.check_right(right):
        take(turn, rest)


def choose_in_shared(turn: Turn, key: str) -> None:
    """The choice was typed where several people talk: « Accepter », of whichever project was told
    of last, is asked about once more if others wait, too.
    """
    if turn.answered is None and moderation.is_one_of_several(turn, key):
        moderation.ask_which(turn)
    else:
        choose(turn, key)
