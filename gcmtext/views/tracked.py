"""A text with tracked changes as it is shown: what became of each paragraph, by whom, with what comments."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from gcmtext.text.model import LinkKind
from gcmtext.text.tracked import TrackedComment, TrackedParagraph, TrackedText


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """One paragraph of a text with tracked changes.

    label: as printed, in the base where it has one there. what: "same", "edited", "moved", "split", "merged",
        "inserted" or "deleted". authors: those who changed it, in order.
    """

    paragraph: TrackedParagraph
    label: str
    what: str
    authors: tuple[str, ...]
    comments: tuple[TrackedComment, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything was changed in it or said of it."""
        return self.what != LinkKind.SAME or bool(self.comments)


def shown(tracked: TrackedText) -> Iterator[ShownParagraph]:
    """Yield the paragraphs in the order of the file."""
    of_base: dict[int | None, LinkKind] = {i: link.kind for link in tracked.alignment.links for i in link.old}
    of_proposed: dict[int | None, LinkKind] = {
        j: link.kind for link in tracked.alignment.links for j in link.new
    }
    comments = _comments(tracked)
    for place, paragraph in enumerate(tracked.paragraphs):
        kind = of_base.get(paragraph.base) or of_proposed.get(paragraph.proposed)
        what = kind.value if kind else ("inserted" if paragraph.base is None else "deleted")
        changed = [run for run in paragraph.runs if run.operation != "equal"]
        if what == LinkKind.EDITED and not changed:
            what = LinkKind.SAME.value
        yield ShownParagraph(
            paragraph,
            _label(tracked, paragraph),
            what,
            tuple(dict.fromkeys(run.by.author for run in changed)),
            tuple(comments[place]),
        )


def _label(tracked: TrackedText, paragraph: TrackedParagraph) -> str:
    if paragraph.base is not None:
        return tracked.base.paragraphs[paragraph.base].label
    return "" if paragraph.proposed is None else tracked.proposed.paragraphs[paragraph.proposed].label


def _comments(tracked: TrackedText) -> dict[int, list[TrackedComment]]:
    """Return the comments by the place of their paragraph; what hangs nowhere is with the first."""
    of_base = {paragraph.base: place for place, paragraph in enumerate(tracked.paragraphs)}
    of_proposed = {paragraph.proposed: place for place, paragraph in enumerate(tracked.paragraphs)}
    found: defaultdict[int, list[TrackedComment]] = defaultdict(list)
    for comment in tracked.comments:
        if comment.proposed is not None:
            found[of_proposed[comment.proposed]].append(comment)
        else:
            found[0 if comment.base is None else of_base[comment.base]].append(comment)
    return found


def as_json(tracked: TrackedText) -> dict[str, Any]:
    """Return a text with tracked changes in the shape that docs/commands.md names."""
    return {
        "paragraphs": [
            {
                "base": None if s.paragraph.base is None else tracked.base.paragraphs[s.paragraph.base].text,
                "proposed": None
                if s.paragraph.proposed is None
                else tracked.proposed.paragraphs[s.paragraph.proposed].text,
                "changes": [[r.operation, r.text, r.by.author, r.by.date] for r in s.paragraph.runs],
                "label": s.label,
                "kind": s.what,
                "comments": [_comment(comment) for comment in s.comments],
            }
            for s in shown(tracked)
        ],
        "notices": [asdict(notice) for notice in tracked.notices],
    }


def _comment(comment: TrackedComment) -> dict[str, Any]:
    return {
        "author": comment.by.author,
        "date": comment.by.date,
        "on": comment.on,
        "text": comment.text,
        "replies": [_comment(reply) for reply in comment.replies],
    }
