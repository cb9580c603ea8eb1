"""What common words make one think of: themes, and danger, for texts that name neither."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NEUTRAL = "m"  # the letter of a word that says nothing of a subject; each next one says more
STEP = 0.4  # what one letter is worth
_ENOUGH = 6  # words: fewer together are trusted less


@dataclass(frozen=True, slots=True)
class Associations:
    """For each of the folded `words`, sorted, one letter for each of `subjects`; `always` is where
    all begin.
    """

    subjects: tuple[str, ...]
    always: str
    words: Sequence[str]
    letters: str  # those of the first word, then those of the second…

    def points(self, words: Iterable[str]) -> dict[str, float]:
        """How much the words together suggest each subject, about from -5 to 5."""
        known = [letters.encode() for word in words if (letters := self._of(word))]
        trust = STEP * min(1.0, len(known) / _ENOUGH)
        share = 1 / math.sqrt(max(1, len(known)))
        neutral = len(known) * ord(NEUTRAL)
        sums = [sum(column) - neutral for column in zip(*known, strict=True)]
        return {
            subject: trust * (_worth(always) + share * together)
            for subject, always, together in zip(
                self.subjects, self.always, sums or [0] * len(self.subjects), strict=True
            )
        }

    def weight(self, word: str, subject: str) -> float:
        """How much one word suggests a subject; 0.0 where it is unknown."""
        letters = self._of(word)
        return STEP * _worth(letters[self.subjects.index(subject)]) if letters else 0.0

    def _of(self, word: str) -> str:
        place = bisect_left(self.words, word)
        if place == len(self.words) or self.words[place] != word:
            return ""
        size = len(self.subjects)
        return self.letters[place * size : (place + 1) * size]


def _worth(letter: str) -> int:
    return ord(letter) - ord(NEUTRAL)
