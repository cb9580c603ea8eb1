"""Columns and tables bear the names that the program gives to what they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_RENAMED = (("inbox", "did", "kind"), ("outbox", "act", "operation"))


def upgrade() -> None:
    """What an event is, what is done to a conversation, and which remote room it is."""
    for table, before, after in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {before} TO {after}")
    _rename_rooms("seats", "remote_rooms")


def downgrade() -> None:
    """The names of before."""
    for table, before, after in _RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {after} TO {before}")
    _rename_rooms("remote_rooms", "seats")


def _rename_rooms(before: str, after: str) -> None:
    """A new table, so that its constraints bear its name."""
    op.create_table(
        after,
        sa.Column("network", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("remote", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("network", "conversation", name=f"pk_{after}"),
        sa.UniqueConstraint("network", "remote", name=f"uq_{after}_network_remote"),
    )
    op.execute(f"INSERT INTO {after} SELECT network, conversation, remote, since FROM {before}")  # noqa: S608 - our own names
    op.drop_table(before)
