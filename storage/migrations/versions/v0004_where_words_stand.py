"""Events say on which thread of their network they stand, messages whether they ring."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first message of the thread, where there is one; what waits rings."""
    op.add_column("inbox", sa.Column("thread_root", sa.Text))
    quiet = sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("outbox", quiet)


def downgrade() -> None:
    """Without them."""
    op.drop_column("outbox", "quiet")
    op.drop_column("inbox", "thread_root")
