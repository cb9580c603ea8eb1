"""Short answers to the assistant's questions."""

import pytest

from bot.domain.territory import TerritoryIndex
from bot.domain.understanding import Reader, TerritoryStatus

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
    assert (kept,) == reader.settle(answer, CHARROUX)


@pytest.mark.parametrize("answer", ["je ne sais pas", "", "???"])
def test_an_answer_that_says_nothing_keeps_all_candidates(reader: Reader, answer: str) -> None:
    assert CHARROUX == reader.settle(answer, CHARROUX)


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
