"""Loads the packaged territory data into the domain's index."""

import gzip
import sys
import tomllib
from array import array
from importlib import resources

from bot.domain.territory import (
    Communes,
    Departement,
    Epci,
    FormerName,
    Region,
    TerritoryIndex,
)
from bot.domain.understanding.words.spelling import heard_name

_FOLDER = "territory_data"
_FILE = "france.tsv.gz"
_USUAL = "usual_names.toml"


def load_territories() -> TerritoryIndex:
    """The index of all the packaged data."""
    folder = resources.files("config").joinpath(_FOLDER)
    packed = folder.joinpath(_FILE).read_bytes()
    usual = tomllib.loads(folder.joinpath(_USUAL).read_text(encoding="utf-8"))
    sections = _sections(gzip.decompress(packed))
    departements = (Departement(*row.split("\t")) for row in sections["departements"])
    regions = (Region(*row.split("\t")) for row in sections["regions"])
    return TerritoryIndex(
        vintage=sections["vintage"][0],
        sources=sections["sources"],
        communes=_communes(sections),
        former=[
            *(FormerName(*row.split("\t")) for row in sections["former"]),
            *(FormerName(name, code, heard_name(name)) for name, code in usual["communes"].items()),
        ],
        epcis={epci.siren: epci for epci in map(_epci, sections["epcis"])},
        departements={departement.code: departement for departement in departements},
        regions={region.code: region for region in regions},
        areas=usual["areas"],
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
        list(map(sys.intern, sections["commune postcodes"])),
        list(map(sys.intern, sections["commune epcis"])),
        cores=sections["commune cores"],
        heard=sections["commune sounds"],
    )


def _epci(row: str) -> Epci:
    siren, kind, name, population = row.split("\t")
    return Epci(siren, kind, name, int(population) if population else None)
