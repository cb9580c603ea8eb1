"""Words that say who writes or where, not what about: titles, addresses, landmarks, signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said, Token

_MAX_ROLE = 8
_SIGNATURE = 25  # words: a signature is at the end


@dataclass(frozen=True, slots=True)
class IncidentalWords:
    """Folded words and phrases: see `config/language/incidental.toml`."""

    roles: frozenset[str]
    leading_on: frozenset[str]
    streets: frozenset[str]
    farewells: frozenset[str]
    beside: Phrases
    articles: frozenset[str]


def find_incidental(tokens: Sequence[Token], words: IncidentalWords) -> frozenset[int]:
    """The places of the words of titles (« adjointe à la voirie »), addresses, landmarks
    (« derrière l'église ») and signatures."""
    kinds = (_titles, _addresses, _landmarks, _signature)
    return frozenset(place for find in kinds for place in find(tokens, words))


def _titles(tokens: Sequence[Token], words: IncidentalWords) -> Iterator[int]:
    place = 0
    while place < len(tokens):
        if tokens[place].word not in words.roles:
            place += 1
            continue
        at = place + 1
        joined = 0
        while at < len(tokens) and not tokens[at].gap and at - place < _MAX_ROLE:
            if tokens[at].word not in words.leading_on and tokens[at].word not in words.roles:
                joined += 1
                if joined > 2:
                    break
            yield at
            at += 1
        place = at


def _addresses(tokens: Sequence[Token], words: IncidentalWords) -> Iterator[int]:
    for place, token in enumerate(tokens[:-1]):
        if token.word not in words.streets:
            continue
        numbered = place > 0 and tokens[place - 1].word.isdigit() and not token.gap
        after = place + 1
        while (
            after < len(tokens) and tokens[after].word in words.leading_on and not tokens[after].gap
        ):
            after += 1
        named = after < len(tokens) and not tokens[after].gap and tokens[after].capital
        if numbered or (named and not tokens[after].upper):
            yield from range(place, after + 1)


def _landmarks(tokens: Sequence[Token], words: IncidentalWords) -> Iterator[int]:
    for beside in words.beside.everywhere(Said("", tokens)):
        at = beside.end
        while at < len(tokens) and tokens[at].word in words.articles and not tokens[at].gap:
            at += 1
        if at < len(tokens) and not tokens[at].gap:
            yield at


def _signature(tokens: Sequence[Token], words: IncidentalWords) -> Iterator[int]:
    for place in range(max(0, len(tokens) - _SIGNATURE), len(tokens)):
        if tokens[place].word in words.farewells and tokens[place].gap == 2 and place > 3:
            yield from range(place, len(tokens))
            return
