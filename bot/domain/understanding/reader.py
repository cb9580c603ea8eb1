"""Understanding a message: the parts put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.places.territories import TerritoryReader
from bot.domain.understanding.reading import (
    NOWHERE,
    Intent,
    TerritoryReading,
    TerritoryStatus,
    ThemeReading,
    Understanding,
)
from bot.domain.understanding.scorers.danger import DangerWords, is_in_danger
from bot.domain.understanding.scorers.intent import Signs, read_intent
from bot.domain.understanding.scorers.themes import ThemeWords, guessed_theme, read_themes, standing
from bot.domain.understanding.vocabulary.expression_finder import ExpressionFinder, Hit
from bot.domain.understanding.vocabulary.vocabulary import DANGER, SURE, ThemeVocabulary
from bot.domain.urgency import Urgency
from bot.domain.wording.tokens import Token, tokenise

_THEMELESS = frozenset({Intent.OFF_TOPIC, Intent.GREETING, Intent.HELP})

_TELLING = 6  # words: fewer suggest no theme together
_LITTLE = 2  # letters: « à », « de », « on »
_ALONE = 4  # words: « le 87 », « dans la Creuse » answer where
_CURT = 8  # words: « plus de mails » speaks of no theme


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """What surrounds places, themes and dangers, and tells what they are doing there."""

    places: PlaceWords
    first_names: frozenset[str]
    themes: ThemeWords
    danger: DangerWords


class Reader:
    """Understands messages. Made once; immutable; safe to share between threads."""

    def __init__(
        self, territories: TerritoryIndex, themes: ThemeVocabulary, words: ReadingWords
    ) -> None:
        self._words = words
        self._expressions = ExpressionFinder(themes.expressions, themes.common)
        self._transversal = themes.transversal
        self._associations = themes.associations
        self._territories = TerritoryReader(
            territories, themes.common, words.places, words.first_names
        )
        self._common = themes.common

    def understand(self, text: str) -> Understanding:
        """What a whole message says."""
        tokens = tokenise(text)
        place = self._territories.read(text, tokens)
        places = _places_of(tokens, place)
        hits = self._expressions.find(tokens, places)
        suggested = self._associations.points(
            token.word for at, token in enumerate(tokens) if at not in places
        )
        alarm = suggested.pop(DANGER, 0.0)
        if len(tokens) < _TELLING:
            alarm = 0.0
        themes = tuple(
            read_themes(text, tokens, hits, self._words.themes, self._transversal, suggested)
        )
        points = _points(hits)
        area = place.area is not None and len(tokens) <= _ALONE
        placed = area or place.status is not TerritoryStatus.ABSENT
        endangered = is_in_danger(tokens, hits, self._words.danger, alarm)
        urgency = Urgency.IMMEDIATE if endangered else _haste(points)
        intent = read_intent(Signs(points, tokens, themed=bool(themes), placed=placed))
        if endangered and intent in {*_THEMELESS, Intent.FOLLOWUP}:
            intent = Intent.PROJECT  # a danger now comes before all else that is said
        curt = intent is Intent.UNSUBSCRIBE and len(tokens) <= _CURT
        if intent in _THEMELESS or curt or points.get("injection"):
            themes = ()
        if not themes and intent is Intent.PROJECT and len(tokens) >= _TELLING:
            themes = tuple(guessed_theme(text, tokens, suggested, self._associations.weight))
        return Understanding(
            intent=intent,
            territory=NOWHERE if intent is Intent.OFF_TOPIC else place,
            themes=themes,
            theme=themes[0].slug if themes else None,
            urgency=urgency,
        )

    def narrow(self, text: str, candidates: Sequence[str]) -> tuple[str, ...]:
        """The candidates that an answer to « laquelle ? » allows; all if it says nothing."""
        return self._territories.narrow(tokenise(text), tuple(candidates))

    def place(self, text: str) -> TerritoryReading:
        """The reading of a short text known to be the name of a place."""
        return self._territories.place(text, tokenise(text)) if text.strip() else NOWHERE

    def is_common(self, words: str) -> bool:
        """Whether words are nothing but common French: « grave », « mon jardin »."""
        said = [token.word for token in tokenise(words)]
        return all(len(word) <= _LITTLE or word in self._common for word in said)

    def is_exact(self, reading: TerritoryReading) -> bool:
        """Whether the place was read in the very letters of its name, accents and case aside."""
        return self._territories.is_exact(reading)

    def theme_named(self, text: str) -> ThemeReading | None:
        """The theme that an answer to « de quoi s'agit-il ? » names; None if none."""
        tokens = tokenise(text)
        themes = read_themes(text, tokens, self._expressions.find(tokens), self._words.themes)
        return themes[0] if themes else None


def _points(hits: Sequence[Hit]) -> dict[str, float]:
    points: dict[str, float] = {}
    seen: set[int] = set()
    for hit in standing(hits):
        if hit.expression not in seen:
            seen.add(hit.expression)
            points[hit.sign] = points.get(hit.sign, 0.0) + hit.weight
    return points


def _haste(points: Mapping[str, float]) -> Urgency:
    """How urgent a message is that tells of no danger."""
    if points.get("urgency_high", 0.0) >= SURE:
        return Urgency.HIGH
    return Urgency.LOW if points.get("urgency_low", 0.0) >= SURE else Urgency.NORMAL


def _places_of(tokens: Sequence[Token], place: TerritoryReading) -> frozenset[int]:
    spans = [(e.start, e.end) for e in place.evidence]
    return frozenset(
        at
        for at, token in enumerate(tokens)
        if any(start <= token.start < end for start, end in spans)
    )
