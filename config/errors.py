"""Errors of the configuration: written for operators, one line for each fault."""

from collections.abc import Iterable


class ConfigError(Exception):
    """The configuration cannot be used."""

    def __init__(self, faults: str | Iterable[str] = ()) -> None:
        """`faults` are lines that each name one thing to correct."""
        self.faults = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(self.faults) or self.__class__.__doc__)
