"""Persons, where they write from, the register, personal links."""

from sqlalchemy import Boolean, Column, Index, Table, Text, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList

from bot.domain.people import Role
from storage.database.types import HumanText, Instant, Json, OneOf
from storage.tables.base import id_column, metadata, reference

people = Table(
    "people",
    metadata,
    id_column(),
    Column("name", HumanText, nullable=False),
    Column("function", HumanText, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("stopped_at", Instant),
    Column("last_followup_at", Instant),
    Column("last_word_at", Instant),
)

addresses = Table(
    "addresses",
    metadata,
    id_column(),
    reference("person_id", "people.id"),
    Column("network", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("unreachable_since", Instant),
    Column("last_word_at", Instant),
    UniqueConstraint("network", "conversation", "sender"),
    Index(None, "person_id"),
    Index(None, "network", "sender"),
)

advisors = Table(
    "advisors",
    metadata,
    id_column(),
    reference("person_id", "people.id"),
    Column("organisation", HumanText, nullable=False),
    Column("role", OneOf(Role), nullable=False),
    Column("portals", MutableList.as_mutable(Json()), nullable=False),
    Column("themes", MutableList.as_mutable(Json()), nullable=False),
    Column("departements", MutableList.as_mutable(Json()), nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("person_id"),
)

links = Table(
    "links",
    metadata,
    id_column(),
    # SHA-256 of the token, hexadecimal.
    Column("digest", Text, nullable=False, unique=True),
    reference("person_id", "people.id"),
    Column("opens", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("reusable", Boolean, nullable=False),
    Column("used_at", Instant),
    Index(None, "person_id"),
)

# Codes typed that are none.
code_tries = Table(
    "code_tries",
    metadata,
    id_column(),
    Column("network", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "network", "sender"),
)
