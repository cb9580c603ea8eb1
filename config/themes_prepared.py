"""The vocabulary of themes in the form in which it is looked up, packaged for a quick start."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from bot.domain.understanding.vocabulary.phrases import Pair, Phrases, compile_phrases
from config.themes_written import VocabularyError, read_written

PREPARED = "prepared.json.gz"
_FORM = b"1"  # of the tables; another one makes what was packaged before out of date


@dataclass(frozen=True, slots=True)
class PreparedThemes:
    """The vocabulary of some files, and the stamp of those files."""

    stamp: str
    labels: Mapping[str, str]
    transversal: frozenset[str]
    phrases: Phrases


def stamp(files: Sequence[Traversable]) -> str:
    """The same for the same files, and for them only."""
    digest = hashlib.blake2b(_FORM, digest_size=16)
    for file in files:
        digest.update(f"\n{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def prepare(files: Sequence[Traversable]) -> PreparedThemes:
    """The vocabulary of these files. Raises `VocabularyError` for what is wrong in them."""
    written = read_written(files)
    try:
        phrases = compile_phrases(written.expressions())
    except ValueError as error:
        raise VocabularyError(str(error)) from error
    return PreparedThemes(
        stamp(files),
        {slug: theme.label for slug, theme in written.themes.items()},
        frozenset(slug for slug, theme in written.themes.items() if theme.transversal),
        phrases,
    )


def pack(prepared: PreparedThemes) -> bytes:
    """The bytes that `unpack` reads; the same vocabulary gives the same."""
    phrases = prepared.phrases
    of = list(zip(phrases.signs, phrases.weights, strict=True))
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(of))}
    tables = {
        "stamp": prepared.stamp,
        "labels": prepared.labels,
        "transversal": sorted(prepared.transversal),
        "kinds": list(kinds),
        "expressions": [kinds[kind] for kind in of],
        "branches": phrases.branches,
        "ends": [ends or None for ends in phrases.ends],
        "literal": phrases.literal,
        "pairs": phrases.pairs,
        "spellings": phrases.spellings,
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
            _phrases(tables),
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None


def _phrases(tables: Mapping[str, Any]) -> Phrases:
    kinds = tables["kinds"]
    return Phrases(
        [kinds[kind][0] for kind in tables["expressions"]],
        [kinds[kind][1] for kind in tables["expressions"]],
        tables["branches"],
        [ends or () for ends in tables["ends"]],
        tables["literal"],
        [Pair(*pair) for pair in tables["pairs"]],
        tables["spellings"],
    )
