"""The version of the tables, read without the library that changes them."""

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

_VERSIONS = Path(__file__).parent.parent / "migrations" / "versions"

PRESENT = max(file.stem[1:].partition("_")[0] for file in _VERSIONS.glob("v*_*.py"))
"""The newest of `storage.migrations.versions`, whose names begin with it."""

_TABLE = "alembic_version"


def are_present(connection: Connection) -> bool:
    """Whether the tables are those of the present version. A version is committed with its tables:
    one that was cut short is not there.
    """
    if not inspect(connection).has_table(_TABLE):
        return False
    stored = connection.scalars(text(f"SELECT version_num FROM {_TABLE}"))  # noqa: S608 - a constant
    return [PRESENT] == list(stored)
