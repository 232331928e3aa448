"""A comparison as one page that needs nothing else: to be sent by e-mail, read without a network and printed.

Each text stands once in the markup, with its deletions and insertions; the style sheet shows it inline or,
beside what a changed paragraph was before, in two columns. The page loads nothing: its content security
policy admits its own style sheet and script, by their digests, and nothing else.
"""

from dataclasses import asdict

from gcmtext.formats.standalone import render_page
from gcmtext.text.compare import DOUBTFUL, Comparison, summary
from gcmtext.text.language import direction
from gcmtext.text.model import Document, LinkKind
from gcmtext.views.comparison import DIFFERENCES, WORDS, Cell, ComparisonView


class Within:
    """The links of a page that stands alone: all of them lead to places on it."""

    def __init__(self, view: ComparisonView) -> None:
        self._differences = ["", *(entry.anchor for entry in view.entries if entry.number), ""]

    def to(self, anchor: str) -> str:
        """Return the address of a row."""
        return f"#{anchor}"

    def old(self, cell: Cell) -> str:
        """Return the address of an old paragraph; "" if it has none."""
        return self.to(cell.anchor) if cell.anchor else ""

    new = old

    def review(self, anchor: str) -> str:  # noqa: ARG002
        """Return where a doubt about a row can be settled: nowhere on this page."""
        return ""

    def before(self, number: int) -> str:
        """Return the address of the difference before one, "" if there is none."""
        return self._differences[number - 1] and self.to(self._differences[number - 1])

    def after(self, number: int) -> str:
        """Return the address of the difference after one, "" if there is none."""
        return self._differences[number + 1] and self.to(self._differences[number + 1])


def write_html(comparison: Comparison, names: tuple[str, str] = ("", "")) -> str:
    """Return a comparison as an HTML page: summary, contents, and both texts with their changes.

    names: what the old and the new issue are called; where "", by their revision, symbol or date.
    """
    view = ComparisonView(comparison)
    figures = summary(comparison)
    numbers = asdict(figures)
    return render_page(
        "report/compare.html",
        old=comparison.old,
        new=comparison.new,
        names=(names[0] or _revision(comparison.old), names[1] or _revision(comparison.new)),
        direction=direction(comparison.new.language),
        figures=figures,
        differences={kind: numbers[kind] for kind in DIFFERENCES},
        words={kind: numbers[kind] for kind in WORDS},
        view=view,
        items=view.items(view.entries, lambda entry: entry.kind != LinkKind.SAME),
        links=Within(view),
        doubts=[view.shown(entry) for entry in view.entries if entry.counts and "doubtful" in entry.marks],
        bound=round(DOUBTFUL * 100),
    )


def _revision(document: Document) -> str:
    return document.revision or document.symbol or document.date
