"""Make the files that delegations send, from what they propose.

    python drafts/submissions/make.py

Beside each YAML file (the truth) it writes the Word file that the delegation would send. The same truth gives
the same bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import yaml
from lxml import etree

from gcmtext.formats import read_file
from gcmtext.formats.docx_tracked import write_submission
from gcmtext.text.addresses import addresses
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import INSERTS, Proposal, ProposalKind, Submission, own_text
from gcmtext.text.segment import segment

HERE = Path(__file__).resolve().parent
SENT = datetime(2027, 4, 23, 16, 0, tzinfo=UTC)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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


def file_of(truth: Mapping[str, Any], on: Document) -> bytes:
    """Return the Word file that a delegation sends."""
    proposed = submission(truth, on)
    match truth["form"]:
        case "tracked changes":
            return _tracked(truth, on, proposed)
        case "tracked changes, one of them untracked":
            return _tracked(truth, *_with_untracked(truth, on, proposed))
        case "bold and struck words":
            return _without_tracking(_tracked(truth, on, proposed))
        case "clean text":
            return _tracked(truth, replace(on, paragraphs=own_text(on, proposed)), Submission("", ()))
        case "list of instructions":
            return _tracked(truth, _list(truth), Submission("", ()))
    raise ValueError(truth["form"])


def _tracked(truth: Mapping[str, Any], on: Document, proposed: Submission) -> bytes:
    """Return the text with what is proposed as tracked changes, signed with the name of a person."""
    return write_submission(on, replace(proposed, delegation=truth["signed"]), SENT)


def _with_untracked(
    truth: Mapping[str, Any], on: Document, proposed: Submission
) -> tuple[Document, Submission]:
    """Return the base with what was changed while tracking was off, and the proposals that are left."""
    paragraphs = list(on.paragraphs)
    tracked = []
    for entry, proposal in zip(truth["proposals"], proposed.proposals, strict=True):
        if entry.get("untracked"):
            paragraphs[proposal.at] = replace(paragraphs[proposal.at], text=proposal.text or "")
        else:
            tracked.append(proposal)
    return replace(on, paragraphs=tuple(paragraphs)), replace(proposed, proposals=tuple(tracked))


def _list(truth: Mapping[str, Any]) -> Document:
    """Return the list of instructions that a delegation writes."""
    delegation = truth["delegation"]
    lines = [(Kind.TITLE, f"Proposals of {delegation} on Rev.1")]
    for entry in truth["proposals"]:
        lines += [(Kind.TEXT, line) for line in entry["say"].split("\n")]
        if "why" in entry:
            lines.append((Kind.TEXT, f"Rationale: {entry['why']}"))
    paragraphs = (Paragraph(i, kind, "", 0, text) for i, (kind, text) in enumerate(lines))
    return Document(lines[0][1], "en", tuple(paragraphs))


def _without_tracking(data: bytes) -> bytes:
    """Return a Word file with bold for what was a tracked insertion, and struck what was a deletion."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, _plainly_marked(content) if part.filename == "word/document.xml" else content)
    return written.getvalue()


def _plainly_marked(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for mark in root.findall(f".//{_W}rPr/{_W}ins") + root.findall(f".//{_W}rPr/{_W}del"):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
    for element, look in (("ins", "b"), ("del", "strike")):
        for change in list(root.iter(f"{_W}{element}")):
            parent = change.getparent()
            if parent is None:
                continue
            for run in list(change):
                _look(run, look)
                change.addprevious(run)
            parent.remove(change)
    for text in root.iter(f"{_W}delText"):
        text.tag = f"{_W}t"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _look(run: etree._Element, look: str) -> None:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0, properties)
    properties.insert(0, etree.Element(f"{_W}{look}"))


def main() -> None:
    """Write all files."""
    on = base()
    for name, truth in truths().items():
        (HERE / f"{name}.docx").write_bytes(file_of(truth, on))


if __name__ == "__main__":
    main()
