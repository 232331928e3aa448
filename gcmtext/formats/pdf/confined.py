"""PDFium in a process of its own, which returns the pages as values of JSON."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from gcmtext.formats import confined
from gcmtext.formats.pdf.page import Page, Rule, Word

_PAGE = ("number", "width", "height", "slanted", "unmapped", "pictures")
_WORD = ("text", "left", "right", "base", "size", "bold", "italic", "blank", "raised", "apart")
_RULE = ("left", "top", "right", "bottom")
_page_values, _word_values, _rule_values = attrgetter(*_PAGE), attrgetter(*_WORD), attrgetter(*_RULE)


def read_pages(data: bytes) -> list[Page]:
    """Return the pages of a PDF.

    Raises InvalidText as extract.read_pages does, and for a file that goes beyond the bounds.
    """
    return list(_pages(confined.call(f"{__name__}:page_values", data)))


def page_values(data: bytes) -> list[Any]:
    """Return the pages of a PDF as lists of values; raises InvalidText as extract.read_pages does."""
    from gcmtext.formats.pdf import extract

    return [_values(page) for page in extract.read_pages(data)]


def _values(page: Page) -> list[Any]:
    return [_page_values(page), [_word_values(w) for w in page.words], [_rule_values(r) for r in page.rules]]


def _pages(values: list[Any]) -> Iterator[Page]:
    for page, words, rules in values:
        yield Page(
            words=tuple(Word(*word) for word in words),
            rules=tuple(Rule(*rule) for rule in rules),
            **dict(zip(_PAGE, page, strict=True)),
        )
