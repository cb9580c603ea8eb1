"""The places that answers name."""

import re

from bot.domain.intake.listener import Listener, PlaceAnswerWords
from bot.domain.understanding.reading import NOWHERE, TerritoryReading, TerritoryStatus
from bot.domain.wording.folding import folded_words
from bot.domain.wording.tokens import Said

_LONGEST_NAME = 6
"""Words of an answer that may be nothing but a name."""

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
