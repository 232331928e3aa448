"""A comparison in a terminal: the summary first, then each change under its heading."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from gcmtext.cli.terminal import labels_of, marked, new_console, print_indented, redline, show_notices
from gcmtext.text.compare import Comparison, Summary, is_doubtful, is_edited
from gcmtext.text.model import HEADS, Changes, Link, LinkKind, Notice, Paragraph
from gcmtext.text.rows import Departure, Row, redlines, rows


def show_comparison(
    comparison: Comparison,
    figures: Summary,
    names: tuple[str, str],
    notices: Iterable[Notice],
    everything: bool,
) -> None:
    """Print the summary and the notices, then what changed under the headings it stands under."""
    console = new_console()
    _show_summary(console, comparison, figures, names)
    show_notices(console, notices)
    for name, document in zip(names, (comparison.old, comparison.new), strict=True):
        show_notices(console, document.notices, name)
    if not figures.changed and not everything:
        console.print("\nNothing changed but numbering." if figures.renumbered else "\nNothing changed.")
        return
    heading: Paragraph | None = None
    shown: Paragraph | None = None
    for row in rows(comparison):
        if isinstance(row, Departure):
            continue
        for index in row.new:
            if comparison.new.paragraphs[index].kind in HEADS:
                heading = comparison.new.paragraphs[index]
        if not everything and not _is_changed(comparison, row):
            continue
        if heading is not None and heading is not shown and heading.index not in row.new:
            console.print()
            console.print(Text(f"{heading.label} {heading.text}".strip(), "bold"))
        shown = heading
        _show_row(console, comparison, row)


def show_summary(
    comparison: Comparison, figures: Summary, names: tuple[str, str], notices: Iterable[Notice]
) -> None:
    """Print the summary and the notices alone."""
    console = new_console()
    _show_summary(console, comparison, figures, names)
    show_notices(console, notices)


def _show_summary(console: Console, comparison: Comparison, s: Summary, names: tuple[str, str]) -> None:
    console.print(Text(comparison.new.title or comparison.old.title or " → ".join(names), "bold"))
    console.print(Text(f"{names[0]} → {names[1]}"))
    old, new = len(comparison.old.paragraphs), len(comparison.new.paragraphs)
    counts = (
        (s.same, "same"),
        (s.renumbered, "of them renumbered"),
        (s.edited, "edited"),
        (s.moved, "moved"),
        (s.moved_and_edited, "moved and edited"),
        (s.split, "split"),
        (s.merged, "merged"),
        (s.inserted, "new"),
        (s.deleted, "deleted"),
    )
    console.print(f"{old} paragraphs, now {new}: " + ", ".join(f"{n} {what}" for n, what in counts if n))
    console.print(f"Words: {s.words_inserted} added, {s.words_deleted} deleted, {s.words_kept} kept")
    doubtful = [link for link in comparison.alignment.links if is_doubtful(link)]
    if doubtful:
        labels = ", ".join(labels_of(comparison.new, link.new) for link in doubtful[:12])
        more = f" and {len(doubtful) - 12} more" if len(doubtful) > 12 else ""
        console.print(Text(f"In doubt, please look: {labels}{more}", "yellow"))


def _show_row(console: Console, comparison: Comparison, row: Row) -> None:
    if row.link is None:
        for index in row.old:
            p = comparison.old.paragraphs[index]
            _show_paragraph(console, p.label, "deleted", marked(console, p.text, "delete"))
        for index in row.new:
            p = comparison.new.paragraphs[index]
            _show_paragraph(console, p.label, "new", marked(console, p.text, "insert"))
        return
    link = comparison.alignment.links[row.link]
    parts = redlines(comparison, row.link)
    for index in row.new:
        p = comparison.new.paragraphs[index]
        before = ", ".join(comparison.old.paragraphs[i].label or "·" for i in link.old)
        label = p.label if before == p.label or not p.label else f"{before} → {p.label}"
        changes = parts[link.new.index(index)]
        _show_paragraph(console, label, _what(comparison, link, changes), redline(console, changes))


def _show_paragraph(console: Console, label: str, what: str, text: Text) -> None:
    head = Text("\n")
    head.append(f"{label}  " if label else "", "bold")
    head.append(what, "cyan")
    console.print(head)
    if text:
        print_indented(console, text, 4)


def _what(comparison: Comparison, link: Link, changes: Changes) -> str:
    """Return in words what became of a link: "moved from (c), edited"."""
    old = labels_of(comparison.old, link.old)
    what = {
        LinkKind.SAME: "same",
        LinkKind.EDITED: "edited",
        LinkKind.MOVED: f"moved from {old}" + (", edited" if is_edited(changes) else ""),
        LinkKind.SPLIT: f"split: {old} is now {labels_of(comparison.new, link.new)}",
        LinkKind.MERGED: f"merged from {old}",
    }[link.kind]
    return what + (f" (in doubt, {link.confidence:.0%} sure)" if is_doubtful(link) else "")


def _is_changed(comparison: Comparison, row: Row) -> bool:
    return row.link is None or comparison.alignment.links[row.link].kind is not LinkKind.SAME
