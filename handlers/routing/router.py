"""Every event enters here: what it is, and which intention it is handed to."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.people import Person
from bot.domain.permissions import Right
from bot.domain.understanding import Intent
from bot.domain.wording.command_syntax import Suggestion, WrittenCommand, parse
from bot.ports.network import EventKind, Incoming
from bot.ports.records import UnitOfWork
from config.catalogue import Catalogue
from handlers.contact import channels
from handlers.context.dialogues import COMMAND, HOLDING_WORDS, INTAKE, WHICH
from handlers.context.due_date import lower_due_dates
from handlers.context.rights import allowed
from handlers.context.turn import Turn
from handlers.context.utterance import Utterance, shareable, tell_withheld
from handlers.followups import check_in
from handlers.intake import dialogue, first_message
from handlers.projects import moderation, pause, subscription
from handlers.recommendations import postponing, status
from handlers.routing import commands, events, typed_answers, which_project
from handlers.routing.commands import COMMANDS, available, obey
from handlers.safety import resolution
from handlers.thread import notes, relay

STOP_LENGTH = 12
"""Longer words that ask to stop may say something else besides: they are handled as words, too."""

TAKE_FILES = frozenset({"nouveau", "reco", "note"})
"""The commands that take a file along."""

ASKS_ITSELF = frozenset({"nouveau"})
"""After any other command, a project that is being described is asked about again."""


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes a choice, and with what right it is made."""

    chosen: Callable[[Turn, str], None]
    act: Right


CHOICES: Mapping[str, Taker] = {
    "intake": Taker(dialogue.chosen, Right.SUBMIT),
    "moderate": Taker(moderation.chosen, Right.MODERATE),
    "mark": Taker(status.chosen, Right.MARK),
    "later": Taker(postponing.chosen, Right.MARK),
    "which": Taker(which_project.chosen, Right.SAY),
    "pulse": Taker(check_in.take_choice, Right.MARK),
    "reaching": Taker(channels.chosen, Right.MARK),
    "command": Taker(commands.chosen, Right.READ),
    "danger": Taker(resolution.chosen, Right.MARK),
}
"""Who takes a choice, by the beginning of its key."""


def receive(uow: UnitOfWork, catalogue: Catalogue, now: datetime, incoming: Incoming) -> None:
    """Handle one event in one transaction."""
    who = uow.people.correspondent(incoming.conversation, incoming.sender)
    before = deepcopy(who.dialogue)
    turn = Turn(uow, catalogue, now, incoming, who)
    if who.person is not None and incoming.kind is not EventKind.LEFT:
        _heard_from(who.person, incoming, now)
    if not channels.taken(turn):
        said = incoming.text if turn.team_of else shareable(catalogue.texts, incoming)
        turn.incoming = replace(incoming, text=said)
        _handle(turn)
        if said != incoming.text:
            tell_withheld(turn)
    lower_due_dates(turn)
    if turn.dialogue != before:
        uow.dialogues.save(turn.dialogue, now)


def _heard_from(person: Person, incoming: Incoming, now: datetime) -> None:
    """Whoever writes can be written to there again, and preferably there."""
    person.last_word_at = now
    for address in person.addresses:
        here = address.conversation_ref == incoming.conversation
        if here and address.unreachable_since is not None:
            address.unreachable_since = None
        if here and person.reachable is not address:
            address.last_word_at = now


def _handle(turn: Turn) -> None:
    if events.taken(turn):
        return
    if turn.incoming.choice is not None:
        _chosen(turn, turn.incoming.choice)
        return
    match parse(turn.incoming.text, tuple(COMMANDS)):
        case WrittenCommand(name, rest):
            obey(turn, name, rest)
            if name not in TAKE_FILES:
                _file_alone(turn)
            if name not in ASKS_ITSELF:
                dialogue.remind(turn)
        case Suggestion(name):
            _suggest(turn, name)
            dialogue.remind(turn)
        case None:
            _said(turn, turn.incoming.text.strip())


def _chosen(turn: Turn, key: str) -> None:
    if any(choice.key == key for choice in turn.dialogue.asked):
        turn.dialogue.asked = ()
    kind, _, rest = key.partition(":")
    taker = CHOICES.get(kind)
    if taker is None:
        turn.refuse("choices.stale")
    elif allowed(turn, taker.act):
        taker.chosen(turn, rest)


def _suggest(turn: Turn, name: str | None) -> None:
    if name is not None and name in available(turn):
        turn.refuse("help.suggestion", name=name)
    else:
        turn.refuse("help.unknown_command")


def _said(turn: Turn, words: str) -> None:
    if not words and turn.incoming.attachment is None:
        turn.refuse("help.empty")
    elif turn.who.room is not None and turn.incoming.backstage:
        if allowed(turn, Right.NOTE):
            notes.note(turn, words)
    elif turn.who.room is not None:
        if allowed(turn, Right.SAY):
            relay.from_room(turn, turn.who.room)
    elif turn.team_of is not None:
        turn.refuse("help.team_words")
    elif turn.advisor is not None:
        turn.refuse("help.advisor_words")
    else:
        _said_in_private(turn, words)


def _said_in_private(turn: Turn, words: str) -> None:
    """« Stop » goes before everything, then an answer to what was asked, a dialogue under way, the
    shared thread.
    """
    if words and turn.understand(words).intent is Intent.UNSUBSCRIBE and _stopped(turn, words):
        return
    key = typed_answers.choice(turn, words)
    steered = pause.steered(turn, words)
    if key is not None:
        _chosen(turn, key)
    elif steered is not None and turn.dialogue.flow not in HOLDING_WORDS:
        obey(turn, *steered)
    elif turn.dialogue.flow == INTAKE:
        dialogue.heard(turn, words)
        return
    elif turn.dialogue.flow == WHICH:
        which_project.heard(turn)
        return
    elif turn.dialogue.flow == COMMAND and commands.heard(turn, words):
        pass
    elif not typed_answers.state_or_day(turn, words):
        turn.dialogue.asked = ()
        _said_freely(turn)
        return
    _file_alone(turn)


def _said_freely(turn: Turn) -> None:
    if any(project.open for project in turn.projects):
        which_project.said(turn)
    else:
        first_message.said(turn, [Utterance.of(turn)])


def _file_alone(turn: Turn) -> None:
    """A file that came with an answer or a command is said by itself."""
    if turn.incoming.attachment is not None:
        turn.incoming = replace(turn.incoming, text="")
        _said(turn, "")


def _stopped(turn: Turn, words: str) -> bool:
    """Whether the words asked to stop and said nothing else; they did stop if the person has a
    project.
    """
    about_a_project = turn.understand(words).theme is not None
    if not turn.projects and about_a_project:
        return False
    subscription.stop(turn)
    return len(words.split()) <= STOP_LENGTH
