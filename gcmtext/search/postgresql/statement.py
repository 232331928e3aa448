"""A question as one statement of SQL."""

from itertools import takewhile

from sqlalchemy import TextClause, text

from gcmtext.search.question import (
    All,
    Any,
    Dated,
    Has,
    Most,
    Near,
    Node,
    Not,
    Order,
    Phrase,
    Question,
    Words,
    wanted,
)

_ORDERS = {
    Order.RELEVANCE: "round(score::numeric, 6) DESC, day DESC, object, index",
    Order.NEWEST: "day DESC, object, index",
    Order.OLDEST: "day = 0, day, object, index",
}
_CUT = {Order.RELEVANCE: Order.NEWEST, Order.NEWEST: Order.NEWEST, Order.OLDEST: Order.OLDEST}
_MOST_WEIGHED = 5_000
_MANY_WORDS = 20
_LOG_LENGTH = 1  # what ts_rank divides by: 1 + log(length)


class Statement:
    """A question as one statement of SQL, with the values of its parameters."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def of(self, question: Question) -> TextClause:
        """Return the statement: rows of hits, one with the totals, one for each count."""
        filters = {name: self._condition(Has(name, values)) for name, values in question.filters}
        matched = " AND ".join(filters.values()) or "TRUE"
        most, skipped = self._value(question.limit), self._value(question.offset)
        order = _ORDERS[question.order]
        source = self._scored(question, matched)
        if question.once:
            first = f"SELECT DISTINCT ON (wording) * FROM {source} ORDER BY wording, {order}"
            source = f"({first}) AS one_of_a_wording"
        parts = [
            f"(SELECT 'hit', object, index, score::float FROM {source}"
            f" ORDER BY {order} LIMIT {most} OFFSET {skipped})",
            f"(SELECT 'total', '', count(*)::int, count(DISTINCT object)::float FROM found WHERE {matched})",
        ]
        if question.once:
            parts.append(
                f"(SELECT 'different', '', count(DISTINCT wording)::int, 0::float FROM found WHERE {matched})"
            )
        for name in question.counted:
            others = " AND ".join(each for other, each in filters.items() if other != name) or "TRUE"
            prefix = self._value(f"{name}=")
            parts.append(
                f"(SELECT {self._value(name)}, substr(facet, {len(name) + 2}), count(*)::int, 0::float"
                f" FROM found, unnest(facets) AS facet"
                f" WHERE starts_with(facet, {prefix}) AND {others} GROUP BY facet)"
            )
        return text(
            "WITH found AS MATERIALIZED (SELECT id, object, index, day, wording, facets"
            f" FROM gcmtext_search.entry WHERE circles && {self._value(list(question.circles))}"
            f" AND {self._condition(question.node)}) " + " UNION ALL ".join(parts)
        )

    def _scored(self, question: Question, matched: str) -> str:
        """Return what is found, with how well each fits; of very many, only the newest are weighed.

        Weighing takes most of the time of a question: each entry has to be fetched with all its words.
        """
        ranking = " | ".join(f"({leaf})" for leaf in map(_weighed, wanted(question.node)) if leaf)
        if not ranking:
            return f"(SELECT *, 0 AS score FROM found WHERE {matched}) AS scored"
        weighed = self._value(max(_MOST_WEIGHED, question.offset + question.limit))
        # A subquery, so that no plan reads the whole table for it.
        return (
            f"(SELECT *, (SELECT ts_rank(terms, CAST({self._value(ranking)} AS tsquery), {_LOG_LENGTH})"
            " FROM gcmtext_search.entry WHERE entry.id = newest.id) AS score"
            f" FROM (SELECT * FROM found WHERE {matched}"
            f" ORDER BY {_ORDERS[_CUT[question.order]]} LIMIT {weighed}) AS newest) AS scored"
        )

    def _condition(self, node: Node) -> str:
        match node:
            case Words() | Phrase() | Near():
                query = _tsquery(node)
                return f"terms @@ CAST({self._value(query)} AS tsquery)" if query else "FALSE"
            case Has(name, values):
                wanted = [f"{name}={value}" for value in values]
                return f"facets && CAST({self._value(wanted)} AS text[])"
            case Dated(first, last):
                return f"(day BETWEEN {self._value(first)} AND {self._value(last)} AND day > 0)"
            case All(of):
                return f"({' AND '.join(map(self._condition, of)) or 'TRUE'})"
            case Any(of):
                return f"({' OR '.join(map(self._condition, of)) or 'FALSE'})"
            case Most(of, least):
                # Of any len(of) - least + 1 of them one must be there, which the index tells; long are rare.
                rare = sorted(of, key=lambda words: -max(map(len, words.any_of), default=0))
                some = [term for words in rare[: len(of) - least + 1] for term in words.any_of]
                times = " + ".join(f"({self._condition(words)})::int" for words in of)
                return f"({self._condition(Words(tuple(some)))} AND {times} >= {self._value(least)})"
            case Not(of):
                return f"NOT {self._condition(of)}"

    def _value(self, value: object) -> str:
        """Return the name of a new parameter of this value, as a statement refers to it."""
        # No text of PostgreSQL holds a NUL, and asking for one is an error there.
        if isinstance(value, str):
            value = value.replace("\0", "\ufffd")
        elif isinstance(value, list):
            value = [each.replace("\0", "\ufffd") for each in value]
        name = f"v{len(self.values)}"
        self.values[name] = value
        if isinstance(value, str):
            return f"CAST(:{name} AS text)"
        return f"CAST(:{name} AS text[])" if isinstance(value, list) else f":{name}"


def _weighed(node: Words | Phrase | Near) -> str:
    """Return by what entries are weighed for a leaf: for very many words, what they all begin with."""
    if isinstance(node, Words) and len(node.any_of) > _MANY_WORDS:
        first, last = min(node.any_of), max(node.any_of)
        start = "".join(
            a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
        )
        return f"{quoted(start)}:*" if start else ""
    return _tsquery(node)


def _tsquery(node: Words | Phrase | Near) -> str:
    """Return what a leaf is in a tsquery; "" for what matches nothing."""
    match node:
        case Words(any_of):
            return f"({' | '.join(map(quoted, any_of))})" if any_of else ""
        case Phrase(words):
            query, last = "", 0
            for at, each in words:
                one = _tsquery(each)
                if not one:
                    return ""
                query = f"{query} <{at - last}> {one}" if query else one
                last = at
            return f"({query})"
        case Near(one, other, within):
            first, second = _tsquery(one), _tsquery(other)
            if not first or not second:
                return ""
            return " | ".join(
                f"({a} <{distance}> {b})"
                for distance in range(1, within + 1)
                for a, b in ((first, second), (second, first))
            )


def quoted(lexeme: str) -> str:
    """Return a lexeme as it is written in a tsvector or tsquery."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
