"""One person, several addresses: a one-time code, read in one chat and typed in another, joins
them.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.codes import code_alone, read_code
from bot.domain.people import Address, Advisor, Person
from bot.ports.network import EventKind
from bot.ports.records import DialogueState
from handlers.context.turn import Turn

LIFE = timedelta(minutes=15)
"""How long a code serves, and how long somebody waits who typed too many that are none."""

TRIES = 5

_START = "/start "


def link(turn: Turn, rest: str) -> None:
    """`/relier` gives a code; `/relier CODE` joins this address to the person who was given it."""
    if rest:
        _redeem(turn, rest)
    elif turn.who.person is None:
        turn.refuse("linking.nobody")
    else:
        code = turn.uow.codes.give(turn.who.person, turn.now + LIFE, turn.now)
        turn.reply("linking.code", code=code)


def offered(turn: Turn) -> bool:
    """Whether the words are a code, alone or behind Telegram's « /start »."""
    words = turn.incoming.text.strip()
    if (
        not turn.private
        or turn.incoming.kind is not EventKind.SAID
        or turn.incoming.choice is not None
    ):
        return False
    if words.startswith(_START) and read_code(words.removeprefix(_START)) is not None:
        _redeem(turn, words.removeprefix(_START))
        return True
    if code_alone(words) is not None:
        _redeem(turn, words)
        return True
    return False


def _redeem(turn: Turn, typed: str) -> None:
    codes, (network, sender) = turn.uow.codes, (turn.conversation.network, turn.incoming.sender)
    if codes.failures(network, sender, turn.now - LIFE) >= TRIES:
        turn.refuse("linking.wait")
        return
    code = read_code(typed)
    owner = codes.take(code, turn.now) if code is not None else None
    first = turn.uow.people.by_id(owner) if owner is not None else None
    if first is None:
        codes.failed(network, sender, turn.now)
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
    goes_on = _take_dialogue(turn, first)
    if second is None:
        here = (turn.conversation.network, turn.conversation.name, turn.incoming.sender)
        first.addresses.append(Address(*here, created_at=turn.now))
        kept = first
    else:
        kept = _merged(turn, first, second, keeps_first=advisor is not None)
    for address in kept.addresses:
        if address.conversation_ref == turn.conversation:
            address.last_word_at = turn.now
    turn.known_as(kept, advisor)
    if goes_on:
        turn.reply("linking.joined_goes_on", *turn.dialogue.asked, kind="question")
    else:
        turn.reply("linking.joined")


def _merged(turn: Turn, first: Person, second: Person, *, keeps_first: bool) -> Person:
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


def _take_dialogue(turn: Turn, first: Person) -> bool:
    """The dialogue under way at another address goes on here, unless there is one here."""
    here = turn.dialogue
    if here.flow is not None:
        return False
    for address in first.addresses:
        place = address.conversation_ref
        there = turn.uow.people.correspondent(place, address.sender).dialogue
        if there.flow is not None or there.asked:
            here.flow, here.data, here.asked = there.flow, there.data, there.asked
            turn.uow.dialogues.save(DialogueState(place), turn.now)
            return True
    return False


def _latest(instants: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in instants if at is not None), default=None)
