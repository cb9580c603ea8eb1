"""Versions of the tables. A change is whole or not at all, and only one process makes it."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import URL, Connection

from storage.database.engine import migration_engine, parse_url
from storage.database.error_mapping import translated
from storage.errors import NewerDatabase, StorageError

# Any number, the same for every version of the program.
_ADVISORY_LOCK = 7_204_611


def upgrade(url: str | URL, revision: str = "head") -> None:
    """Bring the tables to a version, by default the present one.

    Raises NewerDatabase if this program does not know their version, DatabaseUnavailable.
    """
    _change(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str | URL, revision: str) -> None:
    """Bring the tables back to a version ("base": none). What newer columns held is lost."""
    _change(url, lambda config: command.downgrade(config, revision))


def revisions() -> tuple[frozenset[str], str]:
    """Every version that this program knows, and the present one."""
    scripts = ScriptDirectory.from_config(_config())
    known = frozenset(script.revision for script in scripts.walk_revisions())
    return known, str(scripts.get_current_head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _change(url: str | URL, change: Callable[[Config], None]) -> None:
    engine = migration_engine(parse_url(url) if isinstance(url, str) else url)
    config = _config()
    try:
        with translated(), engine.begin() as connection:
            _alone(connection)
            _refuse_newer(connection, ScriptDirectory.from_config(config))
            config.attributes["connection"] = connection
            change(config)
            _check_references(connection)
    finally:
        engine.dispose()


def _alone(connection: Connection) -> None:
    """Wait until nobody else migrates; SQLite's transactions are exclusive from their start."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK}
        )


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if not known.issuperset(MigrationContext.configure(connection).get_current_heads()):
        raise NewerDatabase


def _check_references(connection: Connection) -> None:
    """SQLite checks no foreign key while tables are being rebuilt."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise StorageError(f"rows of {broken[0]} would be left without their owner")
