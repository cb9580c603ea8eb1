"""The version of the tables, read without the library that changes them."""

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

PRESENT = "0002"
"""The newest of `storage.migrations.versions`."""

_TABLE = "alembic_version"


def are_present(connection: Connection) -> bool:
    """Whether the tables are those of the present version. A version is committed with its tables:
    one that was cut short is not there.
    """
    if not inspect(connection).has_table(_TABLE):
        return False
    stored = connection.scalars(text(f"SELECT version_num FROM {_TABLE}"))  # noqa: S608 - a constant
    return [PRESENT] == list(stored)
