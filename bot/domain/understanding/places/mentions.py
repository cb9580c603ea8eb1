"""Names found in a text, how much each seems meant, and which go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain.understanding.places.areas import Area, Code
from bot.domain.understanding.places.gazetteer import Fit, Found
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.wording.tokens import Token

_NAMED = 0.0  # the score below which a word is more likely a common one: « quartier »
MEANT = 2.0  # the score from which a name is taken for the writer's place


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at tokens [start, end), what it can mean, and how much it seems meant."""

    start: int
    end: int
    found: Found
    score: float
    departements: frozenset[str] = frozenset()  # those said right beside the name
    other: bool = False  # a street, a neighbour, a person: not the writer's place


@dataclass(frozen=True, slots=True)
class Page:
    """A message prepared for reading: its words, its areas and codes, its manner of writing."""

    text: str
    tokens: Sequence[Token]
    words: PlaceWords
    first_names: frozenset[str]
    areas: Sequence[Area]
    codes: Sequence[Code]
    shouted: bool  # all in capitals: they say nothing
    plain: bool  # no capitals at all: they say nothing either
    area_at: Mapping[int, Area]  # by first word
    code_at: Mapping[int, Code]


def without_overlap(mentions: Sequence[Mention]) -> list[Mention]:
    """The best scored of those that overlap."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: -m.score):
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            kept.append(mention)
            taken.update(span)
    return kept


def coordinated(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    """Names in a list share the best standing: « A, B et C », « à A et à B »; or the first one's,
    where that makes them other places: « entre A et B »."""
    result: list[Mention] = []
    for mention in mentions:
        before = result[-1] if result else None
        if before is not None and _follows(page, before, mention):
            result.append(replace(mention, score=before.score, other=before.other))
        else:
            result.append(mention)
    for at in range(len(result) - 1, 0, -1):
        left, right = result[at - 1], result[at]
        if _leads(page, left, right):
            result[at - 1] = replace(left, score=right.score)
    return result


def _follows(page: Page, left: Mention, right: Mention) -> bool:
    stronger = left.other or left.score > right.score >= _NAMED
    return stronger and right.found.fit <= Fit.FORMER and _listed(page, left, right)


def _leads(page: Page, left: Mention, right: Mention) -> bool:
    """Whether a name that is meant, though less surely, is listed before a surer one."""
    both = not left.other and not right.other and left.found.fit <= Fit.FORMER
    return both and MEANT <= left.score < right.score and _listed(page, left, right)


def _listed(page: Page, left: Mention, right: Mention) -> bool:
    between = [t.word for t in page.tokens[left.end : right.start]]
    words = page.words
    little = words.joining | words.articles.keys() | {"d", "de", "a"}
    if len(between) > 2 or not little.issuperset(between):
        return False
    return bool(words.joining.intersection(between)) or (
        page.tokens[right.start].stop in {",", "/", "+", "&"}
    )


def meant(mentions: Sequence[Mention]) -> list[Mention]:
    """The best mention, with those that stand in a list with it."""
    candidates = [m for m in mentions if m.score >= MEANT and not m.other]
    if not candidates:
        return []
    best = max(candidates, key=lambda m: (m.score, m.end - m.start, -m.start))
    group = [best]
    runs = [list(pair) for pair in pairwise(mentions)]
    for left, right in runs:
        if left in group and right.score == left.score and _adjoining(left, right):
            group.append(right)
    for left, right in reversed(runs):
        joined = right in group and left not in group and right.score == left.score
        if joined and _adjoining(left, right):
            group.insert(0, left)
    return group


def _adjoining(left: Mention, right: Mention) -> bool:
    return right.start - left.end <= 2 and right.found.codes != left.found.codes
