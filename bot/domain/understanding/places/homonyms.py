"""Which of the communes that bear a name is meant: what the rest of the text tells."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.domain.territory import TerritoryIndex, departement_of
from bot.domain.understanding.places.areas import inhabitants
from bot.domain.understanding.places.gazetteer import Fit, Gazetteer
from bot.domain.understanding.places.mentions import Mention, Page
from bot.domain.understanding.words.spelling import core_name

_STANDS = 0.5  # the score from which a name beside another can tell where it is
_ACCENTED = re.compile(r"[éèêëàâçîïôûùÉÈÊÀÇ]|[a-zA-Z][\u0300-\u0327]")


class Homonyms:
    """Narrows the codes of a name by the evidence of a text. Immutable after construction."""

    def __init__(self, index: TerritoryIndex, gazetteer: Gazetteer) -> None:
        self._index = index
        self._gazetteer = gazetteer

    def codes_meant(
        self, page: Page, mention: Mention, mentions: Sequence[Mention]
    ) -> tuple[str, ...]:
        """The codes of one mention that the rest of the text allows."""
        codes = self._as_accented(page, mention)
        if mention.departements and not self._in(codes, mention.departements):
            words = [t.word for t in page.tokens[mention.start : mention.end]]
            former = self.former_in(mention.departements, codes)
            elsewhere = self._gazetteer.shortened(
                words, mention.departements
            ) or self._gazetteer.misspelt(words, mention.departements)
            codes = former or (codes if elsewhere is None else elsewhere.codes)
        elif mention.departements:
            codes = self.agreeing(codes, mention.departements)
        for code in page.codes:
            codes = narrow(codes, code.by_postcode) if code.by_postcode else codes
            codes = narrow(codes, code.by_insee) if code.by_insee else codes
            codes = self.agreeing(codes, code.departements)
        for area in sorted(page.areas, key=lambda a: not a.placed):
            codes = self.agreeing(codes, area.departements)
        if len(codes) > 1:
            codes = self._by_neighbours(page, codes, mention, mentions)
        if len(codes) > 1:
            codes = self._by_size(codes, inhabitants(page.tokens, page.words))
        return codes

    def together(
        self, page: Page, listed: Sequence[Mention], sets: Sequence[tuple[str, ...]]
    ) -> list[tuple[str, ...]]:
        """The codes of names in a list, a name that is cut short being completed where the others
        are: « Linards et Châteauneuf » is Châteauneuf-la-Forêt."""
        settled = Counter(departement_of(codes[0]) for codes in sets if len(codes) == 1)
        if not settled:
            return list(sets)
        (near, count), *_ = settled.most_common(1)
        completed = []
        for mention, codes in zip(listed, sets, strict=True):
            away = not self._in(codes, frozenset({near})) and (len(codes) > 1 or count > 1)
            words = [t.word for t in page.tokens[mention.start : mention.end]]
            longer = self._gazetteer.shortened(words, frozenset({near})) if away else None
            completed.append(codes if longer is None else longer.codes)
        return completed

    def _as_accented(self, page: Page, mention: Mention) -> tuple[str, ...]:
        """The codes whose official name has the accents that were written, if any were."""
        first, last = page.tokens[mention.start], page.tokens[mention.end - 1]
        written = _letters(page.text[first.start : last.end])
        if written.isascii() and not _ACCENTED.search(page.text):
            return mention.found.codes  # typed without accents: they say nothing
        names = self._index.communes
        return narrow(
            mention.found.codes,
            [c for c in mention.found.codes if _letters(names[c].name).endswith(written)],
        )

    def _by_neighbours(
        self, page: Page, codes: tuple[str, ...], mention: Mention, mentions: Sequence[Mention]
    ) -> tuple[str, ...]:
        for other in mentions:
            if (
                other is not mention
                and (other.other or other.score >= _STANDS)
                and other.found.fit is Fit.CURRENT
                and len(other.found.codes) == 1
            ):
                near = frozenset(self._index.departements_of(other.found.codes[0]))
                if self._in(codes, near):
                    codes = self.agreeing(codes, near)
                elif other.other:
                    words = [t.word for t in page.tokens[mention.start : mention.end]]
                    longer = self._gazetteer.shortened(words, near)
                    codes = codes if longer is None else longer.codes
        return codes

    def _by_size(self, codes: tuple[str, ...], said: int | None) -> tuple[str, ...]:
        if said is None:
            return codes
        slack = 0.25 if said % 50 == 0 else 0.12
        return narrow(
            codes,
            [
                c
                for c in codes
                if abs((self._index.communes[c].population or 0) - said) <= slack * said
            ],
        )

    def former_in(self, departements: frozenset[str], namesakes: Sequence[str]) -> tuple[str, ...]:
        """The communes of these départements to which a former one belongs that bore a name of
        the namesakes; empty if there is none.
        """
        names = {
            core_name(self._index.communes[code].name)
            for code in namesakes
            if code in self._index.communes
        }
        there = (f for f in self._index.former if departement_of(f.code) in departements)
        return tuple(sorted({former.code for former in there if core_name(former.name) in names}))

    def _in(self, codes: Sequence[str], departements: frozenset[str]) -> bool:
        return any(departements.intersection(self._index.departements_of(c)) for c in codes)

    def agreeing(self, codes: tuple[str, ...], departements: frozenset[str]) -> tuple[str, ...]:
        return narrow(
            codes,
            [c for c in codes if departements.intersection(self._index.departements_of(c))],
        )


def _letters(name: str) -> str:
    """A name in lower case with its accents and without its spaces, hyphens and apostrophes."""
    composed = unicodedata.normalize("NFC", name.lower())
    return "".join(char for char in composed if char.isalnum())


def narrow(codes: tuple[str, ...], allowed: Iterable[str]) -> tuple[str, ...]:
    """The codes that are allowed; all of them when none is (it is about something else)."""
    kept = set(allowed)
    return tuple(code for code in codes if code in kept) or codes
