"""The packaged territories and their index."""

from pathlib import Path

import pytest

from bot.domain.territory import TerritoryIndex, TerritoryKind
from bot.domain.understanding.words.spelling import heard_name
from config.territory import load_territories


@pytest.fixture(scope="module")
def index() -> TerritoryIndex:
    return load_territories()


def test_a_commune_is_found_by_its_insee_code(index: TerritoryIndex) -> None:
    commune = index.get("85092")

    assert commune is not None
    assert (TerritoryKind.COMMUNE, "Fontenay-le-Comte", "85", ("85",)) == (
        commune.kind,
        commune.name,
        commune.departement,
        commune.departements,
    )


def test_an_epci_has_the_departement_of_its_largest_member(index: TerritoryIndex) -> None:
    epci = index.get("200044394")

    assert epci is not None
    assert (TerritoryKind.EPCI, "33") == (epci.kind, epci.departement)


@pytest.mark.parametrize(("code", "name"), [("2A", "Corse-du-Sud"), ("974", "La Réunion")])
def test_a_departement_has_its_name(index: TerritoryIndex, code: str, name: str) -> None:
    assert name == index.departement_name(code)


def test_what_is_unknown_is_none_or_itself(index: TerritoryIndex) -> None:
    assert index.get("00000") is None
    assert "ZZ" == index.departement_name("ZZ")
    assert () == index.members("0")
    assert () == index.with_postcode("00000")


def test_overseas_communes_have_a_departement_of_three_digits(index: TerritoryIndex) -> None:
    commune = index.get("97421")

    assert commune is not None
    assert "974" == commune.departement


def test_a_postcode_gives_all_its_communes(index: TerritoryIndex) -> None:
    assert ("73040", "73047", "73290") == index.with_postcode("73480")


def test_the_data_is_complete_dated_and_small(index: TerritoryIndex) -> None:
    packaged = Path(__file__).parents[3] / "config" / "territory_data" / "france.tsv.gz"

    assert 34_969 == len(index.communes)
    assert 1_255 == len(index.epcis)
    assert 109 == len(index.departements)
    assert "2026" == index.vintage
    assert any("INSEE" in source for source in index.sources)
    assert 1_000_000 > packaged.stat().st_size


def test_the_packaged_sounds_are_those_of_the_code(index: TerritoryIndex) -> None:
    communes = index.communes
    for place in range(0, len(communes), 500):
        assert heard_name(communes.names[place]) == communes.heard[place]


def test_usual_and_former_names_lead_to_current_communes(index: TerritoryIndex) -> None:
    lost = [former.name for former in index.former if former.code not in index.communes]

    assert [] == lost
