"""Where our conversations are on a network today."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from storage.database.types import Instant
from storage.tables.base import metadata

seats = Table(
    "seats",
    metadata,
    Column("network", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("remote", Text, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("network", "conversation"),
    UniqueConstraint("network", "remote"),
)
