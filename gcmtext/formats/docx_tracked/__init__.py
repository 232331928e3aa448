"""A comparison as a Word file: the new text with true tracked changes against the old.

    story    the comparison as paragraphs, marks and runs, each kept, inserted, deleted or moved
    markup   those in WordprocessingML (ECMA-376 part 1, 17.13.5)
    styles   the look of titles, headings, numbered paragraphs and sub-paragraphs
    package  the parts of the file

Rejecting all changes gives the old text, paragraph by paragraph; accepting all gives the new one. No change
is nested in another, so this holds even where a program does not know moves.
"""

from datetime import datetime

from gcmtext.text.compare import Comparison


def write_docx(comparison: Comparison, author: str, date: datetime) -> bytes:
    """Return a Word file with the new text and its changes against the old, signed with an author and a date.

    The same arguments give the same bytes.
    """
    from gcmtext.formats.docx_tracked.markup import write_body
    from gcmtext.formats.docx_tracked.package import write_package
    from gcmtext.formats.docx_tracked.story import tell

    language = comparison.new.language
    body = write_body(tell(comparison), author, date, language)
    title = comparison.new.title or comparison.old.title
    return write_package(body, language=language, title=title, author=author, date=date)
