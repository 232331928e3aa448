"""The values that flow through the text core, all frozen.

A file becomes a Source (what its format knows), a Source becomes a Document (what the text is),
two Documents become a Comparison (what changed).

    formats.read_file  ->  Source(blocks)
    segment(source)     ->  Document(paragraphs)
    align(old, new)     ->  Alignment(links, inserted, deleted)
    diff(old, new)      ->  Changes
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias


class Role(StrEnum):
    """What the format of a file says about a block; BODY where it says nothing."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    ROW = "row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a file in reading order, before it is known what it is in the text.

    text: its words; inner line breaks are blanks, unless they separate lines that belong apart ("\\n");
        a tab is kept where the file has one, for it sets a typed label apart.
    mark: the label, where the format holds it apart from the text (numbering in Word, <num> in Akoma
        Ntoso, the number of a list item or of a footnote); "" where the label, if any, stands in the text.
    depth: for HEADING its level from 1; for BODY how deep it stands in lists or indents, from 0; else 0.
    """

    text: str
    role: Role = Role.BODY
    mark: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about how a file was read.

    code: a stable word for programs ("tracked-changes", "running-head", ...).
    message: one sentence.
    text: the words of the file that are in no paragraph because of this; "" if none are left out.
    """

    code: str
    message: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a format read from one file.

    title, language (BCP 47), symbol, revision, date (ISO 8601) hold what the file states about itself;
    "" where it states nothing.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    symbol: str = ""
    revision: str = ""
    date: str = ""
    notices: tuple[Notice, ...] = ()


class Kind(StrEnum):
    """What a paragraph is in the text."""

    TITLE = "title"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    NUMBERED = "numbered"
    CHAPEAU = "chapeau"
    SUBPARAGRAPH = "sub-paragraph"
    FOOTNOTE = "footnote"
    ANNEX = "annex"
    ROW = "row"
    TEXT = "text"


HEADS = frozenset({Kind.TITLE, Kind.HEADING, Kind.ANNEX})
"""The kinds of paragraphs that others stand under, as a heading of theirs."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit of a negotiated text.

    index: its place in the document, from 0.
    label: as printed, without a closing full stop ("12", "12 bis", "(a)", "OBJECTIVE 7"); "" if it has none.
    level: headings from 1 (the title is 0); for text, 0 for paragraphs, 1 for (a), 2 for (i), ...
    text: its words without the label, in NFC, white space folded to single blanks.
    """

    index: int
    kind: Kind
    label: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One state of a text, paragraph by paragraph. language is "" where it could not be told."""

    title: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    notices: tuple[Notice, ...] = ()
    symbol: str = ""
    revision: str = ""
    date: str = ""


Operation: TypeAlias = Literal["equal", "delete", "insert"]
Change: TypeAlias = tuple[Operation, str]
Changes: TypeAlias = tuple[Change, ...]


class LinkKind(StrEnum):
    """What became of paragraphs from one revision to the next."""

    SAME = "same"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two paragraphs are linked, each figure from 0 to 1.

    kept: share of the old words, weighted by rarity, that stand in the new text.
    drawn: share of the new words, weighted by rarity, that come from the old text.
    neighbours: share of the paragraphs around that are linked in the same order.
    label: whether the printed labels agree.
    rival: the similarity of the best other candidate for either side.
    """

    kept: float
    drawn: float
    neighbours: float
    label: bool
    rival: float


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraphs of one revision and what they became in the next.

    old, new: indices, ascending; one each, except for a split (one old, several new) and a merger
        (several old, one new).
    kind: SAME only if the words are the same and the order is kept; a link that moved is MOVED
        whether or not it was edited as well.
    confidence: of the links given with confidence c, a share of c is right, or more.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    kind: LinkKind
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Alignment:
    """The lineage between two revisions: every paragraph of either is in one link, or inserted, or deleted.

    links: ordered by their first new paragraph.
    inserted, deleted: indices, ascending.
    """

    links: tuple[Link, ...]
    inserted: tuple[int, ...]
    deleted: tuple[int, ...]
