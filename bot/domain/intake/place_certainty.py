"""How sure it is that words said of the summary name a place, and not somebody or nothing."""

from bot.domain.intake.listener import Listener
from bot.domain.intake.place_names import names, sounds_like_a_name
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.reading import TerritoryReading
from bot.domain.wording.folding import folded_words
from bot.domain.wording.introduction import read_introduction
from bot.domain.wording.tokens import Said

_FEWEST_LETTERS = 6
"""Of a misspelt name without its capital."""


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
