"""A look at a database that changes nothing: no table is made, no database, nobody is held up."""

from dataclasses import dataclass
from datetime import UTC, datetime

from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, inspect, select
from sqlalchemy.engine import URL, Connection

from bot.domain.conversations import ConversationRef
from storage.database.engine import examining_engine, parse_url, sqlite_path
from storage.database.error_mapping import translated
from storage.migrations import revisions
from storage.tables import remote_rooms


@dataclass(frozen=True, slots=True)
class Looked:
    """`revision` is the version of the tables (empty: none yet), `present` the program's, `known`
    whether it can read them. `now` is the clock of a database server; None for a file.
    `remote_rooms` are the conversations that have a room on their network, with its id.
    """

    revision: str
    present: str
    known: bool
    now: datetime | None
    remote_rooms: dict[ConversationRef, str]


def look(url: str | URL) -> Looked | None:
    """What is there; None for an SQLite file that is not made yet. Raises DatabaseUnavailable."""
    address = parse_url(url) if isinstance(url, str) else url
    path = sqlite_path(address)
    if path is not None and not path.exists():
        return None
    engine = examining_engine(address)
    try:
        with translated(), engine.connect() as connection:
            return _looked(connection)
    finally:
        engine.dispose()


def _looked(connection: Connection) -> Looked:
    heads = MigrationContext.configure(connection).get_current_heads()
    known, present = revisions()
    now = None
    if connection.dialect.name == "postgresql":
        now = connection.execute(select(func.clock_timestamp())).scalar_one().astimezone(UTC)
    return Looked(
        revision=" ".join(heads),
        present=present,
        known=known.issuperset(heads),
        now=now,
        remote_rooms=_remote_rooms(connection),
    )


def _remote_rooms(connection: Connection) -> dict[ConversationRef, str]:
    if not inspect(connection).has_table(remote_rooms.name):
        return {}
    rows = connection.execute(
        select(remote_rooms.c.network, remote_rooms.c.conversation, remote_rooms.c.remote)
    )
    return {ConversationRef(network, name): remote for network, name, remote in rows}
