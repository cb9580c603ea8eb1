"""Phrases as they are written, turned into the states that a text goes through as it is read.

`c’est bon` is these words one after the other, whatever their accents, capitals and the punctuation
between them; `attend*` a word that begins so; `#` a number of up to three digits, perhaps with its
rank; `(a | b c)` one of these, `[a | b]` one of them or nothing, `(…)+` and `[…]+` the same as
often as it comes; `@list` one of the phrases of that list; `, : = &` that mark before what follows.
`{name}` is any words without punctuation before or between them, `{name…}` any words, `{@list}` one
of a list: the match tells which they were. They are whole words: « Pas-de-Calais » is one.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

from bot.domain.wording.tokens import Token, tokenise

START = 0
_PART = re.compile(
    r"(?:(?P<sign>[(\[|]|[)\]]\+?)|(?P<mark>[,:=&])|\{(?P<slot>@?\w+)(?P<across>…?)\}"
    r"|@(?P<list>\w+)|(?P<word>[^\s()\[\]|{}@,:=&]+))\s*"
)
_NUMBER = re.compile(r"\d{1,3}(?:re|ere|e|eme)?")
_Parts = deque[re.Match[str]]


class PhraseError(ValueError):
    """A phrase is not written as phrases are."""


class Step(NamedTuple):
    """A word that belongs to `slot` (to none if it is "") and passes the test leads to `target`."""

    target: int
    slot: str
    test: Callable[[Token], bool]


@dataclass(slots=True)
class Node:
    """What leads on from a state: words known by their letters, others, marks; and the phrase that
    ends there, or "".
    """

    words: dict[str, list[Step]] = field(default_factory=dict)
    others: list[Step] = field(default_factory=list)
    marks: dict[str, list[int]] = field(default_factory=dict)
    phrase: str = ""
    free: list[int] = field(default_factory=list)  # states reached without a word


class PhraseNet:
    """The states of a list of phrases, by number; all begin at START."""

    def __init__(self, phrases: Iterable[str], lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = lists
        self._open: list[str] = []  # names of the lists that are being read
        self._written = [Node()]
        self._joined: dict[int, Node] = {}
        for phrase in phrases:
            end = self._written[self._read(phrase, START, "")]
            end.phrase = end.phrase or phrase
        if self[START].phrase:
            raise PhraseError(f"no word need be said for « {self[START].phrase} »")

    def __getitem__(self, state: int) -> Node:
        """What leads on from a state, or from those reached from it without a word."""
        known = self._joined.get(state)
        if known is None:
            known = self._joined[state] = self._join(state)
        return known

    def _join(self, state: int) -> Node:
        if not self._written[state].free:
            return self._written[state]
        joined, states = Node(), [state]
        for at in states:
            node = self._written[at]
            for word, steps in node.words.items():
                joined.words.setdefault(word, []).extend(steps)
            for mark, targets in node.marks.items():
                joined.marks.setdefault(mark, []).extend(targets)
            joined.others += node.others
            joined.phrase = joined.phrase or node.phrase
            states += [free for free in node.free if free not in states]
        return joined

    def _state(self, *before: int) -> int:
        """A new state, reached from those before without a word."""
        self._written.append(Node())
        for state in before:
            self._written[state].free.append(len(self._written) - 1)
        return len(self._written) - 1

    def _read(self, phrase: str, state: int, slot: str) -> int:
        """The state in which the phrase ends that begins in `state`."""
        parts: _Parts = deque(_PART.finditer(phrase))
        if "".join(part.group() for part in parts) != phrase.lstrip():
            raise PhraseError(f"a sign has no meaning in « {phrase} »")
        try:
            end = self._choices(parts, state, slot)
        except _Unreadable as error:
            raise PhraseError(f"{error} in « {phrase} »") from error
        if parts:
            raise PhraseError(f"a bracket too many in « {phrase} »")
        return end

    def _choices(self, parts: _Parts, state: int, slot: str) -> int:
        """`a | b c`"""
        ends = [self._sequence(parts, state, slot)]
        while parts and parts[0]["sign"] == "|":
            parts.popleft()
            ends.append(self._sequence(parts, state, slot))
        return ends[0] if len(ends) == 1 else self._state(*ends)

    def _sequence(self, parts: _Parts, state: int, slot: str) -> int:
        end = state
        while parts and parts[0]["sign"] in {None, "(", "["}:
            end = self._part(parts.popleft(), parts, end, slot)
        if end == state:
            raise _Unreadable("a word is missing")
        return end

    def _part(self, part: re.Match[str], parts: _Parts, state: int, slot: str) -> int:
        if part["sign"]:
            return self._group(part["sign"], parts, state, slot)
        if part["mark"]:
            end = self._state()
            self._written[state].marks.setdefault(part["mark"], []).append(end)
            return end
        if part["list"]:
            return self._list(part["list"], state, slot)
        if part["word"]:
            return self._words(part["word"], state, slot)
        name = part["slot"]
        if name.startswith("@"):
            return self._list(name[1:], state, name[1:])
        test = _is_any if part["across"] else _goes_on
        end = self._step(state, name, test)
        self._written[end].others.append(Step(end, name, test))
        return end

    def _group(self, opening: str, parts: _Parts, state: int, slot: str) -> int:
        inner = self._state(state)
        end = self._choices(parts, inner, slot)
        closing = parts.popleft()["sign"] if parts else ""
        if closing.rstrip("+") != {"(": ")", "[": "]"}[opening]:
            raise _Unreadable(f"nothing closes « {opening} »")
        if closing.endswith("+"):
            self._written[end].free.append(inner)
        return end if opening == "(" else self._state(state, end)

    def _list(self, name: str, state: int, slot: str) -> int:
        if name not in self._lists or name in self._open:
            raise _Unreadable(f"no list @{name}")
        self._open.append(name)
        ends = [self._read(phrase, state, slot) for phrase in self._lists[name]]
        self._open.pop()
        return self._state(*ends)

    def _words(self, written: str, state: int, slot: str) -> int:
        if written == "#":
            return self._step(state, slot, _is_number)
        # « l’eau » is written as one, and is two.
        words = [token.word for token in tokenise(written)]
        if not words:
            raise _Unreadable(f"« {written} » is no word")
        for word in words[:-1]:
            state = self._word(word, state, slot)
        if written.endswith("*"):
            return self._step(state, slot, partial(_begins, words[-1]))
        return self._word(words[-1], state, slot)

    def _word(self, word: str, state: int, slot: str) -> int:
        """The state after the word; phrases that begin alike share theirs."""
        steps = self._written[state].words.setdefault(word, [])
        for step in steps:
            if step.slot == slot:
                return step.target
        steps.append(Step(self._state(), slot, _is_any))
        return steps[-1].target

    def _step(self, state: int, slot: str, test: Callable[[Token], bool]) -> int:
        end = self._state()
        self._written[state].others.append(Step(end, slot, test))
        return end


@lru_cache(maxsize=4096)
class _Unreadable(Exception):
    """A part of a phrase cannot be read."""


def _begins(letters: str, token: Token) -> bool:
    return token.word.startswith(letters)


def _is_number(token: Token) -> bool:
    return _NUMBER.fullmatch(token.word) is not None


def _is_any(_token: Token) -> bool:
    return True


def _goes_on(token: Token) -> bool:
    """Whether no punctuation stands before the word."""
    return token.gap == 0
