"""The database, opened for one command."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.commands.faults import CommandError
from config.settings import Settings
from storage import StorageError, Store, open_store


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


@contextmanager
def storage_faults() -> Iterator[None]:
    """What the storage cannot do is a fault of the command."""
    try:
        yield
    except StorageError as error:
        raise CommandError(str(error)) from error


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store, closed at the end, beside a service that may run; it takes no files.

    Raises CommandError.
    """
    with storage_faults():
        store = open_store(
            settings.database_url,
            data_dir=settings.data_dir,
            now=utc_now,
            worker_id=f"command-{os.getpid()}-{secrets.token_hex(4)}",
            file_types={},
            max_file_size=0,
            connections=1,
            beside=True,
        )
        try:
            yield store
        finally:
            store.close()
