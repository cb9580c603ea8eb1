"""The places that answers name, and how sure it is that they name a place."""

import re

from bot.domain.intake.listener import Listener, PlaceAnswerWords
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.reading import NOWHERE, TerritoryReading, TerritoryStatus
from bot.domain.wording.folding import folded_words
from bot.domain.wording.introduction import read_introduction
from bot.domain.wording.tokens import Said

_LONGEST_NAME = 6
"""Words of an answer that may be nothing but a name."""

_FEWEST_LETTERS = 6
"""Of a misspelt name without its capital."""

_DEPARTEMENT = re.compile(r"\d{2,3}|2[ab]")


def place_in(words: str, listener: Listener, area: str = "") -> TerritoryReading:
    """The place that an answer names, in a sentence or alone; « maire » is not Mairé. Of several,
    those of the area that was named before.
    """
    found = _read(words, listener)
    if area and found.codes:
        within = _read(f"{words} ({area})", listener)
        found = within if within.codes else found
    office = found.evidence and found.evidence[0].words.lower() in listener.places.offices
    return NOWHERE if office else found


def sounds_like_a_name(place: TerritoryReading, words: str, listener: Listener) -> bool:
    """Whether what was read as a place after « c'est » may be one: common words are only with a
    capital of their own, and nothing is after « pas ».
    """
    evidence = place.evidence[0]
    capital = evidence.words[:1].isupper() and words.find(evidence.words) > 0
    if listener.places.after_not.ends(Said.of(words.partition(evidence.words)[0])):
        return False
    return (capital and not words.isupper()) or not listener.reader.is_common(evidence.words)


def _read(words: str, listener: Listener) -> TerritoryReading:
    reading = listener.reader.understand(words).territory
    if reading.status is not TerritoryStatus.ABSENT:
        short = len(folded_words(words)) <= _LONGEST_NAME
        in_part = short and listener.reader.place(words).status is TerritoryStatus.ABSENT
        return NOWHERE if in_part else reading
    said = _after_what_leads_to_it(words, listener.places) or words
    alone = listener.reader.place(said)
    # « On ne sait pas » holds the name of a commune, and is not the name of one.
    if not names(alone, said, share=1 / 3):
        return NOWHERE
    bare = said == words or listener.places.at.at(Said.of(said)) is not None
    return alone if bare or sounds_like_a_name(alone, words, listener) else NOWHERE


def _after_what_leads_to_it(text: str, words: PlaceAnswerWords) -> str:
    """What follows the last « c'est », then the last « près de »."""
    for leading in (words.it_is, words.near):
        said = Said.of(text)
        for match in leading.every(said):
            text = said.after(match.end)
    return text.strip()


def names(reading: TerritoryReading, words: str, share: float) -> bool:
    """Whether the place makes up such a share of the words."""
    read = sum(len(evidence.words.replace(" ", "")) for evidence in reading.evidence)
    return bool(reading.evidence) and read >= share * len(words.replace(" ", ""))


def area_named(words: str, listener: Listener) -> str | None:
    """The département or the region that an answer names, if it names no commune: « la Vendée »,
    « c'est le 85 ».
    """
    said = Said.of(words)
    match = listener.places.departement.whole(said)
    number = said.between(*match.slots["number"]) if match else ""
    words = number if _DEPARTEMENT.fullmatch(number.lower()) else words
    return listener.reader.understand(words).territory.area or listener.reader.place(words).area


def is_sure(
    place: TerritoryReading, said: str, listener: Listener, firm: bool, said_so: bool
) -> bool:
    """Whether words that name no field, and do not say « à », are the name of a place: exact, or
    nearly, where they say that they correct something (`firm`) and have its capital, or say « c'est
    Apremond » and no common word.
    """
    reader, name = listener.reader, place.evidence[0].words
    if listener.places.at.ends(Said.of(said.partition(name)[0])):
        return True
    capital = name[:1].isupper()
    long = capital or len(name) >= _FEWEST_LETTERS
    nearly = said_so and long and not name.isupper() and not reader.is_common(name)
    exact = reader.is_exact(place) or (firm and capital) or nearly
    bare = names(place, said, share=1)
    return exact and (bare or sounds_like_a_name(place, said, listener))


def is_doubtful(place: TerritoryReading, said: str, reader: Reader) -> bool:
    """Whether the words only come near the name, and no département nor postcode makes it sure."""
    number = any(char.isdigit() for char in said)
    return not (number or reader.is_exact(place) or reader.understand(said).territory.area)


def is_somebody(place: TerritoryReading, said: str, listener: Listener) -> bool:
    """Whether what was read as a place is a person: « Thierry », « Marcel, l'adjoint »."""
    who = read_introduction(said, listener.introductions)
    office = read_introduction(who.function, listener.introductions) if who is not None else None
    held = office is not None and office.function != ""  # « pas Fontenay » is no office
    first = folded_words(place.evidence[0].words)[:1]
    return held or not listener.introductions.first_names.isdisjoint(first)


def is_proper(place: TerritoryReading, written: str) -> bool:
    """Whether the name is written as one: with a capital, unless nothing after the beginning has
    one.
    """
    first = place.evidence[0].words
    capitals = any(char.isupper() for char in written[1:])
    return not capitals or any(c.isupper() for c in first)
