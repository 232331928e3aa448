"""Word files with true tracked changes: a comparison, what a delegation proposes, a compilation.

    story    the comparison as paragraphs, marks and runs, each kept, inserted, deleted or moved
    compiled what several delegations propose, as such paragraphs
    margin   what is said of them in comments
    markup   those in WordprocessingML (ECMA-376 part 1, 17.13.5)
    styles   the look of titles, headings, numbered paragraphs and sub-paragraphs
    package  the parts of the file

Rejecting all changes gives the old text, paragraph by paragraph; accepting all gives the new one. No change
is nested in another, so this holds even where a program does not know moves.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from gcmtext.text.collate import Compilation
from gcmtext.text.compare import Comparison
from gcmtext.text.model import Document
from gcmtext.text.proposals import Submission
from gcmtext.text.tracked import Signature

COMPILER = "Compilation"
"""Signs what is said of all proposals together."""


def write_docx(comparison: Comparison, author: str, date: datetime) -> bytes:
    """Return a Word file with the new text and its changes against the old, signed with an author and a date.

    The same arguments give the same bytes.
    """
    from gcmtext.formats.docx_tracked.markup import write_body
    from gcmtext.formats.docx_tracked.package import write_package
    from gcmtext.formats.docx_tracked.story import tell

    language = comparison.new.language
    body = write_body(tell(comparison), signed(author, date), language)
    title = comparison.new.title or comparison.old.title
    return write_package(body, language=language, title=title, author=author, date=date)


def write_submission(base: Document, submission: Submission, date: datetime) -> bytes:
    """Return the Word file of one delegation: the base with what it proposes, signed with its name.

    Accepting all changes gives the text it wants, rejecting all the base. What it says for its proposals, its
    remarks and its reservations are comments. Raises InvalidText where the proposals are no one text.
    """
    from gcmtext.formats.docx_tracked.margin import with_comments
    from gcmtext.formats.docx_tracked.markup import write_body
    from gcmtext.formats.docx_tracked.package import write_package
    from gcmtext.formats.docx_tracked.story import tell
    from gcmtext.text.tracked.proposed import proposed_by

    proposed = proposed_by(base, submission)
    told = with_comments(tell(proposed.comparison), proposed, submission)
    author = submission.delegation
    body = write_body(told, signed(author, date), base.language)
    return write_package(body, language=base.language, title=base.title, author=author, date=date)


def write_compilation(
    compilation: Compilation, date: datetime, dates: Mapping[str, datetime] | None = None
) -> bytes:
    """Return the Word file of a compilation: the base with what all delegations propose as tracked changes.

    Each change is by the delegations that make it, their names joined by `AND`, and has the date of the last
    of their submissions; `date` is that of the file, and of submissions that `dates` does not name. Readings
    of the same words follow one another. Rejecting all changes gives the base; read with
    `read_tracked(data, author)` the file gives the text of each delegation. What delegations say, their
    reservations and where they disagree are comments.
    """
    from gcmtext.formats.docx_tracked.compiled import tell_compilation
    from gcmtext.formats.docx_tracked.markup import write_body
    from gcmtext.formats.docx_tracked.package import write_package

    base = compilation.base
    sent = dict.fromkeys(compilation.delegations, date) | dict(dates or {})
    story = tell_compilation(compilation, sent)
    body = write_body(story, signed(COMPILER, date), base.language)
    return write_package(body, language=base.language, title=base.title, author=COMPILER, date=date)


def signed(author: str, date: datetime) -> Signature:
    """Return the signature of changes made by an author at a time."""
    return Signature(author, date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
