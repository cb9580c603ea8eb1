"""The first tables."""

from datetime import date

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


def downgrade() -> None:
    """Back to nothing."""
    for table in reversed(_TABLES):
        op.drop_table(table)


_TABLES = (
    "conversations",
    "cursors",
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
)
_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id() -> sa.Column[int]:
    return sa.Column("id", _Id, primary_key=True)


def _owner(name: str, table: str) -> sa.Column[int]:
    return sa.Column(name, _Id, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def _text(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null, server_default=default)


def _number(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null, server_default=default)


def _instant(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null, server_default=default)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _off(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _day(name: str, *, null: bool) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=null)


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
        _text("network"),
        _text("conversation"),
        _text("flow", null=True),
        _text("data"),
        _text("asked", null=True),
        _instant("saved_at"),
        sa.PrimaryKeyConstraint("network", "conversation", name="pk_conversations"),
    )


def _cursors() -> None:
    op.create_table(
        "cursors",
        _text("network"),
        _text("cursor"),
        sa.PrimaryKeyConstraint("network", name="pk_cursors"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        _id(),
        _text("network"),
        _text("key"),
        _text("conversation"),
        _text("sender"),
        _instant("at"),
        _text("text"),
        _text("choice", null=True),
        _text("reply_to", null=True),
        _text("attachment", null=True),
        _instant("received_at"),
        _text("state", default="waiting"),
        _number("attempts", default="0"),
        _instant("again_at", default="0"),
        _text("error", default=""),
        sa.UniqueConstraint("network", "key", name="uq_inbox_network_key"),
    )
    _index("inbox", "id", name="ix_inbox_dead", where="state = 'dead'")
    _index(
        "inbox", "network", "conversation", "id", name="ix_inbox_waiting", where="state = 'waiting'"
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _id(),
        _text("key"),
        _text("network"),
        _text("conversation"),
        _text("text"),
        _text("kind"),
        _text("author", null=True),
        _text("choices", null=True),
        _text("attachment", null=True),
        _text("reply_to", null=True),
        _text("projects"),
        _flag("backstage"),
        _text("source", null=True),
        _text("window", null=True),
        _text("audience"),
        _text("relevance", null=True),
        _instant("due_at"),
        _text("state", default="pending"),
        _off("held"),
        _off("interrupted"),
        _number("attempts", default="0"),
        _text("lease", null=True),
        _instant("lease_until", default="0"),
        _text("remote_id", null=True),
        _instant("settled_at", null=True),
        _text("error", default=""),
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
    _index("outbox", "id", name="ix_outbox_uncertain", where="state = 'uncertain'")


def _people() -> None:
    op.create_table(
        "people",
        _id(),
        _text("name"),
        _text("function"),
        _instant("created_at"),
        _instant("stopped_at", null=True),
        _instant("last_followup_at", null=True),
        _instant("last_word_at", null=True),
    )


def _projects() -> None:
    op.create_table(
        "projects",
        _id(),
        _number("version"),
        _text("ref"),
        _text("portal"),
        _text("title"),
        _text("description"),
        _text("themes"),
        _text("urgency"),
        _text("territories"),
        _text("territory_name"),
        _text("departement"),
        _instant("submitted_at"),
        _instant("last_activity_at"),
        _text("status"),
        _instant("accepted_at", null=True),
        _instant("ended_at", null=True),
        _text("refusal"),
        _instant("last_member_word_at", null=True),
        _instant("last_advisor_word_at", null=True),
        _instant("members_owe_since", null=True),
        _instant("advisors_owe_since", null=True),
        _number("unanswered_by_members"),
        _number("unanswered_by_advisors"),
        _instant("followup_due_at", null=True),
        _instant("later_until", null=True),
        _number("activity"),
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
        _text("network"),
        _text("conversation"),
        _flag("own"),
        _text("key"),
        _instant("at"),
        _text("sender"),
        _text("author", null=True),
        _text("text"),
        _text("kind"),
        _text("choices", null=True),
        _text("choice", null=True),
        _text("reply_to", null=True),
        _text("attachment", null=True),
        _flag("backstage"),
        _flag("untaken"),
        sa.UniqueConstraint("own", "key", name="uq_web_lines_own_key"),
    )
    _index("web_lines", "conversation", "id")
    _index("web_lines", "id", name="ix_web_lines_untaken", where="untaken = true")


def _addresses() -> None:
    op.create_table(
        "addresses",
        _id(),
        _owner("person_id", "people"),
        _text("network"),
        _text("conversation"),
        _text("sender"),
        _instant("created_at"),
        _instant("unreachable_since", null=True),
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
        _text("organisation"),
        _text("role"),
        _text("portals"),
        _text("themes"),
        _text("departements"),
        _flag("active"),
        sa.UniqueConstraint("person_id", name="uq_advisors_person_id"),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        _id(),
        _owner("project_id", "projects"),
        _instant("at"),
        _text("kind"),
        _text("side"),
        _text("author"),
        _text("text"),
        _number("number", null=True),
        _text("detail"),
        _flag("backstage"),
        _text("source", null=True),
        _text("attachment", null=True),
    )
    _index("entries", "project_id")


def _followups() -> None:
    op.create_table(
        "followups",
        _id(),
        _owner("project_id", "projects"),
        _text("kind"),
        _text("side"),
        _instant("at"),
        _number("number", null=True),
    )
    _index("followups", "project_id")


def _links() -> None:
    op.create_table(
        "links",
        _id(),
        _text("digest"),
        _owner("person_id", "people"),
        _text("opens"),
        _instant("created_at"),
        _instant("expires_at"),
        _flag("reusable"),
        _instant("used_at", null=True),
        sa.UniqueConstraint("digest", name="uq_links_digest"),
    )
    _index("links", "person_id")


def _members() -> None:
    op.create_table(
        "members",
        _id(),
        _owner("project_id", "projects"),
        _owner("person_id", "people"),
        _flag("lead"),
        _instant("joined_at"),
        sa.UniqueConstraint("project_id", "person_id", name="uq_members_project_id_person_id"),
    )
    _index("members", "person_id")


def _recommendations() -> None:
    op.create_table(
        "recommendations",
        _id(),
        _owner("project_id", "projects"),
        _number("number"),
        _text("text"),
        _text("author"),
        _text("organisation"),
        _instant("published_at"),
        _day("deadline", null=True),
        _text("status"),
        _instant("status_at", null=True),
        _instant("later_until", null=True),
        sa.UniqueConstraint("project_id", "number", name="uq_recommendations_project_id_number"),
    )


def _rooms() -> None:
    op.create_table(
        "rooms",
        _id(),
        _owner("project_id", "projects"),
        _text("network"),
        _text("conversation"),
        sa.UniqueConstraint("network", "conversation", name="uq_rooms_network_conversation"),
    )
    _index("rooms", "project_id")


def _assignments() -> None:
    op.create_table(
        "assignments",
        _id(),
        _owner("project_id", "projects"),
        _owner("advisor_id", "advisors"),
        _text("reasons"),
        _instant("assigned_at"),
        sa.UniqueConstraint(
            "project_id", "advisor_id", name="uq_assignments_project_id_advisor_id"
        ),
    )
    _index("assignments", "advisor_id")
