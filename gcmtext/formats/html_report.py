"""A comparison as one page that needs nothing else: to be sent by e-mail, read without a network and printed.

Each text stands once in the markup, with its deletions and insertions; the style sheet shows it inline or,
beside what a changed paragraph was before, in two columns. The page loads nothing: its content security
policy admits its own style sheet and script, by their digests, and nothing else.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gcmtext import __version__
from gcmtext.formats.report_view import ReportView
from gcmtext.resources import static_dir, templates_dir
from gcmtext.text.compare import DOUBTFUL, Comparison, Summary, summary
from gcmtext.text.language import direction
from gcmtext.text.model import Document
from gcmtext.text.places import excerpt

_INTERFACE_LANGUAGE = "en"
_BAR_LENGTH = 190.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and its bar. length: in units of the drawing."""

    kind: str
    number: int
    length: float


def write_html(comparison: Comparison, names: tuple[str, str] = ("", "")) -> str:
    """Return a comparison as an HTML page: summary, contents, and both texts with their changes.

    names: what the old and the new issue are called; where "", by their revision, symbol or date.
    """
    view = ReportView(comparison)
    figures = summary(comparison)
    style, script = _static("gcmtext.css"), _static("gcmtext.js")
    return (
        _environment()
        .get_template("report/compare.html")
        .render(
            version=__version__,
            language=_INTERFACE_LANGUAGE,
            style=Markup(style),  # noqa: S704 - a file of the program
            script=Markup(script),  # noqa: S704 - a file of the program
            digests={"style": _digest(style), "script": _digest(script)},
            old=comparison.old,
            new=comparison.new,
            names=(names[0] or _revision(comparison.old), names[1] or _revision(comparison.new)),
            direction=direction(comparison.new.language),
            figures=figures,
            bars={
                "paragraphs": _bars(
                    figures, "edited", "moved", "moved_and_edited", "split", "merged", "inserted", "deleted"
                ),
                "words": _bars(figures, "words_kept", "words_deleted", "words_inserted"),
            },
            view=view,
            doubts=[shown for shown in view.rows if shown.doubt is not None],
            bound=round(DOUBTFUL * 100),
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters["excerpt"] = excerpt
    environment.filters["grouped"] = "{:,}".format
    return environment


@cache
def _static(name: str) -> str:
    return (static_dir() / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _revision(document: Document) -> str:
    return document.revision or document.symbol or document.date


def _bars(figures: Summary, *kinds: str) -> list[Bar]:
    numbers = [int(getattr(figures, kind)) for kind in kinds]
    most = max(*numbers, 1)
    return [Bar(kind, n, round(n / most * _BAR_LENGTH, 1)) for kind, n in zip(kinds, numbers, strict=True)]
