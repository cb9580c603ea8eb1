"""The words of French that reading a message needs, besides the vocabulary of themes."""

from dataclasses import dataclass

from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.scorers.danger import DangerWords
from bot.domain.understanding.scorers.themes import ThemeWords


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """What surrounds places, themes and dangers, and tells what they are doing there."""

    places: PlaceWords
    first_names: frozenset[str]
    themes: ThemeWords
    danger: DangerWords
