"""Which remote room or topic each of our conversations is today."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from storage.database.types import Instant
from storage.tables.base import metadata

remote_rooms = Table(
    "remote_rooms",
    metadata,
    Column("network", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("remote", Text, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("network", "conversation"),
    UniqueConstraint("network", "remote"),
)
