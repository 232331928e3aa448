"""PDFium in a process of its own, with bounds on its time and memory.

A file of a kilobyte can keep a reader of PDF busy for hours (forms that draw forms, streams that unpack to
gigabytes), and PDFium cannot be interrupted or told how much memory it may take. A process can. It is given
the bytes of the file and returns the pages as JSON.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from gcmtext.errors import InvalidText
from gcmtext.formats.pdf.page import Page, Rule, Word

MAX_SECONDS = 60
MAX_MEMORY = 1_500 * 2**20

_CODE = "import sys; sys.path[:] = sys.argv[1:]; from gcmtext.formats.pdf import confined; confined.serve()"
_PAGE = ("number", "width", "height", "slanted", "unmapped", "pictures")
_WORD = ("text", "left", "right", "base", "size", "bold", "italic", "blank", "raised", "apart")
_RULE = ("left", "top", "right", "bottom")
_page_values, _word_values, _rule_values = attrgetter(*_PAGE), attrgetter(*_WORD), attrgetter(*_RULE)


def read_pages(data: bytes) -> list[Page]:
    """Return the pages of a PDF.

    Raises InvalidText as extract.read_pages does, and if the file takes more than MAX_SECONDS or MAX_MEMORY.
    """
    try:
        done = subprocess.run(  # noqa: S603 (this interpreter, with code of our own)
            [sys.executable, "-c", _CODE, *sys.path], input=data, capture_output=True, timeout=2 * MAX_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise _too_costly() from None
    if done.returncode:
        raise _too_costly()
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise InvalidText(answer["refused"])
    return list(_pages(answer["pages"]))


def serve() -> None:
    """Read a PDF from the standard input; write its pages, or why it is refused, to the standard output."""
    _bound()
    from gcmtext.formats.pdf import extract

    try:
        pages = extract.read_pages(sys.stdin.buffer.read())
        answer: dict[str, Any] = {"pages": [_values(page) for page in pages]}
    except InvalidText as refusal:
        answer = {"refused": str(refusal)}
    json.dump(answer, sys.stdout)


def _too_costly() -> InvalidText:
    return InvalidText(
        f"takes more than {MAX_SECONDS} seconds or {MAX_MEMORY // 2**20:,} MB to read: print it to a "
        "new PDF, or ask for the Word file."
    )


def _bound() -> None:
    """Bound the processor time and memory of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the time is bounded all the same
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _values(page: Page) -> list[Any]:
    return [_page_values(page), [_word_values(w) for w in page.words], [_rule_values(r) for r in page.rules]]


def _pages(values: list[Any]) -> Iterator[Page]:
    for page, words, rules in values:
        yield Page(
            words=tuple(Word(*word) for word in words),
            rules=tuple(Rule(*rule) for rule in rules),
            **dict(zip(_PAGE, page, strict=True)),
        )
