"""Errors of the domain layer."""


class DomainError(Exception):
    """A rule of the domain does not allow this."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__class__.__doc__)


class IllegalTransition(DomainError):
    """The project is not in a state from which this can be done."""
