"""A text cut into words that know where they stand."""

import re
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
    "s": "sur",
}
_DOTTED = frozenset({"st", "ste", "sts", "stes"})
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
                _ABBREVIATED.get(word, word) if word != "s" else _lone_s(text, match.end()),
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


def _lone_s(text: str, after: int) -> str:
    return "sur" if text[after : after + 1] == "/" else "s"


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
