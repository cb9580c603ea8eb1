"""Opens the database for one command."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from bot.commands.faults import CommandError
from config.data_folder import make_data_folder
from config.settings import Settings
from storage import DatabaseUnavailable, StorageError, Store, open_store
from storage.database.engine import parse_url, sqlite_path


def utc_now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def describe_database(database_url: str) -> str:
    """The kind of a database and where it is, for operators: without its password."""
    address = parse_url(database_url)
    if (path := sqlite_path(address)) is not None:
        return f"sqlite, {path.absolute()}"
    host = address.host or address.query.get("host") or "this machine"
    port = f":{address.port}" if address.port else ""
    user = f" as {address.username}" if address.username else ""
    return f"postgresql, {address.database} at {host}{port}{user}"


@contextmanager
def report_storage_faults(settings: Settings) -> Iterator[None]:
    """Turn errors of the storage in the block into a CommandError."""
    try:
        yield
    except DatabaseUnavailable as error:
        raise CommandError(
            f"{error} (database_url: {describe_database(settings.database_url)})"
        ) from error
    except StorageError as error:
        raise CommandError(str(error)) from error


@contextmanager
def command_store(settings: Settings) -> Iterator[Store]:
    """The store, open in the block; a service may be running beside. It takes no attachments.

    Raises CommandError, ConfigError.
    """
    make_data_folder(settings.data_dir)
    with report_storage_faults(settings):
        opened = open_store(
            settings.database_url,
            data_dir=settings.data_dir,
            now=utc_now,
            worker_id=f"command-{os.getpid()}-{secrets.token_hex(4)}",
            connections=1,
            beside=True,
        )
        with closing(opened) as store:
            yield store
