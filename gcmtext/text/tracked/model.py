"""The values of a text with tracked changes, all frozen."""

from collections.abc import Iterable
from dataclasses import dataclass

from gcmtext.text.compare import Comparison, changes_of
from gcmtext.text.model import Alignment, Document, Evidence, Notice, Operation
from gcmtext.text.proposals import ProposalKind


@dataclass(frozen=True, slots=True)
class Signature:
    """Who made a change, and when: ISO 8601 as the file has it; "" where it does not say."""

    author: str
    date: str = ""


UNTRACKED = Signature("untracked")
"""Signs what differs from the base though nobody tracked it."""

NOBODY = Signature("")

CERTAIN = Evidence(1.0, 1.0, 1.0, True, 0.0)
"""Of a link that a file says, so that none was looked for."""

LEAST = 1e-6
"""What a link weighs that is known to have moved, when it is asked which links keep the order."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one paragraph that were kept, deleted or inserted; what is kept is signed by nobody."""

    operation: Operation
    text: str
    by: Signature = NOBODY


@dataclass(frozen=True, slots=True)
class TrackedParagraph:
    """One paragraph before and after, by their indices in the two states; None where it was not, or is not.

    runs: kept and deleted ones together are the text before, kept and inserted ones the text after.
    """

    base: int | None
    proposed: int | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TrackedComment:
    """A comment in the margin.

    on: the words it hangs on; "" where it hangs on a place between words.
    base, proposed: the paragraph in which they begin, in either state.
    """

    by: Signature
    text: str
    on: str = ""
    base: int | None = None
    proposed: int | None = None
    replies: tuple["TrackedComment", ...] = ()


@dataclass(frozen=True, slots=True)
class TrackedText:
    """Both states of a text, and all that lies between them.

    base, proposed: the text with all changes rejected, and accepted.
    alignment: the lineage between them, as the file has it; nothing in it was guessed.
    paragraphs: in the order of the file; those with a base are all of the base in its order, those with a
        proposed text all of that. What moved stands in both its places.
    """

    base: Document
    proposed: Document
    alignment: Alignment
    paragraphs: tuple[TrackedParagraph, ...]
    comments: tuple[TrackedComment, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who made the changes, in order of their first one."""
        signatures = (run.by for paragraph in self.paragraphs for run in paragraph.runs)
        return tuple(dict.fromkeys(by.author for by in signatures if by.author and by != UNTRACKED))

    def comparison(self) -> Comparison:
        """Return the two states side by side, with the word changes computed anew."""
        changes = changes_of(self.base, self.proposed, self.alignment)
        return Comparison(self.base, self.proposed, self.alignment, changes)


SAID_OF_MARKS = {ProposalKind.RESERVE: "Reservation", ProposalKind.RETAIN: "Retain"}
"""With these words a comment reserves, or would retain, what it hangs on; a colon and a reason may follow."""

AND = "; "
"""Stands between the names of those who make a change together."""


def joined_names(names: Iterable[str]) -> str:
    """Return the author of a change that several make."""
    return AND.join(names)


def is_by(author: str, name: str) -> bool:
    """Whether a change is by somebody, alone or with others."""
    return author == name or name in author.split(AND)
