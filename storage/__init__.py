"""Where it is kept: tables, mapping, unit of work, migrations."""

from storage.errors import (
    AlreadyRunning,
    Conflict,
    DatabaseRefused,
    DatabaseUnavailable,
    NewerDatabase,
    StorageError,
)
from storage.networks.files import FileType
from storage.queue.notifications import Box
from storage.queue.retention import Purged
from storage.store import Store, open_store

__all__ = [
    "AlreadyRunning",
    "Box",
    "Conflict",
    "DatabaseRefused",
    "DatabaseUnavailable",
    "FileType",
    "NewerDatabase",
    "Purged",
    "StorageError",
    "Store",
    "open_store",
]
