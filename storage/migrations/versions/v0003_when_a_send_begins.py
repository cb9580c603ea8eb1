"""Messages say whether their sending has begun: what was only claimed has not gone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was claimed before, it is not known: it may have begun."""
    begun = sa.Column("begun", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("outbox", begun)


def downgrade() -> None:
    """Without it."""
    op.drop_column("outbox", "begun")
