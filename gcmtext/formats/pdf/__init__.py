"""PDF: from places on pages to blocks in reading order.

Characters become words and lines; page furniture, mastheads, tables and footnotes are told from the text by
where they stand and how they are set; lines become paragraphs. Every word is in a block or in a notice.
"""

from gcmtext.formats.pdf import confined, reader
from gcmtext.text.model import Source


def read(data: bytes) -> Source:
    """Return what a PDF holds, read in a process of its own with bounds on its time and memory.

    Raises InvalidText as reader.read does, and for a file that goes beyond the bounds.
    """
    return reader.read(data, confined.read_pages)
