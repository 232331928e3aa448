"""How the words of a file are set: bold or underlined, struck, or plain."""

import re
from collections.abc import Iterator

from gcmtext.formats.docx.reading import Reading
from gcmtext.formats.docx.story import Span, View
from gcmtext.text.model import Source
from gcmtext.text.tracked.marks import Stretches, Type

# Signs of a private use area stand for the marks while a reader of another format has the text.
_BEGINS_ADDED, _ENDS_ADDED, _BEGINS_STRUCK, _ENDS_STRUCK = "\ue0f0\ue0f1\ue0f2\ue0f3"
_SIGNS = re.compile(f"([{_BEGINS_ADDED}-{_ENDS_STRUCK}])")
_MARKDOWN = (
    (re.compile(rb"~~(?=\S)(.+?)(?<=\S)~~", re.S), (_BEGINS_STRUCK, _ENDS_STRUCK)),
    (re.compile(rb"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S), (_BEGINS_ADDED, _ENDS_ADDED)),
)
_HTML = tuple(
    (re.compile(rb"<(%b)\b[^>]*>(.*?)</\1\s*>" % names, re.S | re.I), signs)
    for names, signs in (
        (b"s|del|strike", (_BEGINS_STRUCK, _ENDS_STRUCK)),
        (b"b|strong|u|ins", (_BEGINS_ADDED, _ENDS_ADDED)),
    )
)


def of_word(data: bytes) -> tuple[Source, tuple[Stretches, ...]]:
    """Return a Word file without tracked changes, and how the words of each block are set by hand."""
    reading = Reading(data)
    composed = reading.compose(reading.items(), View.ACCEPTED, reading.note, keep_spans=True)
    source = reading.stated(composed.blocks, tuple(reading.notices(View.ACCEPTED)))
    return source, tuple(tuple((span.text, _type(span)) for span in spans) for spans in composed.spans)


def _type(span: Span) -> Type:
    if span.format.struck:
        return Type.STRUCK
    return Type.ADDED if span.format.bold or span.format.underlined else Type.PLAIN


def with_signs(data: bytes, *, is_html: bool) -> bytes:
    """Return an HTML or Markdown file with signs, of which `of_signs` knows the meaning, for its marks."""
    for pattern, (begins, ends) in _HTML if is_html else (*_MARKDOWN, *_HTML):
        before, after = (f"&#x{ord(sign):x};".encode() for sign in (begins, ends))
        data = pattern.sub(lambda match, b=before, a=after: b + match[match.re.groups] + a, data)  # type: ignore[misc]
    return data


def of_signs(source: Source) -> tuple[Source, tuple[Stretches, ...]]:
    """Return a source read with signs, and how the words of each block are set."""
    return source, tuple(tuple(_stretches(block.text)) for block in source.blocks)


def _stretches(text: str) -> Iterator[tuple[str, Type]]:
    added = struck = False
    for part in _SIGNS.split(text):
        if part in (_BEGINS_ADDED, _ENDS_ADDED):
            added = part == _BEGINS_ADDED
        elif part in (_BEGINS_STRUCK, _ENDS_STRUCK):
            struck = part == _BEGINS_STRUCK
        elif part:
            yield part, Type.STRUCK if struck else Type.ADDED if added else Type.PLAIN
