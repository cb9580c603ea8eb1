"""How French writes dates, durations, numbers and lists, and joins « de » and « à » to a name."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from bot.domain.wording.folding import fold

_LOCALE = "fr"
_NO_BREAK = "\u00a0"
_MONTHS_IN_DAYS = (28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334, 365)
"""The fewest days that 1 to 12 calendar months can have: from a 1 February, for most."""

_DAYS_TOLD = 60
"""Beyond, months are told."""


def day(on: date) -> str:
    """« 1er mars 2027 »."""
    written = format_date(on, "d MMMM y", locale=_LOCALE)
    return written.replace("1 ", "1er ", 1) if on.day == 1 else written


def moment(at: datetime, zone: tzinfo) -> str:
    """« 1er mars 2027 à 14 h 30 », as clocks of that zone say."""
    local = at.astimezone(zone)
    pattern = "H 'h' mm" if local.minute else "H 'h'"
    time = format_time(local, pattern, tzinfo=zone, locale=_LOCALE)
    return f"{day(local.date())} à {time.replace(' ', _NO_BREAK)}"


def ago(elapsed: timedelta) -> str:
    """« depuis 12 jours »; months from the second, years from the second; today before a day."""
    years, rest = divmod(elapsed.days, _MONTHS_IN_DAYS[-1])
    if not elapsed.days:
        return "depuis aujourd’hui"
    if elapsed.days <= _DAYS_TOLD:
        count, unit = elapsed.days, "day"
    elif years < 2:
        count, unit = 12 * years + bisect_right(_MONTHS_IN_DAYS, rest), "month"
    else:
        count, unit = years, "year"
    return f"depuis {_units(count, unit)}"


@lru_cache(maxsize=256)
def _units(count: int, unit: str) -> str:
    return format_unit(count, unit, locale=_LOCALE)


def listing(items: Sequence[str]) -> str:
    """« A, B et C »."""
    return format_list(items, locale=_LOCALE)


def number(value: int) -> str:
    """« 12 000 », with a narrow no-break space."""
    return format_decimal(value, locale=_LOCALE)


def counted(value: int, singular: str, plural: str) -> str:
    """« 0 jour », « 1 jour », « 2 jours »."""
    return f"{number(value)}{_NO_BREAK}{singular if abs(value) < 2 else plural}"


def of(name: str) -> str:
    """« de Fourmies », « d’Aizenay », « du Poiré-sur-Vie », « des Herbiers »."""
    return _contracted(name, "du", "des") or (f"d’{name}" if _elides(name) else f"de {name}")


def at(name: str) -> str:
    """« à Fourmies », « au Poiré-sur-Vie », « aux Herbiers », « à La Rochelle »."""
    return _contracted(name, "au", "aux") or f"à {name}"


def _contracted(name: str, singular: str, plural: str) -> str | None:
    article, _, rest = name.partition(" ")
    joined = {"le": singular, "les": plural}.get(article.lower())
    return f"{joined} {rest}" if joined and rest else None


def _elides(name: str) -> bool:
    # Before h both are heard, and no list says which are aspirate: the full form is never wrong.
    return fold(name[:1]) in {"a", "e", "i", "o", "u", "y", "ae", "oe"}
