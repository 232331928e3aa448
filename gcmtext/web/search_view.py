"""From the address of a search to what is asked, and from what was found to what its page shows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gcmtext.services.found import Found, Other, Use
from gcmtext.services.search_address import Search, names_and_values, read_search
from gcmtext.services.searching import Result, Results
from gcmtext.text.addresses import spoken
from gcmtext.text.language import LANGUAGES
from gcmtext.text.model import Kind

ON_A_PAGE = 20
_LAST_PAGE = 50
_VALUES = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A result: where in its document it stands, of which day, its address, its text, highlighted or not.

    use: that of its wording in the corpus. others: the same paragraph in other languages.
    """

    found: Found
    where: str
    day: date | None
    address: str
    pieces: tuple[tuple[bool, str], ...]
    use: Use | None
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: as it stands, as it is called, how many have it, and whether it is chosen."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow results."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Pages:
    """Which results are shown, of how many, and where those before and after them are."""

    first: int
    last: int
    of: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the drawing: where it stands, how high it is, how many paragraphs it holds."""

    x: float
    height: float
    year: int
    count: int


def asked(
    args: "MultiDict[str, str]",
    counted: Sequence[str] = (),
    offset: int | None = None,
    limit: int = ON_A_PAGE,
) -> Search:
    """Return what an address asks for; what makes no sense in it counts as not said."""
    return on_page(read_search(args.items(multi=True)), args, counted, offset, limit)


def on_page(
    search: Search,
    args: "MultiDict[str, str]",
    counted: Sequence[str] = (),
    offset: int | None = None,
    limit: int = ON_A_PAGE,
) -> Search:
    """Return a search for the results that are to be shown: those of the page that an address names."""
    page = min(max(args.get("page", 1, int), 1), _LAST_PAGE)
    start = (page - 1) * ON_A_PAGE if offset is None else offset
    return replace(search, offset=start, limit=limit, counted=tuple(counted))


def address(search: Search, endpoint: str = "search.show", **other: str | int | None) -> str:
    """Return the address of a search, with some of it otherwise; None leaves it out."""
    said: dict[str, object] = {**names_and_values(search)}
    return url_for(endpoint, **said | other)  # type: ignore[arg-type]


def lines(
    results: Results, held: Mapping[str, Use], others: Mapping[tuple[str, int], tuple[Other, ...]]
) -> tuple[Line, ...]:
    """Return the results as they are shown."""
    return tuple(
        Line(
            result.found,
            _where(result.found),
            result.found.date,
            way(result.found),
            tuple(_pieces(result)),
            held.get(result.found.wording),
            others.get((result.found.document, result.found.index), ()),
        )
        for result in results.results
    )


def source(found: Found) -> str:
    """Return a paragraph as one cites it: the name and symbol of its document, the paragraph, and the day."""
    day = format_date(found.date, "d MMMM y") if found.date else ""
    return ", ".join(filter(None, (found.name, _where(found), day)))


def _where(found: Found) -> str:
    """Return what is said of a paragraph beside the name of its document."""
    symbol = found.symbol if found.symbol != found.name else ""
    return ", ".join(filter(None, (symbol, _called(found), _whose(found))))


def _called(found: Found) -> str:
    """Return how one speaks of a paragraph; what has a name, as "OBJECTIVE 7" or "PP3", needs no other."""
    name = spoken(found.paragraph, found.label)
    if found.kind == Kind.FOOTNOTE:
        return str(_("footnote %(number)s", number=name))
    return str(_("paragraph %(label)s", label=name)) if name and not name[0].isalpha() else name


def _whose(found: Found) -> str:
    """Return whose words they are, where they are no text of the negotiation itself."""
    if found.within == "amendment":
        return str(_("amendment %(number)s of %(name)s", number=found.number, name=found.delegation))
    if found.within == "comment":
        return str(_("comment of %(name)s", name=found.delegation) if found.delegation else _("comment"))
    return ""


def way(found: Found) -> str:
    """Return the address of a paragraph in its document."""
    if found.within == "corpus":
        return url_for("corpus.show", address=found.document, _anchor=found.paragraph)
    negotiation, _slash, revision = found.document.partition("/")
    if found.within == "amendment":
        return url_for("amendments.show", negotiation=negotiation, amendment=found.number)
    if found.within == "comment":
        key = found.document.rpartition("/")[2]
        return url_for("comments.show", negotiation=negotiation, comment=key)
    return url_for(
        "revisions.show",
        negotiation=negotiation,
        revision=revision,
        language=found.language,
        at=found.paragraph,
        _anchor=found.paragraph,
    )


def facets(results: Results, search: Search) -> tuple[Facet, ...]:
    """Return the ways to narrow results that would narrow them, or have."""
    legends = {
        "in": _("Kind of text"),
        "document": _("Document"),
        "body": _("Adopted by"),
        "year": _("Year"),
        "kind": _("Kind of paragraph"),
        "status": _("Status"),
        "language": _("Language"),
        "revision": _("Revision"),
        "section": _("Section"),
        "delegation": _("Delegation"),
    }
    chosen = dict(search.filters)
    found = []
    for name, legend in legends.items():
        counts = results.counts.get(name, {})
        wanted = chosen.get(name, ())
        values = sorted(counts, key=lambda value: _rank(name, value, counts[value]))
        shown = dict.fromkeys([*wanted, *values[:_VALUES]])
        if len(counts) > 1 or wanted:
            choices = tuple(
                Choice(value, value_name(name, value), counts.get(value, 0), value in wanted)
                for value in shown
            )
            found.append(Facet(name, legend, choices, len(set(counts) - set(shown))))
    return tuple(found)


def years(results: Results) -> tuple[Bar, ...]:
    """Return the bars of a drawing of 620 by 44 in which years the paragraphs found were adopted."""
    counts = {int(year): count for year, count in results.counts.get("year", {}).items() if year.isdigit()}
    if len(counts) < 2:
        return ()
    first, last, most = min(counts), max(counts), max(counts.values())
    return tuple(
        Bar(round(10 + 600 * (year - first) / (last - first), 1), round(44 * count / most, 1), year, count)
        for year, count in sorted(counts.items())
    )


def pages(results: Results, search: Search, way: Callable[[int], str]) -> Pages:
    """Return which results are shown, and where the others are; `way` tells the address of a page."""
    page = search.offset // ON_A_PAGE + 1
    of = results.different if search.once else results.total
    last = search.offset + len(results.results)
    return Pages(
        first=min(search.offset + 1, last),
        last=last,
        of=of,
        before=way(page - 1) if page > 1 else "",
        after=way(page + 1) if last < of and page < _LAST_PAGE else "",
    )


def _pieces(result: Result) -> Iterator[tuple[bool, str]]:
    text, at = result.found.text, 0
    for start, end in result.highlights:
        yield False, text[at:start]
        yield True, text[start:end]
        at = end
    yield False, text[at:]


def _rank(name: str, value: str, count: int) -> tuple[int, str]:
    if name == "year":
        return (-int(value) if value.isdigit() else 0, value)
    return (-count, value)


def value_name(name: str, value: str) -> str:
    """Return what people call a value of a facet."""
    if name == "language":
        return LANGUAGES.get(value, value)
    if name == "in":
        names = {
            "corpus": _("Adopted documents"),
            "revision": _("Revisions"),
            "amendment": _("Amendments"),
            "comment": _("Comments"),
        }
        return str(names.get(value, value))
    return value
