"""Everything kept, opened as one thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import lockfile, outbox
from storage.chat import SqlChat
from storage.engine import Backend, open_backend, parse_url, sqlite_path
from storage.faults import translated
from storage.files import DataFolder, FileType
from storage.mail import SqlMail
from storage.migrations import upgrade
from storage.queries import SqlQueries
from storage.tables import metadata
from storage.transactions import Signals, Transactions
from storage.unit_of_work import SqlDatabase


@dataclass(frozen=True, slots=True)
class Store:
    """What the application is given. `signals` holds the two callbacks it may set."""

    database: SqlDatabase
    mail: SqlMail
    chat: SqlChat
    queries: SqlQueries
    files: DataFolder
    signals: Signals
    _backend: Backend

    def close(self) -> None:
        """Finish what is being written, then let go of the database."""
        self._backend.close()


def open_store(
    url: str,
    *,
    data_dir: Path,
    now: Callable[[], datetime],
    worker_id: str,
    file_types: Mapping[str, FileType],
    max_file_size: int,
    connections: int = 8,
) -> Store:
    """Open the database, brought to the present version, and the data folder.

    `worker_id` is unique to the process: it signs leases. `connections` are those to PostgreSQL.
    Raises AlreadyRunning, NewerDatabase, DatabaseUnavailable.
    """
    address = parse_url(url)
    path = sqlite_path(address)
    release = lockfile.hold(path) if path is not None else None
    backend = open_backend(address, connections)
    if release is not None:
        backend.release = release
    try:
        with translated():
            _prepare(backend)
    except BaseException:
        backend.close()
        raise
    transactions, signals = Transactions(backend), Signals()
    return Store(
        database=SqlDatabase(transactions, signals),
        mail=SqlMail(transactions, signals, now, worker_id),
        chat=SqlChat(transactions),
        queries=SqlQueries(transactions),
        files=DataFolder(data_dir / "files", file_types, max_file_size),
        signals=signals,
        _backend=backend,
    )


def _prepare(backend: Backend) -> None:
    """The tables are there; what a dead process held is free."""
    if backend.shared:
        upgrade(backend.url)
        return
    if backend.path is None:
        with backend.writing.begin() as connection:
            metadata.create_all(connection)
        return
    upgrade(backend.url)
    with backend.writing.begin() as connection:
        outbox.void_leases(connection)
