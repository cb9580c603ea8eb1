"""What the assistant does as the first conversation goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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


@dataclass(frozen=True, slots=True)
class Summarise:
    """Show what was understood and ask whether it may be sent."""


@dataclass(frozen=True, slots=True)
class Warn:
    """Give the safety instructions, before anything else."""


@dataclass(frozen=True, slots=True)
class Submit:
    """The person confirmed: the project is submitted."""


@dataclass(frozen=True, slots=True)
class Abandon:
    """The person gave up; nothing is kept."""


Effect = (
    Say | Ask | AskWhichPlace | AskWhetherPlace | AskTheme | Summarise | Warn | Submit | Abandon
)
