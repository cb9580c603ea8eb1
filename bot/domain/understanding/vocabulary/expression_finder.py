"""Expressions of a vocabulary found in a text, whatever their inflection."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.understanding.vocabulary.expressions import ExpressionTables, Pair
from bot.domain.understanding.words.common_words import CommonWords
from bot.domain.understanding.words.inflection import LITTLE, stem, verb_root
from bot.domain.wording.tokens import Token

_SENTENCE_ENDS = frozenset(".!?\n…")
_OCCURRENCES = 30  # of one part in a text: enough to find it near another
_LONGEST = 8  # content words of one expression
WINDOW = 9  # content words between the two ends of `a + b`


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression found at tokens [start, end); `expression` is the same for the same one."""

    sign: str
    weight: float
    start: int
    end: int
    expression: int


class ExpressionFinder:
    """Finds compiled expressions in texts. Immutable after construction."""

    def __init__(self, tables: ExpressionTables, common: CommonWords) -> None:
        self._tables = tables
        self._common = common
        keys = {key for branch in tables.branches if branch for key in branch}
        self._prefixes = frozenset(key[:-1] for key in keys if key[-1] == "*")
        self._stems = frozenset(key for key in keys if key[-1] != "*")
        self._prefix_sizes = sorted({len(prefix) for prefix in self._prefixes})
        self._pairs_of = _by_rarest_part(tables.pairs)
        self._literal_sizes = _sizes(tables.literal)

    def find(self, tokens: Sequence[Token], hidden: frozenset[int] = frozenset()) -> list[Hit]:
        """The expressions in `tokens`, those at `hidden` places left out; in no set order."""
        content = [
            (place, keys)
            for place, token in enumerate(tokens)
            if place not in hidden and token.word not in LITTLE
            for keys in [self._keys(token.word)]
        ]
        sentences = sentence_numbers(tokens)
        telling = {place for place, _ in content}
        # How many content words stand before each token.
        order = list(accumulate((at in telling for at in range(len(tokens))), initial=0))
        ends = [
            (end_id, content[at][0], content[last][0] + 1)
            for at in range(len(content))
            for end_id, last in self._walk(content, at, sentences)
        ]
        hits: list[Hit] = []
        parts: dict[int, list[tuple[int, int, int]]] = {}
        for end_id, start, end in (*ends, *self._word_for_word(tokens)):
            if end_id < 0:
                found = parts.setdefault(end_id, [])
                if len(found) < _OCCURRENCES:
                    found.append((order[start], start, end))
            elif start not in hidden:
                hits.append(self._hit(end_id, start, end))
        hits += self._paired(parts, sentences)
        return hits

    def _hit(self, expression: int, start: int, end: int) -> Hit:
        known = self._tables
        return Hit(known.signs[expression], known.weights[expression], start, end, expression)

    def _word_for_word(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
        stems = [stem(token.word) for token in tokens]
        for start, first in enumerate(stems):
            for size in self._literal_sizes.get(first, ()):
                if start + size <= len(stems):
                    words = " ".join(stems[start : start + size])
                    for end_id in self._tables.literal.get(words, ()):
                        yield end_id, start, start + size

    def _walk(
        self, content: Sequence[tuple[int, Sequence[str]]], at: int, sentences: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        branches, ends = self._tables.branches, self._tables.ends
        nodes = [0]
        sentence = sentences[content[at][0]]
        for last in range(at, min(at + _LONGEST, len(content))):
            place, keys = content[last]
            if sentences[place] != sentence:
                return
            after = (branch for node in nodes if (branch := branches[node]) is not None)
            nodes = [branch[key] for branch, key in product(after, keys) if key in branch]
            if not nodes:
                return
            for node in nodes:
                for end_id in ends[node]:
                    yield end_id, last

    def _keys(self, word: str) -> tuple[str, ...]:
        keys = self._known_keys(word)
        if keys or len(word) < 4 or word.isdigit() or word in self._common:
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
            for size in self._prefix_sizes
            if size <= len(word) and word[:size] in self._prefixes
        ]
        return tuple(keys)

    def _respelt(self, word: str) -> str | None:
        if len(word) < 5:
            return None
        cutoff = 1 if len(word) < 9 else 2
        near = process.extractOne(
            word, self._tables.spellings.get(word[0], ()), scorer=OSA.distance, score_cutoff=cutoff
        )
        return None if near is None else str(near[0])

    def _paired(
        self, parts: Mapping[int, Sequence[tuple[int, int, int]]], sentences: Sequence[int]
    ) -> Iterator[Hit]:
        for part in parts:
            for pair in self._pairs_of.get(part, ()):
                if not all(p in parts for p in pair.parts):
                    continue
                found = _together([parts[p] for p in pair.parts], sentences)
                if found is not None:
                    yield self._hit(pair.expression, *found)


def _by_rarest_part(pairs: Sequence[Pair]) -> dict[int, list[Pair]]:
    """Each pair once, under the part that the fewest pairs have: texts seldom have that one."""
    uses = Counter(part for pair in pairs for part in pair.parts)
    found: dict[int, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(min(pair.parts, key=uses.__getitem__), []).append(pair)
    return found


def _sizes(literal: Mapping[str, object]) -> dict[str, tuple[int, ...]]:
    """For each first word, of how many words the literal expressions are that begin with it."""
    sizes: dict[str, set[int]] = {}
    for words in literal:
        sizes.setdefault(words.partition(" ")[0], set()).add(words.count(" ") + 1)
    return {first: tuple(sorted(counts)) for first, counts in sizes.items()}


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


def sentence_numbers(tokens: Sequence[Token]) -> list[int]:
    """For each token, the number of its sentence."""
    begins = (int(t.gap == 2 and not _SENTENCE_ENDS.isdisjoint(t.stop)) for t in tokens)
    return list(accumulate(begins))
