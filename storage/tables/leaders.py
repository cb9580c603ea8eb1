"""Which process may do what only one may do at a time."""

from sqlalchemy import BigInteger, Column, Table, Text

from storage.tables.base import metadata

# `until` is in microseconds since 1970, by the database's own clock.
leaders = Table(
    "leaders",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)
