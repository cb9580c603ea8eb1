"""Makes the packaged territory data from the official files.

The folder given holds `communes.json`, `epci.json`, `departements.json` and `regions.json` in
the form of the package @etalab/decoupage-administratif (INSEE, DGCL, La Poste).
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.domain.understanding.words.spelling import core_name, heard_name
from config.errors import ConfigError

SOURCES = (
    "INSEE, code officiel géographique et populations légales",
    "DGCL, liste et composition des EPCI à fiscalité propre",
    "La Poste, base officielle des codes postaux",
    "données réunies par @etalab/decoupage-administratif (Licence Ouverte 2.0)",
)
_CURRENT = "commune-actuelle"
_FORMER = ("commune-deleguee", "commune-associee")


def build(folder: Path, target: Path, vintage: str) -> int:
    """Write the packaged file; return its size in bytes. The same input gives the same bytes."""
    communes, epcis = _read(folder, "communes"), _read(folder, "epci")
    sections = {
        "vintage": [vintage],
        "sources": list(SOURCES),
        **_commune_columns(communes, epcis),
        "former": sorted(set(_former_lines(communes))),
        "epcis": [
            _line(e["code"], e["type"], _own_name(e), e["populationMunicipale"]) for e in epcis
        ],
        "departements": [
            _line(d["code"], d["nom"], d["region"]) for d in _read(folder, "departements")
        ],
        "regions": [_line(r["code"], r["nom"]) for r in _read(folder, "regions")],
    }
    text = "".join(
        f"[{name}]\n" + "".join(f"{row}\n" for row in rows) for name, rows in sections.items()
    )
    packed = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    target.write_bytes(packed)
    return len(packed)


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / f"{name}.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error
    if not isinstance(rows, list) or not rows:
        raise ConfigError(f"{path}: a list of rows was expected")
    return rows


def _commune_columns(
    communes: Iterable[dict[str, Any]], epcis: Iterable[dict[str, Any]]
) -> dict[str, list[str]]:
    """The columns of the communes, a section each: loaded by one split, much faster than rows."""
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    current = sorted(
        (row for row in communes if row["type"] == _CURRENT), key=lambda row: str(row["code"])
    )
    return {
        "commune codes": [row["code"] for row in current],
        "commune names": [row["nom"] for row in current],
        "commune populations": [str(row.get("population", "")) for row in current],
        "commune postcodes": [" ".join(row.get("codesPostaux", ())) for row in current],
        "commune epcis": [epci_of.get(row["code"], "") for row in current],
        "commune cores": [core_name(row["nom"]) for row in current],
        "commune sounds": [heard_name(row["nom"]) for row in current],
    }


def _former_lines(communes: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in communes:
        if row["type"] in _FORMER:
            yield _line(row["nom"], row["chefLieu"], heard_name(row["nom"]))


def _own_name(epci: dict[str, Any]) -> str:
    """The name of an EPCI without its kind, which the file repeats before it."""
    name: str = epci["nom"]
    for kind in ("CC", "CA", "CU"):
        name = name.removeprefix(f"{kind} ")
    return name.strip()


def _line(*fields: object) -> str:
    return "\t".join(str(field) for field in fields)
