"""The vocabulary of themes in the form in which it is looked up, packaged for a quick start."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from bot.domain.understanding.vocabulary.expressions import (
    ExpressionTables,
    Pair,
    compile_expressions,
)
from config.errors import ConfigError
from config.themes_written import read_written

PREPARED = "prepared.json.gz"
_FORM = b"1"  # of the tables; another one makes what was packaged before out of date


@dataclass(frozen=True, slots=True)
class PreparedThemes:
    """The vocabulary of some files, and the stamp of those files."""

    stamp: str
    labels: Mapping[str, str]
    transversal: frozenset[str]
    expressions: ExpressionTables


def stamp(files: Sequence[Traversable]) -> str:
    """The same for the same files, and for them only."""
    digest = hashlib.blake2b(_FORM, digest_size=16)
    for file in files:
        digest.update(f"\n{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def prepare(files: Sequence[Traversable]) -> PreparedThemes:
    """The vocabulary of these files. Raises ConfigError for what is wrong in them."""
    written = read_written(files)
    try:
        expressions = compile_expressions(written.expressions())
    except ValueError as error:
        raise ConfigError(str(error)) from error
    return PreparedThemes(
        stamp(files),
        {slug: theme.label for slug, theme in written.themes.items()},
        frozenset(slug for slug, theme in written.themes.items() if theme.transversal),
        expressions,
    )


def pack(prepared: PreparedThemes) -> bytes:
    """The bytes that `unpack` reads; the same vocabulary gives the same."""
    expressions = prepared.expressions
    of = list(zip(expressions.signs, expressions.weights, strict=True))
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(of))}
    tables = {
        "stamp": prepared.stamp,
        "labels": prepared.labels,
        "transversal": sorted(prepared.transversal),
        "kinds": list(kinds),
        "expressions": [kinds[kind] for kind in of],
        "branches": expressions.branches,
        "ends": [ends or None for ends in expressions.ends],
        "literal": expressions.literal,
        "pairs": expressions.pairs,
        "spellings": expressions.spellings,
    }
    return gzip.compress(json.dumps(tables, separators=(",", ":")).encode(), mtime=0)


def unpack(packed: bytes) -> PreparedThemes | None:
    """What was packed; None where the bytes are no such thing, or of another form."""
    try:
        tables = json.loads(gzip.decompress(packed))
        return PreparedThemes(
            tables["stamp"],
            tables["labels"],
            frozenset(tables["transversal"]),
            _expressions(tables),
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None


def _expressions(tables: Mapping[str, Any]) -> ExpressionTables:
    kinds = tables["kinds"]
    return ExpressionTables(
        [kinds[kind][0] for kind in tables["expressions"]],
        [kinds[kind][1] for kind in tables["expressions"]],
        tables["branches"],
        [ends or () for ends in tables["ends"]],
        tables["literal"],
        [Pair(*pair) for pair in tables["pairs"]],
        tables["spellings"],
    )
