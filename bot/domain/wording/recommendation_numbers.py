"""Recommendations that words name by their numbers, and the state the words say each is in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.wording.answers import AnswerWords, RecommendationAnswer, read_status
from bot.domain.wording.folding import unaccented
from bot.domain.wording.phrases import Match, Phrases
from bot.domain.wording.tokens import Said

_DIGITS = re.compile(r"\d+")
_GLUED = re.compile(r"(?<=[a-z])(?=\d)")
_CLAUSE_END = re.compile(r"[,;:.!\n()]+")
_STOPS = ",;:.!)\n"
_LONGEST = 1000
"""Characters: longer words tell a story, they do not report."""


@dataclass(frozen=True, slots=True)
class RecommendationNumberWords:
    """How a recommendation is named by its number: see
    `config/language/recommendation_numbers.toml`.
    """

    named: Phrases
    bare: Phrases
    first: Phrases
    verbs: Phrases


def named_states(
    text: str, words: RecommendationNumberWords, answers: AnswerWords
) -> tuple[tuple[int, RecommendationAnswer], ...]:
    """What a message says of each recommendation that it names: (number, answer), in order, each
    number once.

    The state follows the number (« la 1 est faite, la 2 est bloquée »), or precedes it (« c'est
    fait pour la 1 »). Empty if the message names none, says no state, or asks.
    """
    if "?" in text or len(text) > _LONGEST or _DIGITS.search(text) is None:
        return ()
    said = Said.of(_GLUED.sub(" ", unaccented(text)))
    found = list(_numbers(said, words))
    after = _states(found, _afterwards(said, found), answers)
    return tuple(dict(after or _states(found, _beforehand(said, found), answers)).items())


@dataclass(frozen=True, slots=True)
class _Named:
    """Numbers of recommendations, and where they are named in the text."""

    numbers: tuple[int, ...]
    start: int
    end: int


def _numbers(said: Said, words: RecommendationNumberWords) -> Iterator[_Named]:
    place = 0
    while place < len(said):
        match = words.named.at(said, place) or _unnamed(said, place, words)
        if match is not None:
            first, last = match.slots["numbers"]
            numbers = map(int, _DIGITS.findall(said.between(first, last)))
            start = said.tokens[match.start].start
            yield _Named(tuple(numbers), start, said.tokens[match.end - 1].end)
        place = match.end if match is not None else place + 1


def _unnamed(said: Said, place: int, words: RecommendationNumberWords) -> Match | None:
    """Numbers without their noun, before a verb, a stop or nothing: « la 2 voies » is a road."""
    match = words.bare.at(said, place)
    if match is None and place in {0, 1}:
        match = words.first.at(said, place)
    if match is None or match.end == len(said):
        return match
    stopped = any(char in _STOPS for char in said.gap(match.end))
    return match if stopped or words.verbs.at(said, match.end) else None


def _states(
    found: Sequence[_Named], pieces: Iterator[tuple[str, str]], answers: AnswerWords
) -> list[tuple[int, RecommendationAnswer]]:
    """The state that the first telling piece of words gives to the numbers of each match."""
    states = []
    for named, candidates in zip(found, pieces, strict=True):
        said = (read_status(piece, answers) for piece in candidates)
        answer = next((answer for answer in said if answer is not None), None)
        if answer is not None:
            states += [(number, answer) for number in named.numbers]
    return states


def _afterwards(said: Said, found: Sequence[_Named]) -> Iterator[tuple[str, str]]:
    """All that follows each match until the next one, then its first clause alone."""
    ends = [*(named.start for named in found[1:]), len(said.text)]
    for named, end in zip(found, ends, strict=False):
        piece = said.text[named.end : end].lstrip(" \u00a0,;:.)-")
        yield piece, _CLAUSE_END.split(piece)[0]


def _beforehand(said: Said, found: Sequence[_Named]) -> Iterator[tuple[str, str]]:
    """All that precedes each match since the one before, then its last clause alone."""
    starts = [0, *(named.end for named in found)]
    for named, start in zip(found, starts, strict=False):
        piece = said.text[start : named.start].rstrip(" \u00a0,;:.(-")
        yield piece, _CLAUSE_END.split(piece)[-1]
