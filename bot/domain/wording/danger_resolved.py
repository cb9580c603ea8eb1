"""Whether words say that a danger is dealt with: closed, cordoned off, evacuated, repaired."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.wording.folding import folded_words

Phrase = tuple[str, ...]
"""Folded words; one that ends with `*` stands for all that begin so."""

_CLAUSE = re.compile(r"[^,;:.!?\n()]*[,;:.!?\n()]?")
_BEFORE = 6
_BESIDE = 4
_LONGEST_YES = 6


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The vocabulary of dangers dealt with.

    `protections` say so beside one of `in_place`. `doubts` deny, put off or wonder about what
    follows them in a clause, `delays` what comes before them, `reversals` what was said before them
    in the message. `openers` begin a new clause. `yes` answers the question whether it is dealt
    with.
    """

    dealt_with: tuple[Phrase, ...]
    protections: tuple[Phrase, ...]
    in_place: tuple[Phrase, ...]
    doubts: tuple[Phrase, ...]
    delays: tuple[Phrase, ...]
    reversals: tuple[Phrase, ...]
    openers: tuple[Phrase, ...]
    yes: tuple[Phrase, ...]


def says_dealt_with(text: str, words: DangerWords) -> bool:
    """Whether a message says that the place is closed, protected, empty or repaired.

    Not what is denied, still to come, asked, or taken back.
    """
    clauses = list(_clauses(text, words))
    affirmed = [at for at, clause in enumerate(clauses) if _affirmed(clause, words)]
    if not affirmed:
        return False
    return not any(True for clause in clauses[affirmed[-1] :] for _ in _taken_back(clause, words))


def says_yes(text: str, words: DangerWords) -> bool:
    """Whether a short answer to « l’accès est-il fermé ou protégé ? » is a yes."""
    typed = folded_words(text)
    if "?" in text or not 0 < len(typed) <= _LONGEST_YES:
        return False
    if any(True for _ in _found(typed, (*words.doubts, *words.delays))):
        return False
    return any(True for _ in _found(typed, (*words.yes, *words.dealt_with)))


def _affirmed(clause: Phrase, words: DangerWords) -> bool:
    delayed = any(True for _ in _found(clause, words.delays))
    doubts = [end for _, end in _found(clause, words.doubts)]
    return not delayed and any(
        not any(start - _BEFORE <= doubt <= start for doubt in doubts)
        for start in (*(at for at, _ in _found(clause, words.dealt_with)), *_set_up(clause, words))
    )


def _set_up(clause: Phrase, words: DangerWords) -> Iterator[int]:
    """Where it is complete that a protection is in place: a doubt may stand between both words."""
    put = [at for at, _ in _found(clause, words.in_place)]
    for at, _ in _found(clause, words.protections):
        yield from (max(at, other) for other in put if abs(at - other) <= _BESIDE)


def _taken_back(clause: Phrase, words: DangerWords) -> Iterator[tuple[int, int]]:
    """The reversals of a clause, but « mais » where it opens what is affirmed."""
    opened = clause[:1] if _affirmed(clause, words) else ()
    return _found(clause[len(opened) :], words.reversals)


def _clauses(text: str, words: DangerWords) -> Iterator[Phrase]:
    for piece in _CLAUSE.findall(text):
        if piece.endswith("?"):
            continue
        clause, start = folded_words(piece), 0
        for opened, _ in sorted(_found(clause, words.openers)):
            yield clause[start:opened]
            start = opened
        yield clause[start:]


def _found(clause: Phrase, phrases: tuple[Phrase, ...]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand: their first word, and the one after their last."""
    for phrase in phrases:
        for start in range(len(clause) - len(phrase) + 1):
            if all(map(_is, clause[start : start + len(phrase)], phrase)):
                yield start, start + len(phrase)


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
