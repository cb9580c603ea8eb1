"""The words of French that the program matches: one file for each subject, read once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from bot.domain.dates.words import DateWords, Delay, SchoolHolidays
from bot.domain.intake.listener import CorrectionWords, Listener, PlaceAnswerWords, ServiceWords
from bot.domain.intake.out_of_scope import OutOfScopeWords
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.understanding.places.place_words import PlaceWords
from bot.domain.understanding.reader import Reader, ReadingWords
from bot.domain.understanding.scorers.danger import DangerWords
from bot.domain.understanding.scorers.incidental import IncidentalWords
from bot.domain.understanding.scorers.themes import DenialWords, ThemeWords
from bot.domain.wording.answers import (
    AnswerWords,
    RecommendationAnswer,
    StatusGroup,
    StatusPhrases,
)
from bot.domain.wording.consent import ConsentWords
from bot.domain.wording.danger_resolved import DangerResolvedWords
from bot.domain.wording.folding import fold
from bot.domain.wording.introduction import IntroductionWords
from bot.domain.wording.phrases import Phrases
from bot.domain.wording.recommendation_numbers import RecommendationNumberWords
from bot.domain.wording.steering import SteeringWords
from config.errors import ConfigError
from config.strict_toml import key_faults, read_toml

_FOLDER = Path(__file__).parent
_LATER = "later"
_ANSWERS = {"means", "denied"}
_Words = TypeVar("_Words")
_Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Language:
    """What the program knows of French. Each field is read from the file of that name."""

    answers: AnswerWords
    consent: ConsentWords
    corrections: CorrectionWords
    danger: DangerWords
    danger_resolved: DangerResolvedWords
    dates: DateWords
    denials: DenialWords
    incidental: IncidentalWords
    introductions: IntroductionWords
    out_of_scope: OutOfScopeWords
    place_answers: PlaceAnswerWords
    places: PlaceWords
    recommendation_numbers: RecommendationNumberWords
    service_questions: ServiceWords
    steering: SteeringWords

    @property
    def reading(self) -> ReadingWords:
        """What reading a message needs."""
        themes = ThemeWords(self.denials, self.incidental)
        return ReadingWords(self.places, self.introductions.first_names, themes, self.danger)

    def listener(self, reader: Reader) -> Listener:
        """What the first conversation hears with."""
        return Listener(
            reader,
            self.consent,
            self.introductions,
            self.corrections,
            self.place_answers,
            self.service_questions,
        )


def load_language(folder: Path = _FOLDER) -> Language:
    """The words of the files of this folder. Raises ConfigError with every fault."""
    faults: list[str] = []
    subjects: dict[str, Any] = {
        name: _read(folder / f"{name}.toml", words, faults)
        for name, words in get_type_hints(Language).items()
    }
    if faults:
        raise ConfigError(faults)
    return Language(**subjects)


def _read(path: Path, words: type[_Words], faults: list[str]) -> _Words | None:
    """The words of one file, whose keys are the fields; None where there are faults."""
    try:
        table = read_toml(path)
    except ConfigError as error:
        faults += error.faults
        return None
    lists = table.pop("lists", {})
    types = get_type_hints(words)
    found = key_faults(str(path), table, types, required=types)
    values: dict[str, Any] = {}
    for key in types.keys() & table.keys():
        try:
            values[key] = _AS[types[key]](table[key], lists)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            found.append(f"{path}: “{key}” cannot be read: {error}")
    faults += found
    return None if found else words(**values)


def _texts(written: object) -> list[str]:
    if not isinstance(written, list) or not all(isinstance(text, str) for text in written):
        raise TypeError("a list of phrases was expected")
    return written


def _words(written: object, _lists: _Lists) -> frozenset[str]:
    """Words in a list, or in one text between spaces."""
    return frozenset(map(fold, written.split() if isinstance(written, str) else _texts(written)))


def _days(written: Mapping[str, str], _lists: _Lists) -> dict[str, tuple[int, int]]:
    days = {fold(phrase): date.fromisoformat(f"2027-{day}") for phrase, day in written.items()}
    return {phrase: (day.month, day.day) for phrase, day in days.items()}


def _school_holidays(
    written: Sequence[tuple[str, str, str, str]], _lists: _Lists
) -> tuple[SchoolHolidays, ...]:
    day = date.fromisoformat
    return tuple(SchoolHolidays(fold(n), zones, day(f), day(b)) for n, zones, f, b in written)


def _answer(name: str) -> RecommendationAnswer:
    return RecommendationAnswer(None if name == _LATER else RecommendationStatus(name))


def _statuses(tables: list[dict[str, Any]], _lists: _Lists) -> StatusPhrases:
    groups: dict[str, StatusGroup] = {}
    for table in tables:
        phrases = _texts(table.pop("phrases"))
        group = StatusGroup(**table | {k: _answer(table[k]) for k in _ANSWERS & table.keys()})
        for phrase in phrases:
            if phrase in groups:
                raise ValueError(f"« {phrase} » is in two groups")
            groups[phrase] = group
    return StatusPhrases(groups)


_AS: Mapping[Any, Callable[[Any, _Lists], Any]] = {
    Phrases: lambda written, lists: Phrases(_texts(written), lists),
    frozenset[str]: _words,
    tuple[str, ...]: lambda written, _: tuple(map(fold, _texts(written))),
    int: lambda written, _: int(written),
    Mapping[str, str]: lambda written, _: {fold(word): fold(to) for word, to in written.items()},
    tuple[frozenset[str], ...]: lambda written, lists: tuple(_words(w, lists) for w in written),
    Mapping[tuple[str, ...], frozenset[str]]: lambda written, _: {
        tuple(fold(name).split()): frozenset(_texts(kinds)) for name, kinds in written.items()
    },
    Mapping[str, int]: lambda written, _: {fold(word): int(n) for word, n in written.items()},
    Mapping[str, Delay]: lambda written, _: {fold(w): Delay(**d) for w, d in written.items()},
    Mapping[str, tuple[int, int]]: _days,
    tuple[SchoolHolidays, ...]: _school_holidays,
    tuple[RecommendationAnswer, ...]: lambda written, _: tuple(map(_answer, _texts(written))),
    StatusPhrases: _statuses,
}
"""How what is written becomes a value of each type."""
