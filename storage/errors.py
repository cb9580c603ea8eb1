"""Errors of the storage layer. They are for operators; none repeats what people wrote."""


class StorageError(Exception):
    """The storage cannot do this."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__class__.__doc__)


class DatabaseUnavailable(StorageError):
    """The database cannot be used: gone, locked by another program, or damaged."""


class AlreadyRunning(StorageError):
    """Another process uses this SQLite database; stop it first, or use PostgreSQL for several."""


class NewerDatabase(StorageError):
    """The database was made by a newer Fil Rouge; run that version, or restore a backup."""


class Conflict(StorageError):
    """Others kept changing the same records; the work was rerun and gave up."""


class DatabaseRefused(StorageError):
    """The database refused the statement; this is a fault of the program."""
