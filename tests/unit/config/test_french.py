from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config import french

NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2027, 3, 1), "1er mars 2027"),
        (date(2027, 3, 11), "11 mars 2027"),
        (date(2028, 2, 29), "29 février 2028"),
        (date(2026, 8, 31), "31 août 2026"),
    ],
)
def test_a_day_is_written_out(on: date, expected: str) -> None:
    assert expected == french.day(on)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Paris", "1er mars 2027 à 21 h 05"),
        ("Indian/Reunion", "2 mars 2027 à 0 h 05"),
        ("Pacific/Tahiti", "1er mars 2027 à 10 h 05"),
    ],
)
def test_a_moment_is_that_of_the_clocks_of_the_place(zone: str, expected: str) -> None:
    at = datetime(2027, 3, 1, 20, 5, tzinfo=UTC)
    assert expected == french.moment(at, ZoneInfo(zone)).replace(NO_BREAK, " ")


def test_a_full_hour_has_no_minutes() -> None:
    at = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    assert f"1er mars 2027 à 9{NO_BREAK}h" == french.moment(at, ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0.9, "depuis aujourd’hui"),
        (1, "depuis 1 jour"),
        (12.9, "depuis 12 jours"),
        (60, "depuis 60 jours"),
        (61, "depuis 2 mois"),
        (364, "depuis 11 mois"),
        (365, "depuis 12 mois"),
        (303, "depuis 10 mois"),
        (729, "depuis 23 mois"),
        (730, "depuis 2 ans"),
    ],
)
def test_elapsed_time_is_never_rounded_up(days: float, expected: str) -> None:
    assert expected == french.ago(timedelta(days=days)).replace(NO_BREAK, " ")


def test_a_list_ends_with_et() -> None:
    assert ["", "A", "A et B", "A, B et C"] == [french.listing("ABC"[:n]) for n in range(4)]


def test_numbers_take_narrow_no_break_spaces_and_zero_is_singular() -> None:
    assert "12\u202f000" == french.number(12_000)
    counted = [french.counted(n, "jour", "jours").replace(NO_BREAK, " ") for n in (0, 1, 2)]
    assert ["0 jour", "1 jour", "2 jours"] == counted


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Fourmies", "de Fourmies", "à Fourmies"),
        ("Aizenay", "d’Aizenay", "à Aizenay"),
        ("Œting", "d’Œting", "à Œting"),
        ("Étretat", "d’Étretat", "à Étretat"),
        ("Y", "d’Y", "à Y"),
        ("Hautmont", "de Hautmont", "à Hautmont"),
        ("Le Poiré-sur-Vie", "du Poiré-sur-Vie", "au Poiré-sur-Vie"),
        ("Les Herbiers", "des Herbiers", "aux Herbiers"),
        ("La Roche-sur-Yon", "de La Roche-sur-Yon", "à La Roche-sur-Yon"),
        ("L’Île-d’Yeu", "de L’Île-d’Yeu", "à L’Île-d’Yeu"),
        ("Lesquin", "de Lesquin", "à Lesquin"),
        ("Le", "de Le", "à Le"),
        ("", "de ", "à "),
    ],
)
def test_de_and_a_are_elided_and_contracted_before_a_name(name: str, of: str, at: str) -> None:
    assert (of, at) == (french.of(name), french.at(name))
