"""Whether words say that a danger is dealt with: closed, cordoned off, evacuated, repaired."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said

_STOPS = frozenset(",;:.!?\n()")
_BEFORE = 6
_BESIDE = 4
_LONGEST_YES = 6


@dataclass(frozen=True, slots=True)
class DangerResolvedWords:
    """The vocabulary of dangers dealt with: see `config/language/danger_resolved.toml`.

    `protections` say so beside one of `in_place`. `doubts` deny, put off or wonder about what
    follows them in a clause, `delays` what comes before them, `reversals` what was said before them
    in the message. `openers` begin a new clause. `yes` answers the question whether it is dealt
    with.
    """

    dealt_with: Phrases
    protections: Phrases
    in_place: Phrases
    doubts: Phrases
    delays: Phrases
    reversals: Phrases
    openers: Phrases
    yes: Phrases


def says_dealt_with(text: str, words: DangerResolvedWords) -> bool:
    """Whether a message says that the place is closed, protected, empty or repaired.

    Not what is denied, still to come, asked, or taken back.
    """
    clauses = list(_clauses(Said.of(text), words))
    affirmed = [at for at, clause in enumerate(clauses) if _is_affirmed(clause, words)]
    return bool(affirmed) and not any(
        _is_taken_back(clause, words) for clause in clauses[affirmed[-1] :]
    )


def says_yes(text: str, words: DangerResolvedWords) -> bool:
    """Whether a short answer to « l’accès est-il fermé ou protégé ? » is a yes."""
    said = Said.of(text)
    if "?" in text or not 0 < len(said) <= _LONGEST_YES:
        return False
    if words.doubts.first(said) or words.delays.first(said):
        return False
    return (words.yes.first(said) or words.dealt_with.first(said)) is not None


def _is_affirmed(clause: Said, words: DangerResolvedWords) -> bool:
    if words.delays.first(clause):
        return False
    doubts = [match.end for match in words.doubts.everywhere(clause)]
    said = [match.start for match in words.dealt_with.everywhere(clause)]
    return any(
        not any(place - _BEFORE <= doubt <= place for doubt in doubts)
        for place in (*said, *_set_up(clause, words))
    )


def _set_up(clause: Said, words: DangerResolvedWords) -> Iterator[int]:
    """Where it is complete that a protection is in place: a doubt may stand between both words."""
    put = [match.start for match in words.in_place.everywhere(clause)]
    for match in words.protections.everywhere(clause):
        yield from (max(match.start, at) for at in put if abs(match.start - at) <= _BESIDE)


def _is_taken_back(clause: Said, words: DangerResolvedWords) -> bool:
    """Whether there is a reversal, but « mais » where it opens what is affirmed."""
    return words.reversals.first(clause, int(_is_affirmed(clause, words))) is not None


def _clauses(said: Said, words: DangerResolvedWords) -> Iterator[Said]:
    """What is said between stops, and before a word that opens a clause; not what is asked."""
    start = 0
    for place in range(1, len(said) + 1):
        after = said.gap(place) if place < len(said) else said.text[said.tokens[-1].end :]
        stop = next((char for char in after if char in _STOPS), "")
        if stop or place == len(said):
            if stop != "?":
                yield from _opened(said.part(start, place), words)
            start = place


def _opened(piece: Said, words: DangerResolvedWords) -> Iterator[Said]:
    start = 0
    for opener in words.openers.everywhere(piece):
        yield piece.part(start, opener.start)
        start = opener.start
    yield piece.part(start, len(piece))
