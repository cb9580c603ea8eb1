"""Reads a roster: the advisors in a CSV file, which is taken whole or refused whole.

Columns: nom, organisation, role (conseiller, observateur, equipe), portails, themes, departements.
The last three are lists, separated by spaces or by |. No theme means all those of the portals, no
département the whole country. Two columns may be added: matrix (`@name:server`) and telegram (the
number that Telegram gives an account).
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.people import Role
from bot.domain.wording.folding import fold
from config.errors import ConfigError
from config.strict_toml import nearest

COLUMNS = ("nom", "organisation", "role", "portails", "themes", "departements")
ROLES = {
    "conseiller": Role.ADVISOR,
    "conseillere": Role.ADVISOR,
    "observateur": Role.OBSERVER,
    "observatrice": Role.OBSERVER,
    "equipe": Role.COORDINATOR,
}
NETWORKS = ("matrix", "telegram")
"""The optional columns, each called like its network."""

_WRITTEN = {
    "matrix": re.compile(r"@[^\s:]+:(?P<server>[^\s:]+(?::\d{1,5})?)", re.ASCII),
    "telegram": re.compile(r"[1-9]\d{0,18}", re.ASCII),
}
_EXPECTED = {"matrix": "@name:server", "telegram": "a number, the account's"}

LONGEST_NAME = 120
_EXTRA = ""


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person of the file. `line` is the number of its last line; no themes or départements mean
    all of them; `addresses` are pairs of network and address.
    """

    line: int
    name: str
    organisation: str
    role: Role
    portals: tuple[str, ...]
    themes: tuple[str, ...]
    departements: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a roster may name: slugs of portals and themes, codes of départements, and the Matrix
    servers of people (None: any).
    """

    portals: Collection[str]
    themes: Collection[str]
    departements: Collection[str]
    servers: Collection[str] | None = None


def decode(content: bytes) -> tuple[str, str | None]:
    """The text of a file, and a notice for the operator if it was not UTF-8."""
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        notice = "not UTF-8: read as Windows-1252, as Excel writes it; check the accents"
        return content.decode("cp1252", errors="replace"), notice


def read_roster(text: str, known: Known) -> list[RosterLine]:
    """The people of the file. Raises ConfigError, which names each broken line by its number."""
    faults: list[str] = []
    lines: list[RosterLine] = []
    for number, cells in _rows(text):
        line, wrong = _line(number, cells, known)
        faults += [f"line {number}: {fault}" for fault in wrong]
        lines += [line] if line else []
    faults += _repetition_faults(lines)
    if not lines and not faults:
        faults.append("no line below the heading")
    if faults:
        raise ConfigError(faults)
    return lines


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The number of each line that is not empty, and its cells by column."""
    heading = text.lstrip().partition("\n")[0]
    separator = ";" if heading.count(";") >= heading.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    columns: list[str] = []
    try:
        for row in reader:
            cells = [_tidy(cell) for cell in row]
            if not any(cells):
                continue
            if not columns:
                columns = _heading(cells, reader.line_num)
            else:
                extra = {_EXTRA: " ".join(cells[len(columns) :])}
                yield reader.line_num, dict(zip(columns, cells, strict=False)) | extra
    except csv.Error as error:
        raise ConfigError(f"line {reader.line_num}: not CSV: {error}") from error
    if not columns:
        raise ConfigError("the file is empty")


def _heading(cells: list[str], number: int) -> list[str]:
    columns, allowed = [fold(cell) for cell in cells], (*COLUMNS, *NETWORKS)
    faults = [
        f"line {number}: unknown column “{cell}”; did you mean “{nearest(column, allowed)}”?"
        for cell, column in zip(cells, columns, strict=True)
        if column not in allowed
    ]
    faults += [f"line {number}: no column “{name}”" for name in COLUMNS if name not in columns]
    faults += [
        f"line {number}: two columns “{name}”" for name in allowed if columns.count(name) > 1
    ]
    if faults:
        raise ConfigError(faults)
    return columns


def _line(
    number: int, cells: Mapping[str, str], known: Known
) -> tuple[RosterLine | None, list[str]]:
    faults = ["more cells than columns"] if cells[_EXTRA] else []
    name, organisation = cells.get("nom", ""), cells.get("organisation", "")
    for column, value in (("nom", name), ("organisation", organisation)):
        if not value:
            faults.append(f"{column} is empty")
        elif len(value) > LONGEST_NAME:
            faults.append(f"{column} is longer than {LONGEST_NAME} characters")
    role = ROLES.get(fold(cells.get("role", "")))
    if role is None:
        faults.append(f"role “{cells.get('role', '')}” is none of conseiller, observateur, equipe")
    portals = _read_list("portal", cells.get("portails", ""), known.portals, str.lower, faults)
    themes = _read_list("theme", cells.get("themes", ""), known.themes, str.lower, faults)
    departements = _read_list(
        "département", cells.get("departements", ""), known.departements, _departement, faults
    )
    if not portals and not cells.get("portails"):
        faults.append("portails is empty")
    addresses = _addresses(cells, known.servers, faults)
    if faults or role is None:
        return None, faults
    line = RosterLine(number, name, organisation, role, portals, themes, departements, addresses)
    return line, []


def _read_list(
    what: str,
    cell: str,
    known: Collection[str],
    spelt: Callable[[str], str],
    faults: list[str],
) -> tuple[str, ...]:
    items = dict.fromkeys(spelt(item) for item in cell.replace("|", " ").split())
    faults += [
        f"unknown {what} “{item}”; did you mean “{nearest(item, known)}”?"
        for item in items
        if item not in known
    ]
    return tuple(items)


def _departement(code: str) -> str:
    """The code as INSEE writes it, where spreadsheets drop the 0 of 01 and people write 2a."""
    return code.upper().rjust(2, "0")


def _addresses(
    cells: Mapping[str, str], servers: Collection[str] | None, faults: list[str]
) -> tuple[tuple[str, str], ...]:
    """The pairs of network and address in a line. `servers` are the Matrix servers whose people
    may be invited; None: all of them.
    """
    found: list[tuple[str, str]] = []
    for network in NETWORKS:
        address = cells.get(network, "")
        if not address:
            continue
        match = _WRITTEN[network].fullmatch(address)
        if match is None:
            faults.append(f"{network} “{address}” is wrong; expected {_EXPECTED[network]}")
        elif network == "matrix" and servers is not None and match["server"] not in servers:
            faults.append(f"matrix “{address}”: the server “{match['server']}” is not allowed")
        else:
            found.append((network, address))
    return tuple(found)


def _repetition_faults(lines: Sequence[RosterLine]) -> list[str]:
    """The people, then the addresses, that an earlier line has."""
    first: dict[tuple[str, ...], RosterLine] = {}
    people = [
        (identity(line.name, line.organisation), line, f"“{line.name}” of “{line.organisation}”")
        for line in lines
    ]
    addresses = [
        (("", *pair), line, f"{pair[0]} “{pair[1]}”") for line in lines for pair in line.addresses
    ]
    return [
        f"line {line.line}: {what} is on line {earlier.line} too"
        for key, line, what in (*people, *addresses)
        if (earlier := first.setdefault(key, line)) is not line
    ]


def identity(name: str, organisation: str) -> tuple[str, str]:
    """The key of an entry: the same whatever the accents, case or hyphens."""
    return fold(_tidy(name)), fold(_tidy(organisation))


def _tidy(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())
