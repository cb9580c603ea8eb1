"""A look at a database that changes nothing: no table is made, no database, nobody is held up."""

from dataclasses import dataclass
from datetime import UTC, datetime

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, func, inspect, select
from sqlalchemy.engine import URL, Connection

from bot.domain.conversations import ConversationRef
from bot.domain.people import Role
from storage.database.engine import examining_engine, parse_url, sqlite_path
from storage.database.error_mapping import translated
from storage.migrations import revisions
from storage.tables import advisors, remote_rooms


@dataclass(frozen=True, slots=True)
class Looked:
    """`revision` is the version of the tables (empty: none yet), `present` the program's, `known`
    whether it can read them. `now` is the clock of a database server; None for a file.
    `remote_rooms` are the conversations that have a room on their network, with its id;
    `coordinated` the portals that have a team.
    """

    revision: str
    present: str
    known: bool
    now: datetime | None
    remote_rooms: dict[ConversationRef, str]
    coordinated: frozenset[str]


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
        coordinated=coordinated(connection) if _has(connection, advisors) else frozenset(),
    )


def coordinated(connection: Connection) -> frozenset[str]:
    """The portals that somebody in service coordinates."""
    teams = select(advisors.c.portals).where(advisors.c.active, advisors.c.role == Role.COORDINATOR)
    return frozenset(slug for portals in connection.scalars(teams) for slug in portals)


def _has(connection: Connection, table: Table) -> bool:
    return bool(inspect(connection).has_table(table.name))


def _remote_rooms(connection: Connection) -> dict[ConversationRef, str]:
    if not _has(connection, remote_rooms):
        return {}
    rows = connection.execute(
        select(remote_rooms.c.network, remote_rooms.c.conversation, remote_rooms.c.remote)
    )
    return {ConversationRef(network, name): remote for network, name, remote in rows}
