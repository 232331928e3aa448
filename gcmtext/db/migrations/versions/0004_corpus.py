"""The corpus: adopted documents, held for the search of agreed language.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from gcmtext.db.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "corpus_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=160), nullable=False),
        sa.Column("symbol", sa.String(length=120), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.String(length=120), nullable=False),
        sa.Column("adopted", sa.Date(), nullable=True),
        sa.Column("session", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corpus_document")),
        sa.UniqueConstraint("address", name=op.f("uq_corpus_document_address")),
        sa.UniqueConstraint("work", "language", name=op.f("uq_corpus_document_work_language")),
    )
    op.create_index(op.f("ix_corpus_document_adopted"), "corpus_document", ["adopted"])
    op.create_table(
        "corpus_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("wording", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["corpus_document.id"],
            name=op.f("fk_corpus_paragraph_document_id_corpus_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corpus_paragraph")),
        sa.UniqueConstraint("document_id", "index", name=op.f("uq_corpus_paragraph_document_id_index")),
    )
    op.create_index(op.f("ix_corpus_paragraph_wording"), "corpus_paragraph", ["wording"])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("corpus_paragraph")
    op.drop_table("corpus_document")
