"""Every sentence said to people, from config/texts/*.toml.

A text is named by its tables and key, « intake.ask_place ». It has named fields:

- `{name}`: the value; a whole number as French writes it, words so that they show as typed;
- `{days:plural(jour,jours)}`: the number with the word it takes, « 1 jour », « 12 jours »;
- `{place:de}`, `{place:à}`: « d’Aizenay », « du Poiré-sur-Vie »; « aux Herbiers ».

A brace that is not a field is doubled.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from bot.domain.wording.markup import escape, plain
from config import french
from config.errors import ConfigError
from config.strict_toml import flatten, nearest, read_toml

SHIPPED = Path(__file__).with_name("texts")
_PLURAL = re.compile(r"plural\(([^,()]+),([^,()]+)\)")
Value = str | int


class Raw(str):
    """Words that are markup already, put into a text as they are."""

    __slots__ = ()


class _Piece(NamedTuple):
    """Words of a text, and the field that follows them (none after the last words)."""

    words: str
    field: str | None
    write: Callable[[Value], str]


class Texts:
    """The texts by name. Raises ConfigError, at once, for a text that could never be filled."""

    def __init__(self, templates: Mapping[str, object]) -> None:
        faults: list[str] = []
        self._texts: dict[str, list[_Piece]] = {}
        for key, template in templates.items():
            try:
                self._texts[key] = _pieces(template)
            except ValueError as error:
                faults.append(f"text “{key}”: {error}")
        if faults:
            raise ConfigError(faults)

    def __call__(self, key: str, **values: Value) -> str:
        """The text with its fields filled; values it has no field for are ignored.

        Raises ConfigError if there is no such text or a field has no value.
        """
        try:
            return "".join(
                words if field is None else words + write(values[field])
                for words, field, write in self._texts[key]
            )
        except KeyError as error:
            if key not in self._texts:
                hint = nearest(key, self._texts)
                raise ConfigError(f"text “{key}” is missing; the nearest is “{hint}”") from error
            raise ConfigError(f"text “{key}” needs a value for {error}") from error

    def label(self, key: str, **values: Value) -> str:
        """The text without marks, for choices, titles, and as a value of other texts."""
        return plain(self(key, **values))

    @property
    def keys(self) -> frozenset[str]:
        """The names of all texts."""
        return frozenset(self._texts)


def load_texts(folder: Path = SHIPPED) -> Texts:
    """The texts of every file of the folder. Raises ConfigError, also for one written twice."""
    templates: dict[str, object] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        own = flatten(read_toml(path))
        faults += [
            f"{path}: text “{key}” is in another file too" for key in own if key in templates
        ]
        templates |= own
    if faults:
        raise ConfigError(faults)
    return Texts(templates)


def _pieces(template: object) -> list[_Piece]:
    if not isinstance(template, str):
        raise ValueError("a text is expected")  # noqa: TRY004
    return [
        _Piece(words, field, _writer(field, spec or "", conversion))
        for words, field, spec, conversion in Formatter().parse(template)
    ]


def _writer(field: str | None, spec: str, conversion: str | None) -> Callable[[Value], str]:
    if field is not None and (conversion or not field.isidentifier()):
        raise ValueError(f"“{field}” is not a plain field name")
    if spec in _FORMS:
        return _FORMS[spec]
    plural = _PLURAL.fullmatch(spec)
    if plural is None:
        raise ValueError(f"unknown form “{spec}” of field “{field}”")
    one, several = plural[1].strip(), plural[2].strip()
    return lambda value: french.counted(int(value), one, several)


def _written(value: Value) -> str:
    if isinstance(value, Raw):
        return value
    return escape(value) if isinstance(value, str) else french.number(value)


_FORMS: Mapping[str, Callable[[Value], str]] = {
    "": _written,
    "de": lambda value: french.of(_written(value)),
    "à": lambda value: french.at(_written(value)),
}
