"""The packaged file made from official files."""

import gzip
import json
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.territory_build import build

COMMUNE = {"code": "01001", "nom": "L'Abergement", "type": "commune-actuelle", "population": 860}
FORMER = {"code": "01002", "nom": "Vieux", "type": "commune-deleguee", "chefLieu": "01001"}
EPCI = {
    "code": "200000001",
    "nom": "CC du Test",
    "type": "CC",
    "populationMunicipale": 860,
    "membres": [{"code": "01001"}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "communes": [{**COMMUNE, "codesPostaux": ["01400", "01410"]}, FORMER],
        "epci": [EPCI],
        "departements": [{"code": "01", "nom": "Ain", "region": "84"}],
        "regions": [{"code": "84", "nom": "Auvergne-Rhône-Alpes"}],
    }
    for name, rows in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    return tmp_path


def test_the_packaged_file_holds_what_the_official_files_say(folder: Path) -> None:
    target = folder / "out.gz"

    size = build(folder, target, "2026")

    text = gzip.decompress(target.read_bytes()).decode()
    assert target.stat().st_size == size
    assert "[vintage]\n2026\n" in text
    assert "[commune postcodes]\n01400 01410\n" in text
    assert "[commune epcis]\n200000001\n" in text
    assert "[former]\nVieux\t01001\t" in text
    assert "200000001\tCC\tdu Test\t860\n" in text


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    build(folder, folder / "one.gz", "2026")
    build(folder, folder / "two.gz", "2026")

    assert (folder / "one.gz").read_bytes() == (folder / "two.gz").read_bytes()


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_a_missing_or_broken_file_is_an_error_that_names_it(
    folder: Path, content: str | None
) -> None:
    path = folder / "epci.json"
    if content is None:
        path.unlink()
    else:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigError, match=r"epci\.json"):
        build(folder, folder / "out.gz", "2026")
