"""A text cut into words that know where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.wording.folding import unaccented

# Zero-width and combining characters belong to the word they are in.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff])*")
_STRONG = re.compile(r"[.!?;:\n\r()\[\]{}|/…•→←–—«»\"“”*=]|\s-+\s|--")
_ABBREVIATED = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "snt": "saint",
    "mt": "mont",
    "mts": "monts",
    "gd": "grand",
    "gde": "grande",
    "vx": "vieux",
    "sr": "sur",
    "cne": "commune",
}
_DOTTED = frozenset({"st", "ste", "sts", "stes"})
_OPENINGS = '([«“"'
MAX_TOKENS = 1500


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as compared (`word`), as found (`start`, `end`), and what stands before it."""

    word: str
    start: int
    end: int
    gap: int  # 0: space, hyphen, apostrophe; 1: comma; 2: a stronger stop, or the beginning
    capital: bool  # begins with a capital letter
    upper: bool  # all capitals, two letters at least
    stop: str  # the characters between the previous word and this one, blanks removed

    @property
    def is_joined(self) -> bool:
        """Whether a hyphen joins the word to the one before."""
        return self.stop == "-" and self.gap == 0


def tokenise(text: str) -> list[Token]:
    """The words of `text` in order; at most `MAX_TOKENS`."""
    tokens: list[Token] = []
    end = 0
    previous = ""
    for match in _WORD.finditer(text):
        raw = match.group()
        between = text[end : match.start()]
        word = unaccented(raw)
        if not word:
            continue
        tokens.append(
            Token(
                _whole(word, text[match.end() : match.end() + 1]),
                match.start(),
                match.end(),
                2 if not tokens else _gap(between, previous),
                raw[0].isupper(),
                len(raw) > 1 and raw.isupper(),
                between.strip(),
            )
        )
        end = match.end()
        previous = word
        if len(tokens) >= MAX_TOKENS:
            break
    return tokens


def _whole(word: str, after: str) -> str:
    return "sur" if word == "s" and after == "/" else _ABBREVIATED.get(word, word)


def _gap(between: str, previous: str) -> int:
    if between in {" ", "-", "'", "’"}:
        return 0
    if previous in _DOTTED and between.strip() in {".", ".-"}:
        return 0
    if previous == "s" and between.strip() == "/":
        return 0
    if _STRONG.search(between):
        return 2
    return 1 if "," in between else 0


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote, and the words it is cut into."""

    text: str
    tokens: Sequence[Token]

    @classmethod
    def of(cls, text: str) -> "Said":
        """The words of a text, with the text."""
        return cls(text, tokenise(text))

    def __len__(self) -> int:
        return len(self.tokens)

    def before(self, place: int) -> "Said":
        """All that is said before that token."""
        return Said(self.text[: self.tokens[place].start], self.tokens[:place])

    def part(self, first: int, end: int) -> "Said":
        """Tokens [first, end) alone, in the same text."""
        return Said(self.text, self.tokens[first:end])

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(token.word for token in self.tokens)

    def after(self, place: int) -> str:
        """The text from that token on, with the bracket or quote that it opens; "" if there is
        none.
        """
        if place >= len(self.tokens):
            return ""
        gap = self.gap(place)
        opened = len(gap) - len(gap.rstrip(_OPENINGS))
        return self.text[self.tokens[place].start - opened :]

    def between(self, first: int, end: int) -> str:
        """The text of tokens [first, end), without what stands around it."""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end]

    def gap(self, place: int) -> str:
        """The text between that token and the one before."""
        return self.text[self.tokens[place - 1].end if place else 0 : self.tokens[place].start]
