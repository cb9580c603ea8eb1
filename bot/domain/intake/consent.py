"""Yes and no, said of the summary in one's own words."""

import re

from bot.domain.folding import fold

_LONGEST = 6
_YES = re.compile(
    r"(?:oui|ok|okay|exact|exactement|parfait|d accord|entendu|tout a fait|c est (?:bon|ca|bien ca)"
    r"|envoyez|envoyer|envoie|allez y|valide[rz]?|je confirme)\b"
)
_BUT = re.compile(r"\b(?:non|pas|mais|sauf|ne|n|attend\w*|plutot)\b")
_NO = re.compile(r"\s*non\b[\s,.;:!–—-]*", re.IGNORECASE)
_GIVES_UP = re.compile(r"(?:annule[rz]?|abandonne[rz]?|laisse[rz]? tomber|j abandonne)")


def agrees(words: str) -> bool:
    """Whether the words say yes and nothing else: « oui, c'est bien ça », « ok envoyez »."""
    said = fold(words)
    short = len(said.split()) <= _LONGEST and "?" not in words
    return short and _YES.match(said) is not None and _BUT.search(said) is None


def gives_up(words: str) -> bool:
    """Whether the words drop everything: « annuler »."""
    return _GIVES_UP.fullmatch(fold(words)) is not None


def objection(words: str) -> str | None:
    """What follows « non » (perhaps ""); None if the words do not begin so."""
    no = _NO.match(words)
    return None if no is None else words[no.end() :].strip()
