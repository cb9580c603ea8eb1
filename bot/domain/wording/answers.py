"""Answers in plain words: to a list of choices, and to « où en est cette recommandation ? »."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.folding import only_near
from bot.domain.wording.phrases import Match, Phrases
from bot.domain.wording.tokens import Said

_LABEL_END = re.compile(r"[,:;(]| [–—-] ")
_LONGEST_CHOICE = 60
_LONGEST_STATUS = 40
_LONGEST_POLITE = 8
_BEFORE, _AFTER = 4, 2


@dataclass(frozen=True, slots=True)
class RecommendationAnswer:
    """What a member says of a recommendation: the state it takes, or None for « plus tard »."""

    status: RecommendationStatus | None


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """What phrases mean (None: nothing, and they hide the shorter ones they contain), and what they
    mean when denied. They count in a message of `at_most` words.
    """

    means: RecommendationAnswer | None = None
    denied: RecommendationAnswer | None = None
    at_most: int = _LONGEST_STATUS


class StatusPhrases:
    """Phrases that tell where a recommendation stands, each with what it means."""

    def __init__(self, groups: Mapping[str, StatusGroup]) -> None:
        """`groups` by the phrases, as they are written."""
        self._groups = groups
        self._phrases = Phrases(groups)

    def every(self, said: Said) -> Iterator[tuple[Match, StatusGroup]]:
        """Those that are said, in order; the longest where several begin, none over another."""
        for match in self._phrases.every(said):
            yield match, self._groups[match.phrase]


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The vocabulary of answers: see `config/language/answers.toml`. Of several answers in a
    message the first of `precedence` is kept.
    """

    polite: Phrases
    courtesies: Phrases
    negations: frozenset[str]
    negations_after_ne: frozenset[str]
    ne: frozenset[str]
    clause_openers: Phrases
    precedence: tuple[RecommendationAnswer, ...]
    groups: StatusPhrases


def match_choice(text: str, labels: Mapping[str, str], words: AnswerWords) -> str | None:
    """The key of the choice that was typed: its number from 1, its label, or the head of its label.

    Accents, capitals, punctuation, polite words and small slips are forgiven. None if it is none of
    them, or could be two.
    """
    said = Said.of(text)
    if len(said) > _LONGEST_CHOICE:
        return None
    bare = _bare(said, words.polite)
    # « 05 » is a département rather than the fifth choice.
    if len(bare) == 1 and bare[0].isdecimal() and not bare[0].startswith("0"):
        return dict(enumerate(labels, 1)).get(int(bare[0][:9]))  # no list is so long
    heads = {key: Said.of(_LABEL_END.split(label)[0]) for key, label in labels.items()}
    whole = {key: Said.of(label) for key, label in labels.items()}
    whole_words = {key: label.words for key, label in whole.items()}
    bare_labels = {key: _bare(label, words.polite) for key, label in whole.items()}
    bare_heads = {key: _bare(head, words.polite) for key, head in heads.items()}
    for wanted, offered in ((said.words, whole_words), (bare, bare_labels), (bare, bare_heads)):
        found = [key for key, label in offered.items() if label and label == wanted]
        if found:
            return found[0] if len(found) == 1 else None
    # One slip of the finger, two from 8 letters on, none under 4.
    typed = " ".join(bare)
    reach = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    spelt = ((" ".join(label), key) for key, label in bare_labels.items())
    return only_near(typed, spelt, reach) if reach else None


def read_status(text: str, words: AnswerWords) -> RecommendationAnswer | None:
    """What a message says of the recommendation it answers; None if it does not say, asks, or is
    long.
    """
    said = Said.of(text)
    length = len(_bare(said, words.polite))
    if "?" in text or length > _LONGEST_STATUS:
        return None
    found = {
        answer for clause in _clauses(said, words) for answer in _answers_in(clause, words, length)
    }
    return next((answer for answer in words.precedence if answer in found), None)


def asks_for_answer(text: str, words: AnswerWords) -> bool:
    """Whether a message calls for an answer: not a bare « merci », « ok », « bien reçu », « bonjour
    ».
    """
    said = Said.of(text)
    return "?" in text or _polite_until(said, words.courtesies) < len(said)


def _answers_in(clause: Said, words: AnswerWords, length: int) -> Iterator[RecommendationAnswer]:
    found = list(words.groups.every(clause))
    # What a phrase denies is its own affair, but « pas encore » denies what follows too.
    hidden = {
        at
        for match, group in found
        for at in range(match.start, match.end)
        if group.means != RecommendationAnswer(None)
    }
    denials = {at for at in _denials(clause, words) if at not in hidden}
    for match, group in found:
        before = range(match.start - _BEFORE, match.start)
        after = range(match.end, match.end + _AFTER)
        denied = not denials.isdisjoint((*before, *after))
        answer = group.denied if denied else group.means
        if answer is not None and length <= group.at_most:
            yield answer


def _denials(clause: Said, words: AnswerWords) -> Iterator[int]:
    after_ne = False
    for at, word in enumerate(clause.words):
        after_ne = after_ne or word in words.ne
        if word in words.negations or (after_ne and word in words.negations_after_ne):
            yield at


def _clauses(said: Said, words: AnswerWords) -> Iterator[Said]:
    openers = {match.start: match.end for match in words.clause_openers.every(said)}
    start = 0
    for at, token in enumerate(said.tokens):
        if at in openers or token.gap:
            yield said.part(start, at)
            start = openers.get(at, at)
    yield said.part(start, len(said))


def _bare(said: Said, polite: Phrases) -> tuple[str, ...]:
    """The words without the polite ones before and after; all of them if there are no others."""
    start, end = _polite_until(said, polite), len(said)
    while (shorter := _before_polite(said.part(start, end), polite)) < end - start:
        end = start + shorter
    return said.words[start:end] or said.words


def _polite_until(said: Said, polite: Phrases) -> int:
    """Where the polite phrases end with which the words begin."""
    place = 0
    while (match := polite.at(said, place)) is not None:
        place = match.end
    return place


def _before_polite(said: Said, polite: Phrases) -> int:
    """Where the longest polite phrase begins with which the words end; their end for none."""
    for place in range(max(0, len(said) - _LONGEST_POLITE), len(said)):
        match = polite.at(said, place)
        if match is not None and match.end == len(said):
            return place
    return len(said)
