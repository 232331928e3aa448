"""PDF: from places on pages to blocks in reading order.

Characters become words and lines; page furniture, mastheads, tables and footnotes are told from the text by
where they stand and how they are set; lines become paragraphs. Every word is in a block or in a notice.
"""

from gcmtext.formats.pdf.reader import read

__all__ = ["read"]
