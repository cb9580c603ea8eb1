"""Which themes a text speaks of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.understanding.reading import Evidence, ThemeReading
from bot.domain.understanding.scorers.incidental import IncidentalWords, find_incidental
from bot.domain.understanding.vocabulary.expression_finder import Hit
from bot.domain.understanding.vocabulary.vocabulary import NOT, THEME
from bot.domain.wording.phrases import Phrases
from bot.domain.wording.tokens import Said, Token

_SEEN_AT_ALL = 1.0
_ALSO = 0.45  # a theme is one of several from this share of the best one's points
_PLENTY = 6.0  # points beyond which the best theme asks no more of the others
_LONGEST = 20  # words between the first and the last of an expression found
_CLEAR = 4.0
_ACCOMPANYING = 0.6
_IN_PASSING = 0.35
_SUGGESTED = 1.0
_CLEAR_ENOUGH = 2.0  # points of a theme that no word names, where others are named
_CLEAR_GUESS = 2.0  # points of a theme that no word names
NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DenialWords:
    """Folded words and phrases: see `config/language/denials.toml`."""

    negations: frozenset[str]
    passed_over: frozenset[str]
    not_denying: frozenset[str]
    no_trouble: Phrases
    settled: frozenset[str]


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """What tells which of the themes that are named are meant."""

    denials: DenialWords
    incidental: IncidentalWords


def read_themes(
    text: str,
    tokens: Sequence[Token],
    hits: Sequence[Hit],
    words: ThemeWords,
    transversal: frozenset[str] = frozenset(),
    suggested: Mapping[str, float] = NOTHING,
) -> list[ThemeReading]:
    """The themes, best first, each with the words that speak of it.

    A `transversal` theme weighs less where another is clear. What the other words make one think
    of (`suggested`) ranks the themes, and can add one where others are spoken of.
    """
    kept = [hit for hit in standing(hits) if hit.sign.startswith(THEME)]
    said = [hit for hit in kept if not _is_denied(tokens, hit, words.denials)]
    passing = find_incidental(tokens, words.incidental)
    points: dict[str, float] = {}
    where: dict[str, list[Hit]] = {}
    for hit in _distinct(said):
        slug = hit.sign.removeprefix(THEME)
        share = _IN_PASSING if hit.start in passing else 1.0
        points[slug] = points.get(slug, 0.0) + share * hit.weight
        where.setdefault(slug, []).append(hit)
    for slug, its in where.items():
        points[slug] += 0.6 * (1 - min(h.start for h in its) / max(1, len(tokens)))
    for slug in transversal & points.keys():
        if any(points[other] >= _CLEAR for other in points.keys() - transversal):
            points[slug] *= _ACCOMPANYING
    if points:
        for slug, suggestion in suggested.items():
            if slug in points or suggestion >= _CLEAR_ENOUGH:
                points[slug] = points.get(slug, 0.0) + _SUGGESTED * suggestion
    ranked = sorted(points, key=lambda slug: -points[slug])
    enough = max(_SEEN_AT_ALL, _ALSO * min(points[ranked[0]], _PLENTY)) if ranked else 0.0
    return [
        ThemeReading(
            slug, tuple(Evidence.of(text, tokens[h.start : h.end]) for h in where.get(slug, ()))
        )
        for slug in ranked
        if points[slug] >= enough and (slug in where or slug == ranked[0])
    ]


def guessed_theme(
    text: str,
    tokens: Sequence[Token],
    suggested: Mapping[str, float],
    weight: Callable[[str, str], float],
) -> list[ThemeReading]:
    """The theme that the words together suggest most, none being named; it rests on the words
    that suggest it most by `weight`."""
    slug = max(suggested, key=suggested.__getitem__, default=None)
    if slug is None or suggested[slug] < _CLEAR_GUESS:
        return []
    telling = sorted(
        (t for t in tokens if weight(t.word, slug) > 0), key=lambda t: -weight(t.word, slug)
    )[:3]
    return [ThemeReading(slug, tuple(Evidence.of(text, [token]) for token in telling))]


def standing(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that are not part of a longer one, nor of an expression that excludes them."""
    starting: dict[int, list[Hit]] = {}
    for hit in hits:
        starting.setdefault(hit.start, []).append(hit)
    return [
        hit
        for hit in hits
        if not hit.sign.startswith(NOT)
        and not any(
            _overrules(other, hit)
            for start in range(hit.start - _LONGEST, hit.start + 1)
            for other in starting.get(start, ())
        )
    ]


def _overrules(other: Hit, hit: Hit) -> bool:
    """Whether `hit` is part of `other`, which is longer or excludes it."""
    if hit.end > other.end:
        return False
    longer = other.end - other.start > hit.end - hit.start
    return other.sign == NOT + hit.sign or (longer and _rivals(other, hit))


def _rivals(longer: Hit, hit: Hit) -> bool:
    themes = longer.sign.startswith(THEME) and hit.sign.startswith(THEME)
    return longer.sign == hit.sign or themes


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    """One hit for each expression, and for each stretch of words the weightiest."""
    first: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda h: h.start):
        first.setdefault(hit.expression, hit)
    places: dict[tuple[str, int, int], Hit] = {}
    for hit in sorted(first.values(), key=lambda h: -h.weight):
        places.setdefault((hit.sign, hit.start, hit.end), hit)
    return list(places.values())


def _is_denied(tokens: Sequence[Token], hit: Hit, words: DenialWords) -> bool:
    """« ce n'est pas une friche », « n'est plus une friche », « le pont est neuf »."""
    at = hit.start - 1
    while at >= 0 and tokens[at].word in words.passed_over and not tokens[at + 1].gap:
        at -= 1
    if 1 <= at < hit.start - 1 and tokens[at].word in words.negations:
        return tokens[at - 1].word not in words.not_denying
    trouble = words.no_trouble.at(Said("", tokens), at - 3) if at >= 3 else None
    if trouble is not None and trouble.end == at + 1:
        return True
    for token in tokens[hit.end : hit.end + 4]:
        if token.gap:
            break
        if token.word in words.settled:
            return True
    return False
