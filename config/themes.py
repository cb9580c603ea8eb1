"""The themes' vocabulary, read from `config/themes/`: one file a theme, one for situations."""

import gzip
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from bot.domain.understanding.associations import Associations
from bot.domain.understanding.ordinary import OrdinaryWords
from bot.domain.understanding.vocabulary import Theme, ThemeVocabulary, Words
from config.errors import ConfigError

_FOLDER = "themes"
_SITUATIONS = ("situations.toml", "danger.toml")
_ORDINARY = "ordinary_words.bin"
_ASSOCIATIONS = "associations.txt.gz"
_FIELDS = {"sure": "sure", "likely": "likely", "hint": "hint", "not": "excluded"}


class VocabularyError(ConfigError):
    """A vocabulary file is not as it should be."""


def load_themes() -> ThemeVocabulary:
    """The packaged vocabulary. Raises `VocabularyError` naming the file and the key at fault."""
    folder = resources.files("config").joinpath(_FOLDER)
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    themes = [_theme(f) for f in files if f.name not in _SITUATIONS]
    situations = {n: w for file in _SITUATIONS for n, w in _situations(folder.joinpath(file))}
    return ThemeVocabulary(
        {theme.slug: theme for theme in themes},
        situations,
        OrdinaryWords(folder.joinpath(_ORDINARY).read_bytes()),
        _associations(folder.joinpath(_ASSOCIATIONS)),
    )


def _associations(file: Traversable) -> Associations:
    """Lines of a word and its letters; the first two are the subjects and where they begin."""
    text = gzip.decompress(file.read_bytes()).decode("ascii")
    subjects, always, lines = text.split("\n", 2)
    columns = lines.split()
    places = dict(zip(columns[::2], range(len(columns) // 2), strict=True))
    return Associations(
        tuple(subjects.split(" ")[1:]), always.split(" ")[1], places, "".join(columns[1::2])
    )


def _theme(file: Traversable) -> Theme:
    table = _read(file)
    label = table.pop("label", None)
    if not isinstance(label, str):
        raise VocabularyError(f"{file.name}: label is missing")
    transversal = table.pop("transversal", False)
    if not isinstance(transversal, bool):
        raise VocabularyError(f"{file.name}: transversal must be true or false")
    lists = {name: " / ".join(words) for name, words in table.pop("lists", {}).items()}
    slug = file.name.removesuffix(".toml")
    return Theme(slug, label, _words(file.name, table, lists), transversal)


def _situations(file: Traversable) -> Iterator[tuple[str, Words]]:
    tables = _read(file)
    lists = {name: " / ".join(words) for name, words in tables.pop("lists", {}).items()}
    for name, table in tables.items():
        yield name, _words(file.name, table, lists)


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{file.name}: {error}") from error


def _words(file: str, table: object, lists: Mapping[str, str] | None = None) -> Words:
    if not isinstance(table, dict):
        raise VocabularyError(f"{file}: a table of lists was expected")
    unknown = sorted(set(table) - set(_FIELDS))
    if unknown:
        raise VocabularyError(f"{file}: unknown key {unknown[0]} (known: {sorted(_FIELDS)})")
    for key, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise VocabularyError(f"{file}: {key} must be a list of expressions")
    named = lists or {}
    return Words(
        **{
            field: tuple(_with_lists(file, words, named) for words in table.get(key, ()))
            for key, field in _FIELDS.items()
        }
    )


def _with_lists(file: str, words: str, lists: Mapping[str, str]) -> str:
    """The expression with each `@name` replaced by the alternatives of that list."""

    def alternatives(match: re.Match[str]) -> str:
        name = match[1]
        if name not in lists:
            raise VocabularyError(f"{file}: no list named @{name}, in « {words} »")
        return lists[name]

    return re.sub(r"@(\w+)", alternatives, words)
