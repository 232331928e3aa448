"""Histories of paragraphs in a terminal."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from gcmtext.cli.terminal import glimpse, labels_of, new_console, print_indented, redline
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.history import History, State
from gcmtext.text.model import Changes, Document, LinkKind


def show_histories(documents: Sequence[Document], names: Sequence[str], traced: Iterable[History]) -> None:
    """Print one line for each paragraph of the last text: since when, and by which ways."""
    console = new_console()
    console.print(Text(documents[-1].title or names[-1], "bold"))
    console.print(Text(" → ".join(names), "dim"))
    for history in traced:
        p = documents[-1].paragraphs[history.index]
        line = Text()
        line.append(f"{p.label or '·':<10} ", "bold")
        line.append(glimpse(p.text) + "\n")
        line.append(_way(documents, names, history), "dim")
        console.print()
        console.print(line)


def show_states(documents: Sequence[Document], names: Sequence[str], traced: Iterable[History]) -> None:
    """Print all states of paragraphs in full, each with its changes from the one before."""
    console = new_console()
    for history in traced:
        before: tuple[str, ...] = ()
        kinds: tuple[LinkKind, ...] = ()
        for state in history.states:
            now = tuple(documents[state.revision].paragraphs[i].text for i in state.paragraphs)
            head = Text(
                f"\n{names[state.revision]}  {labels_of(documents[state.revision], state.paragraphs)}", "bold"
            )
            head.append(f"  {', '.join(sorted(set(kinds)))}" if before else "  first appears here", "cyan")
            console.print(head)
            changes: Changes = (("equal", "\n".join(now)),)
            if before:
                changes = diff_paragraphs(before, now)
            print_indented(console, redline(console, changes, whole=True), 4)
            before, kinds = now, state.kinds


def _way(documents: Sequence[Document], names: Sequence[str], history: History) -> str:
    """Return the way of a paragraph: "zero draft 12 (same) → zero draft plus 12 (edited) → Rev.1 13"."""
    if len(history.states) == 1:
        return f"new in {names[-1]}"
    return " → ".join(_stage(documents, names, state) for state in history.states)


def _stage(documents: Sequence[Document], names: Sequence[str], state: State) -> str:
    labels = ", ".join(documents[state.revision].paragraphs[i].label or "·" for i in state.paragraphs)
    kinds = ", ".join(sorted({kind.value for kind in state.kinds}))
    return f"{names[state.revision]} {labels}" + (f" ({kinds})" if kinds else "")
