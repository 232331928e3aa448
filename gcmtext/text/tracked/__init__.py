"""A text with tracked changes: what stood there, what is proposed, and who changed which words.

TrackedText     both states of the text, the lineage between them, and every change signed
weave(…)        makes it from the pieces of a file
untracked(…)    the same of a text without tracked changes
against(…)      holds it against the text it should have been made on
submission_of   what a delegation proposes with it
"""

from gcmtext.text.tracked.against import against, untracked
from gcmtext.text.tracked.model import (
    UNTRACKED,
    Run,
    Signature,
    TrackedComment,
    TrackedParagraph,
    TrackedText,
    is_by,
    joined_names,
)
from gcmtext.text.tracked.submission import submission_of
from gcmtext.text.tracked.weave import Piece, weave

__all__ = [
    "UNTRACKED",
    "Piece",
    "Run",
    "Signature",
    "TrackedComment",
    "TrackedParagraph",
    "TrackedText",
    "against",
    "is_by",
    "joined_names",
    "submission_of",
    "untracked",
    "weave",
]
