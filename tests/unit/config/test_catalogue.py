from pathlib import Path

import pytest

from config.catalogue import load_catalogue
from config.errors import ConfigError
from tests.support.shipped import catalogue


def test_the_catalogue_holds_portals_texts_themes_and_places() -> None:
    assert 18 == len(catalogue().themes.slugs)
    assert "sosponts" == catalogue().portal_of("pont").slug
    assert "mon-espace-collectivite" == catalogue().portal_of(None).slug
    assert "85" in catalogue().known.departements
    assert "Fourmies" == catalogue().territories.communes["59249"].name


def test_the_portal_of_a_message_is_that_of_its_theme() -> None:
    understood = catalogue().reader.understand("Une friche industrielle à Fourmies, que faire ?")
    assert "urbanvitaliz" == catalogue().portal_of(understood.theme).slug


def test_a_theme_that_no_file_describes_is_a_fault_of_the_portal(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'name = "A"\nprefix = "AA"\npresentation = "A"\nreads = "A"\nthemes = ["frich"]\n',
        encoding="utf-8",
    )
    with pytest.raises(
        ConfigError, match="portal own: unknown theme “frich”; did you mean “friche”"
    ):
        load_catalogue(tmp_path)
