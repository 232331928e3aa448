"""The values of the text core as JSON, in the shapes that docs/commands.md names."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from gcmtext.text.agreed import Precedents
from gcmtext.text.compare import Comparison, Summary, summary
from gcmtext.text.model import Document, Notice, Paragraph


def dump(value: dict[str, Any]) -> str:
    """Return JSON that people can read too: indented, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def paragraph(p: Paragraph) -> dict[str, Any]:
    """Return one paragraph; its text is without its label."""
    return {"index": p.index, "kind": p.kind.value, "label": p.label, "level": p.level, "text": p.text}


def document(d: Document) -> dict[str, Any]:
    """Return a segmented text with its notices."""
    return {
        "title": d.title,
        "language": d.language,
        "symbol": d.symbol,
        "revision": d.revision,
        "date": d.date,
        "paragraphs": [paragraph(p) for p in d.paragraphs],
        "notices": [asdict(n) for n in d.notices],
    }


def comparison(
    c: Comparison, figures: Summary | None = None, notices: Iterable[Notice] = ()
) -> dict[str, Any]:
    """Return what changed between two texts; `figures` are its summary, if that has been counted before.

    notices: what a person should know about the two together.
    """
    return {
        "old": document(c.old),
        "new": document(c.new),
        "links": [
            {
                "old": list(link.old),
                "new": list(link.new),
                "kind": link.kind.value,
                "confidence": round(link.confidence, 3),
                "evidence": asdict(link.evidence),
                "changes": [list(change) for change in changes],
            }
            for link, changes in zip(c.alignment.links, c.changes, strict=True)
        ],
        "inserted": list(c.alignment.inserted),
        "deleted": list(c.alignment.deleted),
        "summary": asdict(figures or summary(c)),
        "notices": [asdict(n) for n in notices],
    }


def precedents(found: Sequence[Precedents]) -> dict[str, Any]:
    """Return what of each paragraph of a text is agreed language."""
    return {
        "paragraphs": [
            {
                "index": index,
                "text": one.text,
                "coverage": round(one.coverage, 4),
                "runs": [
                    {
                        "start": run.start,
                        "end": run.end,
                        "document": run.place.document,
                        "paragraph": run.place.paragraph,
                    }
                    for run in one.runs
                ],
                "near": [
                    {
                        "document": near.place.document,
                        "paragraph": near.place.paragraph,
                        "changes": [list(change) for change in near.changes],
                    }
                    for near in one.near
                ],
            }
            for index, one in enumerate(found)
        ]
    }
