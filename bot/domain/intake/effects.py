"""What the assistant does as the first conversation goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person something."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the person something; `options` are the keys of the answers offered."""

    text: str
    options: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskWhichPlace:
    """Ask which of these places is meant; the answer offered for each is `code:` and its code."""

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskWhetherPlace:
    """Ask whether one of these places, whose name was nearly said, is meant: `meant` or
    `not_meant`.
    """

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskTheme:
    """Ask what the project is about; answers are `theme:` and a slug, or `themeless`."""


class Act(Enum):
    """What needs no more words."""

    SUMMARISE = "show what was understood and ask whether it may be sent"
    WARN = "give the safety instructions, before anything else"
    SUBMIT = "the person confirmed: the project is submitted"
    ABANDON = "the person gave up; nothing is kept"


Effect = Say | Ask | AskWhichPlace | AskWhetherPlace | AskTheme | Act
