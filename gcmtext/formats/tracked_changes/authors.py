"""What one of the authors of a file changed, as if all that the others did were rejected."""

from dataclasses import replace

from gcmtext.formats.docx.story import Item, Paragraph, Revision, Stamp, Table
from gcmtext.text.tracked import is_by


def only_by(author: str, item: Item) -> Item:
    """Return an item with the changes of one author alone.

    What others inserted stands in no view, as if it had been deleted at once; what others deleted is kept.
    """
    if isinstance(item, Paragraph):
        return replace(
            item,
            spans=[replace(span, revision=_only(author, span.revision)) for span in item.spans],
            mark=_only(author, item.mark),
            boxes=[only_by(author, box) for box in item.boxes],
        )
    return Table(
        [
            replace(
                row,
                revision=_only(author, row.revision),
                cells=[
                    replace(
                        cell,
                        revision=_only(author, cell.revision),
                        items=[only_by(author, inner) for inner in cell.items],
                    )
                    for cell in row.cells
                ],
            )
            for row in item.rows
        ]
    )


def _only(author: str, revision: Revision) -> Revision:
    inserted, deleted = revision.inserted, revision.deleted
    if inserted is not None and not _is_by(inserted, author):
        return Revision(inserted, inserted)
    if deleted is not None and not _is_by(deleted, author):
        return Revision(inserted, None)
    return revision


def _is_by(stamp: Stamp, author: str) -> bool:
    return is_by(stamp.author, author)
