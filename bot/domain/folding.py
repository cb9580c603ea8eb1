"""Words as they are compared: no capitals, accents, punctuation or ornaments."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")


def unaccented(text: str) -> str:
    """The text in small letters without accents; punctuation stays. Same words, perhaps not same
    length.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Small letters and digits, one space between words, nothing else."""
    return _NOT_A_WORD.sub(" ", unaccented(text)).strip()


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; « n'est » gives two."""
    return tuple(fold(text).split())
