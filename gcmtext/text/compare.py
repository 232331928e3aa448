"""Two revisions side by side: the lineage between them, and what changed in each link."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from gcmtext.text.align import align
from gcmtext.text.diff import diff_paragraphs, word_counts
from gcmtext.text.model import Alignment, Changes, Document, Link, LinkKind
from gcmtext.text.tokens import words

DOUBTFUL = 0.8  # a link given with less confidence is for a person to look at


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one revision to the next.

    changes: for each link of the alignment, in its order, how the words of its old paragraphs became
        those of its new ones; see gcmtext.text.diff.
    """

    old: Document
    new: Document
    alignment: Alignment
    changes: tuple[Changes, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A comparison in figures.

    same, edited, moved, moved_and_edited, split, merged: links of that kind; each counts once, however
        many paragraphs it joins. moved: with the same words; moved_and_edited: with other words.
    inserted, deleted: paragraphs.
    renumbered: links of one paragraph to one whose words are the same and whose printed label is not;
        they are counted under same or moved as well.
    words_kept, words_deleted, words_inserted: words of all paragraphs, with the moved ones among the kept.
    """

    same: int
    edited: int
    moved: int
    moved_and_edited: int
    split: int
    merged: int
    inserted: int
    deleted: int
    renumbered: int
    words_kept: int
    words_deleted: int
    words_inserted: int

    @property
    def words_old(self) -> int:
        """The words of the old text."""
        return self.words_kept + self.words_deleted

    @property
    def words_new(self) -> int:
        """The words of the new text."""
        return self.words_kept + self.words_inserted

    @property
    def changed(self) -> int:
        """How many differences there are: all links but those that are the same, and what is new or gone."""
        linked = self.edited + self.moved + self.moved_and_edited + self.split + self.merged
        return linked + self.inserted + self.deleted


def compare(old: Document, new: Document) -> Comparison:
    """Return the lineage between two revisions with the word changes of each link."""
    alignment = align(old.paragraphs, new.paragraphs)
    return Comparison(old, new, alignment, changes_of(old, new, alignment))


def changes_of(old: Document, new: Document, alignment: Alignment) -> tuple[Changes, ...]:
    """Return the word changes of each link of a lineage."""
    return tuple(diff_paragraphs(texts(old, link.old), texts(new, link.new)) for link in alignment.links)


def texts(document: Document, indices: Sequence[int]) -> tuple[str, ...]:
    """Return the words of some paragraphs of a document."""
    return tuple(document.paragraphs[index].text for index in indices)


def is_doubtful(link: Link) -> bool:
    """Return whether a person should look at a link: its confidence is under DOUBTFUL."""
    return link.confidence < DOUBTFUL


def is_edited(changes: Changes) -> bool:
    """Return whether any word is new or gone."""
    return any(operation != "equal" for operation, _ in changes)


def is_renumbered(comparison: Comparison, link: Link, changes: Changes) -> bool:
    """Return whether a link joins one paragraph to one with the same words under another printed label."""
    if len(link.old) != 1 or len(link.new) != 1 or is_edited(changes):
        return False
    return comparison.old.paragraphs[link.old[0]].label != comparison.new.paragraphs[link.new[0]].label


def summary(comparison: Comparison) -> Summary:
    """Return the figures of a comparison."""
    alignment = comparison.alignment
    links = tuple(zip(alignment.links, comparison.changes, strict=True))
    kinds = Counter(link.kind for link in alignment.links)
    moved_and_edited = sum(link.kind == LinkKind.MOVED and is_edited(changes) for link, changes in links)
    deleted, inserted, kept = word_counts(tuple(chain.from_iterable(comparison.changes)))
    return Summary(
        same=kinds[LinkKind.SAME],
        edited=kinds[LinkKind.EDITED],
        moved=kinds[LinkKind.MOVED] - moved_and_edited,
        moved_and_edited=moved_and_edited,
        split=kinds[LinkKind.SPLIT],
        merged=kinds[LinkKind.MERGED],
        inserted=len(alignment.inserted),
        deleted=len(alignment.deleted),
        renumbered=sum(is_renumbered(comparison, link, changes) for link, changes in links),
        words_kept=kept,
        words_deleted=deleted + _count(comparison.old, alignment.deleted),
        words_inserted=inserted + _count(comparison.new, alignment.inserted),
    )


def _count(document: Document, indices: Sequence[int]) -> int:
    return sum(len(words(text)) for text in texts(document, indices))
