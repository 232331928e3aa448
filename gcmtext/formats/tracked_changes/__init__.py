"""What delegations send: Word files with tracked changes, read with every change and who made it.

word       the file in both views, and the pieces of which each is made
comments   the comments in its margin, with their replies
"""

from gcmtext.formats import format_of, naming, read_source
from gcmtext.formats.docx.package import unnested
from gcmtext.text.segment import segment
from gcmtext.text.tracked import TrackedText, untracked


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


def read_submitted(data: bytes, name: str) -> TrackedText:
    """Return what a delegation sent, with its tracked changes if it is a Word file.

    A file without any stands for itself: held against the base it shows what it changes. Raises InvalidText
    where the file cannot be read; the message begins with its name.
    """
    if format_of(data, name).module != "gcmtext.formats.docx":
        return untracked(segment(read_source(data, name)))
    with naming(name):
        return read_tracked(data)
