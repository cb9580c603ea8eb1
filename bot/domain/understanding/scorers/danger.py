"""Danger to people now: something that fails, at present, people near it; nothing that calms."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from bot.domain.understanding.vocabulary.expression_finder import Hit, sentence_numbers
from bot.domain.understanding.words.inflection import LITTLE
from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said, Token

_NEAR = 12  # words between what fails and the thing that does
_ENOUGH = 3.5
_ALARM_SHARE, _ALARM_CAP, _REASSURING, _HIGH_ALARM = 0.5, 2.0, -1.0, 2.5
_CALMING = frozenset({"danger_past", "danger_secured", "danger_feared", "danger_figure"})
_TELLING = frozenset({"danger_alarm", "danger_fails", "danger_comes"})
_EXPOSED = frozenset({"danger_now", "danger_open"})
_THERE = frozenset({"danger_thing", "danger_mass"})
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class DangerWords:
    """Folded words and phrases: see `config/language/danger.toml`."""

    auxiliaries: frozenset[str]
    about_to: frozenset[str]
    between: frozenset[str]
    never: frozenset[str]
    later_endings: tuple[str, ...]
    under_way: Phrases
    ways: frozenset[str]


# What each part of a scene adds: an alarm is nearly enough, and so is a failing thing with people
# near. `vague`: what fails is not told, or is nothing known to fail.
_WEIGHTS = {
    "alarm": 4.5,
    "failing": 2.0,
    "failed": 1.0,
    "vague": -1.8,
    "people": 2.0,
    "now": 1.5,
    "open": 1.5,
    "past": -3.0,
    "secured": -3.0,
    "feared": -4.0,
}


def is_in_danger(
    tokens: Sequence[Token], hits: Sequence[Hit], words: DangerWords, alarm: float
) -> bool:
    """Whether the words tell of a danger to people now.

    `alarm` is how much all the words together make one think of one: it weighs in the balance,
    and is enough alone where it is very high and nothing calms.
    """
    signs = {hit.sign for hit in hits}
    if signs & _CALMING:
        alarm = min(alarm, 0.0)
    elif alarm >= _HIGH_ALARM and _tells(signs):
        return True
    best = max(_weights(tokens, hits, words), default=0.0)
    return best + _ALARM_SHARE * max(_REASSURING, min(alarm, _ALARM_CAP)) > _ENOUGH


def _tells(signs: Set[str]) -> bool:
    """Whether something fails or comes, or is there where people are: « le feu est dedans »."""
    return bool(signs & _TELLING) or bool(signs & _THERE and signs & _EXPOSED)


def _weights(tokens: Sequence[Token], hits: Sequence[Hit], words: DangerWords) -> Iterator[float]:
    """The weight of each alarm, each thing that fails, each failure that is named, and each
    exposure that goes on; manners of speaking do not count.
    """
    figures = {
        at for hit in hits if hit.sign == "danger_figure" for at in range(hit.start, hit.end)
    }
    where = _Signs(tokens, [hit for hit in hits if hit.start not in figures], words)
    for hit in where.of("danger_alarm"):
        yield where.weigh(hit, alarm=1.0)
    for hit in where.of("danger_hazard"):
        yield where.weigh(hit, failed=1.0)
    for hit in where.of("danger_still"):
        if any(
            tokens[thing.start].word not in words.ways for thing in where.near(hit, "danger_thing")
        ):
            yield where.weigh(hit, failing=1.0)
    for does, thing in (("danger_fails", "danger_thing"), ("danger_comes", "danger_mass")):
        for hit in where.of(does):
            near = where.near(hit, thing)
            form = _form(tokens, hit, words)
            if near and form is not None:
                nearest = min(near, key=lambda t: (t.start > hit.start, abs(t.start - hit.start)))
                yield where.weigh(hit, nearest.start, failing=form, failed=1.0 - form)
            elif form == 1.0 and does == "danger_fails":
                yield where.weigh(hit, failing=1.0, vague=1.0)


class _Signs:
    """The signs of danger of one message, by kind, by sentence and by the word they begin at."""

    def __init__(self, tokens: Sequence[Token], hits: Sequence[Hit], words: DangerWords) -> None:
        self._tokens = tokens
        self._sentences = sentence_numbers(tokens)
        self._by_sign: dict[str, list[Hit]] = {}
        self._at: dict[tuple[str, int], list[Hit]] = {}
        for hit in hits:
            self._by_sign.setdefault(hit.sign, []).append(hit)
            self._at.setdefault((hit.sign, hit.start), []).append(hit)
        self._in_sentence = Counter((hit.sign, self._sentences[hit.start]) for hit in hits)
        self._under_way = {
            self._sentences[match.start] for match in words.under_way.everywhere(Said("", tokens))
        }
        self._dated = {
            self._sentences[place]
            for place, token in enumerate(tokens)
            if _YEAR.fullmatch(token.word) and not self._counts(place)
        }

    def of(self, sign: str) -> list[Hit]:
        return self._by_sign.get(sign, [])

    def near(self, hit: Hit, sign: str) -> list[Hit]:
        """The hits of a sign that stand near another one, in the same sentence."""
        around = range(max(0, hit.start - _NEAR), min(len(self._tokens), hit.start + _NEAR + 1))
        return [
            other
            for place in around
            if place != hit.start and self._sentences[place] == self._sentences[hit.start]
            for other in self._at.get((sign, place), ())
        ]

    def weigh(self, hit: Hit, thing: int = -1, **parts: float) -> float:
        """What fails, of which `parts` are known, weighed with what the words around it tell;
        `thing` is the place of the thing that fails.
        """
        here = self._sentences[hit.start]
        besides = {*range(hit.start, hit.end), thing}

        def is_told(sign: str, sentences: int = 1) -> bool:
            around = range(here - sentences, here + sentences + 1)
            others = sum(
                len(self._at.get((sign, place), ()))
                for place in besides
                if self._sentences[place] in around
            )
            return sum(self._in_sentence[sign, number] for number in around) > others

        dated = not self._dated.isdisjoint(range(here - 1, here + 2))
        parts |= {
            "people": is_told("danger_people"),
            "now": is_told("danger_now"),
            "open": is_told("danger_open"),
            # « En train de »: no habit or date makes that past.
            "past": here not in self._under_way and (dated or is_told("danger_past")),
            "secured": is_told("danger_secured", 2),
            "feared": is_told("danger_feared"),
        }
        return sum(_WEIGHTS[part] * share for part, share in parts.items())

    def _counts(self, place: int) -> bool:
        """Whether a number counts what follows: « 2000 spectateurs »."""
        after = self._tokens[place + 1] if place + 1 < len(self._tokens) else None
        return (
            after is not None
            and not after.gap
            and after.word.endswith("s")
            and after.word not in LITTLE
        )


def _form(tokens: Sequence[Token], hit: Hit, words: DangerWords) -> float | None:
    """1.0 for what happens, 0.0 for what has happened, None for what would or did once happen."""
    word = tokens[hit.end - 1].word
    if tokens[hit.start].word in words.auxiliaries:
        return 0.0
    if hit.end - hit.start == 1 and hit.start and tokens[hit.start - 1].word in words.never:
        return None
    at = hit.start - 1
    while at >= 0 and tokens[at].word in words.between and hit.start - at < 4:
        at -= 1
    before = tokens[at].word if at >= 0 and not tokens[at + 1].gap else ""
    if word.endswith("er"):
        return 1.0 if before in words.about_to else None
    if word.endswith(words.later_endings) and len(word) > 5:
        return None
    return 0.0 if before in words.auxiliaries else 1.0
