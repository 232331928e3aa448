"""Make the files that delegations send, from what they propose.

    python drafts/submissions/make.py

Beside each YAML file (the truth) it writes the file as the delegation would send it. The same truth gives the
same bytes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from gcmtext.formats import read_file
from gcmtext.text.addresses import addresses
from gcmtext.text.model import Document
from gcmtext.text.proposals import INSERTS, Proposal, ProposalKind, Submission
from gcmtext.text.segment import segment

HERE = Path(__file__).resolve().parent


def base() -> Document:
    """Return Rev.1, on which all submissions are made."""
    return segment(read_file(HERE.parent / "3-rev-1.md"))


def truths() -> dict[str, dict[str, Any]]:
    """Return what is in the YAML files, by their names without suffix."""
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))
    }


def submission(truth: Mapping[str, Any], on: Document) -> Submission:
    """Return what a delegation proposes, from what is in its YAML file."""
    places = {address: index for index, address in enumerate(addresses(on.paragraphs))}
    return Submission(truth["delegation"], tuple(_proposals(truth["proposals"], on, places)))


def _proposals(entries: list[dict[str, Any]], on: Document, places: Mapping[str, int]) -> Iterator[Proposal]:
    for entry in entries:
        kind = ProposalKind(entry["kind"])
        at = places[str(entry["at"])]
        words = on.paragraphs[at].text
        text = entry.get("text")
        if "replace" in entry:
            text = _replaced(words, entry["replace"])
        yield Proposal(
            kind,
            at,
            text,
            to=places[entry["before"]] if kind is ProposalKind.MOVE else None,
            parts=tuple(entry.get("parts", ())),
            bases=tuple(places[name] for name in entry.get("merge", ())),
            span=_span(words, entry["words"]) if "words" in entry else None,
            paragraph_kind=on.paragraphs[at].kind if kind in INSERTS else None,
            level=on.paragraphs[at].level if kind in INSERTS else None,
            label=entry.get("label", ""),
            note=entry.get("why", ""),
        )


def _replaced(words: str, replacements: Mapping[str, str]) -> str:
    for old, new in replacements.items():
        start, end = _span(words, old)
        words = words[:start] + new + words[end:]
    return words


def _span(words: str, some: str) -> tuple[int, int]:
    if words.count(some) != 1:
        raise ValueError(f"“{some}” stands {words.count(some)} times in “{words}”")
    start = words.index(some)
    return start, start + len(some)
