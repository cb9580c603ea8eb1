"""Recommendations that words name by their numbers, and the state the words say each is in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.wording.answers import AnswerWords, RecommendationAnswer, read_status
from bot.domain.wording.folding import unaccented

_NUMBER = r"\d{1,3}(?:(?:re|ere|e|eme)\b)?(?!\d)"
_DIGITS = re.compile(r"\d+")
_SIGN_ENDS = r"\s*[°.]?\s*"
_CLAUSE_END = re.compile(r"[,;:.!\n()]+")
_LONGEST = 1000
"""Characters: longer words tell a story, they do not report."""


@dataclass(frozen=True, slots=True)
class NamingWords:
    """How a recommendation is named by its number, folded: « la recommandation n° 2 », « reco 2 »,
    « la 2 ». After a bare « la 2 » something of `verbs` follows, a sign, or nothing.
    """

    nouns: tuple[str, ...]
    signs: tuple[str, ...]
    articles: tuple[str, ...]
    joined: tuple[str, ...]
    verbs: tuple[str, ...]


def named_states(
    text: str, naming: NamingWords, words: AnswerWords
) -> tuple[tuple[int, RecommendationAnswer], ...]:
    """What a message says of each recommendation that it names: (number, answer), in order, each
    number once.

    The state follows the number (« la 1 est faite, la 2 est bloquée »), or precedes it (« c'est
    fait pour la 1 »). Empty if the message names none, says no state, or asks.
    """
    plain = unaccented(text)
    if "?" in plain or len(plain) > _LONGEST or _DIGITS.search(plain) is None:
        return ()
    found = list(_pattern(naming).finditer(plain))
    if not found:
        return ()
    after = _read(found, _afterwards(plain, found), words)
    said = after or _read(found, _beforehand(plain, found), words)
    return tuple(dict(said).items())


def _read(
    found: Sequence[re.Match[str]], pieces: Iterable[Sequence[str]], words: AnswerWords
) -> list[tuple[int, RecommendationAnswer]]:
    """The state that the first telling piece of words gives to the numbers of each match."""
    said = []
    for match, candidates in zip(found, pieces, strict=True):
        answers = (read_status(piece, words) for piece in candidates)
        answer = next((answer for answer in answers if answer is not None), None)
        if answer is not None:
            said += [(int(number), answer) for number in _DIGITS.findall(_numbers(match))]
    return said


def _numbers(match: re.Match[str]) -> str:
    return next(numbers for numbers in match.groups() if numbers is not None)


def _afterwards(plain: str, found: Sequence[re.Match[str]]) -> Iterable[tuple[str, str]]:
    """All that follows each match until the next one, then its first clause alone."""
    ends = [*(match.start() for match in found[1:]), len(plain)]
    for match, end in zip(found, ends, strict=True):
        piece = plain[match.end() : end].lstrip(" \u00a0,;:.)-")
        yield piece, _CLAUSE_END.split(piece)[0]


def _beforehand(plain: str, found: Sequence[re.Match[str]]) -> Iterable[tuple[str, str]]:
    """All that precedes each match since the one before, then its last clause alone."""
    starts = [0, *(match.end() for match in found[:-1])]
    for match, start in zip(found, starts, strict=False):
        piece = plain[start : match.start()].rstrip(" \u00a0,;:.(-")
        yield piece, _CLAUSE_END.split(piece)[-1]


@lru_cache(maxsize=8)
def _pattern(naming: NamingWords) -> re.Pattern[str]:
    noun, article, joined = map(_any, (naming.nouns, naming.articles, naming.joined))
    sign = rf"{_any(naming.signs)}{_SIGN_ENDS}"
    verb = rf"(?=\s*(?:$|[,;:.!)\n])|\s+{_any(naming.verbs)}\b)"
    numbers = rf"(?P<%s>{_NUMBER}(?:\s*(?:,|{joined})\s*{_NUMBER})*)"
    named = rf"(?:{article}\s+)?{noun}\s*(?:{sign})?{numbers % 'noun'}"
    signed = rf"{article}\s+{sign}{numbers % 'sign'}"
    bare = rf"{article}\s+{numbers % 'bare'}{verb}"
    first = rf"^\s*(?:\w+\s+)?{sign}{numbers % 'first'}{verb}"
    either = rf"(?<!\w)(?:{named}|{signed}|{bare})|{first}"
    return re.compile(either)


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase) for phrase in longest_first) + ")"
