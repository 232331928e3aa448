"""Agreed language in a terminal: the figures first, then each paragraph with its runs and their sources."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from gcmtext.cli.terminal import new_console, print_indented, redline
from gcmtext.text.agreed import Near, Place, Precedents, pieces, share, sources
from gcmtext.text.deviations import Deviation
from gcmtext.text.model import Document

_CELLS = 10
_FULL, _EMPTY = "█", "░"
_MOST_SOURCES = 8


def show_precedents(document: Document, found: Sequence[Precedents]) -> None:
    """Print how much of a text is agreed language, from which documents, and then where."""
    console = new_console()
    if document.title:
        console.print(Text(document.title, "bold"))
    figures = share(found)
    console.print(f"{figures.coverage:.0%} of {figures.words:,} words are agreed language.")
    console.print(
        f"Of {len(found):,} paragraphs {figures.whole:,} are agreed language as a whole, "
        f"{figures.partly:,} in part, {figures.none:,} not at all."
    )
    drawn_on = sources(found)
    for place, count in drawn_on[:_MOST_SOURCES]:
        console.print(Text(f"{count:>4}  {_document(place)}", "dim"))
    if len(drawn_on) > _MOST_SOURCES:
        console.print(Text(f"      and {len(drawn_on) - _MOST_SOURCES} other documents", "dim"))
    for paragraph, one in zip(document.paragraphs, found, strict=True):
        if one.runs or one.near:
            _show(console, paragraph.label, one)


def _show(console: Console, label: str, one: Precedents) -> None:
    filled = round(one.coverage * _CELLS)
    head = Text("\n")
    head.append(_FULL * filled, "green").append(_EMPTY * (_CELLS - filled), "dim")
    head.append(f" {one.coverage:>4.0%}  ", "cyan").append(label, "bold")
    console.print(head)
    print_indented(console, _text(console, one), 4)
    for number, run in enumerate(one.runs, 1):
        source = f"{number}  {_paragraph(run.place)}"
        if run.latest:
            source += f"; in {run.documents:,} documents, the latest {_document(run.latest)}"
        print_indented(console, Text(source, "green"), 6)
    for near in one.near:
        _show_near(console, near)


def _show_near(console: Console, near: Near) -> None:
    named = "; ".join(_named(deviation) for deviation in near.deviations)
    print_indented(
        console, Text(f"~  {_paragraph(near.place)}" + (f": {named}" if named else ""), "yellow"), 6
    )
    print_indented(console, redline(console, near.changes), 9)


def _text(console: Console, one: Precedents) -> Text:
    """Return a text with its runs marked: underlined in a terminal, between signs elsewhere."""
    text = Text()
    for piece in pieces(one):
        if not piece.run:
            text.append(piece.text)
        elif console.is_terminal:
            text.append(piece.text, "underline green").append(f" {piece.run}", "dim")
        else:
            text.append(f"{{={piece.text}=}}{piece.run}")
    return text


def _named(deviation: Deviation) -> str:
    if not deviation.agreed:
        return f"“{deviation.here}” added"
    if not deviation.here:
        return f"“{deviation.agreed}” dropped"
    return f"“{deviation.here}” for “{deviation.agreed}”"


def _paragraph(place: Place) -> str:
    where = f", {place.where}" if place.where else ""
    return f"{place.name}{where}{_day(place)}"


def _document(place: Place) -> str:
    return f"{place.name}{_day(place)}"


def _day(place: Place) -> str:
    return f" ({place.adopted})" if place.adopted else ""
