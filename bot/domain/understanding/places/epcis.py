"""EPCI named in a text: by full, short or usual name, or by their main town."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.words.spelling import spaced
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
            content = self._content(name.split())
            without = [word for word in content if word != "pays"]
            for key in {"".join(content), "".join(without)}:
                if key:
                    self._keys.setdefault(key, []).append(siren)
        self._names = sorted(self._keys)
        self._by_town: dict[str, list[str]] = {}
        cores = dict(zip(index.communes.codes, index.communes.cores, strict=True))
        for siren, code in index.main_communes().items():
            town = "".join(self._content(cores[code].split()))
            self._by_town.setdefault(town, []).append(siren)

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
            codes = self._keys.get("".join(self._content(words)), ())
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
        for end in range(stop, place, -1):
            if tokens[end - 1].word in self._words.epci_links:
                continue
            words = self._content([t.word for t in tokens[place:end]])
            bare = [word for word in words if word != "pays"]
            known = self._keys.get("".join(words)) or self._keys.get("".join(bare)) or ()
            codes = self._of_kind(known, kinds) if words else ()
            if codes:
                return EpciMention(start, end, codes)
        for end in range(stop, place, -1):
            words = self._content([t.word for t in tokens[place:end]])
            codes = self._cut_short(words, kinds) or self._of_town(words, kinds)
            if codes:
                return EpciMention(start, end, codes)
        for end in range(stop, place, -1):
            words = self._content([t.word for t in tokens[place:end]])
            codes = self._misspelt(words, kinds)
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
            words = self._content([t.word for t in tokens[start:place]])
            codes = tuple(sorted(self._keys.get("".join(words), ()))) if words else ()
            if codes and tokens[start].word not in self._words.epci_links:
                return EpciMention(start, end, codes)
        return None

    def _of_kind(self, codes: Sequence[str], kinds: frozenset[str]) -> tuple[str, ...]:
        exact = tuple(sorted(c for c in codes if self._index.epcis[c].kind in kinds))
        return exact or tuple(sorted(codes))

    def _cut_short(self, words: Sequence[str], kinds: frozenset[str]) -> tuple[str, ...]:
        start = "".join(words)
        if len(start) < 5:
            return ()
        place = bisect_left(self._names, start)
        codes: set[str] = set()
        while place < len(self._names) and self._names[place].startswith(start):
            codes.update(self._keys[self._names[place]])
            place += 1
        kept = tuple(sorted(c for c in codes if self._index.epcis[c].kind in kinds))
        return kept if len(kept) == 1 else ()

    def _of_town(self, words: Sequence[str], kinds: frozenset[str]) -> tuple[str, ...]:
        town = "".join(words)
        if len(town) < 3:
            return ()
        codes = self._by_town.get(town, ())
        return tuple(sorted(c for c in codes if self._index.epcis[c].kind in kinds))

    def _misspelt(self, words: Sequence[str], kinds: frozenset[str]) -> tuple[str, ...]:
        key = "".join(words)
        if len(key) < 6:
            return ()
        near = process.extract(
            key, self._names, scorer=OSA.distance, score_cutoff=1 + len(key) // 9, limit=3
        )
        if not near or (len(near) > 1 and near[1][1] == near[0][1]):
            return ()
        return self._of_kind(self._keys[near[0][0]], kinds)

    def _content(self, words: Sequence[str]) -> list[str]:
        return [word for word in words if word not in self._words.epci_dropped]

    def _marker(self, tokens: Sequence[Token], place: int) -> tuple[int, frozenset[str]] | None:
        """Where the words end that say an EPCI is meant, and the kinds it can be of."""
        for called, kinds in self._kinds.get(tokens[place].word, ()):
            end = place + len(called)
            if tuple(token.word for token in tokens[place:end]) == called:
                return end, kinds
        return None
