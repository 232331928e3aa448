"""Word files (.docx): Office Open XML, ISO/IEC 29500, transitional and strict.

package (ZIP and XML, safely) -> walk (paragraphs and tables with their tracked changes: story)
-> resolve (one view of them) -> blocks (styles, numbering, roles) -> Source
"""

from gcmtext.formats.docx.package import unnested
from gcmtext.formats.docx.reading import Reading
from gcmtext.formats.docx.story import View
from gcmtext.text.model import Source


def read(data: bytes) -> Source:
    """Return the text of a Word file, tracked changes accepted; raise InvalidText where it cannot be read.

    Blocks follow the text; footnotes and endnotes come last, in order of reference. The marks of numbered
    paragraphs are those Word prints. Notices name what is not in the blocks: tracked changes, headers and
    footers, comments, tables of contents, hidden words, pictures and embedded objects.
    """
    return read_view(data, View.ACCEPTED)


def read_view(data: bytes, view: View) -> Source:
    """Return the text of a Word file with all tracked changes accepted or all rejected."""
    with unnested():
        return Reading(data).source(view)
