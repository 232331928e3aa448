"""How sections flow from one version into the next.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "flow",
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("flow", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["new_id"], ["language_version.id"], name=op.f("fk_flow_new_id_language_version")
        ),
        sa.ForeignKeyConstraint(
            ["old_id"], ["language_version.id"], name=op.f("fk_flow_old_id_language_version")
        ),
        sa.PrimaryKeyConstraint("old_id", "new_id", name=op.f("pk_flow")),
    )


def downgrade() -> None:
    """Remove the table; what it holds can be made again."""
    op.drop_table("flow")
