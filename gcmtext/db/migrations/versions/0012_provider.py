"""Signing in through a provider.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a person be known to a provider, and a sign-in say through which it came."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("provider_subject", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_person_provider_subject"), ["provider_subject"])
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("provider", sa.String(length=100), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.text("false"))
        )


def downgrade() -> None:
    """Forget who is known to a provider; who signed in through it is signed out."""
    op.execute("DELETE FROM sign_in WHERE provider <> ''")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_column("vouched")
        batch_op.drop_column("provider")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_person_provider_subject"), type_="unique")
        batch_op.drop_column("provider_subject")
