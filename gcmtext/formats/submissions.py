"""What delegations send, in whatever form: tracked changes, a clean copy, or a list of instructions."""

from gcmtext.errors import InvalidText
from gcmtext.formats.tracked_changes import read_submitted, read_tracked
from gcmtext.text.collate import in_order
from gcmtext.text.instructions import Instructions, Unplaced, read_instructions
from gcmtext.text.model import Document, Notice
from gcmtext.text.places import excerpt, places
from gcmtext.text.proposals import Remark, Submission
from gcmtext.text.tracked import TrackedText, submission_of
from gcmtext.text.tracked.model import AND

_REFUSED = frozenset({"wrong-language", "other-text"})
_STANDING = (
    0.3  # of the paragraphs of the base in a file, from which it is a copy and no list of instructions
)
_WORDS_QUOTED, _WIDTH_QUOTED = 16, 120


def read_submission(
    data: bytes, name: str, base: Document, delegation: str, author: str = ""
) -> tuple[Submission, tuple[Notice, ...]]:
    """Return what a file proposes on the base, and what a person should know about how it was read.

    A Word file with tracked changes is read as such, a list of instructions by its sentences, any other file
    as the text that the delegation wants, held against the base. With an `author` only what that one changed
    counts (see `authors_of`). Raises InvalidText if it cannot be read, or is on another text or in another
    language: then all of the base would be gone.
    """
    tracked = read_tracked(data, author) if author else read_submitted(data, name, base)
    if not tracked.authors and (found := _instructions(tracked, base)) is not None:
        return _submission(found, base, delegation)
    submission, notices = submission_of(base, tracked, delegation)
    for notice in notices:
        if notice.code in _REFUSED:
            raise InvalidText(f"{name}: {notice.message}")
    if not tracked.proposed.paragraphs and not tracked.authors:
        raise InvalidText(f"{name} holds no words: choose the file that holds the text.")
    return submission, tuple(notice for notice in notices if not author or notice.code != "authors")


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


def _submission(
    found: Instructions, base: Document, delegation: str
) -> tuple[Submission, tuple[Notice, ...]]:
    notices = [_doubt(doubt, base) for doubt in found.unplaced]
    remarks = tuple(Remark(0, remark) for remark in found.remarks if base.paragraphs)
    return Submission(delegation, found.proposals, remarks), tuple(notices)


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
