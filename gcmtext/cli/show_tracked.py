"""A text with tracked changes in a terminal: each change with who made it, comments in their place."""

from collections import Counter

from rich.console import Console
from rich.text import Text

from gcmtext.cli.terminal import marked, new_console, print_indented, shortened, show_notices
from gcmtext.text.tracked import TrackedComment, TrackedText
from gcmtext.views.tracked import ShownParagraph, shown


def show_tracked(tracked: TrackedText, name: str, everything: bool) -> None:
    """Print who changed how much, then each paragraph that was changed or commented on."""
    console = new_console()
    console.print(Text(tracked.base.title or tracked.proposed.title or name, "bold"))
    paragraphs = list(shown(tracked))
    _show_summary(console, tracked, paragraphs)
    show_notices(console, tracked.notices)
    for paragraph in paragraphs:
        if everything or paragraph.is_open:
            _show_paragraph(console, paragraph, len(tracked.authors) > 1, everything)


def _show_summary(console: Console, tracked: TrackedText, paragraphs: list[ShownParagraph]) -> None:
    changed = [p for p in paragraphs if p.what != "same"]
    if not changed:
        console.print("No changes." + (f" {len(tracked.comments)} comments." if tracked.comments else ""))
        return
    kinds = Counter(p.what for p in changed)
    console.print(", ".join(f"{count} {what}" for what, count in kinds.items()) + " paragraphs")
    by_author = Counter(author for p in changed for author in p.authors)
    for author, count in by_author.most_common():
        console.print(Text(f"{author or 'somebody unnamed'}: changes in {count} of them"))


def _show_paragraph(console: Console, shown: ShownParagraph, several: bool, whole: bool) -> None:
    head = Text("\n")
    head.append(f"{shown.label}  " if shown.label else "", "bold")
    head.append(shown.what, "cyan")
    if shown.authors:
        head.append(f" by {', '.join(author or 'somebody unnamed' for author in shown.authors)}", "cyan")
    console.print(head)
    runs = shown.paragraph.runs
    text = Text()
    for number, run in enumerate(runs):
        if run.operation == "equal" and not whole:
            text.append(shortened(run.text, first=number == 0, last=number == len(runs) - 1))
            continue
        text.append_text(marked(console, run.text, run.operation))
        following = runs[number + 1].by if number + 1 < len(runs) else None
        if several and len(shown.authors) > 1 and run.by.author and following != run.by:
            text.append(f" ‹{run.by.author}›", "cyan")
    print_indented(console, text, 4)
    for comment in shown.comments:
        _show_comment(console, comment, 6)


def _show_comment(console: Console, comment: TrackedComment, indent: int) -> None:
    text = Text()
    text.append(comment.by.author or "Somebody unnamed", "bold magenta")
    text.append(f" on “{shortened(comment.on, first=True, last=False)}”" if comment.on else "", "magenta")
    text.append(f": {comment.text}")
    print_indented(console, text, indent)
    for reply in comment.replies:
        _show_comment(console, reply, indent + 2)
