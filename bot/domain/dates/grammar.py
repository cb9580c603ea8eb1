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

_SIGN_ALONE = re.compile(r"(?<!\d)[-./]|[-./](?!\d)")
_DAYS_TOGETHER = re.compile(r"(?<=\d)(?=j(?:ours?)?\b|sem\b|semaines?\b|mois\b|ans?\b)")
_OTHER_SIGNS = re.compile(r"[^0-9a-z\-./]+")

_LENGTH = r"(?P<n>@numbers)(?:(?: a | ou |-)(?P<most>@numbers))? (?P<unit>@units)(?P<half> @half)?"
_YEAR = r"(?P<year>20\d\d)"
_AT_DAY = r"(?P<d>\d{1,2})(?! ?h\b| heures?\b| @units| @months| \d|[-./])"
_PERIOD = r"(?:(?P<part>@part)(?: de| du| d)?(?: la| l)? )?(?P<unit>@units)(?P<next> @next)?"

# From the most precise to the least. @name stands for any phrase of that list of the vocabulary.
_FORMS: tuple[tuple[str, Read], ...] = (
    (rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)", rules.numeric),
    (r"(?P<d>\d{1,2})(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<year>20\d\d|\d\d)", rules.numeric),
    (r"(?:@weekdays|le|au|du|avant) (?P<d>\d{1,2})/(?P<m>\d{1,2})", rules.numeric),
    (r"(?P<d>\d{1,2})/(?P<m>\d\d)", rules.numeric),
    (rf"(?P<easter>@easter)(?: {_YEAR})?", rules.after_easter),
    (rf"(?P<named>@days)(?: {_YEAR})?", rules.named),
    (rf"(?P<d>\d{{1,2}}|premier)(?:er)? (?P<month>@months)(?: {_YEAR})?", rules.day_and_month),
    (rf"@within {_LENGTH}", rules.duration),
    (r"(?P<delay>@delays)", rules.delay),
    (rf"(?:@weekdays|le|au) {_AT_DAY}", rules.day_of_month),
    (r"(?P<weekday>@weekdays)(?: de)?(?: la)? semaine @next", rules.weekday_next_week),
    (
        r"(?P<weekday>@weekdays)(?: @next)?(?P<huit> @in_a_week)?(?P<quinze> @in_two_weeks)?",
        rules.weekday,
    ),
    (
        rf"(?:(?P<part>@part)(?: du)? )?(?P<rank>@ranks) (?P<unit>@units)(?: {_YEAR})?",
        rules.rank_of_year,
    ),
    (
        rf"(?P<rank>@ranks) semaine (?:du mois )?(?:de|d) (?P<month>@months)(?: {_YEAR})?",
        rules.week_of_month,
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
    """A day that a text names; `alone` when nothing but filling words stands around it."""

    day: date
    alone: bool


def normalised(text: str) -> str:
    """The text as the grammar reads it."""
    apart = _DAYS_TOGETHER.sub(" ", unaccented(text))
    return _OTHER_SIGNS.sub(" ", _SIGN_ALONE.sub(" ", apart)).strip()


def readings(text: str, today: date, words: DateWords) -> Iterator[DateReading]:
    """The days that a normalised text names, those named most precisely first."""
    yield from _read(_compiled(words, _FORMS), text, today, words)


def all_readings(text: str, today: date, words: DateWords) -> Iterator[DateReading]:
    """Those, then the days that a normalised text is by itself: a bare length (« 3 semaines ») or
    month.
    """
    yield from readings(text, today, words)
    alone = _read(_compiled(words, _FORMS_ALONE), text, today, words)
    yield from (reading for reading in alone if reading.alone)


def _read(
    forms: Iterable[tuple[re.Pattern[str], Read]], text: str, today: date, words: DateWords
) -> Iterator[DateReading]:
    for pattern, read in forms:
        for match in pattern.finditer(text):
            day = read(Phrase(match, today, words))
            if day is not None:
                around = text[: match.start()] + text[match.end() :]
                yield DateReading(day, alone=words.fillers.issuperset(around.split()))


@lru_cache(maxsize=8)
def _compiled(
    words: DateWords, forms: tuple[tuple[str, Read], ...]
) -> tuple[tuple[re.Pattern[str], Read], ...]:
    lists = {field.name: getattr(words, field.name) for field in fields(words)}
    lists["part"] = (*words.start, *words.middle, *words.end)
    any_of = {f"@{name}": _any(phrases) for name, phrases in lists.items()}
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
