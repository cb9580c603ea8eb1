"""What stands around a name: the head it depends on, its place in the message, its département."""

import re
from collections.abc import Sequence

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.places.areas import Area, adjoining_number
from bot.domain.understanding.places.gazetteer import MAX_NAME_WORDS
from bot.domain.understanding.places.mentions import Mention, Page
from bot.domain.wording.tokens import Token

_ARRONDISSEMENT = re.compile(r"(1?[0-9]|20)(er|e|eme|ieme)?")
_SENTENCE_ENDS = frozenset(".!?\n")


def own_head(page: Page, place: int) -> int | None:
    """The word before a name that makes it the writer's own place; None if there is none."""
    tokens, words = page.tokens, page.words
    at = place - 1
    while at >= 0 and place - at < 6 and not tokens[at + 1].gap:
        word = tokens[at].word
        if word in words.own_heads:
            return at
        if word not in words.between and not (word.isdigit() and len(word) == 5):
            return None
        at -= 1
    return None


def beside(page: Page, start: int, end: int, index: TerritoryIndex) -> frozenset[str]:
    """The départements named right after tokens [start, end), or by a postcode beside them."""
    for first in range(end, end + 4):
        area = page.area_at.get(first)
        if area is not None and _places(page, area, end):
            return area.departements
    number = adjoining_number(page.tokens, end, index.departements, page.words)
    if number is not None:
        return frozenset({number})
    for at in (start - 1, end):
        code = page.code_at.get(at)
        if code is not None and not _parted(page.tokens[at + 1 : start + 1]):
            own = {d for c in code.by_insee for d in index.departements_of(c)}
            return code.departements | own
    return frozenset()


def _places(page: Page, area: Area, end: int) -> bool:
    """Whether an area follows the name that ends there: « Guise (Aisne) », « Mer dans le 41 »."""
    placing = page.words.placing | page.words.articles.keys()
    parted = _parted(page.tokens[end : area.start + 1])
    return not parted and all(t.word in placing for t in page.tokens[end : area.start])


def _parted(tokens: Sequence[Token]) -> bool:
    return any(t.gap == 2 and "(" not in t.stop for t in tokens)


def stretch(tokens: Sequence[Token], place: int) -> int:
    """How many words from that one on can be one name: nothing stands between them."""
    size = 1
    while size < MAX_NAME_WORDS and place + size < len(tokens) and tokens[place + size].gap == 0:
        size += 1
    return size


def other_head(page: Page, mention: Mention) -> int | None:
    """The word before a name that makes it another's; None if there is none."""
    tokens, words = page.tokens, page.words
    at = mention.start - 1
    if at < 0 or tokens[mention.start].gap:
        return None
    titled = tokens[at].word in words.titles - words.saints
    if titled or _is_dedicated(page, mention.start):
        return at
    if tokens[at].word in page.first_names and tokens[at].capital == tokens[mention.start].capital:
        return at
    heads = words.away_heads if tokens[at].word in words.at else words.other_heads
    if tokens[at].word == "comme" and at and tokens[at - 1].word in words.mayoral:
        return None  # « une ville comme Fécamp » is one's own
    while at >= 0 and mention.start - at < 5 and not tokens[at + 1].gap:
        if tokens[at].word in heads:
            return None if tokens[at].word == "habite" and tokens[at - 1].word == "j" else at
        if tokens[at].word not in words.between:
            return None
        at -= 1
    return None


def _is_dedicated(page: Page, start: int) -> bool:
    """Whether a saint is whom a building is named after: « la chapelle Sainte-Anne », or a feast:
    « la Saint-Jean »."""
    saint, before = page.tokens[start].word, page.tokens[start - 1].word
    feast = saint == "saint" and before == "la"
    return feast or (saint in page.words.saints and before in page.words.dedicated)


def by_position(page: Page, mention: Mention) -> float:
    """A name alone between stops, first or last in the message, is a heading or a signature."""
    tokens = page.tokens
    first = mention.start
    while first and not tokens[first].gap and tokens[first - 1].word in page.words.articles:
        first -= 1
    after = mention.end
    if first and not tokens[first].gap:
        return 1.0 if after == len(tokens) else 0.0
    if after < len(tokens) and tokens[after].gap == 0:
        wishes = first == 0 and tokens[after].word in page.words.wishes and not page.plain
        return 3.0 if wishes else 0.0  # « Cancale cherche à… »
    at_start, at_end = first == 0, after >= len(tokens) - 2
    signs = after == len(tokens) and bool(_SENTENCE_ENDS & set(tokens[first].stop))
    return 4.0 if signs else 3.0 if at_start or at_end else 1.0


def by_arrondissement(tokens: Sequence[Token], mention: Mention) -> bool:
    """« Lyon 3 », « Paris 12e », « le 3e arrondissement de Lyon »."""
    after = tokens[mention.end] if mention.end < len(tokens) else None
    before = {t.word for t in tokens[max(0, mention.start - 3) : mention.start]}
    return "arrondissement" in before or (
        after is not None and after.gap == 0 and _ARRONDISSEMENT.fullmatch(after.word) is not None
    )
