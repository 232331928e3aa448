"""A question as one statement of SQL.

What costs time in PostgreSQL, and what is done about it:

- Many words in one tsquery are compared, all of them, with each entry that has one. As an array of queries
  they are looked up one by one in the index, and what they find is united: 2,000 words take a tenth of it.
- A condition that the index is not asked for is tried on each entry, and the planner does not know how long
  that takes. What is dear is asked for in a query of its own, and its result hashed.
- Weighing fetches each entry with all its words: of very many, only some are weighed.
- Most facets are the same for all entries of an object. They are counted by object.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from sqlalchemy import TextClause, text

from gcmtext.search.question import (
    Dated,
    Has,
    Leaf,
    Most,
    Near,
    Node,
    Order,
    Phrase,
    Question,
    Words,
    wanted,
)
from gcmtext.text.joined import All, Any, Not

_ORDERS = {
    Order.RELEVANCE: "round(score::numeric, 6) DESC, day DESC, object, index",
    Order.NEWEST: "day DESC, object, index",
    Order.OLDEST: "day = 0, day, object, index",
}
_CUT = {Order.RELEVANCE: Order.NEWEST, Order.NEWEST: Order.NEWEST, Order.OLDEST: Order.OLDEST}
_MOST_WEIGHED = 2_000
_FEW_WORDS = 8
_NARROWING = (Has, Dated, Not)
_LOG_LENGTH = 1  # what ts_rank divides by: 1 + log(length)


class Statement:
    """A question as one statement of SQL, with the values of its parameters.

    common: in how large a share of all entries the commonest terms are, as far as that is known.
    unused: stems of passages that no entry has.
    """

    def __init__(self, common: Mapping[str, float], unused: frozenset[str] = frozenset()) -> None:
        self.values: dict[str, object] = {}
        self._common = common
        self._unused = unused
        self._leaves: list[str] = []

    def of(self, question: Question) -> TextClause:
        """Return the statement: rows of hits, one with the totals, one for each count."""
        filters = {name: f"filter_{number}" for number, (name, _) in enumerate(question.filters)}
        matched = _all(filters.values())
        most, skipped = self._value(question.limit), self._value(question.offset)
        order = _ORDERS[question.order]
        source = self._scored(question, matched)
        if question.once:
            first = f"SELECT DISTINCT ON (wording) * FROM {source} ORDER BY wording, {order}"
            source = f"({first}) AS one_of_a_wording"
        parts = [
            f"(SELECT 'hit', object, index, score::float FROM {source}"
            f" ORDER BY {order} LIMIT {most} OFFSET {skipped})",
            "(SELECT 'total', '', COALESCE(sum(entries), 0)::int, count(*)::float FROM"
            f" (SELECT count(*) AS entries FROM found WHERE {matched} GROUP BY object) AS objects)",
        ]
        if question.once:
            parts.append(
                "(SELECT 'different', '', count(*)::int, 0::float FROM"
                f" (SELECT FROM found WHERE {matched} GROUP BY wording) AS wordings)"
            )
        parts += self._counts(question.counted, filters)
        columns = ["id, object, index, day, wording", f"{self._times(question.node)} AS times"]
        columns += ["own"] if question.counted else []
        columns += [
            f"{self._condition(Has(name, values))} AS {filters[name]}" for name, values in question.filters
        ]
        found = f"SELECT {', '.join(columns)} {self._matching(question.node, question.circles)}"
        queries = [*self._leaves, f"found AS MATERIALIZED ({found})"]
        return text(f"WITH {', '.join(queries)} {' UNION ALL '.join(parts)}")

    def counting(self, nodes: Sequence[Node], circles: Sequence[str]) -> TextClause:
        """Return a statement for one row: how many entries match each of some nodes."""
        counts = [f"(SELECT count(*) {self._matching(node, circles)})" for node in nodes]
        leaves = f"WITH {', '.join(self._leaves)} " if self._leaves else ""
        return text(f"{leaves}SELECT {', '.join(counts)}")

    def _matching(self, node: Node, circles: Sequence[str]) -> str:
        """Return from where entries are read that match, and the condition on them."""
        source, arms = "gcmtext_search.entry", list(_arms(node))
        leading = [each for each in arms if not isinstance(each, _NARROWING)]
        conditions = [f"circles && {self._value(list(circles))}"]
        if leading and all(map(_is_dear, leading)):
            lead = next((each for each in leading if isinstance(each, Words | Most)), None)
            if lead is not None:
                # OFFSET keeps other conditions out, so that the index is asked for this one.
                indexed = self._lookup(lead if isinstance(lead, Words) else self._rare(lead))
                source = f"(SELECT * FROM {source} WHERE {indexed} OFFSET 0) AS entry"
                arms.remove(lead)
                conditions += [self._enough(lead)] if isinstance(lead, Most) else []
        conditions += [self._condition(each, direct=True) for each in arms]
        return f"FROM {source} WHERE {_all(conditions)}"

    def _scored(self, question: Question, matched: str) -> str:
        """Return what is found, with how well each fits; of very many, only some are weighed.

        The newest are, or of a passage those with most of its words.
        """
        ranking = " | ".join(f"({leaf})" for leaf in map(_weighed, wanted(question.node)) if leaf)
        if not ranking:
            return f"(SELECT *, 0 AS score FROM found WHERE {matched}) AS scored"
        weighed = self._value(max(_MOST_WEIGHED, question.offset + question.limit))
        fullest = "times DESC, " if passage(question.node) and question.order is Order.RELEVANCE else ""
        # A subquery, so that no plan reads the whole table for it.
        return (
            f"(SELECT *, (SELECT ts_rank(terms, CAST({self._value(ranking)} AS tsquery), {_LOG_LENGTH})"
            " FROM gcmtext_search.entry WHERE entry.id = chosen.id) AS score"
            f" FROM (SELECT * FROM found WHERE {matched}"
            f" ORDER BY {fullest}{_ORDERS[_CUT[question.order]]} LIMIT {weighed}) AS chosen) AS scored"
        )

    def _counts(self, counted: Iterable[str], filters: Mapping[str, str]) -> list[str]:
        """Return queries for how often each value of some facets is there, in parts that add up."""
        by_others: dict[str, list[str]] = {}
        for name in counted:
            others = _all(each for other, each in filters.items() if other != name)
            by_others.setdefault(others, []).append(name)
        parts = []
        for others, names in by_others.items():
            wanted = f"split_part(facet, '=', 1) = ANY({self._value(names)}) GROUP BY facet)"
            parts += [
                "(SELECT 'count', facet, sum(entries)::int, 0::float"
                f" FROM (SELECT object, count(*) AS entries FROM found WHERE {others} GROUP BY object)"
                " AS held JOIN gcmtext_search.object ON object.name = held.object,"
                " unnest(object.facets) AS facet"
                f" WHERE {wanted}",
                "(SELECT 'count', facet, count(*)::int, 0::float FROM found, unnest(own) AS facet"
                f" WHERE {others} AND {wanted}",
            ]
        return parts

    def _condition(self, node: Node, direct: bool = False) -> str:
        """Return a condition on an entry. direct: whether all others hold as well, so that few are tried."""
        match node:
            case Words() | Phrase() | Near():
                return self._leaf(node, direct)
            case Has(name, values):
                held = self._value([f"{name}={value}" for value in values])
                if len(values) <= _FEW_WORDS:
                    return f"facets && {held}"
                return f"EXISTS (SELECT FROM unnest(facets) AS facet WHERE facet = ANY({held}))"
            case Dated(first, last):
                return f"(day BETWEEN {self._value(first)} AND {self._value(last)} AND day > 0)"
            case All(of):
                return _all(self._condition(each, direct) for each in of)
            case Any(of):
                direct = direct and all(isinstance(each, Words | Phrase | Near) for each in of)
                return f"({' OR '.join(self._condition(each, direct) for each in of) or 'FALSE'})"
            case Most():
                return f"({self._leaf(self._rare(node), direct)} AND {self._enough(node)})"
            case Not(of):
                return f"NOT {self._condition(of)}"

    def _leaf(self, node: Words | Phrase | Near, direct: bool) -> str:
        condition = self._lookup(node)
        if condition == "FALSE" or (direct and not _is_dear(node)):
            return condition
        if isinstance(node, Words) and not _is_dear(node):
            return condition
        name = f"leaf_{len(self._leaves)}"
        self._leaves.append(f"{name} AS MATERIALIZED (SELECT id FROM gcmtext_search.entry WHERE {condition})")
        return f"id IN (SELECT id FROM {name})"

    def _lookup(self, node: Words | Phrase | Near) -> str:
        """Return the condition for which the index can be asked."""
        if isinstance(node, Words) and len(node.any_of) > _FEW_WORDS:
            return f"terms @@ ANY(CAST({self._value([quoted(term) for term in node.any_of])} AS tsquery[]))"
        query = _tsquery(node)
        return f"terms @@ CAST({self._value(query)} AS tsquery)" if query else "FALSE"

    def _rare(self, most: Most) -> Words:
        """Return words of which a passage that has enough of all must have one."""
        rare = sorted(most.of, key=self._commonness)[: len(most.of) - most.least + 1]
        return Words(tuple(dict.fromkeys(term for words in rare for term in self._used(words))))

    def _used(self, words: Words) -> list[str]:
        return [term for term in words.any_of if term not in self._unused]

    def _enough(self, most: Most) -> str:
        return f"{self._times(most)} >= {self._value(most.least)}"

    def _times(self, node: Node) -> str:
        """Return how many words of a passage an entry has; 0 for what is no passage."""
        of = passage(node)
        held = Counter(term for words in of if _is_one_at_most(words) for term in self._used(words))
        parts = [f"({self._condition(words)})::int" for words in of if not _is_one_at_most(words)]
        for times in range(1, max(held.values(), default=0) + 1):
            terms = self._value([term for term, count in held.items() if count >= times])
            parts.append(f"length(terms) - length(ts_delete(terms, {terms}))")
        return f"({' + '.join(parts) or '0'})"

    def _commonness(self, words: Words) -> tuple[float, int]:
        """Return what orders words from rare to common; of those that are not known, long ones are rare."""
        share = sum(self._common.get(term, 0.0) for term in words.any_of)
        return share, -max(map(len, words.any_of), default=0)

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


def passage(node: Node) -> tuple[Words, ...]:
    """Return the words of the passage that is asked for; none if none is."""
    return next((each.of for each in _arms(node) if isinstance(each, Most)), ())


def _arms(node: Node) -> Iterator[Node]:
    """Yield what must all match, of all that is joined so."""
    if isinstance(node, All):
        for each in node.of:
            yield from _arms(each)
    elif isinstance(node, Any):
        yield _any(node)
    else:
        yield node


def _any(node: Any[Leaf]) -> Any[Leaf] | Words:
    """Return words instead of any of several words."""
    words = [each for each in node.of if isinstance(each, Words)]
    if not words or len(words) < len(node.of):
        return node
    return Words(tuple(dict.fromkeys(term for each in words for term in each.any_of)))


def _all(conditions: Iterable[str]) -> str:
    return f"({' AND '.join(conditions) or 'TRUE'})"


def _is_dear(node: Node) -> bool:
    """Return whether it takes long to try a node on an entry."""
    match node:
        case Words(any_of):
            return len(any_of) > _FEW_WORDS
        case Phrase(words):
            return any(_is_dear(each) for _, each in words)
        case Near() | Most():
            return True
        case All(of) | Any(of):
            return any(map(_is_dear, of))
        case Has() | Dated():
            return False
        case Not(of):
            return _is_dear(of)


def _is_one_at_most(words: Words) -> bool:
    """Return whether an entry has one of some terms at most: of stems, those of its language alone."""
    languages = {term.partition("~")[0] for term in words.any_of}
    return len(words.any_of) == 1 or (
        len(languages) == len(words.any_of) and all("~" in term for term in words.any_of)
    )


def _weighed(node: Words | Phrase | Near) -> str:
    """Return by what entries are weighed for a leaf: for very many words, what they all begin with."""
    if isinstance(node, Words) and len(node.any_of) > _FEW_WORDS:
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
