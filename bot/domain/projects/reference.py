"""References of projects: short, easy to read aloud, forgiving when typed."""

import re
from collections.abc import Callable, Container

# No vowel, so that no word appears; of two characters that look alike, one only.
ALPHABET = "0123456789CDFGHJKMNPQRTVWXY"
_READ_AS = str.maketrans("OILSBZU", "011582V")
_LETTERS_FOR = str.maketrans("0158", "OISB")
_TRIES = 20
_SHORTEST = 4

_WRITTEN = re.compile(
    rf"(?<![0-9A-Z])(?P<prefix>[A-Z0158]{{2,4}}?)(?P<dash> ?[-‐‑–—_] ?| ?)"
    rf"(?P<body>[{ALPHABET}OILSBZU]{{{_SHORTEST},6}})(?![0-9A-Z])",
    re.IGNORECASE | re.ASCII,
)


def new_reference(prefix: str, taken: Container[str], entropy: Callable[[int], bytes]) -> str:
    """A reference such as UV-7K3Q that is not taken; one character longer when they are crowded.

    `entropy` gives that many random bytes, as `secrets.token_bytes` does.
    """
    length = _SHORTEST
    while True:
        for _ in range(_TRIES):
            reference = f"{prefix}-{draw(length, entropy)}"
            if reference not in taken:
                return reference
        length += 1


def find_references(text: str) -> list[str]:
    """What may be references in a text, as they are kept, in order, each once.

    Small letters, a missing hyphen and look-alikes (O for 0, I for 1) are forgiven; without a
    hyphen there must be a digit, so that few words are taken for one.
    """
    found = []
    for match in _WRITTEN.finditer(text):
        if match["prefix"].isdigit():
            continue
        hyphen = bool(match["dash"].strip())
        if hyphen or any(character.isdigit() for character in match["body"]):
            prefix = match["prefix"].upper().translate(_LETTERS_FOR)
            found.append(f"{prefix}-{as_kept(match['body'])}")
    return list(dict.fromkeys(found))


def without_references(text: str) -> str:
    """The text without what may be references."""
    return _WRITTEN.sub(lambda match: "" if find_references(match[0]) else match[0], text)


def as_kept(typed: str) -> str:
    """What was typed in capitals, look-alikes read as `ALPHABET` has them."""
    return typed.upper().translate(_READ_AS)


def draw(length: int, entropy: Callable[[int], bytes]) -> str:
    """So many characters by chance."""
    # 8 bytes a character make the bias of the remainder invisible.
    return "".join(ALPHABET[int.from_bytes(entropy(8)) % len(ALPHABET)] for _ in range(length))
