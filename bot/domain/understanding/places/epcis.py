"""EPCI named in a text: by full, short or usual name, or by their main town."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.words.spelling import beginning_with, spaced
from bot.domain.wording.tokens import Token

_BRACKETED = re.compile(r"\([^)\n]*\)")


@dataclass(frozen=True, slots=True)
class EpciMention:
    """EPCI named at tokens [start, end); several codes when the words do not settle which."""

    start: int
    end: int
    codes: tuple[str, ...]


class EpciFinder:
    """Finds EPCI named in a text. Immutable after construction."""

    def __init__(self, index: TerritoryIndex, words: PlaceWords) -> None:
        self._index = index
        self._words = words
        self._kinds: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
        for called, kinds in sorted(words.epci_kinds.items(), key=lambda k: -len(k[0])):
            self._kinds.setdefault(called[0], []).append((called, kinds))
        self._keys: dict[str, list[str]] = {}
        names = _BRACKETED.sub(" ", "\n".join(epci.name for epci in index.epcis.values()))
        for siren, name in zip(index.epcis, spaced(names).split("\n"), strict=True):
            said = name.split()
            for key in {self._key(said), self._key(said, bare=True)} - {""}:
                self._keys.setdefault(key, []).append(siren)
        self._names = sorted(self._keys)
        self._by_town: dict[str, list[str]] = {}
        cores = dict(zip(index.communes.codes, index.communes.cores, strict=True))
        for siren, code in index.main_communes().items():
            self._by_town.setdefault(self._key(cores[code].split()), []).append(siren)

    def find(self, tokens: Sequence[Token]) -> list[EpciMention]:
        """The EPCI named after (or before) a word that says one is meant."""
        found: list[EpciMention] = []
        for place in range(len(tokens)):
            if found and place < found[-1].end:
                continue
            marker = self._marker(tokens, place)
            if marker is None:
                mention = self._bare(tokens, place)
            else:
                end, kinds = marker
                mention = self._after(tokens, place, end, kinds) or self._before(tokens, place, end)
            if mention is not None:
                found.append(mention)
        return found

    def _bare(self, tokens: Sequence[Token], place: int) -> EpciMention | None:
        """« Grand Poitiers », without a word for what it is."""
        if tokens[place].word != "grand":
            return None
        for end in range(min(place + 5, len(tokens)), place + 1, -1):
            words = [t.word for t in tokens[place:end]]
            codes = self._keys.get(self._key(words), ())
            if (
                codes
                and words[-1] not in self._words.epci_links
                and not any(t.gap for t in tokens[place + 1 : end])
            ):
                return EpciMention(place, end, tuple(sorted(codes)))
        return None

    def _after(
        self, tokens: Sequence[Token], start: int, place: int, kinds: frozenset[str]
    ) -> EpciMention | None:
        stop = place
        while stop < len(tokens) and stop - place < 9 and tokens[stop].gap == 0:
            stop += 1
        for read in (self._whole, self._shortened, self._misspelt):
            for end in range(stop, place, -1):
                codes = read([t.word for t in tokens[place:end]], kinds)
                if codes:
                    return EpciMention(start, end, codes)
        return None

    def _before(self, tokens: Sequence[Token], place: int, end: int) -> EpciMention | None:
        if place == 0 or tokens[place].gap > 1:
            return None  # « Pays de Falaise, communauté de communes »: a comma may stand between
        first = place - 1
        while first > 0 and place - first < 6 and not tokens[first].gap:
            first -= 1
        for start in range(first, place):
            codes = self._keys.get(self._key(t.word for t in tokens[start:place]), ())
            if codes and tokens[start].word not in self._words.epci_links:
                return EpciMention(start, end, tuple(sorted(codes)))
        return None

    def _whole(self, words: Sequence[str], kinds: frozenset[str]) -> tuple[str, ...]:
        if words[-1] in self._words.epci_links:
            return ()
        keys = (self._key(words), self._key(words, bare=True))
        named = next((self._keys[key] for key in keys if key in self._keys), [])
        return self._of_kind(named, kinds) or tuple(sorted(named))

    def _shortened(self, words: Sequence[str], kinds: frozenset[str]) -> tuple[str, ...]:
        """The one whose name begins so, else those whose main town is called so."""
        key = self._key(words)
        names = beginning_with(self._names, key) if len(key) >= 5 else ()
        begun = self._of_kind({code for name in names for code in self._keys[name]}, kinds)
        if len(begun) == 1:
            return begun
        return self._of_kind(self._by_town.get(key, ()), kinds) if len(key) >= 3 else ()

    def _misspelt(self, words: Sequence[str], kinds: frozenset[str]) -> tuple[str, ...]:
        key = self._key(words)
        if len(key) < 6:
            return ()
        near = process.extract(
            key, self._names, scorer=OSA.distance, score_cutoff=1 + len(key) // 9, limit=3
        )
        if not near or (len(near) > 1 and near[1][1] == near[0][1]):
            return ()
        named = self._keys[near[0][0]]
        return self._of_kind(named, kinds) or tuple(sorted(named))

    def _of_kind(self, codes: Iterable[str], kinds: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(c for c in codes if self._index.epcis[c].kind in kinds))

    def _key(self, words: Iterable[str], *, bare: bool = False) -> str:
        """The words that tell names apart, glued; the `bare` ones without « pays »."""
        dropped = self._words.epci_dropped
        return "".join(w for w in words if w not in dropped and not (bare and w == "pays"))

    def _marker(self, tokens: Sequence[Token], place: int) -> tuple[int, frozenset[str]] | None:
        """Where the words end that say an EPCI is meant, and the kinds it can be of."""
        for called, kinds in self._kinds.get(tokens[place].word, ()):
            end = place + len(called)
            if tuple(token.word for token in tokens[place:end]) == called:
                return end, kinds
        return None
