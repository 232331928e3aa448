"""E-mail on its way, and how often something was done lately.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from gcmtext.db.base import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=43), nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("identity", name=op.f("uq_outgoing_mail_identity")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_mail_due_at"), ["due_at"], unique=False)
    op.create_table(
        "spell",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", "number", name=op.f("pk_spell")),
    )
    with op.batch_alter_table("spell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spell_ends_at"), ["ends_at"], unique=False)


def downgrade() -> None:
    """Remove the tables, and with them what has not been delivered."""
    op.drop_table("spell")
    op.drop_table("outgoing_mail")
