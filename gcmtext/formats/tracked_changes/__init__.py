"""What delegations send: Word files with tracked changes, read with every change and who made it.

word        the file in both views, and the pieces of which each is made
authors     what one of several authors changed
comments    the comments in its margin, with their replies
type_marks  how words are set in files that track nothing: bold, underlined, struck
"""

from gcmtext.formats import format_of, naming, read_source
from gcmtext.formats.docx.package import unnested
from gcmtext.formats.tracked_changes.type_marks import of_signs, of_word, with_signs
from gcmtext.formats.tracked_changes.word import read as read_word
from gcmtext.text.model import Document
from gcmtext.text.segment import segment
from gcmtext.text.tracked import TrackedText, untracked
from gcmtext.text.tracked.marks import BY_TYPE, read_marks

_WITH_TYPE = ("gcmtext.formats.html", "gcmtext.formats.markdown")


def read_tracked(data: bytes, author: str = "") -> TrackedText:
    """Return the text of a Word file before and after its tracked changes, with each change signed.

    The two texts are those that the files with all changes rejected and accepted would give. Changes of the
    format alone are left out and counted in a notice. With an `author` only what that one changed and said
    counts, alone or with others, as if all the rest were rejected. Raises InvalidText where the file cannot
    be read.
    """
    with unnested():
        found = read_word(data, author)
        if author or found.authors:
            return found
        return read_marks(*of_word(data), None, found.comments) or found


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
        if base is None or set(found.authors) - {BY_TYPE.author}:
            return found
        return _by_type(data, name, base) or found


def _by_type(data: bytes, name: str, base: Document) -> TrackedText | None:
    module = format_of(data, name).module
    if module == "gcmtext.formats.docx":
        with unnested():
            return read_marks(*of_word(data), base, read_word(data, "").comments)
    if module not in _WITH_TYPE:
        return None
    marked = with_signs(data, is_html=module.endswith("html"))
    return read_marks(*of_signs(read_source(marked, name)), base)
