"""What every view in a terminal is made of; marks that need no colour."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from gcmtext.text.model import Changes, Document, Notice, Operation

_STYLES: dict[Operation, str] = {"equal": "", "insert": "bold underline green", "delete": "strike red"}
# In a pipe or a file there are no styles, so the marks are signs that texts do not use.
_SIGNS: dict[Operation, tuple[str, str]] = {"equal": ("", ""), "insert": ("{+", "+}"), "delete": ("{-", "-}")}
_LONG, _CONTEXT = 200, 80
_GLIMPSE = 60


def new_console() -> Console:
    """Return a console as wide as the terminal, which colours nothing on its own account."""
    return Console(highlight=False, soft_wrap=False)


def show_notices(console: Console, notices: Iterable[Notice], name: str = "") -> None:
    """Print what a person should know about how a file was read."""
    for notice in notices:
        console.print(Text(f"Note{' on ' + name if name else ''}: {notice.message}", "yellow"))


def print_indented(console: Console, text: Text, indent: int) -> None:
    """Print a text wrapped to what is left of the width behind an indent."""
    for line in text.wrap(console, max(console.width - indent, 20)):
        line.rstrip()
        console.print(Text(" " * indent).append_text(line), soft_wrap=True)


def redline(console: Console, changes: Changes, whole: bool = False) -> Text:
    """Return a text with its changes marked; long unchanged stretches lose their middle unless `whole`."""
    text = Text()
    for i, (operation, words) in enumerate(changes):
        if operation == "equal" and not whole:
            text.append(shortened(words, first=i == 0, last=i == len(changes) - 1))
        else:
            text.append_text(marked(console, words, operation))
    return text


def marked(console: Console, words: str, operation: Operation) -> Text:
    """Return words marked as deleted or inserted: by style in a terminal, by signs elsewhere."""
    if console.is_terminal:
        return Text(words, _STYLES[operation])
    opening, closing = _SIGNS[operation]
    return Text(f"{opening}{words}{closing}")


def shortened(words: str, first: bool, last: bool) -> str:
    """Return a long unchanged stretch without its middle, or without the end that no change touches."""
    if len(words) <= _LONG:
        return words
    head = glimpse(words, _CONTEXT // 2 if first else _CONTEXT)
    tail = "" if last else glimpse(words[::-1], _CONTEXT)[::-1]
    return head + tail.removeprefix("…")


def glimpse(text: str, length: int = _GLIMPSE) -> str:
    """Return the beginning of a text, about `length` characters, up to the end of a word."""
    if len(text) <= length:
        return text
    cut = text[:length]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + " …"


def labels_of(document: Document, indices: Iterable[int]) -> str:
    """Return the labels of some paragraphs, a glimpse of the text where there is none."""
    paragraphs = [document.paragraphs[i] for i in indices]
    return ", ".join(p.label or f"“{glimpse(p.text)}”" for p in paragraphs)


def columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return lines of two columns, indented, the second one as far to the right as the first needs."""
    said = list(rows)
    width = max((len(left) for left, _ in said), default=0)
    return [f"  {left:<{width}}  {right}".rstrip() for left, right in said]
