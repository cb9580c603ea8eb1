"""Who takes a choice: one of the answers offered with a message, tapped or typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.dialogues import (
    AskedForAddress,
    AskedWhen,
    CommandWaiting,
    IntakeDialogue,
    WhichProject,
)
from bot.domain.permissions import Right
from handlers.contact import channels
from handlers.context.rights import has_right, refuse_right
from handlers.context.turn import Turn
from handlers.followups import check_in
from handlers.intake import dialogue
from handlers.projects import moderation
from handlers.recommendations import postponing, status
from handlers.routing import commands, which_project
from handlers.safety import resolution


@dataclass(frozen=True, slots=True)
class ChoiceKind:
    """What is done with choices of one kind, given what follows the kind in their keys; and with
    what right they are made.
    """

    choose: Callable[[Turn, str], None]
    right: Right


CHOICES: Mapping[str, ChoiceKind] = {
    IntakeDialogue.kind: ChoiceKind(dialogue.choose, Right.SUBMIT),
    "moderate": ChoiceKind(moderation.chosen, Right.MODERATE),
    "mark": ChoiceKind(status.chosen, Right.MARK),
    AskedWhen.kind: ChoiceKind(postponing.chosen, Right.MARK),
    WhichProject.kind: ChoiceKind(which_project.choose, Right.SAY),
    "pulse": ChoiceKind(check_in.take_choice, Right.MARK),
    AskedForAddress.kind: ChoiceKind(channels.choose, Right.MARK),
    CommandWaiting.kind: ChoiceKind(commands.choose_project, Right.READ),
    "danger": ChoiceKind(resolution.chosen, Right.MARK),
}
"""By the beginning of their keys, up to the first colon."""


def choose(turn: Turn, key: str) -> None:
    """The choice of that key is made; whoever forged or kept it is told that it is not expected."""
    if any(choice.key == key for choice in turn.dialogue.asked):
        turn.dialogue.asked = ()
    name, _, rest = key.partition(":")
    kind = CHOICES.get(name)
    if kind is None:
        turn.refuse("choices.stale")
    elif has_right(turn, kind.right):
        kind.choose(turn, rest)
    else:
        refuse_right(turn, kind.right)
