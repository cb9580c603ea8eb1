"""Which territory a text is about: the best consistent reading of what it names."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.domain.territory import TerritoryIndex, TerritoryKind
from bot.domain.understanding.areas import Area, AreaNames, Code, inhabitants
from bot.domain.understanding.epcis import EpciFinder, EpciMention
from bot.domain.understanding.gazetteer import Fit, Gazetteer
from bot.domain.understanding.ordinary import OrdinaryWords
from bot.domain.understanding.places import MEANT, Mention, Page, PlaceFinder
from bot.domain.understanding.reading import NOWHERE, Evidence, TerritoryReading, TerritoryStatus
from bot.domain.understanding.tokens import Token

_RANKS = (
    frozenset({"1", "1er", "1ere", "premier", "premiere"}),
    frozenset({"2", "2e", "2eme", "deuxieme", "second", "seconde"}),
    frozenset({"3", "3e", "3eme", "troisieme"}),
    frozenset({"4", "4e", "4eme", "quatrieme"}),
    frozenset({"5", "5e", "5eme", "cinquieme"}),
    frozenset({"6", "6e", "6eme", "sixieme"}),
    frozenset({"7", "7e", "7eme", "septieme"}),
    frozenset({"8", "8e", "8eme", "huitieme"}),
)


class TerritoryReader:
    """Reads the territory of a text. Immutable after construction."""

    def __init__(self, index: TerritoryIndex, ordinary: OrdinaryWords) -> None:
        self._index = index
        self._areas = AreaNames(index)
        self._gazetteer = Gazetteer(index)
        self._places = PlaceFinder(index, self._gazetteer, ordinary)
        self._epcis = EpciFinder(index)

    def read(self, text: str, tokens: Sequence[Token]) -> TerritoryReading:
        """The reading of a whole message."""
        page = self._page(tokens)
        epcis = self._epcis.find(tokens)
        mentions = [m for m in self._places.mentions(page) if not _inside(m, epcis)]
        meant = _meant(page, mentions)
        if epcis and (not meant or meant[0].score < 7.0 or _presides(page, epcis[0])):
            return self._epci_reading(text, page, epcis[0])
        if meant:
            return self._commune_reading(text, page, meant, mentions)
        return self._by_code(text, page) or _area_reading(text, page)

    def settle(self, tokens: Sequence[Token], candidates: tuple[str, ...]) -> tuple[str, ...]:
        """The candidates that an answer to the homonym question allows."""
        page = self._page(tokens)
        codes = candidates
        for code in page.codes:
            codes = _narrow(codes, (*code.by_postcode, *code.by_insee))
            codes = self._agreeing(codes, code.departements)
        for area in page.areas:
            codes = self._agreeing(codes, area.departements)
        if codes == candidates:
            codes = self._by_number(tokens, candidates)
        if codes == candidates:
            codes = self._by_town(page, candidates)
        return codes

    def _by_number(self, tokens: Sequence[Token], candidates: tuple[str, ...]) -> tuple[str, ...]:
        for token in tokens:
            departement = token.word.upper().zfill(2)
            if any(departement in self._index.departements_of(c) for c in candidates):
                return self._agreeing(candidates, frozenset({departement}))
        words = [t.word for t in tokens]
        for rank, names in enumerate(_RANKS):
            if names.intersection(words) and rank < len(candidates):
                return (candidates[rank],)
        if {"derniere", "dernier"}.intersection(words):
            return candidates[-1:]
        return candidates

    def _by_town(self, page: Page, candidates: tuple[str, ...]) -> tuple[str, ...]:
        for mention in self._places.mentions(page):
            own = _narrow(candidates, mention.found.codes)
            if own != candidates:
                return own
            near = frozenset(
                d for c in mention.found.codes for d in self._index.departements_of(c)
            )
            epcis = {self._index.communes[c].epci for c in mention.found.codes}
            same = [c for c in candidates if c in self._index.communes and self._index.communes[c].epci in epcis]
            codes = _narrow(self._agreeing(candidates, near), same)
            if codes != candidates:
                return codes
        return candidates

    def place(self, text: str, tokens: Sequence[Token]) -> TerritoryReading:
        """The reading of a short text known to be a place name; close names are ambiguous."""
        reading = self.read(text, tokens)
        if reading.codes or not tokens:
            return reading
        page = self._page(tokens)
        for mention in self._places.mentions(page):
            codes = self._settled(page, mention, ())
            words = [_words(text, page, mention.start, mention.end)]
            return _reading(TerritoryKind.COMMUNE, codes, words)
        return reading

    def _page(self, tokens: Sequence[Token]) -> Page:
        letters = [t for t in tokens if not t.word.isdigit()]
        uppers = sum(t.upper for t in letters)
        capitals = sum(t.capital for t in letters[1:])
        return Page(
            tokens,
            self._areas.find(tokens),
            list(self._areas.codes(tokens)),
            shouted=uppers > 0.6 * len(letters),
            plain=capitals == 0,
        )

    def _epci_reading(self, text: str, page: Page, mention: EpciMention) -> TerritoryReading:
        codes = self._agreeing(mention.codes, _said(page, mention.end))
        return _reading(TerritoryKind.EPCI, codes, [_words(text, page, mention.start, mention.end)])

    def _commune_reading(
        self, text: str, page: Page, meant: Sequence[Mention], mentions: Sequence[Mention]
    ) -> TerritoryReading:
        evidence = [_words(text, page, m.start, m.end) for m in meant]
        if len(meant) > 1:
            sets = [self._settled(page, m, mentions) for m in meant]
            if all(len(codes) == 1 for codes in sets):
                together = tuple(sorted({code for codes in sets for code in codes}))
                return TerritoryReading(
                    TerritoryKind.COMMUNE, together, TerritoryStatus.UNIQUE, None, tuple(evidence)
                )
            together = _same_departement(sets)
            if together:
                return TerritoryReading(
                    TerritoryKind.COMMUNE, together, TerritoryStatus.UNIQUE, None, tuple(evidence)
                )
        return _reading(
            TerritoryKind.COMMUNE, self._settled(page, meant[0], mentions), evidence[:1]
        )

    def _settled(
        self, page: Page, mention: Mention, mentions: Sequence[Mention]
    ) -> tuple[str, ...]:
        """The codes of one mention that the rest of the text allows."""
        codes = mention.found.codes
        if mention.departements and not self._in(codes, mention.departements):
            words = [t.word for t in page.tokens[mention.start : mention.end]]
            elsewhere = self._gazetteer.shortened(
                words, mention.departements
            ) or self._gazetteer.misspelt(words, mention.departements)
            codes = codes if elsewhere is None else elsewhere.codes
        elif mention.departements:
            codes = self._agreeing(codes, mention.departements)
        for code in page.codes:
            codes = _narrow(codes, code.by_postcode) if code.by_postcode else codes
            codes = _narrow(codes, code.by_insee) if code.by_insee else codes
            codes = self._agreeing(codes, code.departements)
        for area in sorted(page.areas, key=lambda a: not a.placed):
            codes = self._agreeing(codes, area.departements)
        if len(codes) > 1:
            codes = self._by_neighbours(page, codes, mention, mentions)
        if len(codes) > 1:
            codes = self._by_size(codes, inhabitants(page.tokens))
        return codes

    def _by_neighbours(
        self, page: Page, codes: tuple[str, ...], mention: Mention, mentions: Sequence[Mention]
    ) -> tuple[str, ...]:
        for other in mentions:
            if other is not mention and other.found.fit is Fit.CURRENT and len(other.found.codes) == 1:
                near = frozenset(self._index.departements_of(other.found.codes[0]))
                if self._in(codes, near):
                    codes = self._agreeing(codes, near)
                elif other.other:
                    words = [t.word for t in page.tokens[mention.start : mention.end]]
                    longer = self._gazetteer.shortened(words, near)
                    codes = codes if longer is None else longer.codes
        return codes

    def _by_size(self, codes: tuple[str, ...], said: int | None) -> tuple[str, ...]:
        if said is None:
            return codes
        slack = 0.25 if said % 50 == 0 else 0.12
        return _narrow(
            codes,
            [
                c
                for c in codes
                if abs((self._index.communes[c].population or 0) - said) <= slack * said
            ],
        )

    def _in(self, codes: Sequence[str], departements: frozenset[str]) -> bool:
        return any(departements.intersection(self._index.departements_of(c)) for c in codes)

    def _agreeing(self, codes: tuple[str, ...], departements: frozenset[str]) -> tuple[str, ...]:
        return _narrow(
            codes,
            [c for c in codes if departements.intersection(self._index.departements_of(c))],
        )

    def _by_code(self, text: str, page: Page) -> TerritoryReading | None:
        for code in page.codes:
            if not _stands_alone(page.tokens, code):
                continue
            codes = code.by_postcode or code.by_insee
            if codes:
                words = _words(text, page, code.at, code.at + 1)
                return _reading(TerritoryKind.COMMUNE, tuple(sorted(codes)), [words])
        return None


def _narrow(codes: tuple[str, ...], allowed: Iterable[str]) -> tuple[str, ...]:
    """The codes that are allowed; all of them when none is (the evidence is about something else)."""
    kept = set(allowed)
    return tuple(code for code in codes if code in kept) or codes


def _meant(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    """The best mention, with those that stand in a list with it."""
    candidates = [m for m in mentions if m.score >= MEANT and not m.other]
    if not candidates:
        return []
    best = max(candidates, key=lambda m: (m.score, m.end - m.start, -m.start))
    group = [best]
    runs = [list(pair) for pair in pairwise(mentions)]
    for left, right in runs:
        if left in group and right.score == left.score and _adjoining(page, left, right):
            group.append(right)
    for left, right in reversed(runs):
        if right in group and left not in group and right.score == left.score:
            if _adjoining(page, left, right):
                group.insert(0, left)
    return group


def _adjoining(page: Page, left: Mention, right: Mention) -> bool:
    return right.start - left.end <= 2 and right.found.codes != left.found.codes


def _same_departement(sets: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """One code of each set, all in one département; empty when that is not settled."""
    shared = set.intersection(*({code[:2] for code in codes} for codes in sets))
    if len(shared) != 1:
        return ()
    picked = [[c for c in codes if c[:2] in shared] for codes in sets]
    return tuple(sorted(c[0] for c in picked)) if all(len(c) == 1 for c in picked) else ()


def _inside(mention: Mention, epcis: Sequence[EpciMention]) -> bool:
    return any(e.start <= mention.start < e.end for e in epcis)


def _presides(page: Page, mention: EpciMention) -> bool:
    before = {t.word for t in page.tokens[max(0, mention.start - 4) : mention.start]}
    return bool(before & {"preside", "president", "presidente", "vice", "charge", "animatrice"})


def _said(page: Page, end: int) -> frozenset[str]:
    for area in page.areas:
        if area.placed or area.start - end <= 1:
            return area.departements
    for token in page.tokens[end : end + 1]:
        if token.word.isdigit() and len(token.word) == 2:
            return frozenset({token.word})
    return frozenset()


def _stands_alone(tokens: Sequence[Token], code: Code) -> bool:
    token = tokens[code.at]
    after = tokens[code.at + 1] if code.at + 1 < len(tokens) else None
    ends = after is None or after.gap > 0
    before = tokens[code.at - 1].word if code.at else ""
    named = before in {"postal", "insee", "cp", "commune", "mairie"}
    return named or (ends and (token.gap > 0 or before in {"le", "a", "au", "dans"}))


def _area_reading(text: str, page: Page) -> TerritoryReading:
    area: Area | None = next((a for a in page.areas if a.placed), None)
    if area is None:
        return NOWHERE
    evidence = (_words(text, page, area.start, area.end),)
    return TerritoryReading(area.kind, (), TerritoryStatus.ABSENT, area.name, evidence)


def _reading(
    kind: TerritoryKind, codes: tuple[str, ...], evidence: Sequence[Evidence]
) -> TerritoryReading:
    status = TerritoryStatus.UNIQUE if len(codes) == 1 else TerritoryStatus.AMBIGUOUS
    return TerritoryReading(kind, tuple(sorted(codes)), status, None, tuple(evidence))


def _words(text: str, page: Page, start: int, end: int) -> Evidence:
    first, last = page.tokens[start].start, page.tokens[end - 1].end
    return Evidence(text[first:last], first, last)
