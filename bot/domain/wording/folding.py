"""Words as they are compared: no capitals, accents, punctuation or ornaments."""

import re
import unicodedata

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
