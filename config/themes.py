"""The themes' vocabulary, read from `config/themes/`: one file a theme, one for situations."""

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from bot.domain.understanding.ordinary import OrdinaryWords
from bot.domain.understanding.vocabulary import Theme, ThemeVocabulary, Words
from config.errors import ConfigError

_FOLDER = "themes"
_SITUATIONS = "situations.toml"
_ORDINARY = "ordinary_words.bin"
_FIELDS = {"sure": "sure", "likely": "likely", "hint": "hint", "not": "excluded"}


class VocabularyError(ConfigError):
    """A vocabulary file is not as it should be."""


def load_themes() -> ThemeVocabulary:
    """The packaged vocabulary. Raises `VocabularyError` naming the file and the key at fault."""
    folder = resources.files("config").joinpath(_FOLDER)
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    themes = [_theme(f) for f in files if f.name != _SITUATIONS]
    situations = _read(folder.joinpath(_SITUATIONS))
    lists = {name: " / ".join(words) for name, words in situations.pop("lists", {}).items()}
    return ThemeVocabulary(
        {theme.slug: theme for theme in themes},
        {name: _words(_SITUATIONS, table, lists) for name, table in situations.items()},
        OrdinaryWords(folder.joinpath(_ORDINARY).read_bytes()),
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
