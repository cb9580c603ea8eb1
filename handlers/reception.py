"""Every event enters here: what it is, and which intention it is handed to."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime

from bot.domain.answers import match_choice
from bot.domain.commands import Command, Suggestion, parse
from bot.domain.understanding import Intent
from bot.ports.network import Incoming
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue
from handlers import intake, later, marking, moderation, pulse, relay, stopping
from handlers.commands import COMMANDS, available, obey
from handlers.turn import Turn

CHOICES: Mapping[str, Callable[[Turn, str], None]] = {
    "intake": intake.chosen,
    "moderate": moderation.chosen,
    "mark": marking.chosen,
    "later": later.chosen,
    "which": relay.chosen,
    "pulse": pulse.chosen,
    "command": lambda turn, key: obey(turn, key, ""),
}
"""Who takes a choice, by the beginning of its key."""


def receive(uow: UnitOfWork, catalogue: Catalogue, now: datetime, incoming: Incoming) -> None:
    """Handle one event in one transaction."""
    who = uow.people.correspondent(incoming.place, incoming.sender)
    before = deepcopy(who.conversation)
    turn = Turn(uow, catalogue, now, incoming, who)
    if who.person is not None:
        who.person.last_word_at = now
    _handle(turn)
    if turn.conversation != before:
        uow.conversations.save(turn.conversation, now)


def _handle(turn: Turn) -> None:
    if turn.incoming.choice is not None:
        _chosen(turn, turn.incoming.choice)
        return
    match parse(turn.incoming.text, tuple(COMMANDS)):
        case Command(name, rest):
            obey(turn, name, rest)
        case Suggestion(name):
            _suggest(turn, name)
        case None:
            _said(turn)


def _chosen(turn: Turn, key: str) -> None:
    kind, _, rest = key.partition(":")
    handler = CHOICES.get(kind)
    if handler is None:
        turn.refuse("choices.stale")
        return
    turn.conversation.asked = ()
    handler(turn, rest)


def _suggest(turn: Turn, name: str | None) -> None:
    if name is not None and name in available(turn):
        turn.refuse("help.suggestion", name=name)
    else:
        turn.refuse("help.unknown_command")


def _said(turn: Turn) -> None:
    words = turn.incoming.text.strip()
    if not words and turn.incoming.attachment is None:
        turn.refuse("help.empty")
        return
    key = (
        match_choice(words, turn.conversation.asked, turn.catalogue.language.answers)
        if words
        else None
    )
    if key is not None:
        _chosen(turn, key)
    elif turn.who.room is not None:
        relay.from_room(turn, turn.who.room)
    elif turn.team_of is not None:
        turn.refuse("help.team")
    else:
        _said_in_private(turn, words)


def _said_in_private(turn: Turn, words: str) -> None:
    """A dialogue under way goes first, then an answer to what was asked, then the shared thread."""
    flow = turn.conversation.flow
    if _wants_to_stop(turn, words):
        turn.conversation.flow, turn.conversation.data = None, {}
        stopping.stop(turn, "")
    elif flow == intake.FLOW:
        intake.heard(turn, words)
    elif flow == relay.FLOW:
        relay.ask_again(turn)
    elif (flow == later.FLOW and later.heard(turn, words)) or marking.in_words(turn, words):
        return
    elif any(project.open for project in turn.projects):
        turn.conversation.asked = ()
        relay.from_member(turn)
    else:
        intake.first_words(turn, words)


def _wants_to_stop(turn: Turn, words: str) -> bool:
    return bool(words) and turn.understand(words).intent is Intent.UNSUBSCRIBE
