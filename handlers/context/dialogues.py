"""Dialogues under way, and what may be put to somebody in the midst of one."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.people import Address
from bot.ports.network import Choice
from bot.ports.records import DialogueState, UnitOfWork

INTAKE = "intake"
WHICH = "which"
COMMAND = "command"
LATER = "later"
REACHING = "reaching"
REFUSED = "refused"

HOLDING_WORDS = frozenset({INTAKE, WHICH})
"""The dialogues that hold words not yet passed on: no other takes their place."""


def offer(uow: UnitOfWork, address: Address, choices: Sequence[Choice], now: datetime) -> None:
    """Typed words at the address are answers among these choices from now on; unless a dialogue
    there holds words: what is typed answers that one, and the choices can be tapped.
    """
    place = address.conversation_ref
    uow.dialogues.asked(place, tuple(choices), now, HOLDING_WORDS)


def drop(conversation: DialogueState) -> bool:
    """End the dialogue under way, if there is one; return whether words were given up with it.

    Words that wait until their project is named are no draft: they go on waiting.
    """
    if conversation.flow == WHICH:
        return False
    given_up = conversation.flow == INTAKE and bool(conversation.data.get("words"))
    conversation.flow, conversation.data, conversation.asked = None, {}, ()
    return given_up
