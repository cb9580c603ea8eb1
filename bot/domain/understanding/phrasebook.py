"""Expressions of a vocabulary, found in a text whatever their inflection.

An expression is written as people would: `maison de santé`. Little words are ignored, plurals
and feminines are the same word, `desaffect*` is any word so beginning, and `toit + fuit` asks
for both near each other, in any order; `usine / filature + vide / fermé` for one of each; in
these, `@batiment` is a list that the vocabulary names. Where a single word would be left without
the little ones (`la visite`, `où en est`), the little ones are asked for too; `= ma chaudière
fuit` asks for them always.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.understanding.ordinary import OrdinaryWords
from bot.domain.understanding.spelling import spaced
from bot.domain.understanding.tokens import Token

LITTLE = frozenset(
    "le la les l un une des du de d au aux a en et ou ce cet cette ces c notre nos votre vos mon ma"
    " mes son sa ses leur leurs dans sur pour par qui que qu est y on nous vous il elle ils elles"
    " je j se s me m te t ne n chez avec tres".split()
)
# Words that are whole: their ending is no mark of number, gender or conjugation.
_WHOLE = frozenset(
    "plus sous tous pris mars cours temps corps fois alors sans sens vers mais puis depuis donnees"
    " tres moins apres dehors prix choix voix deux gaz acces proces succes mauvais bus radis place"
    " boucher clocher plancher potager passager course courses classee classees arrete arretes"
    " tombe tombes tombee tombees presse porter tour poste postes mail mails".split()
)
# What ends a conjugated form of a verb in -er; what is before is its root.
_VERBAL = re.compile(
    r"(?:er|ez|e|es|ent|ons|ee|ees|ait|ais|aient|ant|era|erai|erons|eront|erait|eraient)$"
)
_INFINITIVE = re.compile(r"[a-z]{3,}er$")
_SENTENCE_ENDS = frozenset(".!?\n…")
_OCCURRENCES = 30  # of one part in a text: enough to find it near another
WINDOW = 9  # content words between the two ends of `a + b`


class Expression(NamedTuple):
    """An expression of the vocabulary: what it is a sign of, and how much it weighs."""

    words: str
    sign: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression found at tokens [start, end)."""

    sign: str
    weight: float
    start: int
    end: int
    words: str


class _Node:
    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: tuple[int, ...] = ()


class _Written:
    """A word of the vocabulary: its stem, and its key, which is "" for a little word."""

    __slots__ = ("key", "stem")

    def __init__(self, word: str, initial: bool) -> None:
        self.stem = stem(word)
        self.key = _key(word, initial) if initial or word not in LITTLE else ""


class _Pair(NamedTuple):
    expression: Expression
    parts: tuple[int, ...]


def stem(word: str) -> str:
    """A folded word without its marks of number and gender."""
    if word in _WHOLE:
        return word
    if len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    if word in _WHOLE:
        return word
    if len(word) > 4 and word.endswith("ee"):
        word = word[:-1]
    if len(word) > 5 and word.endswith("e"):
        return word[:-1]
    return word


def verb_root(word: str) -> str | None:
    """The key that all forms of a verb in -er share; None where `word` can be none of them."""
    if word in _WHOLE:
        return None
    if word.endswith("ers"):
        word = word[:-1]  # « ateliers », whose singular ends as an infinitive
    match = _VERBAL.search(word)
    return f"{word[: match.start()]}~" if match and match.start() >= 3 else None


class Phrasebook:
    """Expressions compiled for one pass over a text. Immutable after construction."""

    def __init__(self, expressions: Iterable[Expression], ordinary: OrdinaryWords) -> None:
        self._root = _Node()
        self._stems: set[str] = set()
        self._prefixes: set[str] = set()
        self._spelt: dict[str, dict[str, None]] = {}
        self._ordinary = ordinary
        self._cache: dict[str, tuple[_Written, ...]] = {}
        self._ends: list[Expression | None] = []  # None: part of pairs only
        self._pairs_of: dict[int, list[_Pair]] = {}
        self._part_ids: dict[str, int] = {}
        self._literal: dict[tuple[str, ...], list[int]] = {}
        for expression in expressions:
            self._add(expression)
        sizes: dict[str, set[int]] = {}
        for stems in self._literal:
            sizes.setdefault(stems[0], set()).add(len(stems))
        self._literal_sizes = {first: tuple(sorted(lens)) for first, lens in sizes.items()}
        self._spellings = {first: list(words) for first, words in self._spelt.items()}
        self._cache.clear()
        self._shortest = min(map(len, self._prefixes), default=99)

    def _add(self, expression: Expression) -> None:
        if "+" not in expression.words and "/" not in expression.words:
            self._end(expression.words, expression)
            return
        parts = tuple(self._part(part.strip()) for part in expression.words.split("+"))
        pair = _Pair(expression, parts)
        for part in parts:
            self._pairs_of.setdefault(part, []).append(pair)

    def _part(self, words: str) -> int:
        if words not in self._part_ids:
            self._ends.append(None)
            self._part_ids[words] = len(self._ends) - 1
            for alternative in words.split("/"):
                self._learn(alternative, self._part_ids[words])
        return self._part_ids[words]

    def _end(self, words: str, expression: Expression) -> None:
        self._ends.append(expression)
        self._learn(words, len(self._ends) - 1)

    def _learn(self, words: str, end_id: int) -> None:
        exact = words.strip().startswith("=")
        written = [word for part in words.split() for word in self._written(part)]
        keys = [word.key for word in written if word.key]
        if not written:
            raise ValueError(f"no word to look for in « {words} »")
        if exact or (len(keys) < 2 <= len(written)):
            self._literal.setdefault(tuple(word.stem for word in written), []).append(end_id)
            return
        node = self._root
        for key in keys:
            after = node.next.get(key)
            if after is None:
                after = node.next[key] = _Node()
                if key[-1] == "*":
                    self._prefixes.add(key[:-1])
                else:
                    self._stems.add(key)
            node = after
        if not node.ends or not self._known_at(node, end_id):
            node.ends += (end_id,)

    def _written(self, part: str) -> "tuple[_Written, ...]":
        """The words in one written word: « l'eau » is two."""
        known = self._cache.get(part)
        if known is None:
            words = spaced(part).split()
            known = tuple(
                _Written(word, part.endswith("*") and at == len(words) - 1)
                for at, word in enumerate(words)
            )
            self._cache[part] = known
            for word in words:
                if len(word) >= 5:
                    self._spelt.setdefault(word[0], {})[word] = None
        return known

    def _known_at(self, node: _Node, end_id: int) -> bool:
        """Whether the same sign is already read from these words: « dune » and « dunes »."""
        expression = self._ends[end_id]
        return expression is not None and any(
            known is not None and known.sign == expression.sign
            for known in (self._ends[other] for other in node.ends)
        )

    def find(self, tokens: Sequence[Token], hidden: frozenset[int] = frozenset()) -> list[Hit]:
        """The expressions in `tokens`, those at `hidden` places left out; in no set order."""
        content = [
            (place, keys)
            for place, token in enumerate(tokens)
            if place not in hidden and token.word not in LITTLE
            for keys in [self._keys(token.word)]
        ]
        sentences = sentence_numbers(tokens)
        order = _order(tokens, content)
        ends = [
            (end_id, content[at][0], content[last][0] + 1)
            for at in range(len(content))
            for end_id, last in self._walk(content, at, sentences)
        ]
        hits: list[Hit] = []
        parts: dict[int, list[tuple[int, int, int]]] = {}
        for end_id, start, end in (*ends, *self._word_for_word(tokens)):
            e = self._ends[end_id]
            if e is None:
                found = parts.setdefault(end_id, [])
                if len(found) < _OCCURRENCES:
                    found.append((order[start], start, end))
            elif start not in hidden:
                hits.append(Hit(e.sign, e.weight, start, end, e.words))
        hits += self._paired(parts, sentences)
        return hits

    def _word_for_word(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
        stems = [stem(token.word) for token in tokens]
        for start, first in enumerate(stems):
            for size in self._literal_sizes.get(first, ()):
                words = tuple(stems[start : start + size])
                for end_id in self._literal.get(words, ()) if len(words) == size else ():
                    yield end_id, start, start + size

    def _walk(
        self, content: Sequence[tuple[int, Sequence[str]]], at: int, sentences: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        nodes = [self._root]
        sentence = sentences[content[at][0]]
        for last in range(at, min(at + 8, len(content))):
            place, keys = content[last]
            if sentences[place] != sentence:
                return
            nodes = [n.next[k] for n, k in product(nodes, keys) if k in n.next]
            if not nodes:
                return
            for node in nodes:
                for end_id in node.ends:
                    yield end_id, last

    def _keys(self, word: str) -> tuple[str, ...]:
        keys = self._known_keys(word)
        if keys or len(word) < 4 or word.isdigit() or word in self._ordinary:
            return keys
        if word[0] in "ldnsjcmqt" and len(word) > 5:
            keys = self._known_keys(word[2:] if word.startswith("qu") else word[1:])
            if keys:
                return keys
        near = self._respelt(word)
        return self._known_keys(near) if near else ()

    def _known_keys(self, word: str) -> tuple[str, ...]:
        keys = [key for key in (stem(word), verb_root(word)) if key in self._stems]
        keys += [
            word[:size] + "*"
            for size in range(self._shortest, len(word) + 1)
            if word[:size] in self._prefixes
        ]
        return tuple(keys)

    def _respelt(self, word: str) -> str | None:
        if len(word) < 5:
            return None
        cutoff = 1 if len(word) < 9 else 2
        near = process.extractOne(
            word, self._spellings.get(word[0], ()), scorer=OSA.distance, score_cutoff=cutoff
        )
        return None if near is None else str(near[0])

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the vocabulary's."""
        return bool(self._known_keys(word))

    def _paired(
        self, parts: Mapping[int, Sequence[tuple[int, int, int]]], sentences: Sequence[int]
    ) -> Iterator[Hit]:
        seen: set[int] = set()
        for part in parts:
            for pair in self._pairs_of.get(part, ()):
                if id(pair) in seen or not all(p in parts for p in pair.parts):
                    continue
                seen.add(id(pair))
                found = _together([parts[p] for p in pair.parts], sentences)
                if found is not None:
                    e = pair.expression
                    yield Hit(e.sign, e.weight, found[0], found[1], e.words)


def _key(word: str, initial: bool) -> str:
    """The key of a word of the vocabulary: an infinitive stands for all its forms."""
    if initial:
        return f"{word}*"
    return (_INFINITIVE.match(word) and verb_root(word)) or stem(word)


def _together(
    places: Sequence[Sequence[tuple[int, int, int]]], sentences: Sequence[int]
) -> tuple[int, int] | None:
    for first in places[0]:
        chosen = [first]
        for others in places[1:]:
            near = [
                o
                for o in others
                if abs(o[0] - first[0]) <= WINDOW
                and abs(sentences[o[1]] - sentences[first[1]]) <= 1
                and all(o[1] >= c[2] or o[2] <= c[1] for c in chosen)
            ]
            if not near:
                break
            chosen.append(min(near, key=lambda o: abs(o[0] - first[0])))
        else:
            return first[1], first[2]
    return None


def _order(tokens: Sequence[Token], content: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
    """For each token, how many content words stand before it."""
    order = [0] * len(tokens)
    for place, _ in content:
        order[place] = 1
    total = 0
    for place, one in enumerate(order):
        order[place] = total
        total += one
    return order


def sentence_numbers(tokens: Sequence[Token]) -> list[int]:
    """For each token, the number of its sentence."""
    numbers: list[int] = []
    number = 0
    for token in tokens:
        if token.gap == 2 and _SENTENCE_ENDS & set(token.stop):
            number += 1
        numbers.append(number)
    return numbers
