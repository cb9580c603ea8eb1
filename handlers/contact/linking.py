"""One person, several addresses: a one-time code, read in one chat and typed in another, joins
them.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.codes import code_alone, read_code
from bot.domain.people import Advisor, Person
from bot.domain.wording.command_syntax import CommandCall
from bot.ports.records import DialogueState
from handlers.context.turn import Turn

LIFE = timedelta(minutes=15)
"""How long a code serves, and how long somebody waits who typed too many that are none."""

TRIES = 5

_START = "/start "


def link(turn: Turn, call: CommandCall) -> None:
    """`/relier` gives a code; `/relier CODE` joins this address to the person who was given it."""
    if call.words:
        redeem(turn, call.words)
    else:
        give_code(turn)


def give_code(turn: Turn) -> None:
    """Tell the person a code that joins another address to them."""
    if turn.who.person is None:
        turn.refuse("linking.nobody")
    else:
        code = turn.uow.codes.give(turn.who.person, turn.now + LIFE, turn.now)
        turn.reply("linking.code", code=code)


def read_offered_code(words: str) -> str | None:
    """The code that the words are, alone or behind Telegram's « /start »; None for other words."""
    behind = words.removeprefix(_START)
    return read_code(behind) if behind != words else code_alone(words)


def redeem(turn: Turn, typed: str) -> None:
    """Join this address to the person who was given the code, or say why not."""
    codes, (network, sender) = turn.uow.codes, (turn.conversation.network, turn.incoming.sender)
    if codes.failures(network, sender, turn.now - LIFE) >= TRIES:
        turn.refuse("linking.wait")
        return
    code = read_code(typed)
    owner = codes.take(code, turn.now) if code is not None else None
    first = turn.uow.people.by_id(owner) if owner is not None else None
    if first is None:
        codes.note_failure(network, sender, turn.now)
        turn.refuse("linking.unknown")
    elif first is turn.who.person:
        turn.reply("linking.already")
    else:
        _join(turn, first)


def _join(turn: Turn, first: Person) -> None:
    """This address is the first person's from now on. An entry of the register takes in addresses,
    but never projects, and is never taken in.
    """
    advisor = _entry(turn, first)
    second = turn.who.person
    mine = turn.uow.projects.of_person(second) if second is not None else []
    if turn.who.advisor is not None or (advisor is not None and mine):
        turn.refuse("linking.advisor")
        return
    _tell_first(turn, first)
    elsewhere = _dialogue_elsewhere(turn, first)
    if elsewhere is not None:
        _go_on_here(turn, elsewhere)
    if second is None:
        first.addresses.append(turn.new_address())
        kept = first
    else:
        kept = _merge(turn, first, second, keeps_first=advisor is not None)
    for address in kept.addresses:
        if address.conversation_ref == turn.conversation:
            address.last_word_at = turn.now
    turn.known_as(kept, advisor)
    if elsewhere is not None:
        turn.reply("linking.joined_goes_on", *turn.dialogue.asked, kind="question")
    else:
        turn.reply("linking.joined")


def _merge(turn: Turn, first: Person, second: Person, *, keeps_first: bool) -> Person:
    """One person out of two: the one with fewer projects is no more."""
    projects = turn.uow.projects
    counts = len(projects.of_person(first)), len(projects.of_person(second))
    kept, gone = (first, second) if keeps_first or counts[0] >= counts[1] else (second, first)
    for project in projects.of_person(gone):
        project.change_person(gone, kept)
    kept.name = kept.name or gone.name
    kept.function = kept.function or gone.function
    kept.created_at = min(kept.created_at, gone.created_at)
    kept.stopped_at = kept.stopped_at or gone.stopped_at
    kept.last_followup_at = _latest((kept.last_followup_at, gone.last_followup_at))
    kept.last_word_at = _latest((kept.last_word_at, gone.last_word_at))
    turn.uow.people.merge(kept, gone)
    return kept


def _entry(turn: Turn, person: Person) -> Advisor | None:
    """The register entry of somebody, in service or not."""
    for address in person.addresses:
        place = address.conversation_ref
        return turn.uow.people.correspondent(place, address.sender).advisor
    return None


def _tell_first(turn: Turn, first: Person) -> None:
    """Where the code was given, they learn that it was used."""
    address = first.reachable
    if address is not None:
        text = turn.text("linking.joined_elsewhere")
        turn.send(address.conversation_ref, text)


def _dialogue_elsewhere(turn: Turn, first: Person) -> DialogueState | None:
    """What waits for an answer at another address of the person; None if a dialogue is under way
    here.
    """
    if turn.dialogue.under_way is not None:
        return None
    for address in first.addresses:
        there = turn.uow.people.correspondent(address.conversation_ref, address.sender).dialogue
        if there.under_way is not None or there.asked:
            return there
    return None


def _go_on_here(turn: Turn, there: DialogueState) -> None:
    """What waited for an answer there is answered here from now on."""
    turn.dialogue.under_way, turn.dialogue.asked = there.under_way, there.asked
    turn.uow.dialogues.save(DialogueState(there.conversation), turn.now)


def _latest(instants: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in instants if at is not None), default=None)
