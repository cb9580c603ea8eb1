"""Loads the packaged territory data into the domain's index."""

import gzip
import tomllib
from array import array
from importlib import resources

from bot.domain.territory import (
    Communes,
    Departement,
    Epci,
    FormerName,
    Gazette,
    Region,
    TerritoryIndex,
)
from bot.domain.understanding.words.spelling import heard_name, intern_all

_FOLDER = "territory_data"
_FILE = "france.tsv.gz"
_USUAL = "usual_names.toml"


def load_territories() -> TerritoryIndex:
    """The index of all the packaged data."""
    return TerritoryIndex(load_gazette())


def load_gazette() -> Gazette:
    """The packaged data, with its date (`vintage`) and sources."""
    folder = resources.files("config").joinpath(_FOLDER)
    packed = folder.joinpath(_FILE).read_bytes()
    usual = tomllib.loads(folder.joinpath(_USUAL).read_text(encoding="utf-8"))
    sections = _sections(gzip.decompress(packed))
    return Gazette(
        vintage=sections["vintage"][0],
        sources=tuple(sections["sources"]),
        communes=_communes(sections),
        former=(
            *(FormerName(*row.split("\t")) for row in sections["former"]),
            *(_usual_name(name, code) for name, code in usual["communes"].items()),
        ),
        epcis=tuple(_epci(row) for row in sections["epcis"]),
        departements=tuple(Departement(*row.split("\t")) for row in sections["departements"]),
        regions=tuple(Region(*row.split("\t")) for row in sections["regions"]),
        areas={name: tuple(codes) for name, codes in usual["areas"].items()},
    )


def _sections(packed: bytes) -> dict[str, list[str]]:
    """The rows of each section. Decoded one section at a time: memory is less fragmented."""
    sections: dict[str, list[str]] = {}
    for block in packed.removeprefix(b"[").removesuffix(b"\n").split(b"\n["):
        name, _, rows = block.partition(b"]\n")
        sections[name.decode()] = rows.decode().split("\n")
    return sections


def _communes(sections: dict[str, list[str]]) -> Communes:
    return Communes(
        sections["commune codes"],
        sections["commune names"],
        array("i", [int(number or -1) for number in sections["commune populations"]]),
        intern_all(sections["commune postcodes"]),
        intern_all(sections["commune epcis"]),
        cores=sections["commune cores"],
        heard=sections["commune sounds"],
    )


def _usual_name(name: str, code: str) -> FormerName:
    return FormerName(name, code, heard_name(name))


def _epci(row: str) -> Epci:
    siren, kind, name, population = row.split("\t")
    return Epci(siren, kind, name, int(population) if population else None)
