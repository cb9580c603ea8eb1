"""From a message in free words to its intent, territory, themes and urgency."""

from bot.domain.understanding.contract import understanding_as_dict
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.reading import (
    Evidence,
    Intent,
    TerritoryReading,
    TerritoryStatus,
    ThemeReading,
    Understanding,
)
from bot.domain.understanding.reading_words import ReadingWords
from bot.domain.understanding.vocabulary.vocabulary import (
    SituationWords,
    Theme,
    ThemeVocabulary,
    WrittenVocabulary,
)
from bot.domain.urgency import Urgency

__all__ = [
    "Evidence",
    "Intent",
    "Reader",
    "ReadingWords",
    "SituationWords",
    "TerritoryReading",
    "TerritoryStatus",
    "Theme",
    "ThemeReading",
    "ThemeVocabulary",
    "Understanding",
    "Urgency",
    "WrittenVocabulary",
    "understanding_as_dict",
]
