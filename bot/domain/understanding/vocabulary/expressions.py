"""Expressions of a vocabulary, compiled to tables that are looked up in one pass over a text.

An expression is written as people would: `maison de santé`. Little words are ignored, plurals
and feminines are the same word, `desaffect*` is any word so beginning, and `toit + fuit` asks
for both near each other, in any order; `usine / filature + vide / fermé` for one of each; in
these, `@batiment` is a list that the vocabulary names. Where a single word would be left without
the little ones (`la visite`, `où en est`), the little ones are asked for too; `= ma chaudière
fuit` asks for them always.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.understanding.words.inflection import LITTLE, key_of, stem
from bot.domain.understanding.words.spelling import spaced

_SHORTEST_RESPELT = 5  # letters: a shorter word is too near too many others


class Expression(NamedTuple):
    """An expression of the vocabulary: what it is a sign of, and how much it weighs."""

    words: str
    sign: str
    weight: float


class Pair(NamedTuple):
    """An expression whose `parts` are asked for near each other."""

    expression: int
    parts: Sequence[int]


@dataclass(frozen=True, slots=True)
class ExpressionTables:
    """The compiled tables. An expression is its place in `signs` and `weights`; the parts of
    pairs are numbers below zero.

    `branches` are the nodes of a tree of keys, the first one its root: the nodes that follow
    each, by key; None after which nothing follows. `ends` says what is read at each node,
    `literal` what is read from stems word for word (separated by spaces). `spellings` are words
    of the vocabulary by first letter, to which misspelt ones are compared.
    """

    signs: Sequence[str]
    weights: Sequence[float]
    branches: Sequence[Mapping[str, int] | None]
    ends: Sequence[Sequence[int]]
    literal: Mapping[str, Sequence[int]]
    pairs: Sequence[Pair]
    spellings: Mapping[str, Sequence[str]]


def compile_expressions(expressions: Iterable[Expression]) -> ExpressionTables:
    """The tables of these expressions. Raises ValueError where one holds no word."""
    compiler = _Compiler()
    for expression in expressions:
        compiler.add(expression)
    return compiler.tables()


class _Written(NamedTuple):
    """A word of the vocabulary: its stem, and its key, which is "" for a little word."""

    stem: str
    key: str


class _Compiler:
    def __init__(self) -> None:
        self._signs: list[str] = []
        self._weights: list[float] = []
        self._branches: list[dict[str, int]] = [{}]
        self._ends: list[list[int]] = [[]]
        self._literal: dict[str, list[int]] = {}
        self._pairs: list[Pair] = []
        self._parts: dict[str, int] = {}
        self._spellings: dict[str, dict[str, None]] = {}
        self._known: dict[str, tuple[_Written, ...]] = {}

    def tables(self) -> ExpressionTables:
        return ExpressionTables(
            self._signs,
            self._weights,
            [branch or None for branch in self._branches],
            self._ends,
            self._literal,
            self._pairs,
            {first: list(words) for first, words in self._spellings.items()},
        )

    def add(self, expression: Expression) -> None:
        number = len(self._signs)
        self._signs.append(expression.sign)
        self._weights.append(expression.weight)
        if "+" not in expression.words and "/" not in expression.words:
            self._learn(expression.words, number)
            return
        parts = [self._part(part.strip()) for part in expression.words.split("+")]
        self._pairs.append(Pair(number, parts))

    def _part(self, words: str) -> int:
        if words not in self._parts:
            self._parts[words] = -1 - len(self._parts)
            for alternative in words.split("/"):
                self._learn(alternative, self._parts[words])
        return self._parts[words]

    def _learn(self, words: str, end: int) -> None:
        exact = words.strip().startswith("=")
        written = [word for part in words.split() for word in self._written(part)]
        keys = [word.key for word in written if word.key]
        if not written:
            raise ValueError(f"no word to look for in « {words} »")
        if exact or (len(keys) < 2 <= len(written)):
            self._literal.setdefault(" ".join(word.stem for word in written), []).append(end)
            return
        node = 0
        for key in keys:
            node = self._branches[node].setdefault(key, len(self._branches))
            if node == len(self._branches):
                self._branches.append({})
                self._ends.append([])
        if not self._read_at(node, end):
            self._ends[node].append(end)

    def _written(self, part: str) -> tuple[_Written, ...]:
        """The words in one written word: « l'eau » is two."""
        known = self._known.get(part)
        if known is None:
            words = spaced(part).split()
            last = len(words) - 1
            known = tuple(
                _written(word, initial=part.endswith("*") and at == last)
                for at, word in enumerate(words)
            )
            self._known[part] = known
            for word in words:
                if len(word) >= _SHORTEST_RESPELT:
                    self._spellings.setdefault(word[0], {})[word] = None
        return known

    def _read_at(self, node: int, end: int) -> bool:
        """Whether the same sign is already read from these words: « dune » and « dunes »."""
        ends = self._ends[node]
        if end < 0:
            return end in ends
        return any(self._signs[other] == self._signs[end] for other in ends if other >= 0)


def _written(word: str, initial: bool) -> _Written:
    return _Written(stem(word), key_of(word, initial) if initial or word not in LITTLE else "")
