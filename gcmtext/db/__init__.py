"""The store: SQLAlchemy models by noun, the engine, and the migrations."""

from gcmtext.db.corpus import CorpusDocument, CorpusParagraph
from gcmtext.db.flow import StoredFlow
from gcmtext.db.lineage import Correction, StoredComparison, StoredLineage
from gcmtext.db.negotiation import Negotiation
from gcmtext.db.original import Original
from gcmtext.db.pending import PendingImport
from gcmtext.db.revision import LanguageVersion, Revision, StoredParagraph

__all__ = [
    "CorpusDocument",
    "CorpusParagraph",
    "Correction",
    "LanguageVersion",
    "Negotiation",
    "Original",
    "PendingImport",
    "Revision",
    "StoredComparison",
    "StoredFlow",
    "StoredLineage",
    "StoredParagraph",
]
