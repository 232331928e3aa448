"""The fingerprints of the corpus, and the precedents of revisions, kept ready.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "held_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_wording")),
        sa.UniqueConstraint("wording", name=op.f("uq_held_wording_wording")),
    )
    op.create_table(
        "fingerprint",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("beside", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "wording_id", "at", name=op.f("pk_fingerprint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "precedents",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["language_version.id"], name=op.f("fk_precedents_version_id_language_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_precedents")),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("precedents", "fingerprint", "held_wording"):
        op.drop_table(table)
