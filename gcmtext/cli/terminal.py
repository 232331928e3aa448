"""What people see in a terminal: summary first, wrapped to its width, marks that need no colour."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from gcmtext.text.compare import Comparison, Summary, is_edited, summary
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.history import History, State
from gcmtext.text.model import Changes, Document, Kind, Link, LinkKind, Notice, Operation, Paragraph
from gcmtext.text.rows import Departure, Row, redlines, rows

DOUBTFUL = 0.8
"""Links below this confidence are named as doubtful: a person should look."""

_STYLES: dict[Operation, str] = {"equal": "", "insert": "bold underline green", "delete": "strike red"}
# In a pipe or a file there are no styles, so the marks are signs that texts do not use.
_SIGNS: dict[Operation, tuple[str, str]] = {"equal": ("", ""), "insert": ("{+", "+}"), "delete": ("{-", "-}")}
_LONG, _CONTEXT = 30, 12
_GLIMPSE = 60
_HEADS = (Kind.TITLE, Kind.HEADING, Kind.ANNEX)


def show_document(document: Document, name: str) -> None:
    """Print the paragraphs of a text with label, kind and level, then the notices."""
    console = _console()
    console.print(Text(document.title or name, "bold"))
    counts: dict[str, int] = {}
    for p in document.paragraphs:
        counts[p.kind.value] = counts.get(p.kind.value, 0) + 1
    kinds = " · ".join(f"{n} {kind}" for kind, n in counts.items())
    console.print(Text(f"{len(document.paragraphs)} paragraphs: {kinds}", "dim"))
    _show_notices(console, document.notices)
    for p in document.paragraphs:
        head = Text(f"{p.index:>4}  ", "dim")
        head.append(f"{p.kind.value:<14}", "cyan")
        head.append(p.label, "bold")
        console.print()
        console.print(head)
        if p.text:
            style = "bold" if p.kind in _HEADS else ""
            console.print(Padding(Text(p.text, style), (0, 0, 0, 6 + 2 * p.level)))


def show_comparison(comparison: Comparison, names: tuple[str, str], everything: bool) -> None:
    """Print the summary, then what changed under the headings it stands under."""
    console = _console()
    figures = summary(comparison)
    _show_summary(console, comparison, figures, names)
    for name, document in zip(names, (comparison.old, comparison.new), strict=True):
        _show_notices(console, document.notices, name)
    if not figures.changed and not everything:
        console.print("\nNothing changed but numbering." if figures.renumbered else "\nNothing changed.")
        return
    heading: Paragraph | None = None
    shown: Paragraph | None = None
    for row in rows(comparison):
        if isinstance(row, Departure):
            continue
        for index in row.new:
            if comparison.new.paragraphs[index].kind in _HEADS:
                heading = comparison.new.paragraphs[index]
        if not everything and not _is_changed(comparison, row):
            continue
        if heading is not None and heading is not shown and heading.index not in row.new:
            console.print()
            console.print(Text(f"{heading.label} {heading.text}".strip(), "bold"))
        shown = heading
        _show_row(console, comparison, row)


def show_summary(comparison: Comparison, names: tuple[str, str]) -> None:
    """Print the summary alone."""
    _show_summary(_console(), comparison, summary(comparison), names)


def show_histories(documents: Sequence[Document], names: Sequence[str], traced: Iterable[History]) -> None:
    """Print one line for each paragraph of the last text: since when, and by which ways."""
    console = _console()
    console.print(Text(documents[-1].title or names[-1], "bold"))
    console.print(Text(" → ".join(names), "dim"))
    for history in traced:
        p = documents[-1].paragraphs[history.index]
        line = Text()
        line.append(f"{p.label or '·':<10} ", "bold")
        line.append(_glimpse(p.text) + "\n")
        line.append(_way(documents, names, history), "dim")
        console.print()
        console.print(Padding(line, 0))


def show_states(documents: Sequence[Document], names: Sequence[str], traced: Iterable[History]) -> None:
    """Print all states of paragraphs in full, each with its changes from the one before."""
    console = _console()
    for history in traced:
        before: tuple[str, ...] = ()
        kinds: tuple[LinkKind, ...] = ()
        for state in history.states:
            now = tuple(documents[state.revision].paragraphs[i].text for i in state.paragraphs)
            head = Text(
                f"\n{names[state.revision]}  {_labels(documents[state.revision], state.paragraphs)}", "bold"
            )
            head.append(f"  {', '.join(sorted(set(kinds)))}" if before else "  first appears here", "cyan")
            console.print(head)
            changes: Changes = (("equal", "\n".join(now)),)
            if before:
                changes = diff_paragraphs(before, now)
            console.print(Padding(_redline(console, changes, whole=True), (0, 0, 0, 4)))
            before, kinds = now, state.kinds


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False)


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
    doubtful = [link for link in comparison.alignment.links if link.confidence < DOUBTFUL]
    if doubtful:
        labels = ", ".join(_labels(comparison.new, link.new) for link in doubtful[:12])
        more = f" and {len(doubtful) - 12} more" if len(doubtful) > 12 else ""
        console.print(Text(f"In doubt, please look: {labels}{more}", "yellow"))


def _show_notices(console: Console, notices: Iterable[Notice], name: str = "") -> None:
    for notice in notices:
        console.print(Text(f"Note{' on ' + name if name else ''}: {notice.message}", "yellow"))


def _show_row(console: Console, comparison: Comparison, row: Row) -> None:
    if row.link is None:
        for index in row.old:
            p = comparison.old.paragraphs[index]
            _show_paragraph(console, p.label, "deleted", _mark(console, p.text, "delete"))
        for index in row.new:
            p = comparison.new.paragraphs[index]
            _show_paragraph(console, p.label, "new", _mark(console, p.text, "insert"))
        return
    link = comparison.alignment.links[row.link]
    parts = redlines(comparison, row.link)
    for index in row.new:
        p = comparison.new.paragraphs[index]
        before = ", ".join(comparison.old.paragraphs[i].label or "·" for i in link.old)
        label = p.label if before == p.label or not p.label else f"{before} → {p.label}"
        changes = parts[link.new.index(index)]
        _show_paragraph(console, label, _what(comparison, link, changes), _redline(console, changes))


def _show_paragraph(console: Console, label: str, what: str, text: Text) -> None:
    head = Text("\n")
    head.append(f"{label}  " if label else "", "bold")
    head.append(what, "cyan")
    console.print(head)
    if text:
        console.print(Padding(text, (0, 0, 0, 4)))


def _what(comparison: Comparison, link: Link, changes: Changes) -> str:
    """Return in words what became of a link: "moved from (c), edited"."""
    old = _labels(comparison.old, link.old)
    what = {
        LinkKind.SAME: "same",
        LinkKind.EDITED: "edited",
        LinkKind.MOVED: f"moved from {old}" + (", edited" if is_edited(changes) else ""),
        LinkKind.SPLIT: f"split: {old} is now {_labels(comparison.new, link.new)}",
        LinkKind.MERGED: f"merged from {old}",
    }[link.kind]
    return what + (f" (in doubt, {link.confidence:.0%} sure)" if link.confidence < DOUBTFUL else "")


def _is_changed(comparison: Comparison, row: Row) -> bool:
    return row.link is None or comparison.alignment.links[row.link].kind is not LinkKind.SAME


def _redline(console: Console, changes: Changes, whole: bool = False) -> Text:
    text = Text()
    for i, (operation, words) in enumerate(changes):
        if operation == "equal" and not whole:
            text.append(_shorten(words, first=i == 0, last=i == len(changes) - 1))
        else:
            text.append_text(_mark(console, words, operation))
    return text


def _mark(console: Console, words: str, operation: Operation) -> Text:
    if console.is_terminal:
        return Text(words, _STYLES[operation])
    opening, closing = _SIGNS[operation]
    return Text(f"{opening}{words}{closing}")


def _shorten(words: str, first: bool, last: bool) -> str:
    """Return a long unchanged stretch without its middle."""
    parts = words.split(" ")
    if len(parts) <= _LONG:
        return words
    head = "" if first else " ".join(parts[:_CONTEXT]) + " "
    tail = "" if last else " " + " ".join(parts[-_CONTEXT:])
    return (head or " ".join(parts[:4]) + " ") + "[…]" + tail


def _glimpse(text: str) -> str:
    return text if len(text) <= _GLIMPSE else text[:_GLIMPSE].rsplit(" ", 1)[0] + " …"


def _labels(document: Document, indices: Iterable[int]) -> str:
    """Return the labels of some paragraphs, a glimpse of the text where there is none."""
    paragraphs = [document.paragraphs[i] for i in indices]
    return ", ".join(p.label or f"“{_glimpse(p.text)}”" for p in paragraphs)


def _way(documents: Sequence[Document], names: Sequence[str], history: History) -> str:
    """Return the way of a paragraph: "zero draft 12 — same → zero draft plus 12 — edited → Rev.1 13"."""
    if len(history.states) == 1:
        return f"new in {names[-1]}"
    return " → ".join(_stage(documents, names, state) for state in history.states)


def _stage(documents: Sequence[Document], names: Sequence[str], state: State) -> str:
    labels = ", ".join(documents[state.revision].paragraphs[i].label or "·" for i in state.paragraphs)
    kinds = ", ".join(sorted({kind.value for kind in state.kinds}))
    return f"{names[state.revision]} {labels}" + (f" ({kinds})" if kinds else "")
