"""Words as they are compared: no capitals, accents, punctuation or ornaments."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}


def _plain(char: str) -> str:
    lowered = char.lower()
    if lowered in _LIGATURES:
        return _LIGATURES[lowered]
    parts = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in parts if not unicodedata.combining(c)) or lowered


# The Latin blocks, where nearly all letters of a French text are.
_LATIN = {
    code: _plain(chr(code))
    for first, last in ((0x41, 0x5A), (0xC0, 0x24F), (0x1E00, 0x1EFF))
    for code in range(first, last + 1)
}
_INVISIBLE = dict.fromkeys([*range(0x300, 0x370), 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF], "")
_TABLE = {**_LATIN, **_INVISIBLE}


def unaccented(text: str) -> str:
    """The text in lower case without accents; œ becomes oe; invisible characters are gone.

    Punctuation stays. Same words, perhaps not same length.
    """
    folded = text.translate(_TABLE)
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFKD", folded).lower()
    return "".join(c for c in parts if not unicodedata.combining(c))


_NOT_A_WORD = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Small letters and digits, one space between words, nothing else."""
    return _NOT_A_WORD.sub(" ", unaccented(text)).strip()


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; « n'est » gives two."""
    return tuple(fold(text).split())


def only_near(typed: str, offered: Iterable[tuple[str, str]], reach: int) -> str | None:
    """The value of the text, of pairs of a text and its value, that is nearest to what was typed:
    within so many slips of the finger, and nearer than the others. None if there is none.
    """
    near = sorted((OSA.distance(typed, text), value) for text, value in offered)
    if not near or near[0][0] > reach or (near[1:] and near[1][0] == near[0][0]):
        return None
    return near[0][1]
