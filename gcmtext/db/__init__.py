"""The store: SQLAlchemy models by noun, the engine, and the migrations."""

from gcmtext.db.amendment import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Batch,
    BatchState,
    Stance,
    StanceKind,
)
from gcmtext.db.attention import Digest, Look, Often
from gcmtext.db.audit import AuditEvent, AuditHead
from gcmtext.db.call import Call
from gcmtext.db.comment import Comment
from gcmtext.db.corpus import CorpusDocument, CorpusParagraph
from gcmtext.db.fingerprint import HeldWording, StoredFingerprint, StoredPrecedents
from gcmtext.db.flow import StoredFlow
from gcmtext.db.index_job import IndexJob
from gcmtext.db.lineage import Correction, StoredComparison, StoredLineage
from gcmtext.db.mail import OutgoingMail
from gcmtext.db.negotiation import Negotiation
from gcmtext.db.original import Original
from gcmtext.db.participant import Accreditation, Delegation, DelegationKind, Membership, Objection, Outcome
from gcmtext.db.pending import PendingImport
from gcmtext.db.person import Person
from gcmtext.db.rate import Spell
from gcmtext.db.revision import LanguageVersion, Revision, StoredParagraph
from gcmtext.db.role import Role, RoleGrant
from gcmtext.db.saved_search import SavedSearch, SavedSearchLook
from gcmtext.db.sign_in import RecoveryCode, SignIn, Ticket
from gcmtext.db.visibility import Visibility

__all__ = [
    "Accreditation",
    "Amendment",
    "AmendmentEdition",
    "AmendmentState",
    "AuditEvent",
    "AuditHead",
    "Batch",
    "BatchState",
    "Call",
    "Comment",
    "CorpusDocument",
    "CorpusParagraph",
    "Correction",
    "Delegation",
    "DelegationKind",
    "Digest",
    "HeldWording",
    "IndexJob",
    "LanguageVersion",
    "Look",
    "Membership",
    "Negotiation",
    "Objection",
    "Often",
    "Original",
    "Outcome",
    "OutgoingMail",
    "PendingImport",
    "Person",
    "RecoveryCode",
    "Revision",
    "Role",
    "RoleGrant",
    "SavedSearch",
    "SavedSearchLook",
    "SignIn",
    "Spell",
    "Stance",
    "StanceKind",
    "StoredComparison",
    "StoredFingerprint",
    "StoredFlow",
    "StoredLineage",
    "StoredParagraph",
    "StoredPrecedents",
    "Ticket",
    "Visibility",
]
