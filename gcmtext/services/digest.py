"""What tells whether two texts are the same."""

import json
from hashlib import sha256

from gcmtext.text.model import Document


def digest_of(document: Document) -> str:
    """Return what stands for all paragraphs of a text: their kinds, labels, levels and words."""
    parts = [[p.kind.value, p.label, p.level, p.text] for p in document.paragraphs]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
