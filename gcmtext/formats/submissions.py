"""What delegations send, in whatever form: tracked changes, a clean copy, or a list of instructions."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from gcmtext.errors import InvalidText
from gcmtext.formats import confined
from gcmtext.formats.documents import document_of
from gcmtext.formats.tracked_changes import read_submitted, read_tracked
from gcmtext.text.collate import in_order
from gcmtext.text.instructions import Candidate, Instructions, Unplaced, read_instructions
from gcmtext.text.model import Document, Notice
from gcmtext.text.places import excerpt, places
from gcmtext.text.proposals import Remark, Submission
from gcmtext.text.tracked import TrackedText, submission_of
from gcmtext.text.tracked.model import AND
from gcmtext.views.proposal_json import proposal_from_json, proposal_to_json

_REFUSED = frozenset({"wrong-language", "other-text"})
_STANDING = (
    0.3  # of the paragraphs of the base in a file, from which it is a copy and no list of instructions
)
_WORDS_QUOTED, _WIDTH_QUOTED = 16, 120
_LENGTH = 8  # bytes that say how long the base is that follows


@dataclass(frozen=True, slots=True)
class Received:
    """What a file proposes, and what is to be known of how it was read.

    unplaced: instructions in it that could not be placed with certainty. authors: who made its changes.
    """

    submission: Submission
    notices: tuple[Notice, ...]
    unplaced: tuple[Unplaced, ...] = ()
    authors: tuple[str, ...] = ()


def read_submission(
    data: bytes, name: str, base: Document, delegation: str, author: str = ""
) -> tuple[Submission, tuple[Notice, ...]]:
    """Return what a file proposes on the base, and what a person should know about how it was read.

    A Word file with tracked changes is read as such, a list of instructions by its sentences, any other file
    as the text that the delegation wants, held against the base. With an `author` only what that one changed
    counts (see `authors_of`). Raises InvalidText if it cannot be read, or is on another text or in another
    language: then all of the base would be gone.
    """
    found = read_received(data, name, base, delegation, author)
    return found.submission, (*found.notices, *(_doubt(doubt, base) for doubt in found.unplaced))


def read_received(data: bytes, name: str, base: Document, delegation: str, author: str = "") -> Received:
    """Return what a file proposes, with what could not be placed apart; see `read_submission`."""
    tracked = read_tracked(data, author) if author else read_submitted(data, name, base)
    if not tracked.authors and (found := _instructions(tracked, base)) is not None:
        remarks = tuple(Remark(0, remark) for remark in found.remarks if base.paragraphs)
        return Received(Submission(delegation, found.proposals, remarks), (), found.unplaced)
    submission, notices = submission_of(base, tracked, delegation)
    for notice in notices:
        if notice.code in _REFUSED:
            raise InvalidText(f"{name}: {notice.message}")
    if not tracked.proposed.paragraphs and not tracked.authors:
        raise InvalidText(f"{name} holds no words: choose the file that holds the text.")
    kept = tuple(notice for notice in notices if not author or notice.code != "authors")
    return Received(submission, kept, (), tracked.authors)


def read_upload(data: bytes, name: str, base: Document) -> Received:
    """Return what a file proposes that somebody uploads, read in a process of its own whatever its kind.

    Raises InvalidText as `read_submission` does, and for a file that takes too much time or memory.
    """
    said = json.dumps(asdict(base)).encode()
    packed = len(said).to_bytes(_LENGTH, "big") + said + data
    try:
        values = confined.call(f"{__name__}:read_values", packed, name)
    except confined.TooCostly as error:
        raise InvalidText(f"{name} {error}") from None
    return Received(
        Submission(
            "",
            tuple(map(proposal_from_json, values["proposals"])),
            tuple(Remark(**remark) for remark in values["remarks"]),
        ),
        tuple(Notice(**notice) for notice in values["notices"]),
        tuple(map(unplaced_of, values["unplaced"])),
        tuple(values["authors"]),
    )


def read_values(packed: bytes, name: str) -> dict[str, Any]:
    """Return what a file proposes, as JSON can hold it; `packed` is the base in JSON, and the file."""
    end = _LENGTH + int.from_bytes(packed[:_LENGTH], "big")
    base = document_of(json.loads(packed[_LENGTH:end]))
    found = read_received(packed[end:], name, base, "")
    return {
        "proposals": [proposal_to_json(proposal) for proposal in found.submission.proposals],
        "remarks": [asdict(remark) for remark in found.submission.remarks],
        "notices": [asdict(notice) for notice in found.notices],
        "unplaced": [asdict(doubt) for doubt in found.unplaced],
        "authors": found.authors,
    }


def unplaced_of(values: dict[str, Any]) -> Unplaced:
    """Return an instruction that could not be placed, from JSON as `dataclasses.asdict` gives it."""
    candidates = tuple(Candidate(**candidate) for candidate in values["candidates"])
    return Unplaced(values["instruction"], values["reason"], candidates)


def authors_of(data: bytes, name: str) -> tuple[str, ...]:
    """Return those who made the tracked changes of a file, in alphabetical order.

    Changes that several made together count for each. Raises InvalidText where the file cannot be read.
    """
    tracked = read_submitted(data, name)
    return in_order(name for author in tracked.authors for name in author.split(AND))


def _instructions(tracked: TrackedText, base: Document) -> Instructions | None:
    """Return what a file says as a list of instructions; None if it is none."""
    document = tracked.proposed
    unchanged = _texts(base) & _texts(document)
    if len(unchanged) > _STANDING * len(base.paragraphs):
        return None
    found = read_instructions(document, base)
    understood = len(found.placed) + sum(bool(doubt.candidates) for doubt in found.unplaced)
    return found if understood and understood >= len(found.unplaced) - understood else None


def _texts(document: Document) -> set[str]:
    return {paragraph.text for paragraph in document.paragraphs}


def _doubt(doubt: Unplaced, base: Document) -> Notice:
    """Return an instruction that was not placed, with what it could mean."""
    named = places(base)
    could = [
        named[candidate.at].name + (f" (“{excerpt(candidate.words, 8, 60)}”)" if candidate.words else "")
        for candidate in doubt.candidates
    ]
    quoted = excerpt(doubt.instruction, _WORDS_QUOTED, _WIDTH_QUOTED)
    message = f"Not placed: “{quoted}”. {doubt.reason}"
    if could:
        message += f" It could mean {'; '.join(could)}."
    return Notice("not-placed", message, doubt.instruction)
