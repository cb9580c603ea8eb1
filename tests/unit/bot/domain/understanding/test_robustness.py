"""Any string at all is read without an error, and what is read keeps its promises."""

import random
from collections.abc import Iterator

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.reading import TerritoryStatus, Understanding

STRINGS = 2_000
ALPHABETS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x300, 0x36F),
    (0x590, 0x6FF),
    (0x2000, 0x206F),
    (0x3040, 0x9FFF),
    (0xD800, 0xDFFF),
    (0x1D400, 0x1D7FF),
    (0x1F300, 0x1FAFF),
    (0xE0000, 0xE007F),
    (0x0, 0x10FFFF),
)
PIECES = (
    "mairie de ", "Saint-", "le ", "(85)", "85200", " CC du Pays ", "pont", "l'", "\u200f",
    "?!", "...", "\n", "e\u0301", "１２", "ﬁ", "friche ", "Bellac 87 ", "²", "٣", "s/", "St.",
    "\x00", "\u200b",
)  # fmt: skip


def strings(rng: random.Random) -> Iterator[str]:
    for number in range(STRINGS):
        length = 10_000 if number % 100 == 0 else rng.randrange(60)
        if number % 3 == 0:
            yield "".join(rng.choices(PIECES, k=length // 6 + 1))[:length]
        else:
            first, last = rng.choice(ALPHABETS)
            yield "".join(chr(rng.randint(first, last)) for _ in range(length))


def promises_kept(text: str, seen: Understanding, territories: TerritoryIndex) -> bool:
    place = seen.territory
    codes_known = all(territories.get(code) is not None for code in place.codes)
    absent = place.status is TerritoryStatus.ABSENT
    quoted = [e for theme in seen.themes for e in theme.evidence] + list(place.evidence)
    return (
        codes_known
        and absent == (not place.codes)
        and list(place.codes) == sorted(set(place.codes))
        and (seen.theme is None) == (not seen.themes)
        and all(e.words == text[e.start : e.end] for e in quoted)
    )


def test_any_string_is_read(reader: Reader, territories: TerritoryIndex) -> None:
    rng = random.Random(20261122)
    for number, text in enumerate(strings(rng)):
        seen = reader.understand(text)
        assert promises_kept(text, seen, territories), ascii(text[:200])
        if number % 10 == 1:
            reader.place(text)
            reader.narrow(text, ("03062", "86061"))
