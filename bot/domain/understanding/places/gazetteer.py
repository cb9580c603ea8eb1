"""Names of communes, prepared to be found exactly, glued, cut short, or misspelt."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.territory import Communes, TerritoryIndex, departement_of
from bot.domain.understanding.words.spelling import (
    article_and_core,
    beginning_with,
    sound,
    spaced,
    without_articles,
)

MAX_NAME_WORDS = 8
_ARTICLES = ("Le ", "La ", "Les ", "L'", "L’")
_ONE_CODE = 5  # characters: most names are of one commune
# The six communes that the official name distinguishes by « (Ville) », « (Canton de …) ».
_PRECISION = re.compile(r" (ville|campagne|canton .*)$")


class Fit(IntEnum):
    """How a name was found, best first."""

    CURRENT = 0
    FORMER = 1
    SHORTENED = 2
    MISSPELT = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Communes that a stretch of words can name. `cost` is 0.0 but for misspellings."""

    codes: tuple[str, ...]
    fit: Fit
    cost: float = 0.0


class Gazetteer:
    """The communes by name. Keys are folded words glued together, without the article.

    Names are kept as parallel columns (`_keys`, `_heard`, `_codes`), former ones last.
    """

    def __init__(self, index: TerritoryIndex) -> None:
        self._current: dict[str, str] = {}
        self._former: dict[str, str] = {}
        self._article: dict[str, str] = {}
        self._sorted = sorted(index.communes.cores)
        heard = self._add_current(index.communes)
        self._first_former = len(heard)
        heard.update(self._add_former(index))
        self._keys = list(heard)
        self._heard = list(heard.values())
        self._codes = [self._current.get(key) or self._former[key] for key in self._keys]
        self._blocks = _Blocks(self._heard)
        self._of_departement = _by_departement(self._codes)

    def _add_current(self, communes: Communes) -> dict[str, str]:
        """Learn the current names; how each key sounds."""
        keys = [core.replace(" ", "") if " " in core else core for core in communes.cores]
        _learn(self._current, keys, communes.codes)
        for code, name, key in zip(communes.codes, communes.names, keys, strict=True):
            if name.startswith(_ARTICLES):
                self._add_with_article(code, name, key)
            if name.endswith(")"):
                short = _PRECISION.sub("", spaced(name).strip())
                _learn(self._current, [short.replace(" ", "")], [code])
        return dict(zip(keys, communes.heard, strict=True))

    def _add_with_article(self, code: str, name: str, key: str) -> None:
        article, _ = article_and_core(spaced(name).strip())
        self._article[code] = article
        if article + key not in self._current:
            _learn(self._current, [article + key], [code])

    def _add_former(self, index: TerritoryIndex) -> dict[str, str]:
        """Learn the former names; how those sound that no current commune bears."""
        column = spaced("\n".join(f.name for f in index.former)).strip()
        cores = without_articles(column)
        self._former_written = frozenset(cores.split("\n"))
        keys = cores.replace(" ", "").split("\n")
        whole = column.replace(" ", "").split("\n")
        heard: dict[str, str] = {}
        for former, key, full in zip(index.former, keys, whole, strict=True):
            _learn(self._former, [key], [former.code])
            if full != key:
                _learn(self._former, [full], [former.code])
            if key not in self._current:
                heard[key] = former.heard
        return heard

    def exact(self, words: Sequence[str], article: str) -> Found | None:
        """The communes, else former ones, that bear this name; `article` is what precedes it.

        An article chooses among those that bear it; without one, names without article are
        preferred to names with one.
        """
        key = "".join(words)
        codes = self._current.get(key)
        if codes is not None:
            return Found(self._by_article(codes.split(), article), Fit.CURRENT)
        codes = self._former.get(key)
        return None if codes is None else Found(tuple(sorted(set(codes.split()))), Fit.FORMER)

    def written(self, words: Sequence[str]) -> bool:
        """Whether a name is written with these very words, not glued otherwise."""
        name = " ".join(words)
        if name in self._former_written:
            return True
        place = bisect_left(self._sorted, name)
        return place < len(self._sorted) and self._sorted[place] == name

    def _by_article(self, codes: Sequence[str], article: str) -> tuple[str, ...]:
        if len(codes) == 1:
            return tuple(codes)
        bearing = [code for code in codes if self._article.get(code, "") == article]
        plain = [code for code in codes if code not in self._article]
        return tuple(sorted(set(bearing or plain or codes)))

    def shortened(
        self, words: Sequence[str], departements: frozenset[str] = frozenset()
    ) -> Found | None:
        """The communes whose name begins with these words: « soulac » for Soulac-sur-Mer.

        With `departements`, only their communes count.
        """
        start = " ".join(words) + " "
        keys = {name.replace(" ", "") for name in beginning_with(self._sorted, start)}
        codes = {code for key in keys for code in self._current[key].split()}
        if departements:
            codes = {code for code in codes if departement_of(code) in departements}
        codes = {code for code in codes if code not in self._article} or codes
        return Found(tuple(sorted(codes)), Fit.SHORTENED) if codes else None

    def misspelt(
        self,
        words: Sequence[str],
        departements: frozenset[str] = frozenset(),
        slack: float = 1e-9,
    ) -> Found | None:
        """The nearest names by letters and sound, all those equally near; None if none is near.

        Those that are farther by no more than `slack` are given too.

        With `departements`, only their communes count, and a wider distance is allowed.
        """
        key = "".join(words)
        length = len(key)
        if length < 4 or length > 45 or not key.isascii():
            return None
        limit = _allowed(length) + (1 if departements else 0)
        heard = sound(key)
        costs: dict[int, float] = {}
        for place in self._near(heard, departements):
            cost = self._cost(key, heard, place)
            if cost <= limit:
                costs[place] = cost
        if not costs:
            return None
        lowest = min(costs.values())
        best = [place for place, cost in costs.items() if cost - lowest <= slack]
        current = [place for place in best if place < self._first_former] or best
        codes = {code for place in current for code in self._codes[place].split()}
        if departements:
            codes = {c for c in codes if departement_of(c) in departements}
        return Found(tuple(sorted(codes)), Fit.MISSPELT, lowest) if codes else None

    def _near(self, heard: str, departements: frozenset[str]) -> Iterable[int]:
        if not departements:
            return self._blocks.near(heard)
        places = [p for code in departements for p in self._of_departement.get(code, ())]
        return _closest(heard, [self._heard[p] for p in places], places, 3)

    def _cost(self, key: str, heard: str, place: int) -> float:
        letters = OSA.distance(key, self._keys[place])
        sounds = OSA.distance(heard, self._heard[place])
        return 0.35 * letters + 0.65 * sounds + (0.2 if place >= self._first_former else 0.0)


class _Blocks:
    """Sounds by first letter, then by length: what is near a sound is in a small stretch."""

    def __init__(self, heard: Sequence[str]) -> None:
        grouped: dict[str, list[int]] = {}
        lengths = list(map(len, heard))
        for place in sorted(range(len(heard)), key=lengths.__getitem__):
            grouped.setdefault(heard[place][:1], []).append(place)
        self._places = {first: array("i", places) for first, places in grouped.items()}
        self._heard = {
            first: [heard[place] for place in places] for first, places in grouped.items()
        }

    def near(self, heard: str) -> list[int]:
        """The places of the sounds at most 2 edits away that begin alike."""
        sounds = self._heard.get(heard[:1], [])
        first = bisect_left(sounds, len(heard) - 2, key=len)
        last = bisect_right(sounds, len(heard) + 2, key=len)
        places = self._places.get(heard[:1], array("i"))[first:last]
        return _closest(heard, sounds[first:last], places, 2)


def _closest(heard: str, sounds: Sequence[str], places: Sequence[int], cutoff: int) -> list[int]:
    found = process.extract(heard, sounds, scorer=OSA.distance, score_cutoff=cutoff, limit=40)
    return [places[at] for _, _, at in found]


def _allowed(length: int) -> float:
    return 0.8 if length < 5 else 1.1 if length < 8 else 1.8 if length < 12 else 2.4


def _by_departement(codes: Sequence[str]) -> dict[str, "array[int]"]:
    places: dict[str, list[int]] = {}
    for place, several in enumerate(codes):
        if len(several) == _ONE_CODE and several[0] != "9":
            places.setdefault(several[:2], []).append(place)
        else:
            for code in {departement_of(code) for code in several.split()}:
                places.setdefault(code, []).append(place)
    return {code: array("i", found) for code, found in places.items()}


def _learn(names: dict[str, str], keys: Sequence[str], codes: Sequence[str]) -> None:
    """Add each key with its code; a key that is known has one more."""
    for key, code in zip(keys, codes, strict=True):
        first = names.setdefault(key, code)
        if first is not code:
            names[key] = f"{first} {code}"
