"""The database, opened for one command."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.commands.faults import CommandError
from config.data_folder import make_data_folder
from config.settings import Settings
from storage import DatabaseUnavailable, StorageError, Store, open_store
from storage.database.engine import parse_url, sqlite_path


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def place_of(database_url: str) -> str:
    """The kind of a database and where it is, without its password."""
    address = parse_url(database_url)
    if (path := sqlite_path(address)) is not None:
        return f"sqlite, {path.absolute()}"
    host = address.host or address.query.get("host") or "this machine"
    port = f":{address.port}" if address.port else ""
    user = f" as {address.username}" if address.username else ""
    return f"postgresql, {address.database} at {host}{port}{user}"


@contextmanager
def storage_faults(settings: Settings) -> Iterator[None]:
    """What the storage cannot do is a fault of the command."""
    try:
        yield
    except DatabaseUnavailable as error:
        raise CommandError(f"{error} (database_url: {place_of(settings.database_url)})") from error
    except StorageError as error:
        raise CommandError(str(error)) from error


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store, closed at the end, beside a service that may run; it takes no files.

    Raises CommandError, ConfigError.
    """
    make_data_folder(settings.data_dir)
    with storage_faults(settings):
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
