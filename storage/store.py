"""Opens the database and the data folder for the application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.database import lock_file, schema_version
from storage.database.engine import Backend, open_backend, parse_url, sqlite_path
from storage.database.error_mapping import translated
from storage.database.transactions import Signals, Transactions
from storage.errors import AlreadyRunning
from storage.networks.files import DataFolder, FileType
from storage.networks.remote_rooms import SqlRemoteRooms
from storage.networks.web_chat import SqlChat
from storage.queue import outbox
from storage.queue.leases import SqlLeases
from storage.queue.message_queue import SqlMessageQueue
from storage.queue.notifications import Notifications
from storage.queue.probe import SqlProbe
from storage.queue.retention import Purging
from storage.read_models.queries import SqlQueries
from storage.repositories.unit_of_work import SqlDatabase
from storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Store:
    """What the application is given. `signals` holds the two callbacks it may set."""

    database: SqlDatabase
    queue: SqlMessageQueue
    chat: SqlChat
    queries: SqlQueries
    files: DataFolder
    purging: Purging
    remote_rooms: SqlRemoteRooms
    leases: SqlLeases
    probe: SqlProbe
    notifications: Notifications
    signals: Signals
    _backend: Backend

    def close(self) -> None:
        """Finish what is being written, then let go of the database."""
        self._backend.close()


def open_store(  # noqa: PLR0913 - all that a store is made of, in one place
    url: str,
    *,
    data_dir: Path,
    now: Callable[[], datetime],
    worker_id: str,
    file_types: Mapping[str, FileType] = {},
    max_file_size: int = 0,
    connections: int = 8,
    beside: bool = False,
) -> Store:
    """Open the database, brought to the present version, and the data folder.

    `worker_id` is unique to the process: it signs leases. `connections` are those to PostgreSQL.
    Attachments are of the `file_types`: of none, unless they are given.
    `beside`: a command's short look at a SQLite database that a service may hold; what the service
    is sending stays its own. Raises AlreadyRunning, NewerDatabase, DatabaseUnavailable.
    """
    address = parse_url(url)
    path = sqlite_path(address)
    release = _hold(path, beside) if path is not None else None
    backend = open_backend(address, connections)
    if release is not None:
        backend.release = release
    try:
        with translated():
            _prepare(backend, alone=release is not None)
    except BaseException:
        backend.close()
        raise
    transactions, signals = Transactions(backend), Signals()
    database = SqlDatabase(transactions, signals)
    return Store(
        database=database,
        queue=SqlMessageQueue(transactions, signals, now, worker_id),
        chat=SqlChat(transactions),
        queries=SqlQueries(transactions),
        files=DataFolder(data_dir / "files", file_types, max_file_size),
        purging=Purging(transactions),
        remote_rooms=SqlRemoteRooms(transactions, database, now),
        leases=SqlLeases(transactions, worker_id, shared=backend.shared),
        probe=SqlProbe(transactions, worker_id),
        notifications=Notifications(address, worker_id),
        signals=signals,
        _backend=backend,
    )


def _hold(path: Path, beside: bool) -> Callable[[], None] | None:
    try:
        return lock_file.hold(path)
    except AlreadyRunning:
        if not beside:
            raise
        return None


def _prepare(backend: Backend, *, alone: bool) -> None:
    """The tables are there; what a dead process held is free, where no other can be alive."""
    if not backend.shared and backend.path is None:
        with backend.writing.begin() as connection:
            metadata.create_all(connection)
        return
    with backend.reading.connect() as connection:
        present = schema_version.are_present(connection)
    if not present:
        # Nothing is to change at most starts, which are sooner over without the library that would.
        from storage.migrations import upgrade  # noqa: PLC0415

        upgrade(backend.url)
    if alone and not backend.shared:
        with backend.writing.begin() as connection:
            outbox.void_leases(connection)
