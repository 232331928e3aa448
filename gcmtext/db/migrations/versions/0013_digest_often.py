"""How often somebody is told by e-mail of what is new.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let people choose how often they are told; those who are told already stay with once a day."""
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("often", sa.String(length=10), nullable=False, server_default="daily"))
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.alter_column("often", existing_type=sa.String(length=10), server_default=None)


def downgrade() -> None:
    """Tell everybody once a day."""
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_column("often")
