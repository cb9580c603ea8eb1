"""The database, opened for one command."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from config.settings import Settings
from storage import Store, open_store


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store, closed at the end; it takes no files. Raises StorageError."""
    store = open_store(
        settings.database_url,
        data_dir=settings.data_dir,
        now=utc_now,
        worker_id=f"command-{os.getpid()}-{secrets.token_hex(4)}",
        file_types={},
        max_file_size=0,
        connections=1,
    )
    try:
        yield store
    finally:
        store.close()
