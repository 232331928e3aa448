"""What delegations send: Word files with tracked changes, read with every change and who made it.

word       the file in both views, and the pieces of which each is made
comments   the comments in its margin, with their replies
"""

from dataclasses import replace

from gcmtext.formats import format_of, naming, read_source
from gcmtext.formats.docx.package import unnested
from gcmtext.text.model import Document
from gcmtext.text.segment import segment
from gcmtext.text.tracked import TrackedText, untracked
from gcmtext.text.tracked.marks import read_marks

_WITH_TYPE = ("gcmtext.formats.html", "gcmtext.formats.markdown")


def read_tracked(data: bytes, author: str = "") -> TrackedText:
    """Return the text of a Word file before and after its tracked changes, with each change signed.

    The two texts are those that the files with all changes rejected and accepted would give. Changes of the
    format alone are left out and counted in a notice. With an `author` only what that one changed and said
    counts, alone or with others, as if all the rest were rejected. Raises InvalidText where the file cannot
    be read.
    """
    from gcmtext.formats.tracked_changes.word import read

    with unnested():
        return read(data, author)


def read_submitted(data: bytes, name: str, base: Document | None = None) -> TrackedText:
    """Return what a delegation sent, with its tracked changes if it is a Word file.

    A file without any stands for itself: held against the base it shows what it changes. With the base at
    hand, words that are bold or underlined and words that are struck are read as added and deleted where
    that gives the base; see `gcmtext.text.tracked.marks`. Raises InvalidText where the file cannot be read;
    the message begins with its name.
    """
    is_word = format_of(data, name).module == "gcmtext.formats.docx"
    with naming(name):
        found = read_tracked(data) if is_word else untracked(segment(read_source(data, name)))
    if base is None or any(run.operation != "equal" for p in found.paragraphs for run in p.runs):
        return found
    by_type = _by_type(data, name, base, is_word=is_word)
    if by_type is None:
        return found
    return replace(by_type, comments=found.comments)


def _by_type(data: bytes, name: str, base: Document, *, is_word: bool) -> TrackedText | None:
    from gcmtext.formats.tracked_changes.type_marks import of_signs, of_word, with_signs

    if is_word:
        return read_marks(*of_word(data), base)
    module = format_of(data, name).module
    if module not in _WITH_TYPE:
        return None
    marked = with_signs(data, is_html=module.endswith("html"))
    return read_marks(*of_signs(read_source(marked, name)), base)
