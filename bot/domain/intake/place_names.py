"""The places that answers name, and the communes that nobody knows."""

import re

from bot.domain.understanding import Reader, TerritoryReading, TerritoryStatus
from bot.domain.understanding.reading import NOWHERE
from bot.domain.wording.folding import fold, folded_words

_IT_IS = re.compile(r"\bc[’' ]?est\b", re.IGNORECASE)
_OFFICES = frozenset({"maire", "maires", "mairie", "commune", "adjoint", "adjointe"})
_NEAR = re.compile(
    r"\b(?:pr[eè]s|proche|[aà] c[oô]t[eé]|non loin|aux environs|autour)\s+(?:de\s+|d[’'])",
    re.IGNORECASE,
)
_AFTER_NOT = re.compile(r"\bpas\s+(?:l[ae]s?\s+)?$", re.IGNORECASE)
_AT_THE_START = re.compile(r"(?:à|a|au|aux)\s", re.IGNORECASE)
_LONGEST_NAME = 6
"""Words of an answer that may be nothing but a name."""

_NONE_OF_THEM = re.compile(
    r"(?:non |ni |c est )*(?:aucune?\b|(?:un |une )?autre\b|pas (?:dans )?(?:la|cette) liste"
    r"|ailleurs|l une? ni l autre)"
)
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’']+"
_LINK = r"(?:l[eè]s|la|le|sur|sous|en|de|du|des|d[’']|l[’'])"
_PROPER = rf"{_WORD}(?:[ -](?:(?i:{_LINK})[ -]?)*{_WORD})*"
_HYPHENED = r"[a-zà-öø-þ]{3,}(?:-[a-zà-öø-þ’']+)+"
_NAME = re.compile(rf"(?:(?:à|À|a|A|au|Au)\s+)?(?:{_PROPER}|{_HYPHENED})")
_OFFICIAL = re.compile(
    r"(?i:\b(?:maires?|mairie|commune|ville|village|bourg|adjointe?|conseil municipal)"
    rf"\s+(?:de\s+la\s+(?:commune|ville)\s+)?(?:de |d[’']|du |des ))(?P<name>{_PROPER}|{_HYPHENED})"
)
_COMMUNE = re.compile(
    r"\b(?:commune|mairie) (?:de (?:la (?:commune|ville) d(?:e |[’']))?|d[’']|(?=du |des ))"
    r"(?P<name>[^,.;:!?()\n]+)",
    re.IGNORECASE,
)
_AT = re.compile(rf"(?:^|[\s,(])(?:à|À|a|A)\s+(?P<name>{_PROPER}|{_HYPHENED})")
_NUMBER = re.compile(
    r"(?:(?:c|est|ce|serait|dans|en|le|la|du|de|celle|celui|departement|dept|numero|non|oui"
    r"|pour) )*(?P<number>\d{2,3}|2[ab])(?: svp| merci| s il vous plait)?"
)
_GIVEN_TO = re.compile(
    r"(?:apparten\w+|appartient|vendue?s?|vendre|cédée?s?|demandée?|demander|confiée?|confier|parlé"
    r"|écrit|louée?s?|grâce|suite|face|quant)$"
)
_SHOUTED = re.compile(
    rf"(?i:\b(?:maire|mairie|commune)\s+d(?:e |’|'))(?P<name>{_WORD}(?:[ -](?:"
    r"(?:L[EÈ]S|LA|LE|SUR|SOUS|EN|DE|DU|DES)[ -])+[A-ZÀ-Þ]+)?)"
)


def place_in(words: str, reader: Reader, area: str = "") -> TerritoryReading:
    """The place that an answer names, in a sentence or alone; « maire » is not Mairé. Of several,
    those of the area that was named before.
    """
    found = _read(words, reader)
    if area and found.codes:
        within = _read(f"{words} ({area})", reader)
        found = within if within.codes else found
    office = found.evidence and found.evidence[0].words.lower() in _OFFICES
    return NOWHERE if office else found


def sounds_like_a_name(place: TerritoryReading, words: str, reader: Reader) -> bool:
    """Whether what was read as a place after « c'est » may be one: common words are only with a
    capital of their own, and nothing is after « pas ».
    """
    evidence = place.evidence[0]
    capital = evidence.words[:1].isupper() and words.find(evidence.words) > 0
    if _AFTER_NOT.search(words.partition(evidence.words)[0]):
        return False
    return (capital and not words.isupper()) or not reader.is_common(evidence.words)


def _read(words: str, reader: Reader) -> TerritoryReading:
    reading = reader.understand(words).territory
    if reading.status is not TerritoryStatus.ABSENT:
        short = len(folded_words(words)) <= _LONGEST_NAME
        in_part = short and reader.place(words).status is TerritoryStatus.ABSENT
        return NOWHERE if in_part else reading
    said = _NEAR.split(_IT_IS.split(words)[-1])[-1].strip() or words
    alone = reader.place(said)
    # « On ne sait pas » holds the name of a commune, and is not the name of one.
    if not names(alone, said, share=1 / 3):
        return NOWHERE
    bare = said == words or _AT_THE_START.match(said) is not None
    return alone if bare or sounds_like_a_name(alone, words, reader) else NOWHERE


def near(words: str) -> bool:
    """Whether words name a place as one beside their own: « près de Luçon »."""
    return _NEAR.search(words) is not None


def names(reading: TerritoryReading, words: str, share: float) -> bool:
    """Whether the place makes up such a share of the words."""
    read = sum(len(evidence.words.replace(" ", "")) for evidence in reading.evidence)
    return bool(reading.evidence) and read >= share * len(words.replace(" ", ""))


def area_named(words: str, reader: Reader) -> str | None:
    """The département or the region that an answer names, if it names no commune: « la Vendée »,
    « c'est le 85 ».
    """
    number = _NUMBER.fullmatch(fold(words))
    said = number["number"] if number else words
    return reader.understand(said).territory.area or reader.place(said).area


def elsewhere(words: str) -> bool:
    """Whether the words say that none of the places offered is meant."""
    return _NONE_OF_THEM.match(fold(words)) is not None


def is_a_name(words: str) -> bool:
    """Whether words are written as one name alone, known or not: « Zblorg sur Mer »."""
    return _NAME.fullmatch(words.strip(" .!")) is not None


def commune_named(words: str) -> str | None:
    """What follows « commune de », « mairie de », as far as the clause goes."""
    said = _COMMUNE.search(words)
    return said["name"].strip() if said else None


def unknown_commune(words: str) -> str | None:
    """What words name as a commune, as it is written: « maire de Trifouilly-les-Oies », « à … ».

    Asked only of words in which no place was found.
    """
    if words.isupper():
        shouted = _SHOUTED.search(words)
        return shouted["name"] if shouted else None
    official = _OFFICIAL.search(words)
    if official is not None:
        return official["name"]
    for at in _AT.finditer(words):
        before = words[: at.start()].rstrip()
        acronym = at["name"].isupper()
        if not acronym and not _GIVEN_TO.search(before):
            return at["name"]
    return None
