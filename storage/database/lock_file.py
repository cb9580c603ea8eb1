"""One process per SQLite database: a lock that the system lets go of when its holder dies."""

import fcntl
from collections.abc import Callable
from pathlib import Path

from storage.errors import AlreadyRunning, DatabaseUnavailable


def hold(path: Path) -> Callable[[], None]:
    """Take the lock beside the database; returns what lets go of it.

    Raises AlreadyRunning if another process has it, DatabaseUnavailable if no file can be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.with_name(path.name + ".lock").open("a")
    except OSError as error:
        raise DatabaseUnavailable(f"the database cannot be used: {error}") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AlreadyRunning from None
    return file.close
