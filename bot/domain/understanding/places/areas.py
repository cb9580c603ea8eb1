"""Départements, regions, postcodes and sizes named in a text: what settles a homonym."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.territory import TerritoryIndex, TerritoryKind
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.words.spelling import core_name
from bot.domain.wording.tokens import Token

_SUMS = frozenset("€%")


@dataclass(frozen=True, slots=True)
class Area:
    """A wider area that is named at tokens [start, end): its départements."""

    start: int
    end: int
    departements: frozenset[str]
    kind: TerritoryKind
    name: str
    placed: bool  # « en Gironde », « (64) »: said to place something, not in passing


@dataclass(frozen=True, slots=True)
class Code:
    """Five digits that are a postcode, an INSEE code, or both, at token `at`."""

    at: int
    digits: str
    by_postcode: tuple[str, ...]
    by_insee: tuple[str, ...]
    departements: frozenset[str]


class AreaNames:
    """The names of départements and wider areas, by folded words."""

    def __init__(self, index: TerritoryIndex, words: PlaceWords) -> None:
        self._index = index
        self._words = words
        self._names: dict[tuple[str, ...], tuple[frozenset[str], TerritoryKind, str]] = {}
        for region in index.regions.values():
            inside = frozenset(
                d.code for d in index.departements.values() if d.region == region.code
            )
            self._add(region.name, inside, TerritoryKind.REGION)
        for name, codes in index.areas.items():
            kind = TerritoryKind.REGION if len(codes) > 1 else TerritoryKind.DEPARTEMENT
            self._add(name, frozenset(codes), kind)
        for departement in index.departements.values():
            self._add(departement.name, frozenset({departement.code}), TerritoryKind.DEPARTEMENT)
        self._numbers = {code.lower(): code for code in index.departements}
        self._longest: dict[str, int] = {}
        for named in self._names:
            self._longest[named[0]] = max(len(named), self._longest.get(named[0], 0))

    def _add(self, name: str, departements: frozenset[str], kind: TerritoryKind) -> None:
        core = core_name(name)
        self._names[tuple(core.split())] = (departements, kind, name)
        glued = (core.replace(" ", ""),)
        self._names.setdefault(glued, (departements, kind, name))

    def find(self, tokens: Sequence[Token]) -> list[Area]:
        """The areas named, in order, longest names first, without overlap."""
        found: list[Area] = []
        place = 0
        while place < len(tokens):
            area = self._named(tokens, place) or self._numbered(tokens, place)
            if area is None:
                place += 1
            else:
                found.append(area)
                place = area.end
        return found

    def _named(self, tokens: Sequence[Token], place: int) -> Area | None:
        longest = self._longest.get(tokens[place].word, 0)
        for size in range(min(longest, len(tokens) - place), 0, -1):
            words = tuple(t.word for t in tokens[place : place + size])
            if words in self._names and not any(t.gap for t in tokens[place + 1 : place + size]):
                departements, kind, name = self._names[words]
                placed = _placed(tokens, place, self._words)
                return Area(place, place + size, departements, kind, name, placed)
        return None

    def _numbered(self, tokens: Sequence[Token], place: int) -> Area | None:
        code = self._numbers.get(tokens[place].word)
        if code is None or not _numbers_a_departement(tokens, place, self._words):
            return None
        kind, name = TerritoryKind.DEPARTEMENT, self._index.departement_name(code)
        return Area(place, place + 1, frozenset({code}), kind, name, placed=True)

    def codes(self, tokens: Sequence[Token]) -> Iterator[Code]:
        """The postcodes and INSEE codes written in the text."""
        for place, token in enumerate(tokens):
            digits = token.word.upper()
            if len(digits) != 5 or not digits[2:].isdigit():
                continue
            if _follower(tokens, place) in self._words.counted:
                continue
            by_postcode = self._index.with_postcode(digits)
            by_insee = (digits,) if digits in self._index.communes else ()
            departements = self._departements_of_postcode(digits)
            if by_postcode or by_insee or departements:
                yield Code(place, digits, by_postcode, by_insee, departements)

    def _departements_of_postcode(self, digits: str) -> frozenset[str]:
        if digits.startswith("20"):
            return frozenset({"2A", "2B"})
        prefix = digits[:3] if digits[:2] in {"97", "98"} else digits[:2]
        return frozenset({prefix}) & self._index.departements.keys()


def _placed(tokens: Sequence[Token], place: int, words: PlaceWords) -> bool:
    if tokens[place].stop.endswith(("(", "[")):
        return True
    before = place - 1
    while before >= 0 and tokens[before].word in words.area_articles and not tokens[before + 1].gap:
        before -= 1
    return before >= 0 and not tokens[before + 1].gap and tokens[before].word in words.area_openers


def _follower(tokens: Sequence[Token], place: int) -> str:
    """The word right after that one; "" where there is none, or a stop between them."""
    after = tokens[place + 1 : place + 2]
    return after[0].word if after and not after[0].gap else ""


def _numbers_a_departement(tokens: Sequence[Token], place: int, words: PlaceWords) -> bool:
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and (after.word in words.counted or not _SUMS.isdisjoint(after.stop)):
        return False
    if _follower(tokens, place).isdigit():
        return False
    if token.stop.endswith("(") and (after is None or ")" in after.stop):
        return True
    if place == 0:
        return after is None
    before = tokens[place - 1]
    if place == 1 and before.word == "le" and after is None:
        return True
    if token.gap == 0 and before.word == "le" and place > 1 and tokens[place - 2].word == "dans":
        return True
    return token.gap == 0 and before.word in words.departement


def adjoining_number(
    tokens: Sequence[Token], place: int, departements: Mapping[str, object], words: PlaceWords
) -> str | None:
    """The département number written right after a name: « Bellac 87 », « Ussel - 19 »."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    code = token.word.upper()
    if code not in departements or not 2 <= len(code) <= 3:
        return None
    if token.stop not in {"", ",", "-", "–", "(", "/", ", ("}:
        return None
    after = _follower(tokens, place)
    return None if after in words.counted or after.isdigit() else code


def inhabitants(tokens: Sequence[Token], words: PlaceWords) -> int | None:
    """How many people the text says live there; None if it does not say."""
    for place, token in enumerate(tokens):
        if token.word in words.inhabitants and place > 0 and token.gap == 0:
            number = _number_before(tokens, place)
            if number is not None:
                return number
    return None


def _number_before(tokens: Sequence[Token], place: int) -> int | None:
    digits = ""
    at = place - 1
    while at >= 0 and tokens[at].word.isascii() and tokens[at].word.isdigit() and len(digits) < 8:
        digits = tokens[at].word + digits
        if len(tokens[at].word) != 3 or tokens[at].gap:
            break
        at -= 1
    return int(digits) if digits else None
