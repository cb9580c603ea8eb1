"""Codes that somebody reads in one chat and types in another: eight letters and digits, without
vowels, forgiving when typed.
"""

import re
from collections.abc import Callable

from bot.domain.projects.reference import ALPHABET, as_kept, draw

LENGTH = 8
_SEPARATORS = re.compile(r"[\s\-‐‑–—_]+")
_ALONE = re.compile(r"[A-Z0-9]{4}[ \-‐‑–—]?[A-Z0-9]{4}", re.IGNORECASE | re.ASCII)


def new_code(entropy: Callable[[int], bytes]) -> str:
    """A code with a letter and a digit in it at least, so that no word and no number is one.

    `entropy` gives that many random bytes, as `secrets.token_bytes` does.
    """
    while True:
        code = draw(LENGTH, entropy)
        if not code.isdigit() and not code.isalpha():
            return code


def read_code(typed: str) -> str | None:
    """The code that was typed, as it is kept; None for what can be none.

    Small letters, spaces, hyphens and look-alikes (O for 0, I for 1) are forgiven.
    """
    code = as_kept(_SEPARATORS.sub("", typed))
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def code_alone(words: str) -> str | None:
    """The code that is all of the words; None for words that say something else."""
    typed = words.strip()
    if _ALONE.fullmatch(typed) is None or not re.search(r"\d", typed) or typed.isdigit():
        return None
    return read_code(typed) if re.search(r"[^\W\d_]", typed) else None
