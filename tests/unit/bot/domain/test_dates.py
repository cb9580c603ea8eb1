"""Future days in plain French. Today is Sunday 22 November 2026."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates.reading import read_date, read_deadline
from bot.domain.dates.words import DateWords, Delay, add_months

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("demain", "2026-11-23"),
        ("après-demain", "2026-11-24"),
        ("dans 3 semaines", "2026-12-13"),
        ("3 semaines", "2026-12-13"),
        ("ds 3 sem", "2026-12-13"),
        ("dans trois mois", "2027-02-22"),
        ("dans 2 à 3 semaines", "2026-12-13"),
        ("dans 2-3 semaines", "2026-12-13"),
        ("dans un mois et demi", "2027-01-06"),
        ("dans deux mois et demi", "2027-02-06"),
        ("dans un an et demi", "2028-05-22"),
        ("d’ici une quinzaine", "2026-12-07"),
        ("sous huitaine", "2026-11-29"),
        ("dans 10j", "2026-12-02"),
        ("dans une dizaine de jours", "2026-12-02"),
        ("dans 48h", "2026-11-24"),
        ("après Pâques", "2027-03-30"),
        ("Pâques 2028", "2028-04-18"),
        ("après le vote du budget", "2027-04-15"),
        ("au deuxième trimestre", "2027-04-01"),
        ("fin du 1er semestre", "2027-06-30"),
        ("premier trimestre 2028", "2028-01-01"),
        ("la première semaine de mars", "2027-03-01"),
        ("la semaine 12", "2027-03-22"),
        ("jeudi", "2026-11-26"),
        ("jeudi 14h", "2026-11-26"),
        ("dimanche", "2026-11-29"),
        ("lundi prochain", "2026-11-23"),
        ("mardi en huit", "2026-12-01"),
        ("lundi en quinze", "2026-12-07"),
        ("jeudi de la semaine prochaine", "2026-11-26"),
        ("la semaine prochaine", "2026-11-23"),
        ("fin de la semaine prochaine", "2026-11-27"),
        ("le mois prochain", "2026-12-01"),
        ("fin du mois prochain", "2026-12-31"),
        ("fin du mois", "2026-11-30"),
        ("l’an prochain", "2027-01-01"),
        ("début de l’année prochaine", "2027-01-01"),
        ("fin d’année", "2026-12-31"),
        ("fin septembre", "2027-09-30"),
        ("début mars", "2027-03-01"),
        ("mi-janvier", "2027-01-15"),
        ("courant mars", "2027-03-15"),
        ("on reprend en mars", "2027-03-01"),
        ("mars", "2027-03-01"),
        ("mars 2028", "2028-03-01"),
        ("en novembre", "2026-11-30"),
        ("novembre prochain", "2027-11-01"),
        ("le 15", "2026-12-15"),
        ("jeudi 14", "2027-01-14"),
        ("jeudi 14 janvier", "2027-01-14"),
        ("le 31", "2026-12-31"),
        ("le 15 mars", "2027-03-15"),
        ("15 mars 2027", "2027-03-15"),
        ("1er mars", "2027-03-01"),
        ("15/03/2027", "2027-03-15"),
        ("15/3/27", "2027-03-15"),
        ("15.03.2027", "2027-03-15"),
        ("2027-03-15", "2027-03-15"),
        ("15/03", "2027-03-15"),
        ("29/02", "2028-02-29"),
        ("en 2028", "2028-01-01"),
        ("mi-2027", "2027-07-01"),
        ("à la rentrée", "2027-09-01"),
        ("plutôt à la rentrée svp", "2027-09-01"),
        ("la rentrée 2028", "2028-09-01"),
        ("après l’été", "2027-09-01"),
        ("après les fêtes", "2027-01-06"),
        ("au printemps", "2027-03-20"),
    ],
)
def test_a_future_day_is_understood(said: str, day: str, date_words: DateWords) -> None:
    assert date.fromisoformat(day) == read_date(said, NOW, PARIS, date_words)


@pytest.mark.parametrize(
    "said",
    [
        "après les élections",
        "un jour peut-être",
        "on verra",
        "aujourd’hui",
        "hier",
        "depuis 3 semaines",
        "la crue de mars",
        "15/03/2020",
        "le 15 mars 2020",
        "le 14 novembre dernier",
        "la semaine dernière",
        "29 février 2027",
        "31/04",
        "15/03/2035",
        "dans 10 ans",
        "dans 999 ans",
        "dans 0 jours",
        "1/2 journée",
        "",
    ],
)
def test_what_names_no_day_within_three_years_is_not_understood(
    said: str, date_words: DateWords
) -> None:
    assert read_date(said, NOW, PARIS, date_words) is None


def test_today_is_that_of_the_zone(date_words: DateWords) -> None:
    late = datetime(2026, 12, 31, 20, tzinfo=UTC)
    wallis, tahiti = ZoneInfo("Pacific/Wallis"), ZoneInfo("Pacific/Tahiti")
    assert date(2027, 1, 2) == read_date("demain", late, wallis, date_words)
    assert date(2027, 1, 1) == read_date("demain", late, tahiti, date_words)


def test_a_month_later_is_the_last_day_where_the_month_is_shorter() -> None:
    assert date(2027, 2, 28) == add_months(date(2027, 1, 31), 1)
    assert date(2029, 2, 28) == add_months(date(2028, 2, 29), 12)
    assert date(2027, 3, 1) == Delay(days=1).after(date(2027, 2, 28))


@pytest.mark.parametrize(
    ("text", "left", "day"),
    [
        ("Contacter l’EPF avant le 30 juin 2027", None, "2027-06-30"),
        ("Contacter l’EPF d’ici fin mars.", None, "2027-03-31"),
        ("Faire l’étude d’ici 3 semaines", None, "2026-12-13"),
        ("Prévoir une réunion pour le 15 mars", None, "2027-03-15"),
        ("Lancer l’étude, au plus tard fin avril", None, "2027-04-30"),
        ("Voter avant la rentrée", None, "2027-09-01"),
        ("Contacter l’EPF (échéance : 30/06/2027)", "Contacter l’EPF", "2027-06-30"),
        ("Contacter l’EPF (échéance : 30/06/2027). ", "Contacter l’EPF.", "2027-06-30"),
        ("Contacter l’EPF (avant fin mars)", "Contacter l’EPF", "2027-03-31"),
        ("Contacter l’EPF (30/06/2027)", "Contacter l’EPF", "2027-06-30"),
    ],
)
def test_a_deadline_ends_a_recommendation(
    text: str, left: str | None, day: str, date_words: DateWords
) -> None:
    assert (left or text, date.fromisoformat(day)) == read_deadline(text, NOW, PARIS, date_words)


@pytest.mark.parametrize(
    "text",
    [
        "Contacter l’EPF",
        "Contacter l’EPF (voir son site)",
        "Contacter l’EPF avant de lancer l’étude en mars",
        "Avant le 30 juin 2027, contacter l’EPF et le CAUE",
        "Louer le hangar pour 3 ans",
        "Voter avant les élections",
        "Étude (échéance : 30/06/2020)",
        "",
    ],
)
def test_other_words_are_no_deadline_and_the_text_stays(text: str, date_words: DateWords) -> None:
    assert (text, None) == read_deadline(text, NOW, PARIS, date_words)


PIECES = st.sampled_from(
    "dans d’ici le fin début mi un 3 15 31 30/02 15/03 2027 mars février semaine mois an prochain "
    "dernier jeudi en huit rentrée après 1er et demi 999 à -".split()
)


@given(
    said=st.lists(PIECES, max_size=7).map(" ".join) | st.text(max_size=60),
    now=st.timedeltas(timedelta(0), timedelta(days=4000)).map(lambda since: NOW + since),
)
def test_a_day_read_is_always_after_today_and_within_three_years(
    said: str, now: datetime, date_words: DateWords
) -> None:
    today = now.astimezone(PARIS).date()
    read = read_date(said, now, PARIS, date_words)
    for day in (read, read_deadline(said, now, PARIS, date_words)[1]):
        assert day is None or today < day <= add_months(today, 36)


@given(day=st.dates(date(2026, 11, 23), date(2029, 11, 22)))
def test_every_date_written_in_digits_is_read_back(date_words: DateWords, day: date) -> None:
    assert day == read_date(f"{day:%d/%m/%Y}", NOW, PARIS, date_words)
    text = f"Agir avant le {day:%d/%m/%Y}"
    assert (text, day) == read_deadline(text, NOW, PARIS, date_words)
