"""What the tracked changes of a file are, in short."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gcmtext.formats.docx.story import Item, Revision, Table
from gcmtext.text.model import Notice


@dataclass(slots=True)
class Tally:
    """Counts tracked changes while items pass; what one author did in one stretch is one change."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    _last: Revision = field(default_factory=Revision)

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items and count the changes in them."""
        for item in items:
            self._see(item)
            yield item

    def notice(self) -> Notice | None:
        """Return what was read as accepted, with the deleted words; None if nothing was tracked."""
        if not self.counts:
            return None
        by_author: dict[str, list[str]] = {}
        for (author, kind), count in self.counts.items():
            by_author.setdefault(author, []).append(f"{count} {kind}{'s' if count > 1 else ''}")
        parts = [f"{_listed(done)} by {author or 'somebody unnamed'}" for author, done in by_author.items()]
        return Notice(
            "tracked-changes",
            f"The tracked changes are read as accepted: {'; '.join(parts)}.",
            " ".join("".join(self.left_out).split()),
        )

    def _see(self, item: Item) -> None:
        if isinstance(item, Table):
            for row in item.rows:
                for cell in row.cells:
                    for inner in cell.items:
                        self._see(inner)
                    self._count(cell.revision)
                self._count(row.revision)
            return
        for span in item.spans:
            if span.text or span.note:
                self._count(span.revision)
                if span.revision.deleted is not None:
                    self.left_out.append(span.text)
        self._count(item.mark)
        if self.left_out and self.left_out[-1] != "\n":
            self.left_out.append("\n")
        for inner in item.boxes:
            self._see(inner)

    def _count(self, revision: Revision) -> None:
        before, self._last = self._last, revision
        for kind, stamp, last in (
            ("insertion", revision.inserted, before.inserted),
            ("deletion", revision.deleted, before.deleted),
        ):
            if stamp is not None and (last is None or last.author != stamp.author):
                if not stamp.moved:
                    self.counts[stamp.author, kind] += 1
                elif kind == "insertion":
                    self.counts[stamp.author, "move"] += 1


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
