"""Answers in plain words: to a list of choices, and to « où en est cette recommandation ? »."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz.distance import OSA

from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.folding import folded_words

Words = tuple[str, ...]
"""A phrase, folded."""

_CLAUSE_END = re.compile(r"[,;:.!\n()]+")
_LABEL_END = re.compile(r"[,:;(]| [–—-] ")
_LONGEST_ANSWER = 40
_LONGEST_PHRASE = 8
_BEFORE, _AFTER = 4, 2


class ChoiceLike(Protocol):
    """One of the answers offered."""

    @property
    def key(self) -> str:
        """What is returned."""

    @property
    def label(self) -> str:
        """What people read, and may type."""


@dataclass(frozen=True, slots=True)
class RecommendationAnswer:
    """What a member says of a recommendation: the state it takes, or None for « plus tard »."""

    status: RecommendationStatus | None

    @property
    def later(self) -> bool:
        """Whether they want to be asked again later."""
        return self.status is None


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """Phrases, what they mean (None: nothing, and they hide the shorter ones they contain), and
    what they mean when denied. They count in a message of `at_most` words.
    """

    phrases: frozenset[Words]
    means: RecommendationAnswer | None = None
    denied: RecommendationAnswer | None = None
    at_most: int = _LONGEST_ANSWER


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The vocabulary of answers, folded. Of several answers in a message the first of `precedence`
    is kept.
    """

    polite: frozenset[Words]
    courtesies: frozenset[Words]
    negations: frozenset[str]
    negations_after_ne: frozenset[str]
    ne: frozenset[str]
    clause_openers: frozenset[Words]
    precedence: tuple[RecommendationAnswer, ...]
    groups: tuple[StatusGroup, ...]


def match_choice(text: str, choices: Sequence[ChoiceLike], words: AnswerWords) -> str | None:
    """The key of the choice that was typed: its number from 1, its label, or the head of its label.

    Accents, capitals, punctuation, polite words and small slips are forgiven. None if it is none of
    them, or could be two.
    """
    typed = folded_words(text)
    bare = _bare(typed, words.polite)
    # « 05 » is a département rather than the fifth choice.
    if len(bare) == 1 and bare[0].isdecimal() and not bare[0].startswith("0"):
        number = int(bare[0])
        return choices[number - 1].key if 1 <= number <= len(choices) else None
    labels = [(folded_words(choice.label), choice.key) for choice in choices]
    heads = [(folded_words(_LABEL_END.split(choice.label)[0]), choice.key) for choice in choices]
    bare_labels, bare_heads = (
        [(_bare(label, words.polite), key) for label, key in offered] for offered in (labels, heads)
    )
    for wanted, offered in ((typed, labels), (bare, bare_labels), (bare, bare_heads)):
        found = [key for label, key in offered if label and label == wanted]
        if found:
            return found[0] if len(found) == 1 else None
    return _with_slips(" ".join(bare), bare_labels)


def read_status(text: str, words: AnswerWords) -> RecommendationAnswer | None:
    """What a message says of the recommendation it answers; None if it does not say, asks, or is
    long.
    """
    length = len(_bare(folded_words(text), words.polite))
    if "?" in text or length > _LONGEST_ANSWER:
        return None
    phrases = {phrase: group for group in words.groups for phrase in group.phrases}
    said = {
        answer
        for clause in _clauses(text, words)
        for answer in _answers_in(clause, phrases, words, length)
    }
    return next((answer for answer in words.precedence if answer in said), None)


def asks_for_answer(text: str, words: AnswerWords) -> bool:
    """Whether a message calls for an answer: not a bare « merci », « ok », « bien reçu », « bonjour
    ».
    """
    left, typed = 0, folded_words(text)
    while left < len(typed):
        phrase = _longest_at(typed, left, words.courtesies)
        if phrase is None:
            return True
        left += len(phrase)
    return "?" in text


def _answers_in(
    clause: Words, phrases: dict[Words, StatusGroup], words: AnswerWords, length: int
) -> Iterator[RecommendationAnswer]:
    found = list(_occurrences(clause, phrases))
    # What a phrase denies is its own affair, but « pas encore » denies what follows too.
    hidden = {
        i
        for start, phrase in found
        for i in range(start, start + len(phrase))
        if phrases[phrase].means != RecommendationAnswer(None)
    }
    denials = {i for i in _denials(clause, words) if i not in hidden}
    for start, phrase in found:
        group, end = phrases[phrase], start + len(phrase)
        around = (*range(start - _BEFORE, start), *range(end, end + _AFTER))
        denied = not denials.isdisjoint(around)
        answer = group.denied if denied else group.means
        if answer is not None and length <= group.at_most:
            yield answer


def _denials(clause: Words, words: AnswerWords) -> Iterator[int]:
    after_ne = False
    for i, word in enumerate(clause):
        after_ne = after_ne or word in words.ne
        if word in words.negations or (after_ne and word in words.negations_after_ne):
            yield i


def _occurrences(clause: Words, phrases: Iterable[Words]) -> Iterator[tuple[int, Words]]:
    """Where known phrases stand, the longest first at each place, none over another."""
    start = 0
    while start < len(clause):
        phrase = _longest_at(clause, start, phrases)
        if phrase is not None:
            yield start, phrase
        start += len(phrase) if phrase else 1


def _longest_at(words: Words, start: int, phrases: Iterable[Words]) -> Words | None:
    for length in range(min(len(words) - start, _LONGEST_PHRASE), 0, -1):
        if words[start : start + length] in phrases:
            return words[start : start + length]
    return None


def _clauses(text: str, words: AnswerWords) -> Iterator[Words]:
    for piece in _CLAUSE_END.split(text):
        clause, start = folded_words(piece), 0
        for position, opener in _occurrences(clause, words.clause_openers):
            yield clause[start:position]
            start = position + len(opener)
        yield clause[start:]


def _bare(typed: Words, polite: frozenset[Words]) -> Words:
    """The words without the polite ones before and after; all of them if there are no others."""
    start, end = 0, len(typed)
    while (phrase := _longest_at(typed[:end], start, polite)) is not None:
        start += len(phrase)
    while (shorter := _before_polite(typed, start, end, polite)) != end:
        end = shorter
    return typed[start:end] or typed


def _before_polite(typed: Words, start: int, end: int, polite: frozenset[Words]) -> int:
    return next((i for i in range(start, end) if typed[i:end] in polite), end)


def _with_slips(typed: str, offered: Iterable[tuple[Words, str]]) -> str | None:
    """The only choice within one slip of the finger, two from 8 letters on, none under 4."""
    reach = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    near = sorted((OSA.distance(typed, " ".join(label)), key) for label, key in offered)
    if not near or not reach or near[0][0] > reach:
        return None
    return None if len(near) > 1 and near[0][0] == near[1][0] else near[0][1]
