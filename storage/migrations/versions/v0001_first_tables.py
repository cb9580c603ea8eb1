"""The first tables."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From nothing."""
    _conversations()
    _cursors()
    _digests()
    _inbox()
    _outbox()
    _people()
    _projects()
    _web_lines()
    _addresses()
    _advisors()
    _entries()
    _followups()
    _links()
    _members()
    _recommendations()
    _rooms()
    _assignments()
    _seats()
    _code_tries()
    _leaders()


def downgrade() -> None:
    """Back to nothing."""
    for table in reversed(_TABLES):
        op.drop_table(table)


_TABLES = (
    "conversations",
    "cursors",
    "digests",
    "inbox",
    "outbox",
    "people",
    "projects",
    "web_lines",
    "addresses",
    "advisors",
    "entries",
    "followups",
    "links",
    "members",
    "recommendations",
    "rooms",
    "assignments",
    "seats",
    "code_tries",
    "leaders",
)
_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", _Id, primary_key=True)


def _owner(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, _Id, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def _several(kind: Any, names: str, *, null: bool) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind, nullable=null) for name in names.split())


def _texts(names: str, *, null: bool = False) -> Iterator[sa.Column[Any]]:
    return _several(sa.Text(), names, null=null)


def _instants(names: str, *, null: bool = False) -> Iterator[sa.Column[Any]]:
    """Microseconds since 1970."""
    return _several(sa.BigInteger(), names, null=null)


def _numbers(names: str, *, null: bool = False) -> Iterator[sa.Column[Any]]:
    return _several(sa.Integer(), names, null=null)


def _flags(names: str) -> Iterator[sa.Column[Any]]:
    return _several(sa.Boolean(), names, null=False)


def _starting(name: str, kind: Any, value: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=value)


def _index(table: str, *columns: str, name: str | None = None, where: str | None = None) -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        name or f"ix_{table}_{'_'.join(columns)}",
        table,
        list(columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        *_texts("network conversation"),
        *_texts("flow", null=True),
        *_texts("data"),
        *_texts("asked", null=True),
        *_instants("saved_at"),
        sa.PrimaryKeyConstraint("network", "conversation", name="pk_conversations"),
    )


def _cursors() -> None:
    op.create_table(
        "cursors",
        *_texts("network cursor"),
        sa.PrimaryKeyConstraint("network", name="pk_cursors"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        _id(),
        *_texts("network key conversation sender"),
        *_instants("at"),
        *_texts("text"),
        *_texts("choice target attachment", null=True),
        *_texts("did"),
        *_texts("message", null=True),
        *_flags("backstage"),
        *_instants("received_at"),
        _starting("state", sa.Text(), "waiting"),
        _starting("attempts", sa.Integer(), "0"),
        _starting("again_at", sa.BigInteger(), "0"),
        *_texts("error", null=True),
        sa.UniqueConstraint("network", "key", name="uq_inbox_network_key"),
    )
    _index("inbox", "id", name="ix_inbox_dead", where="state = 'dead'")
    _index("inbox", "again_at", "id", name="ix_inbox_due", where="state = 'waiting'")
    _index(
        "inbox",
        "network",
        "conversation",
        "message",
        name="ix_inbox_message",
        where="message IS NOT NULL",
    )
    _index(
        "inbox", "network", "conversation", "id", name="ix_inbox_waiting", where="state = 'waiting'"
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _id(),
        *_texts("key network conversation text kind"),
        *_texts("author choices attachment target", null=True),
        *_texts("projects"),
        *_flags("backstage"),
        *_texts("act"),
        *_texts("source window", null=True),
        *_texts("audience"),
        *_texts("relevance", null=True),
        *_instants("due_at"),
        _starting("state", sa.Text(), "pending"),
        _starting("held", sa.Boolean(), sa.false()),
        _starting("interrupted", sa.Boolean(), sa.false()),
        _starting("attempts", sa.Integer(), "0"),
        *_texts("lease", null=True),
        _starting("lease_until", sa.BigInteger(), "0"),
        *_instants("claimed_at waits_since", null=True),
        *_texts("remote_id", null=True),
        *_instants("settled_at", null=True),
        *_texts("error", null=True),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _index("outbox", "id", name="ix_outbox_dead", where="state = 'dead'")
    _index("outbox", "due_at", "id", name="ix_outbox_due", where="state = 'pending'")
    _index(
        "outbox",
        "network",
        "conversation",
        "id",
        name="ix_outbox_pending",
        where="state = 'pending'",
    )
    _index(
        "outbox",
        "network",
        "conversation",
        "remote_id",
        name="ix_outbox_remote",
        where="remote_id IS NOT NULL",
    )
    _index("outbox", "source", "id", name="ix_outbox_source", where="source IS NOT NULL")
    _index("outbox", "id", name="ix_outbox_uncertain", where="state = 'uncertain'")


def _people() -> None:
    op.create_table(
        "people",
        _id(),
        *_texts("name function"),
        *_instants("created_at"),
        *_instants("stopped_at last_followup_at last_word_at", null=True),
    )


def _projects() -> None:
    op.create_table(
        "projects",
        _id(),
        *_numbers("version"),
        *_texts(
            "ref portal title description themes urgency territories territory_name departement"
        ),
        *_instants("submitted_at last_activity_at"),
        *_texts("status"),
        *_instants("accepted_at ended_at", null=True),
        *_texts("refusal"),
        *_instants("last_member_word_at last_advisor_word_at advisor_spoke_at", null=True),
        *_instants("members_owe_since advisors_owe_since", null=True),
        *_instants("members_question_at advisors_question_at", null=True),
        *_instants("danger_since deserted_at later_until paused_until", null=True),
        *_instants("followup_due_at", null=True),
        *_flags("followup_for_team"),
        *_numbers("followups_sent activity"),
        sa.UniqueConstraint("ref", name="uq_projects_ref"),
    )
    _index(
        "projects", "followup_due_at", name="ix_projects_due", where="followup_due_at IS NOT NULL"
    )
    _index("projects", "portal")


def _web_lines() -> None:
    op.create_table(
        "web_lines",
        _id(),
        *_texts("network conversation"),
        *_flags("own"),
        *_texts("key"),
        *_instants("at"),
        *_texts("sender"),
        *_texts("author", null=True),
        *_texts("text kind"),
        *_texts("choices choice target attachment", null=True),
        *_flags("backstage untaken"),
        sa.UniqueConstraint("own", "key", name="uq_web_lines_own_key"),
    )
    _index("web_lines", "conversation", "id")
    _index("web_lines", "id", name="ix_web_lines_untaken", where="untaken = true")


def _addresses() -> None:
    op.create_table(
        "addresses",
        _id(),
        _owner("person_id", "people"),
        *_texts("network conversation sender"),
        *_instants("created_at"),
        *_instants("unreachable_since last_word_at", null=True),
        sa.UniqueConstraint(
            "network", "conversation", "sender", name="uq_addresses_network_conversation_sender"
        ),
    )
    _index("addresses", "network", "sender")
    _index("addresses", "person_id")


def _advisors() -> None:
    op.create_table(
        "advisors",
        _id(),
        _owner("person_id", "people"),
        *_texts("organisation role portals themes departements"),
        *_flags("active"),
        sa.UniqueConstraint("person_id", name="uq_advisors_person_id"),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        _id(),
        _owner("project_id", "projects"),
        *_instants("at"),
        *_texts("kind side author text"),
        *_numbers("number", null=True),
        *_texts("detail"),
        *_flags("backstage"),
        *_texts("source attachment", null=True),
    )
    _index("entries", "project_id")


def _followups() -> None:
    op.create_table(
        "followups",
        _id(),
        _owner("project_id", "projects"),
        *_texts("kind side"),
        *_instants("at"),
        *_numbers("number", null=True),
        sa.Column("person_id", _Id, nullable=True),
        *_texts("key"),
    )
    _index("followups", "project_id")
    _index("followups", "person_id", "at")
    _index("followups", "key")


def _digests() -> None:
    op.create_table(
        "digests",
        _id(),
        *_texts("recipient"),
        *_instants("due_at"),
        sa.UniqueConstraint("recipient", name="uq_digests_recipient"),
    )


def _links() -> None:
    op.create_table(
        "links",
        _id(),
        *_texts("digest"),
        _owner("person_id", "people"),
        *_texts("opens"),
        *_instants("created_at expires_at"),
        *_flags("reusable"),
        *_instants("used_at", null=True),
        sa.UniqueConstraint("digest", name="uq_links_digest"),
    )
    _index("links", "person_id")


def _members() -> None:
    op.create_table(
        "members",
        _id(),
        _owner("project_id", "projects"),
        _owner("person_id", "people"),
        *_flags("lead"),
        *_instants("joined_at"),
        sa.UniqueConstraint("project_id", "person_id", name="uq_members_project_id_person_id"),
    )
    _index("members", "person_id")


def _recommendations() -> None:
    op.create_table(
        "recommendations",
        _id(),
        _owner("project_id", "projects"),
        *_numbers("number"),
        *_texts("text author organisation"),
        *_instants("published_at"),
        sa.Column("deadline", sa.Date(), nullable=True),
        *_texts("status"),
        *_instants("status_at later_until", null=True),
        sa.UniqueConstraint("project_id", "number", name="uq_recommendations_project_id_number"),
    )


def _rooms() -> None:
    op.create_table(
        "rooms",
        _id(),
        _owner("project_id", "projects"),
        *_texts("network conversation"),
        sa.UniqueConstraint("network", "conversation", name="uq_rooms_network_conversation"),
    )
    _index("rooms", "project_id")


def _assignments() -> None:
    op.create_table(
        "assignments",
        _id(),
        _owner("project_id", "projects"),
        _owner("advisor_id", "advisors"),
        *_texts("reasons"),
        *_instants("assigned_at"),
        sa.UniqueConstraint(
            "project_id", "advisor_id", name="uq_assignments_project_id_advisor_id"
        ),
    )
    _index("assignments", "advisor_id")


def _seats() -> None:
    op.create_table(
        "seats",
        *_texts("network conversation remote"),
        *_instants("since"),
        sa.PrimaryKeyConstraint("network", "conversation", name="pk_seats"),
        sa.UniqueConstraint("network", "remote", name="uq_seats_network_remote"),
    )


def _code_tries() -> None:
    op.create_table("code_tries", _id(), *_texts("network sender"), *_instants("at"))
    _index("code_tries", "network", "sender")


def _leaders() -> None:
    op.create_table(
        "leaders",
        *_texts("name holder"),
        *_instants("until"),
        sa.PrimaryKeyConstraint("name", name="pk_leaders"),
    )
