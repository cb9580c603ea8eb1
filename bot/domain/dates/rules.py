"""What each form of naming a day means; None where it names no day to come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from bot.domain.dates.words import DateWords, add_months, last_day, valid

_YEARS_AHEAD = 4
_START, _MIDDLE, _END = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that have one of the forms, said today."""

    match: re.Match[str]
    today: date
    words: DateWords
    departement: str = ""

    def said(self, name: str) -> str | None:
        """What a part of the form holds; None if it is absent, or the form has no such part."""
        return self.match.groupdict().get(name)

    @property
    def years(self) -> Iterable[int]:
        """The year written, on two or four digits; else this one and those that follow."""
        written = self.said("year")
        if not written:
            return range(self.today.year, self.today.year + _YEARS_AHEAD + 1)
        return [int(written) if len(written) == 4 else 2000 + int(written)]

    @property
    def part(self) -> int:
        """Which part of a period is meant; its start if nothing is said."""
        part = self.said("part")
        return _END if part in self.words.end else _MIDDLE if part in self.words.middle else _START

    @property
    def zone(self) -> str | None:
        """The zone of school holidays (« a », « b », « c »); None overseas and in Corsica."""
        return self.words.school_zones.get(self.departement.lower())

    def on_weekday(self, days: Iterable[date | None]) -> Iterable[date | None]:
        """Those of these days that are the weekday said, if one is."""
        wanted = self.said("weekday")
        return (d for d in days if d and (not wanted or d.weekday() == self.words.weekdays[wanted]))

    def number(self, name: str) -> int:
        """A number, in digits or letters."""
        written = self.match[name]
        return int(written) if written.isdecimal() else self.words.numbers[written]

    def first_to_come(self, days: Iterable[date | None]) -> date | None:
        """The first of these days that is after today."""
        return next((day for day in days if day is not None and day > self.today), None)


def numeric(phrase: Phrase) -> date | None:
    """« 15/03/2027 », « 2027-03-15 », « 15/03 »."""
    month, day = int(phrase.match["m"]), int(phrase.match["d"])
    return phrase.first_to_come(valid(year, month, day) for year in phrase.years)


def day_and_month(phrase: Phrase) -> date | None:
    """« 15 mars », « le quinze mars », « 1er mars 2028 »; the weekday said must be that day's."""
    month, day = phrase.words.months[phrase.match["month"]], phrase.number("d")
    found = phrase.first_to_come(valid(year, month, day) for year in phrase.years)
    return next(iter(phrase.on_weekday([found])), None)


def day_of_month(phrase: Phrase) -> date | None:
    """« le 15 », « jeudi 14 »: on that weekday, this month or one of the next two."""
    days = (valid(m.year, m.month, int(phrase.match["d"])) for m in _months(phrase, range(3)))
    return phrase.first_to_come(phrase.on_weekday(days))


def day_next_month(phrase: Phrase) -> date | None:
    """« le 5 du mois prochain », « le 30 du mois »."""
    months = _months(phrase, [1] if phrase.said("next") else [0, 1])
    return phrase.first_to_come(valid(m.year, m.month, phrase.number("d")) for m in months)


def weekday_of_month(phrase: Phrase) -> date | None:
    """« le premier mercredi du mois prochain », « le dernier vendredi de mars »."""
    wanted = phrase.words.weekdays[phrase.match["weekday"]]
    return phrase.first_to_come(
        _nth(month, wanted, _rank(phrase)) for month in _months_meant(phrase)
    )


def part_of_month(phrase: Phrase) -> date | None:
    """« première semaine de mars », « dernière semaine d’août », « deuxième quinzaine de mai »."""
    rank, weeks = _rank(phrase), phrase.match["unit"] == "semaine"
    if rank > (4 if weeks else 2):
        return None
    length = 7 if weeks else 15
    days = (
        month.replace(day=length * (rank - 1) + 1)
        if rank
        else month.replace(day=last_day(month.year, month.month) - 6 if weeks else 16)
        for month in _months_meant(phrase)
    )
    return phrase.first_to_come(days)


def duration(phrase: Phrase) -> date | None:
    """« dans 3 semaines », « d'ici un mois et demi », « sous 2 à 3 semaines » (the longer)."""
    number = phrase.number("most" if phrase.said("most") else "n")
    unit = phrase.words.units[phrase.match["unit"]]
    return unit.after(phrase.today, number, half=bool(phrase.said("half"))) if number else None


def lone_duration(phrase: Phrase) -> date | None:
    """« 3 semaines », but not « un jour », which is some day."""
    if phrase.words.units[phrase.match["unit"]].days == 1 and phrase.number("n") == 1:
        return None
    return duration(phrase)


def delay(phrase: Phrase) -> date | None:
    """« demain », « après le prochain conseil »."""
    return phrase.words.delays[phrase.match["delay"]].after(phrase.today)


def named(phrase: Phrase) -> date | None:
    """« à la rentrée », « après les fêtes »."""
    name = phrase.match["named"]
    if phrase.departement >= "97" and any(w in name for w in ("rentree", "vacances")):
        return None  # overseas, schools have calendars of their own
    month, day = phrase.words.days[name]
    return phrase.first_to_come(date(year, month, day) for year in phrase.years)


def weekday(phrase: Phrase) -> date | None:
    """« jeudi », « lundi prochain »: the coming one; « mardi en huit »: the next; « en quinze »."""
    wanted = phrase.words.weekdays[phrase.match["weekday"]]
    ahead = (wanted - phrase.today.weekday() - 1) % 7 + 1
    weeks = 1 if phrase.said("huit") else 2 if phrase.said("quinze") else 0
    return phrase.today + timedelta(days=ahead, weeks=weeks)


def weekday_next_week(phrase: Phrase) -> date | None:
    """« jeudi de la semaine prochaine »."""
    wanted = phrase.words.weekdays[phrase.match["weekday"]]
    return _monday(phrase.today) + timedelta(days=wanted, weeks=1)


def period(phrase: Phrase) -> date | None:
    """« la semaine prochaine », « fin du mois », « début de l'année prochaine »."""
    unit, today = phrase.words.units[phrase.match["unit"]], phrase.today
    ahead = 1 if phrase.said("next") else 0
    if not ahead and not phrase.said("part"):
        return None
    if unit.days == 7:
        day = _monday(today) + timedelta(weeks=ahead, days=2 * phrase.part)
        return phrase.first_to_come([day])
    if unit.days == 15:
        return phrase.first_to_come(_halves(today, ahead, phrase.part))
    if unit.months == 1:
        month = add_months(today.replace(day=1), ahead)
        return phrase.first_to_come([_part_of_month(month.year, month.month, phrase.part)])
    if unit.months == 12:
        years = range(today.year + ahead, today.year + ahead + 2)
        return phrase.first_to_come(_part_of_year(year, phrase.part) for year in years)
    return None


def month(phrase: Phrase) -> date | None:
    """« fin septembre », « en mars », « mi-janvier 2028 »; the present month is its end."""
    number, part = phrase.words.months[phrase.match["month"]], phrase.part
    if number == phrase.today.month and not any(map(phrase.said, ("part", "next", "year"))):
        part = _END
    return phrase.first_to_come(_part_of_month(year, number, part) for year in phrase.years)


def rank_of_year(phrase: Phrase) -> date | None:
    """« deuxième trimestre », « fin du premier semestre 2028 »."""
    months, rank = phrase.words.units[phrase.match["unit"]].months, _rank(phrase)
    if months not in {3, 6} or rank > 12 // months:
        return None
    first, last = (rank - 1) * months + 1, rank * months
    wanted = (first, first + months // 2, last)[phrase.part]
    return phrase.first_to_come(_part_of_month(year, wanted, phrase.part) for year in phrase.years)


def week_of_year(phrase: Phrase) -> date | None:
    """« semaine 12 »: its Monday."""
    week = int(phrase.match["week"])
    if not 1 <= week <= 52:
        return None
    return phrase.first_to_come(date.fromisocalendar(year, week, 1) for year in phrase.years)


def feast(phrase: Phrase) -> date | None:
    """« l’Ascension », « après Pâques », « avant la Pentecôte »: that day, or the one after."""
    name, when = phrase.match["feast"], phrase.said("when")
    ahead = phrase.words.feasts[name]
    if when in phrase.words.before:
        return phrase.first_to_come(easter(y) + timedelta(ahead) for y in phrase.years)
    if name.startswith("pa"):  # the Monday belongs to Easter
        ahead += 2
    elif when:
        ahead += 2 if name == "pentecote" else 1
    return phrase.first_to_come(easter(y) + timedelta(ahead) for y in phrase.years)


def school_holidays(phrase: Phrase) -> date | None:
    """« après les vacances de février »: when classes begin again in the zone; « avant »: the last
    day before; else their first. None for years that are not published.
    """
    name, when, year = phrase.said("school"), phrase.said("when"), phrase.said("year")
    ahead = [
        h
        for h in phrase.words.school_holidays
        if (phrase.zone or "-") in h.zones
        and (name is None or h.name == phrase.words.school_names[name])
        and (year is None or int(year) in {h.first.year, h.back.year})
    ]
    if when in phrase.words.after:
        return phrase.first_to_come(h.back for h in ahead)
    eve = timedelta(days=1 if when in phrase.words.before else 0)
    return phrase.first_to_come(h.first - eve for h in ahead)


def back_to_school(phrase: Phrase) -> date | None:
    """« la rentrée de janvier »: the day on which classes begin again that month."""
    month = phrase.words.months[phrase.match["month"]]
    if month == 9 and phrase.zone:
        return phrase.first_to_come(date(year, month, 1) for year in phrase.years)
    back = (h.back for h in phrase.words.school_holidays if (phrase.zone or "-") in h.zones)
    years = phrase.years
    return phrase.first_to_come(d for d in back if d.month == month and d.year in years)


def year(phrase: Phrase) -> date | None:
    """« en 2028 », « mi-2027 »."""
    return phrase.first_to_come([_part_of_year(int(phrase.match["year"]), phrase.part)])


def _rank(phrase: Phrase) -> int:
    """Which one is meant; 0 for the last."""
    return phrase.words.ranks.get(phrase.match["rank"], 0)


def _months(phrase: Phrase, ahead: Iterable[int]) -> Iterable[date]:
    return (add_months(phrase.today.replace(day=1), months) for months in ahead)


def _months_meant(phrase: Phrase) -> Iterable[date]:
    """The first days of the months that « du mois », « du mois prochain » or « de mars » can be."""
    month = phrase.said("month")
    if month is None:
        return _months(phrase, [1] if phrase.said("next") else [0, 1])
    return (date(year, phrase.words.months[month], 1) for year in phrase.years)


def _nth(month: date, weekday: int, rank: int) -> date | None:
    """That weekday of a month, by its rank; 0: the last."""
    if not rank:
        last = month.replace(day=last_day(month.year, month.month))
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = 1 + (weekday - month.weekday()) % 7 + 7 * (rank - 1)
    return valid(month.year, month.month, day)


def _halves(today: date, ahead: int, part: int) -> Iterable[date]:
    """That part of this half of a month, or of those that follow."""
    first = add_months(today.replace(day=1), 0)
    starts = [add_months(first, m).replace(day=d) for m in range(3) for d in (1, 16)]
    present = 1 if today.day > 15 else 0
    for start in starts[present + ahead :]:
        end = 15 if start.day == 1 else last_day(start.year, start.month)
        yield start.replace(day=(start.day, start.day + 7, end)[part])


def _part_of_month(year: int, month: int, part: int) -> date:
    return date(year, month, (1, 15, last_day(year, month))[part])


def _part_of_year(year: int, part: int) -> date:
    return date(year, *((1, 1), (7, 1), (12, 31))[part])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
