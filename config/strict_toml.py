"""Reads TOML files strictly: an unknown key is a fault that names the one probably meant."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from config.errors import ConfigError

Table = dict[str, Any]


def read_toml(path: Path) -> Table:
    """The table in a file. Raises ConfigError if it cannot be read or is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def nearest(name: str, known: Collection[str]) -> str:
    """The known name that looks most like this one; empty if none is known."""
    if not known:
        return ""
    return process.extractOne(name, sorted(known), scorer=OSA.normalized_similarity)[0]


def unknown_key_fault(where: str, name: str, known: Collection[str]) -> str:
    """The fault of an unknown key, with the known one that looks most like it."""
    hint = nearest(name, known)
    return f"{where}: unknown key “{name}”" + (f"; did you mean “{hint}”?" if hint else "")


def key_faults(
    where: str, table: Mapping[str, Any], known: Collection[str], required: Collection[str] = ()
) -> list[str]:
    """The faults of a table's keys: unknown ones, and required ones that are missing."""
    faults = [unknown_key_fault(where, key, known) for key in table if key not in known]
    faults += [f"{where}: “{key}” is missing" for key in required if key not in table]
    return faults


def flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested tables as one, with dotted keys."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{name}.")
        else:
            flat[name] = value
    return flat
