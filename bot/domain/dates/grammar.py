"""A small grammar of future days: the forms in which they are named, over a vocabulary.

It reads normalised text: small letters, no accents, single spaces, signs only between digits.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

from bot.domain.dates import rules
from bot.domain.dates.rules import Phrase
from bot.domain.dates.words import DateWords
from bot.domain.wording.folding import unaccented

Read = Callable[[Phrase], date | None]

_NO_PHRASES = frozenset({"school_zones", "school_holidays"})

_SIGN_ALONE = re.compile(r"(?<!\d)[-./]|[-./](?!\d)")
_DAYS_TOGETHER = re.compile(r"(?<=\d)(?=j(?:ours?)?\b|sem\b|semaines?\b|mois\b|ans?\b)")
_OTHER_SIGNS = re.compile(r"[^0-9a-z\-./]+")

_HOUR = re.compile(r"(?<![\w/])\d{1,2} ?(?:h|heures?)(?: ?\d\d)?(?![\w/])")
_LINKS = frozenset("a au de d du des et ou le la l les jusqu au entre puis mois".split())

_LENGTH = (
    r"(?P<n>@numbers)(?:(?: a | ou |-)(?P<most>@numbers))? (?P<unit>@units)(?: de jours)?"
    r"(?P<half> @half)?"
)
_YEAR = r"(?P<year>20\d\d)"
_AT_DAY = r"(?P<d>\d{1,2})(?! ?h\b| heures?\b| @units| @months| \d|[-./])"
_PERIOD = (
    r"(?:(?P<part>@part)(?: de| du| d)?(?: la| l| cette| ce)? )?(?P<unit>@units)(?P<next> @next)?"
)
_OF_MONTH = rf"(?:du mois(?P<next> @next)?|(?:du mois )?(?:de|d) (?P<month>@months)(?: {_YEAR})?)"
_ON = r"(?:(?P<weekday>@weekdays) (?:le )?)?"

# From the most precise to the least. @name stands for any phrase of that list of the vocabulary.
_FORMS: tuple[tuple[str, Read], ...] = (
    (rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)", rules.numeric),
    (r"(?P<d>\d{1,2})(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<year>20\d\d|\d\d)", rules.numeric),
    (r"(?:@weekdays|le|au|du|avant) (?P<d>\d{1,2})/(?P<m>\d{1,2})", rules.numeric),
    (r"(?P<d>\d{1,2})/(?P<m>\d\d)", rules.numeric),
    (
        rf"(?:(?P<when>@before|@after|@during) (?:les )?)?vacances(?: scolaires)?"
        rf"(?: (?:de|d)(?: la| l)? (?P<school>@school_names))?(?: {_YEAR})?",
        rules.school_holidays,
    ),
    (rf"rentree (?:de|d) (?P<month>@months)(?: {_YEAR})?", rules.back_to_school),
    (rf"(?:(?P<when>@before|@after) (?:la |l )?)?(?P<feast>@feasts)(?: {_YEAR})?", rules.feast),
    (rf"(?P<named>@days)(?: {_YEAR})?", rules.named),
    (rf"{_ON}(?P<d>@numbers)(?:er)? (?P<month>@months)(?: {_YEAR})?", rules.day_and_month),
    (rf"@within {_LENGTH}", rules.duration),
    (r"(?P<delay>@delays)", rules.delay),
    (
        r"(?:le|au|du|avant) (?P<d>@numbers)(?:er)? (?:du|de ce) mois(?P<next> @next)?",
        rules.day_next_month,
    ),
    (rf"(?P<rank>@ranks|@last) (?P<weekday>@weekdays) {_OF_MONTH}", rules.weekday_of_month),
    (rf"(?P<rank>@ranks|@last) (?P<unit>semaine|quinzaine) {_OF_MONTH}", rules.part_of_month),
    (rf"(?:(?P<weekday>@weekdays)(?: le)?|le|au) {_AT_DAY}", rules.day_of_month),
    (r"(?P<weekday>@weekdays)(?: de)?(?: la)? semaine @next", rules.weekday_next_week),
    (
        r"(?P<weekday>@weekdays)(?: @next)?(?P<huit> @in_a_week)?(?P<quinze> @in_two_weeks)?",
        rules.weekday,
    ),
    (
        rf"(?:(?P<part>@part)(?: du)? )?(?P<rank>@ranks) (?P<unit>@units)(?: {_YEAR})?",
        rules.rank_of_year,
    ),
    (r"semaine (?P<week>\d{1,2})(?! @months|/)", rules.week_of_year),
    (_PERIOD, rules.period),
    (
        rf"(?P<part>@part)(?: de| du mois de)? (?P<month>@months)(?: @next)?(?: {_YEAR})?",
        rules.month,
    ),
    (rf"@month_openers (?P<month>@months)(?P<next> @next)?(?: {_YEAR})?", rules.month),
    (rf"(?<!\d )(?<!\der )(?P<month>@months)(?:(?P<next> @next)| {_YEAR})", rules.month),
    (rf"(?:(?P<part>@part)|en) {_YEAR}", rules.year),
)
_FORMS_ALONE: tuple[tuple[str, Read], ...] = (
    (_LENGTH, rules.lone_duration),
    (r"(?P<d>\d{1,2})/(?P<m>\d{1,2})", rules.numeric),
    (r"(?P<month>@months)", rules.month),
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A day that a text names. `whole`: no word that names a time is left out of it; `alone`:
    nothing but filling words stands around it.
    """

    day: date
    whole: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Saying:
    """The day on which something was said, and the département of which it was (« » if unknown)."""

    day: date
    departement: str = ""


def normalised(text: str) -> str:
    """The text as the grammar reads it."""
    apart = _DAYS_TOGETHER.sub(" ", unaccented(text))
    return " ".join(_OTHER_SIGNS.sub(" ", _SIGN_ALONE.sub(" ", apart)).split())


def readings(text: str, said: Saying, words: DateWords) -> Iterator[DateReading]:
    """The days that a normalised text names, those named most precisely first."""
    yield from _read(_compiled(words, _FORMS), text, said, words)


def all_readings(text: str, said: Saying, words: DateWords) -> Iterator[DateReading]:
    """Those, then the days that a normalised text is by itself: a bare length (« 3 semaines ») or
    month.
    """
    yield from readings(text, said, words)
    alone = _read(_compiled(words, _FORMS_ALONE), text, said, words)
    yield from (reading for reading in alone if reading.alone)


def names_a_time(text: str, words: DateWords) -> bool:
    """Whether a normalised text has a word that names a time."""
    return not _times(words).isdisjoint(text.split())


def _read(
    forms: Iterable[tuple[re.Pattern[str], Read]], text: str, said: Saying, words: DateWords
) -> Iterator[DateReading]:
    for pattern, read in forms:
        for match in pattern.finditer(text):
            day = read(Phrase(match, said.day, words, said.departement))
            if day is not None:
                before, after = text[: match.start()].split(), text[match.end() :]
                rest = _HOUR.sub(" ", after).split()
                whole = _is_whole(before, rest, words)
                alone = whole and words.fillers.issuperset(before + after.split())
                yield DateReading(day, whole, alone)


def _is_whole(before: list[str], after: list[str], words: DateWords) -> bool:
    """Whether no time is named outside, nor any number or part said next to the day."""
    if not _times(words).isdisjoint(before + after):
        return False
    beside = (next((w for w in s if w not in _LINKS), "") for s in (reversed(before), after))
    return not any(_is_part(word, words) for word in beside)


def _is_part(word: str, words: DateWords) -> bool:
    known = {*words.start, *words.middle, *words.end, *words.next, *words.past, *words.last}
    number = word.removesuffix("er").isdecimal() or word in words.numbers or word in words.ranks
    return (number and word not in {"un", "une"}) or word in known


@lru_cache(maxsize=8)
def _times(words: DateWords) -> frozenset[str]:
    """Words that name a time wherever they stand: « jour » and « mois » alone do not."""
    units = words.units.keys() - {"jour", "jours", "j", "mois", "dizaine"}
    return frozenset({*words.months, *words.weekdays, *units, *words.times})


@lru_cache(maxsize=8)
def _compiled(
    words: DateWords, forms: tuple[tuple[str, Read], ...]
) -> tuple[tuple[re.Pattern[str], Read], ...]:
    lists = {field.name: getattr(words, field.name) for field in fields(words)}
    lists["part"] = (*words.start, *words.middle, *words.end)
    any_of = {
        f"@{name}": _any(lists[name])
        for name in sorted(lists, key=len, reverse=True)
        if name not in _NO_PHRASES
    }
    any_of["@numbers"] = rf"(?:\d{{1,3}}|{any_of['@numbers']})"
    return tuple((_pattern(form, any_of), read) for form, read in forms)


def _pattern(form: str, any_of: dict[str, str]) -> re.Pattern[str]:
    pattern = rf"(?<![\w/])(?:{form})(?![\w/])(?! @past)"
    for name, alternatives in any_of.items():
        pattern = pattern.replace(name, alternatives)
    return re.compile(pattern)


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase) for phrase in longest_first) + ")"
