"""The web network's own conversations."""

from sqlalchemy import Boolean, Column, Index, Table, Text, UniqueConstraint, true

from storage.database.types import Attached, Called, Choices, HumanText, Instant
from storage.tables.base import id_column, metadata

# `own` lines were posted from a page; `untaken` ones were not yet handed over.
web_lines = Table(
    "web_lines",
    metadata,
    id_column(),
    Column("network", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("key", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sender", Text, nullable=False),
    Column("author", HumanText),
    Column("text", HumanText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("choices", Choices),
    Column("choice", Text),
    Column("target", Text),
    Column("attachment", Attached),
    Column("command", Called),
    Column("backstage", Boolean, nullable=False),
    Column("untaken", Boolean, nullable=False),
    UniqueConstraint("own", "key"),
    Index(None, "conversation", "id"),
)
Index(
    "ix_web_lines_untaken",
    web_lines.c.id,
    sqlite_where=web_lines.c.untaken == true(),
    postgresql_where=web_lines.c.untaken,
)
