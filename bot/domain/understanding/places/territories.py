"""Which territory a text is about: the best consistent reading of what it names."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.territory import TerritoryIndex, TerritoryKind
from bot.domain.understanding.places.areas import AreaNames, Code
from bot.domain.understanding.places.candidates import PlaceFinder
from bot.domain.understanding.places.epcis import EpciFinder, EpciMention
from bot.domain.understanding.places.gazetteer import Gazetteer
from bot.domain.understanding.places.homonyms import Homonyms, narrow
from bot.domain.understanding.places.mentions import Mention, Page, meant
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.reading import NOWHERE, Evidence, TerritoryReading, TerritoryStatus
from bot.domain.understanding.words.common_words import CommonWords
from bot.domain.understanding.words.spelling import ARTICLES
from bot.domain.wording.tokens import Token, tokenise

_NAME_WORDS = 4  # an answer of more words is a sentence, not a name alone
_CLOSE = 0.4  # candidates this much farther than the nearest are offered too
_CANDIDATES = 8
_ANNOUNCE = "commune de "


class TerritoryReader:
    """Reads the territory of a text. Immutable after construction."""

    def __init__(
        self,
        index: TerritoryIndex,
        common: CommonWords,
        words: PlaceWords,
        first_names: frozenset[str],
    ) -> None:
        self._index = index
        self._common = common
        self._words = words
        self._first_names = first_names
        self._areas = AreaNames(index, words)
        self._gazetteer = Gazetteer(index)
        self._homonyms = Homonyms(index, self._gazetteer)
        self._places = PlaceFinder(index, self._gazetteer, common, words)
        self._epcis = EpciFinder(index, words)

    def read(self, text: str, tokens: Sequence[Token]) -> TerritoryReading:
        """The reading of a whole message."""
        page = self._page(tokens, text)
        if _area_alone(page) and page.areas[0].start > 0:
            return _area_reading(page, alone=True)  # « la Creuse » is not Creuse
        epcis = self._epcis.find(tokens)
        mentions = [
            mention
            for mention in self._places.mentions(page)
            if not any(epci.start <= mention.start < epci.end for epci in epcis)
        ]
        own = meant(mentions)
        if epcis and (not own or own[0].score < 7.0 or _presides(page, epcis[0])):
            return self._epci_reading(page, epcis[0])
        if own:
            return self._commune_reading(page, own, mentions)
        return _by_code(page) or _area_reading(page, alone=_area_alone(page))

    def narrow(self, tokens: Sequence[Token], candidates: tuple[str, ...]) -> tuple[str, ...]:
        """The candidates that an answer to the homonym question allows; or, in a département that
        has none of them, what was a commune of that name.
        """
        page = self._page(tokens)
        codes = candidates
        for code in page.codes:
            codes = narrow(codes, (*code.by_postcode, *code.by_insee))
            codes = self._homonyms.agreeing(codes, code.departements)
        for area in page.areas:
            codes = self._homonyms.agreeing(codes, area.departements)
        if codes == candidates:
            said = [a.departements for a in page.areas] + [c.departements for c in page.codes]
            codes = self._homonyms.former_in(frozenset().union(*said), candidates) or candidates
        if codes == candidates:
            codes = self._by_number(tokens, candidates)
        if codes == candidates:
            codes = self._by_town(page, candidates)
        return codes

    def _by_number(self, tokens: Sequence[Token], candidates: tuple[str, ...]) -> tuple[str, ...]:
        for token in tokens:
            departement = token.word.upper().zfill(2)
            if any(departement in self._index.departements_of(c) for c in candidates):
                return self._homonyms.agreeing(candidates, frozenset({departement}))
        words = [t.word for t in tokens]
        for rank, names in enumerate(self._words.ranks):
            if names.intersection(words) and rank < len(candidates):
                return (candidates[rank],)
        if self._words.last.intersection(words):
            return candidates[-1:]
        return candidates

    def _by_town(self, page: Page, candidates: tuple[str, ...]) -> tuple[str, ...]:
        for mention in self._places.mentions(page):
            own = narrow(candidates, mention.found.codes)
            if own != candidates:
                return own
            near = frozenset(d for c in mention.found.codes for d in self._index.departements_of(c))
            epcis = {self._index.communes[c].epci for c in mention.found.codes}
            same = [
                c
                for c in candidates
                if c in self._index.communes and self._index.communes[c].epci in epcis
            ]
            codes = narrow(self._homonyms.agreeing(candidates, near), same)
            if codes != candidates:
                return codes
        return candidates

    def place(self, text: str, tokens: Sequence[Token]) -> TerritoryReading:
        """The reading of a short text known to be a place name; close names are ambiguous."""
        reading = self.read(text, tokens)
        if not reading.codes:
            reading = self._announced(text) or reading
        page = self._page(tokens, text)
        if reading.codes and self._is_part_of_a_name(page, reading.evidence[0]):
            reading = NOWHERE
        whole = [t for t in tokens if t.word not in ARTICLES]
        named = bool(reading.codes) and len(reading.evidence[0].words) * 2 > len(text.strip())
        if not whole or named:
            return reading
        if _area_alone(page):
            return _area_reading(page, alone=True)
        if reading.codes and len(whole) > _NAME_WORDS:
            return reading
        found = self._gazetteer.misspelt([t.word for t in whole], slack=_CLOSE)
        if found is None:
            return reading
        codes = found.codes[:_CANDIDATES]
        return _reading(TerritoryKind.COMMUNE, codes, [Evidence.of(text, whole)])

    def is_exact(self, reading: TerritoryReading) -> bool:
        """Whether the words of a reading are a name, letter for letter, as folded."""
        said = [[t.word for t in tokenise(e.words)] for e in reading.evidence]
        return all(self._gazetteer.written(words) or words[-1].isdigit() for words in said if words)

    def _is_part_of_a_name(self, page: Page, evidence: Evidence) -> bool:
        """Whether the words read are a piece of a longer name, whose other words nobody knows:
        « Zblorgueville-les-Bains » is not Bains.
        """
        read = range(evidence.start, evidence.end)
        inside = [at for at, token in enumerate(page.tokens) if token.start in read]
        last = inside[-1] + 1
        if page.tokens[inside[-1]].word in self._words.saints and last < len(page.tokens):
            return not page.tokens[last].gap
        areas = {at for area in page.areas for at in range(area.start, area.end)}
        return self._unknown_beside(page, inside[0], -1, areas) or self._unknown_beside(
            page, inside[-1], 1, areas
        )

    def _unknown_beside(self, page: Page, at: int, way: int, areas: set[int]) -> bool:
        """Whether the next word that is more than a link, that way, belongs to the name unknown."""
        tokens = page.tokens
        place = at + way
        while 0 <= place < len(tokens) and not tokens[max(place, place - way)].gap:
            word = tokens[place].word
            if word not in self._words.links - self._words.saints:
                known = word in self._common or word.isdigit() or place in areas
                return not known and len(word) > 2
            place += way
        return False

    def _announced(self, text: str) -> TerritoryReading | None:
        """The reading of a name that is a common word too (Mer, Rue), as if announced as a name."""
        announced = _ANNOUNCE + text
        reading = self.read(announced, tokenise(announced))
        shift = len(_ANNOUNCE)
        found = [
            Evidence(e.words, e.start - shift, e.end - shift)
            for e in reading.evidence
            if e.start >= shift
        ]
        return replace(reading, evidence=tuple(found)) if reading.codes and found else None

    def _page(self, tokens: Sequence[Token], text: str = "") -> Page:
        letters = [t for t in tokens if not t.word.isdigit()]
        uppers = sum(t.upper for t in letters)
        capitals = sum(t.capital for t in letters[1:])
        areas, codes = self._areas.find(tokens), list(self._areas.codes(tokens))
        return Page(
            text,
            tokens,
            self._words,
            self._first_names,
            areas,
            codes,
            shouted=uppers > 0.6 * len(letters),
            plain=capitals == 0,
            area_at={area.start: area for area in areas},
            code_at={code.at: code for code in codes},
        )

    def _epci_reading(self, page: Page, mention: EpciMention) -> TerritoryReading:
        codes = self._homonyms.agreeing(mention.codes, _said(page, mention.end))
        return _reading(TerritoryKind.EPCI, codes, [_words(page, mention.start, mention.end)])

    def _commune_reading(
        self, page: Page, meant: Sequence[Mention], mentions: Sequence[Mention]
    ) -> TerritoryReading:
        evidence = [_words(page, m.start, m.end) for m in meant]
        alone = [self._homonyms.codes_meant(page, m, mentions) for m in meant]
        together = _one_of_each(self._homonyms.together(page, meant, alone)) if alone[1:] else ()
        if together:
            return TerritoryReading(
                TerritoryKind.COMMUNE, together, TerritoryStatus.UNIQUE, None, tuple(evidence)
            )
        return _reading(TerritoryKind.COMMUNE, alone[0], evidence[:1])


def _by_code(page: Page) -> TerritoryReading | None:
    for code in page.codes:
        codes = code.by_postcode or code.by_insee
        if codes and _stands_alone(page, code):
            return _reading(TerritoryKind.COMMUNE, codes, [_words(page, code.at, code.at + 1)])
    return None


def _one_of_each(sets: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """One code of each set, where there is one only, or one in a département that all share;
    empty when that is not settled."""
    if all(len(codes) == 1 for codes in sets):
        return tuple(sorted({codes[0] for codes in sets}))
    shared = set.intersection(*({code[:2] for code in codes} for codes in sets))
    if len(shared) != 1:
        return ()
    picked = [[c for c in codes if c[:2] in shared] for codes in sets]
    return tuple(sorted(c[0] for c in picked)) if all(len(c) == 1 for c in picked) else ()


def _presides(page: Page, mention: EpciMention) -> bool:
    before = {t.word for t in page.tokens[max(0, mention.start - 4) : mention.start]}
    return bool(before & page.words.presiding)


def _said(page: Page, end: int) -> frozenset[str]:
    for area in page.areas:
        if area.placed or area.start - end <= 1:
            return area.departements
    for token in page.tokens[end : end + 1]:
        if token.word.isdigit() and len(token.word) == 2:
            return frozenset({token.word})
    return frozenset()


def _stands_alone(page: Page, code: Code) -> bool:
    """Whether a code is said for itself; at an end of the message a round number is a sum."""
    tokens, words = page.tokens, page.words
    token = tokens[code.at]
    if code.at in {0, len(tokens) - 1} and len(tokens) > 1:
        beside = tokens[1 if code.at == 0 else code.at - 1].word
        if not code.digits.endswith("00") and beside not in words.counting:
            return True
    after = tokens[code.at + 1] if code.at + 1 < len(tokens) else None
    ends = after is None or after.gap > 0
    before = tokens[code.at - 1].word if code.at else ""
    named = before in words.code_names
    return named or (ends and (token.gap > 0 or before in words.code_openers))


def _area_alone(page: Page) -> bool:
    """Whether the text is one area and nothing else: « La Seine-Maritime »."""
    whole = [t for t in page.tokens if t.word not in ARTICLES]
    return len(page.areas) == 1 and page.areas[0].end - page.areas[0].start == len(whole)


def _area_reading(page: Page, *, alone: bool) -> TerritoryReading:
    area = next((a for a in page.areas if a.placed or alone), None)
    if area is None:
        return NOWHERE
    evidence = (_words(page, area.start, area.end),)
    return TerritoryReading(area.kind, (), TerritoryStatus.ABSENT, area.name, evidence)


def _reading(
    kind: TerritoryKind, codes: tuple[str, ...], evidence: Sequence[Evidence]
) -> TerritoryReading:
    status = TerritoryStatus.UNIQUE if len(codes) == 1 else TerritoryStatus.AMBIGUOUS
    return TerritoryReading(kind, tuple(sorted(codes)), status, None, tuple(evidence))


def _words(page: Page, start: int, end: int) -> Evidence:
    return Evidence.of(page.text, page.tokens[start:end])
