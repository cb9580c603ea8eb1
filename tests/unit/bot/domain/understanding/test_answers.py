"""Short answers to the assistant's questions."""

import pytest

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding.reader import Reader
from bot.domain.understanding.reading import TerritoryStatus

CHARROUX = ("03062", "86061")  # Allier, Vienne


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("dans le 86", "86061"),
        ("03", "03062"),
        ("la Vienne", "86061"),
        ("celui de l'Allier", "03062"),
        ("86250", "86061"),
        ("la deuxième", "86061"),
        ("la première", "03062"),
        ("près de Poitiers", "86061"),
        ("à côté de Vichy", "03062"),
    ],
)
def test_an_answer_settles_a_homonym(reader: Reader, answer: str, kept: str) -> None:
    assert (kept,) == reader.narrow(answer, CHARROUX)


@pytest.mark.parametrize("answer", ["je ne sais pas", "", "???"])
def test_an_answer_that_says_nothing_keeps_all_candidates(reader: Reader, answer: str) -> None:
    assert CHARROUX == reader.narrow(answer, CHARROUX)


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("Mer", "Mer"),
        ("rue", "Rue"),
        ("Niort", "Niort"),
        ("fontenay le conte", "Fontenay-le-Comte"),
    ],
)
def test_a_place_is_read_from_its_name_alone(
    reader: Reader, territories: TerritoryIndex, answer: str, name: str
) -> None:
    reading = reader.place(answer)

    assert [name] == [territories.communes[code].name for code in reading.codes]


@pytest.mark.parametrize(
    "answer",
    [
        "Zblorgueville-les-Bains",
        "Zblorg sur Mer",
        "Villers les Zblorg",
        "Xyzt Saint-Martin",
        "Saint Machin",
        "St Zblorg",
    ],
)
def test_a_name_that_nobody_knows_is_not_read_as_a_piece_of_it(reader: Reader, answer: str) -> None:
    assert TerritoryStatus.ABSENT == reader.place(answer).status


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("Luçon, merci", "85128"),
        ("commune de Luçon", "85128"),
        ("Apremont 85", "85006"),
        ("Apremont en Vendée", "85006"),
        ("Luçon (85400)", "85128"),
    ],
)
def test_what_surrounds_a_name_does_not_hide_it(reader: Reader, answer: str, code: str) -> None:
    assert (code,) == reader.place(answer).codes


def test_a_departement_answered_without_homonym_gives_the_former_commune_of_that_name(
    reader: Reader,
) -> None:
    communes = reader.place("Azé").codes
    assert "53062" not in communes
    assert ("53062",) == reader.narrow("en Mayenne", communes)
    assert communes == reader.narrow("en Vendée", communes)


@pytest.mark.parametrize("answer", ["xyzzy", "", "..."])
def test_what_is_no_place_gives_none(reader: Reader, answer: str) -> None:
    assert TerritoryStatus.ABSENT == reader.place(answer).status


@pytest.mark.parametrize(
    ("answer", "slug"), [("une friche", "friche"), ("le pont", "pont"), ("le plu", "urbanisme")]
)
def test_a_theme_is_read_from_its_name(reader: Reader, answer: str, slug: str) -> None:
    named = reader.theme_named(answer)

    assert named is not None
    assert slug == named.slug


def test_no_theme_is_read_from_a_shrug(reader: Reader) -> None:
    assert reader.theme_named("bof") is None
