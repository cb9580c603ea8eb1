"""Events keep how their words were set off; who reacted to a message is found fast."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The markup, where the text does not say it all."""
    op.add_column("inbox", sa.Column("markup", sa.Text))
    where = sa.text("kind = 'reacted'")
    op.create_index(
        "ix_inbox_reacted",
        "inbox",
        ["network", "conversation", "target"],
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_inbox_reacted", "inbox")
    op.drop_column("inbox", "markup")
