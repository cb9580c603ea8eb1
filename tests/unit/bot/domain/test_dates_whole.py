"""No date is read from a part of what was said. Said on Sunday 22 November 2026, in the Vendée."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.easter import easter
from dateutil.relativedelta import FR, MO, WE, relativedelta
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates.reading import bare_date, past_date, read_date, read_range
from bot.domain.dates.words import DateWords

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
EASTER = easter(2027)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (
            "le premier mercredi du mois prochain",
            TODAY + relativedelta(months=1, day=1, weekday=WE),
        ),
        ("le dernier vendredi du mois", TODAY + relativedelta(day=31, weekday=FR(-1))),
        ("le premier lundi de mars", date(2027, 3, 1) + relativedelta(weekday=MO)),
        ("2e lundi de janvier", date(2027, 1, 1) + relativedelta(weekday=MO(2))),
        ("le 5 du mois prochain", date(2026, 12, 5)),
        ("le 30 du mois", date(2026, 11, 30)),
        ("vendredi 4", date(2026, 12, 4)),
        ("vendredi 4 décembre à 14h30", date(2026, 12, 4)),
        ("jeudi le 3 décembre", date(2026, 12, 3)),
        ("dans une quinzaine", date(2026, 12, 7)),
        ("dans une quinzaine de jours", date(2026, 12, 7)),
        ("la deuxième quinzaine de mai", date(2027, 5, 16)),
        ("première quinzaine de mai", date(2027, 5, 1)),
        ("fin de quinzaine", date(2026, 11, 30)),
        ("dernière semaine d’août", date(2027, 8, 25)),
        ("mi-mars", date(2027, 3, 15)),
        ("le quinze mars", date(2027, 3, 15)),
        ("le premier juin", date(2027, 6, 1)),
        ("le vingt et un mars", date(2027, 3, 21)),
        ("le dix-sept mars", date(2027, 3, 17)),
        ("le trente et un août", date(2027, 8, 31)),
        ("à l’Ascension", EASTER + timedelta(39)),
        ("après l’Ascension", EASTER + timedelta(40)),
        ("la Pentecôte", EASTER + timedelta(49)),
        ("lundi de Pentecôte", EASTER + timedelta(50)),
        ("après la Pentecôte", EASTER + timedelta(51)),
        ("avant Pâques", EASTER),
        ("lundi de Pâques", EASTER + timedelta(1)),
        ("à la Toussaint", date(2027, 11, 1)),
        ("à Noël", date(2026, 12, 25)),
        ("la rentrée de janvier", date(2027, 1, 4)),
        ("la rentrée de septembre", date(2027, 9, 1)),
        ("après les vacances de Pâques", date(2027, 5, 3)),
        ("après les vacances de février", date(2027, 3, 8)),
        ("après les vacances de Noël", date(2027, 1, 4)),
        ("avant les vacances d’hiver", date(2027, 2, 19)),
        ("aux vacances de printemps", date(2027, 4, 17)),
        ("après les vacances scolaires", date(2027, 1, 4)),
        ("la semaine qui suit", date(2026, 11, 23)),
        ("après le conseil du 15 mars", date(2027, 3, 15)),
    ],
)
def test_a_day_said_in_several_words_is_read_whole(
    said: str, day: date, date_words: DateWords
) -> None:
    assert day == read_date(said, NOW, PARIS, date_words, "85")


@pytest.mark.parametrize(
    "said",
    [
        "lundi 5",
        "lundi 15 décembre",
        "du 1er juillet au 31 août",
        "du 3 au 15 mars",
        "entre le 3 et le 15 mars",
        "lundi ou mardi",
        "en mars ou avril",
        "après le prochain conseil",
        "deux semaines après Pâques",
        "le lendemain du 15 mars",
        "la veille de Noël",
        "après les vacances de Pâques 2029",
        "la rentrée 2 semaines après",
        "le cinquième vendredi de février",
        "lundi cinq",
    ],
)
def test_what_cannot_be_read_whole_is_not_read_at_all(said: str, date_words: DateWords) -> None:
    assert read_date(said, NOW, PARIS, date_words, "85") is None


@pytest.mark.parametrize(
    ("departement", "day"),
    [("69", "2027-03-01"), ("59", "2027-03-08"), ("75", "2027-02-22"), ("2A", None), ("974", None)],
)
def test_school_holidays_are_those_of_the_zone_and_asked_where_unknown(
    departement: str, day: str | None, date_words: DateWords
) -> None:
    read = read_date("après les vacances de février", NOW, PARIS, date_words, departement)
    assert (date.fromisoformat(day) if day else None) == read


def test_overseas_schools_have_their_own_year(date_words: DateWords) -> None:
    assert read_date("à la rentrée", NOW, PARIS, date_words, "988") is None
    assert bare_date("à la rentrée", NOW, PARIS, date_words, "988") is None


def test_published_school_holidays_begin_on_saturday_and_end_on_monday(
    date_words: DateWords,
) -> None:
    assert {(5, 0)} == {(h.first.weekday(), h.back.weekday()) for h in date_words.school_holidays}
    for departement in (*range(1, 20), *range(21, 96)):
        assert f"{departement:02}" in date_words.school_zones


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("du 1er juillet au 31 août", "2027-07-01", "2027-08-31"),
        ("du 3 au 15 mars", "2027-03-03", "2027-03-15"),
        ("du 15 décembre au 15 janvier", "2026-12-15", "2027-01-15"),
        ("du 1er novembre au 15 décembre", "2026-11-01", "2026-12-15"),
        ("entre le 3 et le 15 mars", "2027-03-03", "2027-03-15"),
        ("du 01/07/2027 au 31/08/2027", "2027-07-01", "2027-08-31"),
    ],
)
def test_a_range_is_both_of_its_days(
    said: str, first: str, last: str, date_words: DateWords
) -> None:
    expected = (date.fromisoformat(first), date.fromisoformat(last))
    assert expected == read_range(said, NOW, PARIS, date_words, "85")


def test_a_past_day_with_its_year_is_known_as_past(date_words: DateWords) -> None:
    assert date(2020, 3, 15) == past_date("le 15 mars 2020", date_words)
    assert past_date("on verra", date_words) is None


DAYS = ["le 15 mars", "lundi", "dans 3 semaines", "à la rentrée", "fin septembre", "la Pentecôte"]
TIMES = ["mardi", "avril", "vacances", "lendemain", "quinzaine", "Toussaint", "semaine", "veille"]


@given(st.sampled_from(DAYS), st.sampled_from(TIMES), st.sampled_from(["", "ou", "de la", "avec"]))
def test_no_word_that_names_a_time_is_left_out(
    date_words: DateWords, day: str, time: str, link: str
) -> None:
    said = f"{time} {link} xyz {day}"
    assert read_date(said, NOW, PARIS, date_words, "85") is None
    assert read_date(f"{day} {link} xyz {time}", NOW, PARIS, date_words, "85") is None
