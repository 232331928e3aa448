"""What delegations send: Word files with tracked changes, read with every change and who made it.

word       the file in both views, and the pieces of which each is made
comments   the comments in its margin, with their replies
"""

from gcmtext.formats.docx.package import unnested
from gcmtext.text.tracked import TrackedText


def read_tracked(data: bytes) -> TrackedText:
    """Return the text of a Word file before and after its tracked changes, with each change signed.

    The two texts are those that the files with all changes rejected and accepted would give. Changes of the
    format alone are left out and counted in a notice. Raises InvalidText where the file cannot be read.
    """
    from gcmtext.formats.tracked_changes.word import read

    with unnested():
        return read(data)
