"""The inbox, the outbox, cursors and states of dialogues: the path that every message takes.

What waits is found through partial indexes, whose size does not grow with what is done.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from bot.domain.people import Side
from bot.ports.network import EventKind, Operation
from storage.database.types import (
    Attached,
    Called,
    Choices,
    HumanText,
    Instant,
    Json,
    OneOf,
    Targeted,
)
from storage.tables.base import id_column, metadata, partial_index

cursors = Table(
    "cursors",
    metadata,
    Column("network", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
)

# `attempts` counts failed turns; `again_at` holds a failed event back.
# States: waiting, handled, dead.
inbox = Table(
    "inbox",
    metadata,
    id_column(),
    Column("network", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", HumanText, nullable=False),
    Column("choice", Text),
    Column("target", Text),
    Column("attachment", Attached),
    Column("command", Called),
    Column("kind", OneOf(EventKind), nullable=False),
    Column("message", Text),
    Column("backstage", Boolean, nullable=False),
    Column("thread_root", Text),
    Column("markup", HumanText),
    Column("forwarded_from", HumanText),
    Column("quoted", HumanText),
    Column("received_at", Instant, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("again_at", Instant, nullable=False, server_default="0"),
    Column("error", Text),
    UniqueConstraint("network", "key"),
)

# `attempts` counts tries that ended without delivery; `held` marks a message held back by its own
# rule; `begun` one whose sending has begun under its lease; `interrupted` one whose worker vanished
# after that, or whose try ended in doubt: it may have arrived, at the earliest at `claimed_at`.
# `waits_since`: its first try failed then, or people were last told of it.
# States: pending, sent, dropped, failed (unreachable), uncertain, dead.
outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("key", Text, nullable=False, unique=True),
    Column("network", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("text", HumanText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", HumanText),
    Column("choices", Choices),
    Column("attachment", Attached),
    Column("target", Targeted),
    Column("projects", Json, nullable=False),
    Column("backstage", Boolean, nullable=False),
    Column("operation", OneOf(Operation), nullable=False),
    Column("quiet", Boolean, nullable=False, server_default=false()),
    Column("source", Text),
    Column("window", Text),
    Column("audience", OneOf(Side), nullable=False),
    Column("relevance", Json),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False, server_default="pending"),
    Column("held", Boolean, nullable=False, server_default=false()),
    Column("interrupted", Boolean, nullable=False, server_default=false()),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lease", Text),
    Column("lease_until", Instant, nullable=False, server_default="0"),
    Column("begun", Boolean, nullable=False, server_default=true()),
    Column("claimed_at", Instant),
    Column("waits_since", Instant),
    Column("remote_id", Text),
    Column("settled_at", Instant),
    Column("error", Text),
)

# The dialogue under way in a conversation: `state` is JSON whose shape its `kind` says; and the
# choices put last, as pairs of key and label. Both are read where they are written, so that what
# cannot be read stops nobody.
dialogues = Table(
    "dialogues",
    metadata,
    Column("network", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("kind", Text),
    Column("state", Text),
    Column("asked", Text),
    Column("saved_at", Instant, nullable=False),
    PrimaryKeyConstraint("network", "conversation"),
)


def _partial(name: str, table: Table, columns: tuple[str, ...], condition: str) -> None:
    """Over the rows of one state, or over those whose column of that name is known."""
    where = table.c[condition].is_not(None) if condition in table.c else table.c.state == condition
    partial_index(name, table, columns, where)


_partial("ix_inbox_waiting", inbox, ("network", "conversation", "id"), "waiting")
_partial("ix_inbox_due", inbox, ("again_at", "id"), "waiting")
_partial("ix_inbox_dead", inbox, ("id",), "dead")
_partial("ix_outbox_pending", outbox, ("network", "conversation", "id"), "pending")
_partial("ix_outbox_due", outbox, ("due_at", "id"), "pending")
_partial("ix_outbox_dead", outbox, ("id",), "dead")
_partial("ix_outbox_uncertain", outbox, ("id",), "uncertain")
_partial("ix_outbox_remote", outbox, ("network", "conversation", "remote_id"), "remote_id")
_partial("ix_outbox_source", outbox, ("source", "id"), "source")
_partial("ix_inbox_message", inbox, ("network", "conversation", "message"), "message")
partial_index(
    "ix_inbox_reacted",
    inbox,
    ("network", "conversation", "target"),
    inbox.c.kind == EventKind.REACTED,
)
