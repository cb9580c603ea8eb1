"""The words of the language: how people answer, and how they name future days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.dates import DateWords, Delay
from bot.domain.projects.recommendation import RecommendationStatus
from bot.domain.wording.answers import AnswerWords, RecommendationAnswer, StatusGroup
from bot.domain.wording.danger_resolved import DangerWords
from bot.domain.wording.folding import fold, folded_words, unaccented
from bot.domain.wording.recommendation_numbers import NamingWords
from bot.domain.wording.steering import SteeringWords
from config.errors import ConfigError
from config.strict_toml import key_faults, read_toml

_FOLDER = Path(__file__).parent
_LATER = "later"
_Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Language:
    """What the domain knows of French."""

    answers: AnswerWords
    dates: DateWords
    naming: NamingWords
    danger: DangerWords
    steering: SteeringWords


def load_language(folder: Path = _FOLDER) -> Language:
    """The words of the files of this folder. Raises ConfigError with every fault."""
    answers = _values(folder / "answers.toml", _ANSWERS)
    return Language(
        naming=answers.pop("naming"),
        answers=AnswerWords(**answers),
        dates=DateWords(**_values(folder / "dates.toml", _DATES)),
        danger=DangerWords(**_values(folder / "danger.toml", _DANGER)),
        steering=SteeringWords(**_values(folder / "steering.toml", _STEERING)),
    )


def _values(path: Path, readers: Mapping[str, _Reader]) -> dict[str, Any]:
    table = read_toml(path)
    faults = key_faults(str(path), table, readers, required=readers)
    values: dict[str, Any] = {}
    for key, read in readers.items():
        try:
            values[key] = read(table[key]) if key in table else None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(f"{path}: “{key}” cannot be read: {error}")
    if faults:
        raise ConfigError(faults)
    return values


def _phrases(written: list[str]) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in written)


def _word_sets(written: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(folded_words(phrase) for phrase in written)


def _stems(written: list[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases whose words may end with `*`."""
    return tuple(
        tuple(
            folded + ("*" if word.endswith("*") else "")
            for word in phrase.split()
            for folded in folded_words(word)
        )
        for phrase in written
    )


def _words(written: list[str]) -> frozenset[str]:
    return frozenset(_phrases(written))


def _numbers(written: Mapping[str, int]) -> dict[str, int]:
    return {fold(word): int(number) for word, number in written.items()}


def _delays(written: Mapping[str, Mapping[str, int]]) -> dict[str, Delay]:
    return {fold(phrase): Delay(**delay) for phrase, delay in written.items()}


def _days(written: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    days = {fold(phrase): date.fromisoformat(f"2027-{day}") for phrase, day in written.items()}
    return {phrase: (day.month, day.day) for phrase, day in days.items()}


def _answer(name: str) -> RecommendationAnswer:
    return RecommendationAnswer(None if name == _LATER else RecommendationStatus(name))


def _answers(names: list[str]) -> tuple[RecommendationAnswer, ...]:
    return tuple(_answer(name) for name in names)


def _groups(tables: list[dict[str, Any]]) -> tuple[StatusGroup, ...]:
    return tuple(_group(**table) for table in tables)


def _group(
    phrases: list[str], means: str | None = None, denied: str | None = None, **limit: int
) -> StatusGroup:
    return StatusGroup(
        phrases=_word_sets(phrases),
        means=_answer(means) if means else None,
        denied=_answer(denied) if denied else None,
        **limit,
    )


def _naming(table: Mapping[str, list[str]]) -> NamingWords:
    return NamingWords(**{name: tuple(map(unaccented, words)) for name, words in table.items()})


_ANSWERS: Mapping[str, _Reader] = {
    "polite": _word_sets,
    "courtesies": _word_sets,
    "negations": _words,
    "negations_after_ne": _words,
    "ne": _words,
    "clause_openers": _word_sets,
    "precedence": _answers,
    "groups": _groups,
    "naming": _naming,
}
_DATES: Mapping[str, _Reader] = {
    "within": _phrases,
    "half": _phrases,
    "next": _phrases,
    "past": _phrases,
    "in_a_week": _phrases,
    "in_two_weeks": _phrases,
    "start": _phrases,
    "middle": _phrases,
    "end": _phrases,
    "month_openers": _phrases,
    "deadline_openers": _phrases,
    "lasting": _phrases,
    "easter": _phrases,
    "fillers": _words,
    "months": _numbers,
    "weekdays": _numbers,
    "numbers": _numbers,
    "ranks": _numbers,
    "units": _delays,
    "delays": _delays,
    "days": _days,
}
_DANGER: Mapping[str, _Reader] = {
    "dealt_with": _stems,
    "protections": _stems,
    "in_place": _stems,
    "doubts": _stems,
    "delays": _stems,
    "reversals": _stems,
    "openers": _stems,
    "yes": _stems,
}
_STEERING: Mapping[str, _Reader] = {
    "pause": _word_sets,
    "resume": _word_sets,
    "give_up": _word_sets,
    "at_most": int,
}
