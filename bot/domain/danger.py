"""Whether words say that a danger is dealt with: closed, cordoned off, evacuated, repaired."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.folding import folded_words

Phrase = tuple[str, ...]
"""Folded words; one that ends with `*` stands for all that begin so."""

_CLAUSE = re.compile(r"[^,;:.!?\n()]*[,;:.!?\n()]?")
_BEFORE = 6
_LONGEST_YES = 6


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The vocabulary of dangers dealt with.

    `doubts` deny, put off or wonder about what follows them in a clause, `delays` what comes before
    them. `openers` begin a new clause. `yes` answers the question whether it is dealt with.
    """

    dealt_with: tuple[Phrase, ...]
    doubts: tuple[Phrase, ...]
    delays: tuple[Phrase, ...]
    openers: tuple[Phrase, ...]
    yes: tuple[Phrase, ...]


def says_dealt_with(text: str, words: DangerWords) -> bool:
    """Whether a message says that the place is closed, protected, empty or repaired.

    Not what is denied, still to come, or asked.
    """
    return any(_affirmed(clause, words.dealt_with, words) for clause in _clauses(text, words))


def says_yes(text: str, words: DangerWords) -> bool:
    """Whether a short answer to « l’accès est-il fermé ou protégé ? » is a yes."""
    typed = folded_words(text)
    if "?" in text or not 0 < len(typed) <= _LONGEST_YES:
        return False
    if any(True for _ in _found(typed, (*words.doubts, *words.delays))):
        return False
    return any(True for _ in _found(typed, (*words.yes, *words.dealt_with)))


def _affirmed(clause: Phrase, phrases: tuple[Phrase, ...], words: DangerWords) -> bool:
    delayed = any(True for _ in _found(clause, words.delays))
    doubts = [end for _, end in _found(clause, words.doubts)]
    return not delayed and any(
        not any(start - _BEFORE <= doubt <= start for doubt in doubts)
        for start, _ in _found(clause, phrases)
    )


def _clauses(text: str, words: DangerWords) -> Iterator[Phrase]:
    for piece in _CLAUSE.findall(text):
        if piece.endswith("?"):
            continue
        clause, start = folded_words(piece), 0
        for opened, end in sorted(_found(clause, words.openers)):
            yield clause[start:opened]
            start = end
        yield clause[start:]


def _found(clause: Phrase, phrases: tuple[Phrase, ...]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand: their first word, and the one after their last."""
    for phrase in phrases:
        for start in range(len(clause) - len(phrase) + 1):
            if all(map(_is, clause[start : start + len(phrase)], phrase)):
                yield start, start + len(phrase)


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
