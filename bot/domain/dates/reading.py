"""Reads the day that a text names, and the deadline at the end of a recommendation."""

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from bot.domain.dates.grammar import Saying, all_readings, names_a_time, normalised, readings
from bot.domain.dates.words import DateWords, add_months, valid

_MONTHS_AHEAD = 36
_LONGEST_DEADLINE = 80
_MOST_WORDS = 6
_LONGEST = 600
_LONG_AGO = date(1999, 12, 31)
_RANGE = re.compile(
    r"(?:du|de|d|entre)(?: le)? (?P<first>[^ ]+(?: [^ ]+){0,3}?) "
    r"(?:jusqu )?(?:au|a|et)(?: le)? (?P<last>.+)"
)
_IN_PARENTHESES = re.compile(r"\(([^()]+)\)([.!]?)$")


def read_date(
    text: str, said_at: datetime, zone: tzinfo, words: DateWords, departement: str = ""
) -> date | None:
    """The day that a text named, in that zone, when it was said: after that day, at most three
    years ahead; else None. A day that leaves out another word that names a time is not read.
    """
    said = Saying(said_at.astimezone(zone).date(), departement)
    found = (r.day for r in all_readings(_bounded(text), said, words) if r.whole)
    day = next(found, None)
    return day if day and _near(day, said.day) else None


def read_range(
    text: str, said_at: datetime, zone: tzinfo, words: DateWords, departement: str = ""
) -> tuple[date, date] | None:
    """The first and the last day that a text names, when it says nothing else: « du 1er juillet au
    31 août ». The first may be past; the last is not.
    """
    said = Saying(said_at.astimezone(zone).date(), departement)
    match = _RANGE.match(_bounded(text))
    last = _whole(match["last"], said, words) if match else None
    if match is None or last is None:
        return None
    if match["first"].removesuffix("er").isdecimal():
        first = valid(last.year, last.month, int(match["first"].removesuffix("er")))
    else:
        first = _whole(match["first"], said, words)
    if first is not None and first > last:
        first = add_months(first, -12)
    return (first, last) if first and first < last else None


def past_date(text: str, words: DateWords) -> date | None:
    """The day with its year that a text names, whenever that is: to be said where it is past."""
    found = all_readings(_bounded(text), Saying(_LONG_AGO), words)
    return next((r.day for r in found if r.whole and str(r.day.year) in text), None)


def names_time(text: str, words: DateWords) -> bool:
    """Whether a text names a time, read or not: a date in it must not be passed over."""
    plain = _bounded(text)
    return names_a_time(plain, words) or not words.undated.isdisjoint(plain.split())


def asks_event(text: str, words: DateWords) -> bool:
    """Whether the time named is that of an event whose day people alone know."""
    return not words.undated.isdisjoint(_bounded(text).split())


def bare_date(
    text: str, said_at: datetime, zone: tzinfo, words: DateWords, departement: str = ""
) -> date | None:
    """The day that a text is, when it says nothing else: « jusqu'au 3 mars », « pendant 6
    semaines ». Other words make it None.
    """
    said, plain = Saying(said_at.astimezone(zone).date(), departement), _bounded(text)
    openers = (*words.deadline_openers, *words.lasting)
    after = (plain[len(o) + 1 :] for o in openers if plain.startswith(f"{o} "))
    named = (reading for part in (plain, *after) for reading in all_readings(part, said, words))
    return next((r.day for r in named if r.alone and _near(r.day, said.day)), None)


def read_deadline(
    text: str, said_at: datetime, zone: tzinfo, words: DateWords, departement: str = ""
) -> tuple[str, date | None]:
    """The deadline at the end of a recommendation, and its text without it if it stood in
    parentheses.

    A deadline is a day announced by a word such as « avant », with nothing after it.
    """
    said = Saying(said_at.astimezone(zone).date(), departement)
    enclosed = _IN_PARENTHESES.search(text.rstrip())
    if enclosed is not None:
        day = _deadline(enclosed[1], said, words) or _whole(normalised(enclosed[1]), said, words)
        if day is not None:
            return text[: enclosed.start()].rstrip() + enclosed[2], day
    return text, _deadline(text, said, words)


def unread_deadline(text: str, words: DateWords) -> str | None:
    """The last words of a recommendation, as folded, if they announce a deadline with a number: to
    be quoted when `read_deadline` finds none in them.
    """
    tails = [tail for tail in _tails(text, words) if len(tail.split()) <= _MOST_WORDS]
    return next((tail for tail in tails if any(char.isdigit() for char in tail)), None)


def _deadline(text: str, said: Saying, words: DateWords) -> date | None:
    days = (_whole(tail, said, words) for tail in _tails(text, words))
    return next((day for day in days if day is not None), None)


def _tails(text: str, words: DateWords) -> Iterator[str]:
    """The ends of a text that begin with a word that announces a deadline, the longest first.

    Each comes with that word and without it: « d'ici 3 semaines » needs it, « échéance 30/06 » does
    not.
    """
    plain = normalised(text)
    openers = "|".join(sorted(words.deadline_openers, key=len, reverse=True))
    announced = re.compile(rf"(?<!\w)(?:{openers}) ")
    for match in announced.finditer(plain, max(0, len(plain) - _LONGEST_DEADLINE)):
        yield plain[match.start() :]
        yield plain[match.end() :]


def _whole(text: str, said: Saying, words: DateWords) -> date | None:
    """The day that a normalised text is, apart from filling words."""
    named = readings(text, said, words)
    return next((r.day for r in named if r.alone and _near(r.day, said.day)), None)


def is_ahead(day: date, now: datetime, zone: tzinfo) -> bool:
    """Whether a day, in that zone, is one that texts can name: after today, three years at most."""
    return _near(day, now.astimezone(zone).date())


def _bounded(text: str) -> str:
    """The beginning of a text, normalised, as far as a date can be looked for."""
    return normalised(text[:_LONGEST])


def _near(day: date, today: date) -> bool:
    return today < day <= add_months(today, _MONTHS_AHEAD)
