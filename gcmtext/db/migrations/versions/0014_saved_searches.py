"""Searches that people keep.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from gcmtext.db.base import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_saved_search_delegation_id_delegation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("key", name=op.f("uq_saved_search_key")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_search_delegation_id"), ["delegation_id"], unique=False)
    op.create_table(
        "saved_search_look",
        sa.Column("saved_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("before", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["saved_id"],
            ["saved_search.id"],
            name=op.f("fk_saved_search_look_saved_id_saved_search"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_search_look_person_id_person")
        ),
        sa.PrimaryKeyConstraint("saved_id", "person_id", name=op.f("pk_saved_search_look")),
    )


def downgrade() -> None:
    """Remove the tables: what people have saved is gone."""
    op.drop_table("saved_search_look")
    op.drop_table("saved_search")
