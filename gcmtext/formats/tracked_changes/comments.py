"""The comments in the margin of a Word file: who says what on which words, and who replies."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from lxml import etree

from gcmtext.formats.docx.blocks import Composer
from gcmtext.formats.docx.names import W
from gcmtext.formats.docx.numbering import Numbering
from gcmtext.formats.docx.reading import Reading
from gcmtext.formats.docx.story import Span, View, resolve
from gcmtext.formats.docx.styles import Styles
from gcmtext.formats.docx.walk import Walker
from gcmtext.text.normalise import clean
from gcmtext.text.tracked import Piece, Signature, TrackedComment

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(slots=True)
class Comment:
    """A comment as it stands in its part of the file; replies: the identities of those to it."""

    identity: str
    said: TrackedComment
    replies: list[str] = field(default_factory=list)
    is_reply: bool = False


def read_comments(reading: Reading) -> list[Comment]:
    """Return the comments of a file in order, each with the replies to it."""
    found: list[Comment] = []
    by_paragraph: dict[str, Comment] = {}
    composer = Composer(Styles(), Numbering({}, Styles()))
    for name in reading.package.related(reading.main, "comments"):
        for element in reading.package.parse(name).iterfind(W + "comment"):
            items = resolve(Walker().story(element), View.ACCEPTED)
            by = Signature(element.get(W + "author", ""), element.get(W + "date", ""))
            said = TrackedComment(by, composer.text(items, composer.counters()))
            comment = Comment(element.get(W + "id", ""), said)
            found.append(comment)
            for paragraph in element.iter(W + "p"):
                by_paragraph[paragraph.get(_W14 + "paraId", "")] = comment
    for name in reading.package.related(reading.main, "commentsExtended"):
        _read_threads(reading.package.parse(name), by_paragraph)
    return found


def _read_threads(root: etree._Element, by_paragraph: dict[str, Comment]) -> None:
    for element in root.iterfind(_W15 + "commentEx"):
        reply = by_paragraph.get(element.get(_W15 + "paraId", ""))
        parent = by_paragraph.get(element.get(_W15 + "paraIdParent", "-"))
        if reply is not None and parent is not None and reply is not parent and not reply.is_reply:
            parent.replies.append(reply.identity)
            reply.is_reply = True


def place_comments(
    comments: Sequence[Comment], spans: Sequence[Span], pieces: Sequence[Piece]
) -> tuple[TrackedComment, ...]:
    """Return the comments with the words they hang on, replies under what they reply to."""
    said = {comment.identity: comment.said for comment in comments}
    begun: dict[str, int] = {}
    for place, span in enumerate(spans):
        if span.comment is None or span.comment.identity not in said:
            continue
        identity = span.comment.identity
        if span.comment.begins:
            begun[identity] = place
        start = begun.get(identity, place)
        within = [piece for piece in pieces[start:place] if piece.text]
        outside = [piece for piece in (*reversed(pieces[:start]), *pieces[place:]) if piece.text]
        beside = _beside(within) or _beside(outside[:1]) or (None, None)
        said[identity] = replace(said[identity], on=_words(within), base=beside[0], proposed=beside[1])
    of = {comment.identity: comment for comment in comments}
    return tuple(_with_replies(comment.identity, said, of) for comment in comments if not comment.is_reply)


def _with_replies(identity: str, said: dict[str, TrackedComment], of: dict[str, Comment]) -> TrackedComment:
    replies = tuple(said[reply] for reply in of[identity].replies)
    return replace(said[identity], replies=replies)


def _words(pieces: Sequence[Piece]) -> str:
    """Return the words of some pieces as proposed; where nothing is, as they stand in the base."""
    proposed = [(piece.proposed, piece.text) for piece in pieces if piece.proposed is not None]
    base = [(piece.base, piece.text) for piece in pieces if piece.base is not None]
    by_paragraph = groupby(proposed or base, key=itemgetter(0))
    return clean(" ".join("".join(text for _, text in group) for _, group in by_paragraph))


def _beside(pieces: Sequence[Piece]) -> tuple[int | None, int | None] | None:
    """Return the first paragraphs in which pieces stand; None where they stand in none."""
    base = next((piece.base for piece in pieces if piece.base is not None), None)
    proposed = next((piece.proposed for piece in pieces if piece.proposed is not None), None)
    return None if base is None and proposed is None else (base, proposed)
