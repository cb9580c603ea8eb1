"""The vocabulary as teams write it in `config/themes/`: one file a theme, two of situations."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from bot.domain.understanding.vocabulary.vocabulary import SituationWords, Theme, WrittenVocabulary
from config.errors import ConfigError

THEMES = resources.files("config").joinpath("themes")
_SITUATIONS = ("situations.toml", "danger.toml")
_FIELDS = {"sure": "sure", "likely": "likely", "hint": "hint", "not": "excluded"}


def written_files() -> tuple[Traversable, ...]:
    """The packaged files of the vocabulary, by name."""
    files = (file for file in THEMES.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(files, key=lambda file: file.name))


def read_written(files: Iterable[Traversable]) -> WrittenVocabulary:
    """The vocabulary in these files. Raises ConfigError naming the file and key at fault."""
    files = tuple(files)
    themes = [_theme(file) for file in files if file.name not in _SITUATIONS]
    told = [file for file in files if file.name in _SITUATIONS]
    situations = {name: words for file in reversed(told) for name, words in _situations(file)}
    return WrittenVocabulary({theme.slug: theme for theme in themes}, situations)


def _theme(file: Traversable) -> Theme:
    table, lists = _read(file)
    label = table.pop("label", None)
    if not isinstance(label, str):
        raise ConfigError(f"{file.name}: label is missing")
    transversal = table.pop("transversal", False)
    if not isinstance(transversal, bool):
        raise ConfigError(f"{file.name}: transversal must be true or false")
    slug = file.name.removesuffix(".toml")
    return Theme(slug, label, _words(file.name, table, lists), transversal)


def _situations(file: Traversable) -> Iterator[tuple[str, SituationWords]]:
    tables, lists = _read(file)
    for name, table in tables.items():
        yield name, _words(file.name, table, lists)


def _read(file: Traversable) -> tuple[dict[str, Any], dict[str, str]]:
    """What the file says, and its lists, each as alternatives."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file.name}: {error}") from error
    lists = table.pop("lists", {})
    return table, {name: " / ".join(words) for name, words in lists.items()}


def _words(file: str, table: object, lists: Mapping[str, str]) -> SituationWords:
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: a table of lists was expected")
    unknown = sorted(set(table) - set(_FIELDS))
    if unknown:
        raise ConfigError(f"{file}: unknown key {unknown[0]} (known: {sorted(_FIELDS)})")
    for key, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ConfigError(f"{file}: {key} must be a list of expressions")
    return SituationWords(
        **{
            field: tuple(_with_lists(file, words, lists) for words in table.get(key, ()))
            for key, field in _FIELDS.items()
        }
    )


def _with_lists(file: str, words: str, lists: Mapping[str, str]) -> str:
    """The expression with each `@name` replaced by the alternatives of that list."""

    def alternatives(match: re.Match[str]) -> str:
        name = match[1]
        if name not in lists:
            raise ConfigError(f"{file}: no list named @{name}, in « {words} »")
        return lists[name]

    return re.sub(r"@(\w+)", alternatives, words)
