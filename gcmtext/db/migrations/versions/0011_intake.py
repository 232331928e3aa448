"""Files of delegations that are taken in: by whom, and perhaps not yet for whom.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a batch be of a delegation that is not known yet, and say whether the secretariat takes it in."""
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.alter_column("delegation_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("conducted", sa.Boolean(), nullable=False))


def downgrade() -> None:
    """Forget both; what is of no known delegation goes."""
    op.execute("DELETE FROM batch WHERE delegation_id IS NULL")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_column("conducted")
        batch_op.alter_column("delegation_id", existing_type=sa.Integer(), nullable=False)
