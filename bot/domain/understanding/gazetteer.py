"""Names of communes, prepared to be found exactly, glued, cut short, or misspelt."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.territory import TerritoryIndex, departement_of
from bot.domain.understanding.folding import article_and_core, sound, spaced

LINKS = frozenset("sur sous en les lez de du des d la le l aux et a pres saint sainte".split())
MAX_NAME_WORDS = 8


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


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a name: `key` glued without article, `heard` its sound."""

    key: str
    heard: str
    codes: str
    former: bool


class Gazetteer:
    """The communes by name. Keys are folded words glued together, without the article."""

    def __init__(self, index: TerritoryIndex) -> None:
        self._index = index
        self._current: dict[str, str] = {}
        self._former: dict[str, str] = {}
        self._article: dict[str, str] = {}
        self._sorted: list[str] = []
        self._add_current(index)
        self._add_former(index)
        self._spellings = self._heard()
        self._blocks = _blocks(self._spellings)
        self._near: dict[str, list[Spelling]] = {}

    def _add_current(self, index: TerritoryIndex) -> None:
        codes = list(index.communes)
        column = spaced("\n".join(c.name for c in index.communes.values())).split("\n")
        for code, name in zip(codes, map(str.strip, column), strict=True):
            article, core = article_and_core(name)
            if article:
                self._article[code] = article
                _add(self._current, name.replace(" ", ""), code)
            _add(self._current, core.replace(" ", ""), code)
            if name.endswith((" ville", " campagne")) or " canton " in name:
                _add(self._current, core.rpartition(" ")[0].partition(" canton")[0].replace(" ", ""), code)
            self._sorted.append(core)
        self._sorted.sort()

    def _add_former(self, index: TerritoryIndex) -> None:
        column = spaced("\n".join(f.name for f in index.former)).split("\n")
        for former, name in zip(index.former, map(str.strip, column), strict=True):
            article, core = article_and_core(name)
            if article:
                _add(self._former, name.replace(" ", ""), former.code)
            _add(self._former, core.replace(" ", ""), former.code)

    def _heard(self) -> list[Spelling]:
        found: list[Spelling] = []
        for names, former in ((self._current, False), (self._former, True)):
            keys = [key for key in names if not former or key not in self._current]
            heard = sound("\n".join(keys)).split("\n")
            found += [
                Spelling(key, how, names[key], former)
                for key, how in zip(keys, heard, strict=True)
            ]
        return found

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
        """Whether a current name is written with these very words, not glued otherwise."""
        name = " ".join(words)
        place = bisect_left(self._sorted, name)
        return place < len(self._sorted) and self._sorted[place] == name

    def article_of(self, code: str) -> str:
        """The article that the official name of a commune begins with, or ""."""
        return self._article.get(code, "")

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
        place = bisect_left(self._sorted, start)
        keys = set()
        while place < len(self._sorted) and self._sorted[place].startswith(start):
            keys.add(self._sorted[place].replace(" ", ""))
            place += 1
        codes = {code for key in keys for code in self._current[key].split()}
        if departements:
            codes = {code for code in codes if departement_of(code) in departements}
        return Found(tuple(sorted(codes)), Fit.SHORTENED) if codes else None

    def misspelt(
        self, words: Sequence[str], departements: frozenset[str] = frozenset()
    ) -> Found | None:
        """The nearest names by letters and sound, all those equally near; None if none is near.

        With `departements`, only their communes count, and a wider distance is allowed.
        """
        key = "".join(words)
        length = len(key)
        if length < 4 or length > 45 or not key.isascii():
            return None
        limit = _allowed(length) + (1 if departements else 0)
        heard = sound(key)
        near = self._near_spellings(key, heard, departements, limit)
        best: list[Spelling] = []
        lowest = limit + 0.01
        for spelling in near:
            cost = _cost(key, heard, spelling)
            if cost < lowest - 1e-9:
                best, lowest = [spelling], cost
            elif abs(cost - lowest) < 1e-9:
                best.append(spelling)
        if not best:
            return None
        current = [s for s in best if not s.former] or best
        codes = {c for s in current for c in s.codes.split()}
        if departements:
            codes = {c for c in codes if departement_of(c) in departements}
        return Found(tuple(sorted(codes)), Fit.MISSPELT, lowest) if codes else None

    def _near_spellings(
        self, key: str, heard: str, departements: frozenset[str], limit: float
    ) -> Iterable[Spelling]:
        if departements:
            pool = [s for code in departements for s in self._of_departement(code)]
            return _closest(heard, pool, int(limit) + 1)
        near: list[Spelling] = []
        for size in range(len(heard) - 2, len(heard) + 3):
            near += _closest(heard, self._blocks.get((heard[:1], size), ()), 2)
        return near

    def _of_departement(self, code: str) -> list[Spelling]:
        if code not in self._near:
            self._near[code] = [
                s for s in self._spellings if any(departement_of(c) == code for c in s.codes.split())
            ]
        return self._near[code]


def _closest(heard: str, pool: Sequence[Spelling], cutoff: int) -> list[Spelling]:
    found = process.extract(
        heard,
        [s.heard for s in pool],
        scorer=OSA.distance,
        score_cutoff=cutoff,
        limit=25,
    )
    return [pool[place] for _, _, place in found]


def _cost(key: str, heard: str, spelling: Spelling) -> float:
    letters = OSA.distance(key, spelling.key)
    sounds = OSA.distance(heard, spelling.heard)
    return 0.35 * letters + 0.65 * sounds + (0.2 if spelling.former else 0.0)


def _allowed(length: int) -> float:
    return 0.8 if length < 5 else 1.1 if length < 8 else 1.8 if length < 12 else 2.4


def _blocks(spellings: Iterable[Spelling]) -> dict[tuple[str, int], list[Spelling]]:
    blocks: dict[tuple[str, int], list[Spelling]] = {}
    for spelling in spellings:
        blocks.setdefault((spelling.heard[:1], len(spelling.heard)), []).append(spelling)
    return blocks


def _add(names: dict[str, str], key: str, code: str) -> None:
    known = names.get(key)
    names[key] = code if known is None else f"{known} {code}"
