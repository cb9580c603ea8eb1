"""Phrases written as people would say them, and found in what people say.

`config/language/README.md` says how they are written, `bot.domain.wording.phrase_net` in short. All
ways to read a text advance together, word by word (Thompson's construction), so that the work grows
with the length of the text, whatever the phrases are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.wording.phrase_net import START, PhraseNet
from bot.domain.wording.tokens import Said, Token

_LONGEST = 40
"""Words: a match that has to be searched for is no longer."""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase, as it is written, found at tokens [start, end). `slots` are the tokens of each slot
    that was filled, as (first, end).
    """

    phrase: str
    start: int
    end: int
    slots: Mapping[str, tuple[int, int]]


class Phrases:
    """Phrases that are looked for together. Safe to share between threads."""

    def __init__(
        self, phrases: Iterable[str] = (), lists: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """`lists` are those that the phrases name. Raises PhraseError, which quotes the phrase."""
        self._net = PhraseNet(phrases, lists or {})

    def whole(self, said: Said) -> Match | None:
        """The match that covers all the words; None for no words."""
        match = self.at(said)
        return match if match is not None and match.end == len(said.tokens) else None

    def at(self, said: Said, place: int = 0) -> Match | None:
        """The longest match that begins at that token."""
        return self._read(said.tokens, place, searching=False)

    def first(self, said: Said, place: int = 0) -> Match | None:
        """The first match from that token on; of those that begin together the longest."""
        return self._read(said.tokens, place, searching=True)

    def said_in(self, text: str) -> bool:
        """Whether one of them is said somewhere in a text."""
        return self.first(Said.of(text)) is not None

    def removed_from(self, text: str) -> str:
        """The text without the longest of them that it begins with."""
        said = Said.of(text)
        match = self.at(said)
        return text if match is None else said.after(match.end)

    def every(self, said: Said) -> Iterator[Match]:
        """The matches in order, none over another."""
        match = self.first(said)
        while match is not None:
            yield match
            match = self.first(said, match.end)

    def everywhere(self, said: Said) -> Iterator[Match]:
        """The longest match at each token, perhaps one over another."""
        match = self.first(said)
        while match is not None:
            yield match
            match = self.first(said, match.start + 1)

    def ends(self, said: Said) -> bool:
        """Whether the last words are a match."""
        return any(match.end == len(said.tokens) for match in self.everywhere(said))

    def _read(self, tokens: Sequence[Token], place: int, *, searching: bool) -> Match | None:
        found: Match | None = None
        readings: dict[int, _Reading] = {}
        for at in range(place, len(tokens)):
            if at == place or (searching and found is None):
                readings[START] = _Reading(at, ())
            readings = self._past_marks(readings, tokens[at].stop)
            readings = self._past_word(readings, tokens[at], at)
            if not readings:
                if found is None and searching:
                    continue
                break
            found = self._complete(readings, at + 1) or found
            newest = at if found is None else found.start
            oldest = at - _LONGEST if searching else 0
            readings = {s: r for s, r in readings.items() if oldest <= r.start <= newest}
        return found

    def _past_marks(self, readings: "dict[int, _Reading]", stop: str) -> "dict[int, _Reading]":
        """The readings after punctuation: it is passed over, or it is what was asked for."""
        for mark in stop:
            after = dict(readings)
            for state, reading in readings.items():
                for target in self._net[state].marks.get(mark, ()):
                    _keep(after, target, reading)
            readings = after
        return readings

    def _past_word(
        self, readings: "dict[int, _Reading]", token: Token, at: int
    ) -> "dict[int, _Reading]":
        after: dict[int, _Reading] = {}
        for state, reading in readings.items():
            node = self._net[state]
            slot = reading.slot_at(at)
            for step in (*node.words.get(token.word, ()), *node.others):
                if step.test(token) and (step.slot == slot or not token.is_joined):
                    _keep(after, step.target, reading.past(step.slot, at))
        return after

    def _complete(self, readings: "Mapping[int, _Reading]", end: int) -> Match | None:
        """The best of the readings in which a phrase ends."""
        ended = [(r, phrase) for s, r in readings.items() if (phrase := self._net[s].phrase)]
        if not ended:
            return None
        reading, phrase = min(ended, key=lambda each: each[0].rank)
        return Match(phrase, reading.start, end, {s: (a, b) for s, a, b in reading.slots})


class _Reading(NamedTuple):
    """One way to read the words so far: the token where it begins, and what fills each slot, as
    (slot, first, end).
    """

    start: int
    slots: tuple[tuple[str, int, int], ...]

    @property
    def rank(self) -> tuple[int, ...]:
        """The lowest is kept: the earliest, then that with the fewest words in the first slot."""
        return (self.start, *(end - first for _, first, end in self.slots))

    def slot_at(self, at: int) -> str:
        """The slot that the token before `at` belongs to, or ""."""
        return self.slots[-1][0] if self.slots and self.slots[-1][2] == at else ""

    def past(self, slot: str, at: int) -> "_Reading":
        """The reading after token `at`, which belongs to that slot, or to none if it is ""."""
        if not slot:
            return self
        if slot == self.slot_at(at):
            *before, (_, first, _) = self.slots
            return _Reading(self.start, (*before, (slot, first, at + 1)))
        return _Reading(self.start, (*self.slots, (slot, at, at + 1)))


def _keep(readings: dict[int, _Reading], state: int, reading: _Reading) -> None:
    """Of several ways to one state the best goes on."""
    other = readings.get(state)
    if other is None or (other is not reading and reading.rank < other.rank):
        readings[state] = reading
