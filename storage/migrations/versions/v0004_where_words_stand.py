"""Events say on which thread they stand, whose words they pass on and which they quote; messages
whether they ring.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OF_EVENTS = ("thread_root", "forwarded_from", "quoted")


def upgrade() -> None:
    """What came before says nothing of it; what waits rings."""
    for name in _OF_EVENTS:
        op.add_column("inbox", sa.Column(name, sa.Text))
    quiet = sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("outbox", quiet)


def downgrade() -> None:
    """Without them."""
    op.drop_column("outbox", "quiet")
    for name in _OF_EVENTS:
        op.drop_column("inbox", name)
