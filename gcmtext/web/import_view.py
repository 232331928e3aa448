"""A preview of an import: what its page shows."""

from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from math import ceil
from typing import Any

from flask_babel import get_locale, gettext

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.services.pending import Draft, Preview
from gcmtext.services.reading import stated
from gcmtext.text.compare import DOUBTFUL, Comparison, Summary, summary
from gcmtext.text.doubts import Doubt
from gcmtext.text.language import LANGUAGES
from gcmtext.text.mistakes import Issue, mistakes
from gcmtext.text.model import Document, Kind, LinkKind, Notice, Paragraph
from gcmtext.views import as_json as values
from gcmtext.views.comparison import DIFFERENCES, WORDS, Cell, ComparisonView, Item, Shown
from gcmtext.web.versions import way

_PER_PAGE = 250
_CHANGES = 200
_PLACE = "~place~"


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of paragraphs that are shown together. number: from 1; starts: where the pages begin."""

    number: int
    starts: tuple[int, ...]
    stretch: range

    @classmethod
    def of(cls, text: Document, index: int) -> "Page":
        """Return the page with a paragraph; the last one if there is no such paragraph."""
        total = len(text.paragraphs)
        number = min(index // _PER_PAGE, ceil(total / _PER_PAGE) - 1)
        start = number * _PER_PAGE
        return cls(number + 1, tuple(range(0, total, _PER_PAGE)), range(start, min(start + _PER_PAGE, total)))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with what is doubtful about it, and what it was read as, if a person has corrected that."""

    paragraph: Paragraph
    doubt: Doubt | None
    read: Paragraph | None


def rows(shown: Preview, draft: Draft, page: Page) -> tuple[Line, ...]:
    """Return the paragraphs of a page."""
    doubtful = {doubt.index: doubt for doubt in shown.doubts}
    return tuple(
        Line(
            shown.text.paragraphs[index],
            doubtful.get(index),
            draft.text.paragraphs[index] if index in draft.edits else None,
        )
        for index in page.stretch
    )


def counts(text: Document) -> tuple[tuple[Kind, int], ...]:
    """Return how many paragraphs there are of each kind that there are any of."""
    found = Counter(p.kind for p in text.paragraphs)
    return tuple((kind, found[kind]) for kind in Kind if found[kind])


def seen(against: LanguageVersion | None) -> str:
    """Return what a form says of the version against which a lineage was shown."""
    return str(against.id) if against else "none"


def language_choices(*tags: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return languages with their names: the six and those of the tags, then all others, by name."""
    names = get_locale().languages
    first = LANGUAGES | {
        tag: names.get(tag.partition("-")[0], tag) + (f" ({tag})" if "-" in tag else "")
        for tag in tags
        if tag and tag not in LANGUAGES
    }
    others = {tag: name for tag, name in names.items() if len(tag) == 2 and tag not in first}
    return list(first.items()), sorted(others.items(), key=lambda choice: choice[1])


class LineageView:
    """The lineage that an import would have, as its preview shows it.

    view: its rows. figures: its summary. notices: what seems to be a mistake. bound: under how many per cent
    a link is doubtful.
    """

    def __init__(
        self,
        comparison: Comparison,
        negotiation: Negotiation,
        shown: Preview,
        against: LanguageVersion,
        addresses: tuple[str, ...],
    ) -> None:
        """`addresses` are those of the paragraphs of the version before."""
        self.view = ComparisonView(comparison)
        self.figures: Summary = summary(comparison)
        self.notices = _mistakes(shown, against, self.figures)
        self.bound = round(DOUBTFUL * 100)
        self._addresses = addresses
        self._negotiation, self._against = negotiation, against

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The first changes in reading order, the stretches without any put together."""
        entries = self.view.entries
        last = max((e.place for e in entries if 0 < e.number <= _CHANGES), default=-1)
        return self.view.items(entries[: last + 1], lambda entry: entry.kind != LinkKind.SAME)

    @property
    def left_out(self) -> int:
        """How many changes are not among the items."""
        return max(self.figures.changed - _CHANGES, 0)

    @cached_property
    def doubts(self) -> tuple[Shown, ...]:
        """The links that a person should look at."""
        return tuple(
            self.view.shown(entry)
            for entry in self.view.entries
            if entry.counts and "doubtful" in entry.marks
        )

    @property
    def differences(self) -> dict[str, int]:
        """How many differences there are of each kind."""
        return {kind: getattr(self.figures, kind) for kind in DIFFERENCES}

    @property
    def words(self) -> dict[str, int]:
        """How many words were kept, deleted and added."""
        return {kind: getattr(self.figures, kind) for kind in WORDS}

    @cached_property
    def _here(self) -> frozenset[str]:
        return frozenset(
            anchor
            for item in self.items
            if not hasattr(item, "entries")
            for anchor in self.view.anchors(item)
        )

    # Where links lead, as the macros of the comparison ask.

    def to(self, anchor: str) -> str:
        """Return the address of a row; that of the lineage where the row is not shown."""
        return f"#{anchor}" if anchor in self._here else "#page.lineage"

    @cached_property
    def _old(self) -> str:
        return way(self._against, "revisions.paragraph", address=_PLACE)

    def old(self, cell: Cell) -> str:
        """Return the address of an old paragraph."""
        return self._old.replace(_PLACE, self._addresses[cell.paragraph.index])

    def new(self, cell: Cell) -> str:
        """Return where a new paragraph can be corrected, if that is on the first page."""
        return f"#para.{cell.paragraph.index}" if cell.paragraph.index < _PER_PAGE else ""

    def review(self, anchor: str) -> str:  # noqa: ARG002
        """Return where a doubt can be settled: nowhere before the text is issued."""
        return ""

    def before(self, number: int) -> str:  # noqa: ARG002
        """Return the address of the change before one: none, they stand below each other."""
        return ""

    after = before


def as_json(
    negotiation: Negotiation, draft: Draft, shown: Preview, compared: Comparison | None
) -> dict[str, Any]:
    """Return a preview for programs."""
    lineage: dict[str, Any] = {}
    if compared and shown.against:
        figures = summary(compared)
        lineage = values.comparison(compared, figures, _mistakes(shown, shown.against, figures))
    return {
        "negotiation": negotiation.slug,
        "file": draft.file,
        "name": shown.name,
        "issued": shown.issued.isoformat() if shown.issued else None,
        "language": shown.text.language,
        "before": draft.said.before or None,
        "follows": shown.against.revision.slug if shown.against else None,
        "language_version_of": shown.into.slug if shown.into else None,
        "same_as": shown.same.revision.slug if shown.same else None,
        "errors": {about: str(error) for about, error in shown.refusals.items()},
        "doubts": [asdict(doubt) for doubt in shown.doubts],
        "document": values.document(shown.text),
        "lineage": {name: lineage[name] for name in ("links", "inserted", "deleted", "summary", "notices")}
        if lineage
        else None,
    }


def _mistakes(shown: Preview, against: LanguageVersion, figures: Summary) -> tuple[Notice, ...]:
    issued = shown.issued.isoformat() if shown.issued else ""
    draft = Issue(shown.name or gettext("This file"), shown.name, shown.text.symbol, issued)
    return mistakes(stated(against), draft, figures)
