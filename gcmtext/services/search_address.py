"""What somebody searches for: as a value, and as the query string of an address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from gcmtext.search.question import Order

FACETS = (
    "in",
    "document",
    "body",
    "year",
    "kind",
    "status",
    "language",
    "revision",
    "section",
    "delegation",
)
_ORDERS = {order.value: order for order in Order}


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for: words in the language of gcmtext.text.query, and how the results are to come.

    exact: words as they stand, without their inflections. filters: facets with the values that are wanted.
    once: show paragraphs of the same wording once. counted: the facets to count.
    """

    query: str
    exact: bool = False
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: Order = Order.RELEVANCE
    once: bool = False
    offset: int = 0
    limit: int = 20
    counted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.query.strip() or self.filters)


def read_search(said: Iterable[tuple[str, str]]) -> Search:
    """Return what an address asks for, from its names and values; what makes no sense counts as not said."""
    values: dict[str, list[str]] = {}
    for name, value in said:
        values.setdefault(name, []).append(value)
    return Search(
        query=values.get("q", [""])[0],
        exact="exact" in values,
        filters=tuple((name, tuple(values[name])) for name in FACETS if name in values),
        order=_ORDERS.get(values.get("order", [""])[0], Order.RELEVANCE),
        once="once" in values,
    )


def names_and_values(search: Search) -> Mapping[str, list[str]]:
    """Return what an address says so that it asks for this; which of the results are shown is left out."""
    said = {
        "q": [search.query] if search.query else [],
        "exact": ["1"] if search.exact else [],
        "once": ["1"] if search.once else [],
        "order": [search.order.value] if search.order is not Order.RELEVANCE else [],
        **{name: list(values) for name, values in search.filters},
    }
    return {name: values for name, values in said.items() if values}


def read_query_string(words: str) -> Search:
    """Return what a query string asks for."""
    return read_search(parse_qsl(words, keep_blank_values=True))


def query_string(search: Search) -> str:
    """Return the query string of the address of a search: the same for all that ask for the same."""
    return urlencode(names_and_values(search), doseq=True)
