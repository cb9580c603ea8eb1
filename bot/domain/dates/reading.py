"""Reads the day that a text names, and the deadline at the end of a recommendation."""

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from bot.domain.dates.grammar import all_readings, normalised, readings
from bot.domain.dates.words import DateWords, add_months

_MONTHS_AHEAD = 36
_LONGEST_DEADLINE = 80
_MOST_WORDS = 6
_IN_PARENTHESES = re.compile(r"\(([^()]+)\)([.!]?)$")


def read_date(text: str, now: datetime, zone: tzinfo, words: DateWords) -> date | None:
    """The day that a text names, in that zone: after today, at most three years ahead; else None.

    Of several the one named most precisely is taken.
    """
    today = now.astimezone(zone).date()
    found = next(all_readings(normalised(text), today, words), None)
    return found.day if found and _near(found.day, today) else None


def bare_date(text: str, now: datetime, zone: tzinfo, words: DateWords) -> date | None:
    """The day that a text is, when it says nothing else: « jusqu'au 3 mars », « pendant 6
    semaines ». Other words make it None.
    """
    today, plain = now.astimezone(zone).date(), normalised(text)
    openers = (*words.deadline_openers, *words.lasting)
    after = (plain[len(o) + 1 :] for o in openers if plain.startswith(f"{o} "))
    named = (reading for said in (plain, *after) for reading in all_readings(said, today, words))
    return next((r.day for r in named if r.alone and _near(r.day, today)), None)


def read_deadline(
    text: str, now: datetime, zone: tzinfo, words: DateWords
) -> tuple[str, date | None]:
    """The deadline at the end of a recommendation, and its text without it if it stood in
    parentheses.

    A deadline is a day announced by a word such as « avant », with nothing after it.
    """
    today = now.astimezone(zone).date()
    enclosed = _IN_PARENTHESES.search(text.rstrip())
    if enclosed is not None:
        day = _deadline(enclosed[1], today, words) or _whole(normalised(enclosed[1]), today, words)
        if day is not None:
            return text[: enclosed.start()].rstrip() + enclosed[2], day
    return text, _deadline(text, today, words)


def unread_deadline(text: str, words: DateWords) -> str | None:
    """The last words of a recommendation, as folded, if they announce a deadline with a number: to
    be quoted when `read_deadline` finds none in them.
    """
    tails = [tail for tail in _tails(text, words) if len(tail.split()) <= _MOST_WORDS]
    return next((tail for tail in tails if any(char.isdigit() for char in tail)), None)


def _deadline(text: str, today: date, words: DateWords) -> date | None:
    days = (_whole(tail, today, words) for tail in _tails(text, words))
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


def _whole(text: str, today: date, words: DateWords) -> date | None:
    """The day that a normalised text is, apart from filling words."""
    named = readings(text, today, words)
    return next((r.day for r in named if r.alone and _near(r.day, today)), None)


def is_ahead(day: date, now: datetime, zone: tzinfo) -> bool:
    """Whether a day, in that zone, is one that texts can name: after today, three years at most."""
    return _near(day, now.astimezone(zone).date())


def _near(day: date, today: date) -> bool:
    return today < day <= add_months(today, _MONTHS_AHEAD)
