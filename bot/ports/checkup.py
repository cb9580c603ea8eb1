"""What a check-up finds, for operators: in English, on one line each, without any secret."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How bad a finding is. A fault keeps something from working; a warning may."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what was found; what to do about it, unless all is well."""

    level: Level
    what: str
    said: str
    todo: str = ""


def ok(what: str, said: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, what, said)


def warning(what: str, said: str, todo: str) -> Finding:
    """It works, or will, but not as well or not for long."""
    return Finding(Level.WARNING, what, said, todo)


def fault(what: str, said: str, todo: str) -> Finding:
    """It does not work."""
    return Finding(Level.FAULT, what, said, todo)
