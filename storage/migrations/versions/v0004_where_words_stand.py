"""Events say on which thread of their network they stand."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first message of the thread, where there is one."""
    op.add_column("inbox", sa.Column("thread_root", sa.Text))


def downgrade() -> None:
    """Without it."""
    op.drop_column("inbox", "thread_root")
