"""A segmented text in a terminal."""

from rich.text import Text

from gcmtext.cli.terminal import new_console, print_indented, show_notices
from gcmtext.text.model import HEADS, Document


def show_document(document: Document, name: str) -> None:
    """Print the paragraphs of a text with label, kind and level, then the notices."""
    console = new_console()
    console.print(Text(document.title or name, "bold"))
    counts: dict[str, int] = {}
    for p in document.paragraphs:
        counts[p.kind.value] = counts.get(p.kind.value, 0) + 1
    noun = "paragraph" if len(document.paragraphs) == 1 else "paragraphs"
    kinds = " · ".join(f"{n} {kind}" for kind, n in counts.items())
    console.print(Text(f"{len(document.paragraphs)} {noun}: {kinds}", "dim"))
    show_notices(console, document.notices)
    for p in document.paragraphs:
        line = Text(f"{p.index:>4}  ", "dim")
        line.append(f"{p.kind.value:<14}", "cyan")
        line.append(p.label, "bold")
        console.print()
        console.print(line)
        if p.text:
            head = p.kind in HEADS
            indent = 6 + (0 if head else 2 * p.level)
            print_indented(console, Text(p.text, "bold" if head else ""), indent)
