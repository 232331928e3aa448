"""Searching: from what somebody typed to paragraphs with their sources, of what they may see."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from sqlalchemy.orm import Session

from gcmtext.search.engine import OBJECT, Engine, TooLong
from gcmtext.search.highlights import Span, highlights
from gcmtext.search.plan import close_to, plan
from gcmtext.search.question import Has, Hit, Most, Node, Order, Question, Words
from gcmtext.services.actor import Actor
from gcmtext.services.facets import ordinal
from gcmtext.services.found import Found, found_of
from gcmtext.services.indexing import engine_of, follow
from gcmtext.services.permissions import SITE, Action, require
from gcmtext.services.search_address import Search
from gcmtext.services.searched import circles
from gcmtext.text.analysis import analyse, inflections
from gcmtext.text.closeness import by_closeness
from gcmtext.text.joined import All, Not, wanted
from gcmtext.text.model import Kind
from gcmtext.text.query import InField, Query, Term, read_query

MOST_HITS = 1_000
_FOLLOWED_AT_ONCE = 50
_CANDIDATES = 60
_TOO_LONG = "This would take too long: give more words, or more letters of them."
_FAR = 2
_TRIED = 20
_MISSPELT = 10


@dataclass(frozen=True, slots=True)
class Result:
    """A paragraph that was found, where it was found, and where in it the words stand."""

    found: Found
    highlights: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: `total` paragraphs in `documents` texts, of which some are in `results`.

    different: how many there are if the same wording counts once, where it was asked so. notices: what was
    not taken as it was typed. instead: the query with words that are there, if one of its words is not.
    """

    total: int
    documents: int
    different: int
    results: tuple[Result, ...]
    counts: dict[str, dict[str, int]]
    notices: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many paragraphs there are, and how many of them are in what is new."""

    total: int
    new: int


def search(session: Session, actor: Actor, asked: Search, within: Collection[str] | None = None) -> Results:
    """Return what somebody is looking for, as far as they may see it; never fails for what was typed.

    within: the objects in which it is looked for, as they are called in the index; None for all.
    """
    engine, seen = _ready(session, actor)
    query = read_query(asked.query)
    planned = plan(query, engine, asked.exact)
    question = Question(
        node=_within(_without_notes(planned.node, query, asked), within),
        circles=seen,
        filters=asked.filters,
        counted=asked.counted,
        order=asked.order,
        offset=asked.offset,
        limit=min(asked.limit, MOST_HITS),
        once=asked.once,
    )
    closest = isinstance(planned.node, Most) and asked.order is Order.RELEVANCE and asked.offset < _CANDIDATES
    last = asked.offset + question.limit
    try:
        answer = engine.query(
            replace(question, offset=0, limit=max(last, _CANDIDATES)) if closest else question
        )
        instead = "" if answer.total else _instead(engine, query, seen)
    except TooLong:
        return Results(0, 0, 0, (), {}, (*planned.notices, _TOO_LONG))
    found = found_of(session, answer.hits)
    hits = answer.hits
    if closest:
        first = _closest_first(hits[:_CANDIDATES], found, asked.query)
        hits = (*first, *hits[_CANDIDATES:])[asked.offset : last]
    return Results(
        total=answer.total,
        documents=answer.objects,
        different=answer.different,
        results=tuple(
            _result(hit, here, planned.node) for hit in hits if (here := found.get((hit.object, hit.index)))
        ),
        counts=answer.counts,
        notices=planned.notices,
        instead=instead,
    )


def counts(
    session: Session, actor: Actor, asked: Iterable[tuple[Search, Collection[str]]], seconds: float
) -> Iterator[Count | None]:
    """Give how much each of several searches finds for somebody, in all and within the objects beside it.

    None for one that would take too long, and for all that follow once so many seconds have gone by.
    """
    engine, seen = _ready(session, actor)
    end = monotonic() + seconds
    for one, objects in asked:
        if monotonic() > end:
            yield None
            continue
        query = read_query(one.query)
        node = _without_notes(plan(query, engine, one.exact).node, query, one)
        node = All((node, *(Has(name, values) for name, values in one.filters)))
        try:
            total, *new = engine.counts([node, *([_within(node, objects)] if objects else [])], seen)
            yield Count(total, sum(new))
        except TooLong:
            yield None


def as_json(results: Results) -> dict[str, object]:
    """Return results as docs/commands.md says."""
    return {
        "total": results.total,
        "hits": [
            {
                "document": result.found.document,
                "symbol": result.found.symbol,
                "paragraph": result.found.paragraph,
                "language": result.found.language,
                "text": result.found.text,
                "highlights": [list(span) for span in result.highlights],
                "score": round(result.score, 6),
            }
            for result in results.results
        ],
    }


def _ready(session: Session, actor: Actor) -> tuple[Engine, tuple[str, ...]]:
    """Return the engine, once it holds what is stored, and the circles of whoever asks."""
    require(actor, Action.SITE_READ, SITE)
    follow(session, seconds=0, most=_FOLLOWED_AT_ONCE)
    return engine_of(session), circles(session, actor)


def _within(node: Node, objects: Collection[str] | None) -> Node:
    """Return a node for what is in some objects, None for all."""
    return node if objects is None else All((node, Has(OBJECT, tuple(objects))))


def _without_notes(node: Node, query: Query, asked: Search) -> Node:
    """Return a node that leaves footnotes out, unless kinds were asked for: they are no agreed language."""
    names_kind = any(isinstance(leaf, InField) and leaf.name == "kind" for leaf in wanted(query.asked))
    if "kind" in dict(asked.filters) or names_kind:
        return node
    return All((node, Not(Has("kind", (Kind.FOOTNOTE.value,)))))


def _result(hit: Hit, found: Found, node: Node) -> Result:
    return Result(found, highlights(found.text, found.language, node), hit.score)


def _closest_first(hits: Sequence[Hit], found: Mapping[tuple[str, int], Found], passage: str) -> list[Hit]:
    """Return hits for a passage, the closest to it first.

    Those that are gone meanwhile come last, so that no page loses or repeats one for it.
    """
    there = [hit for hit in hits if (hit.object, hit.index) in found]
    held = [found[hit.object, hit.index] for hit in there]
    order = by_closeness(passage, [(one.text, ordinal(one.date)) for one in held])
    gone = [hit for hit in hits if (hit.object, hit.index) not in found]
    return [*(there[place] for place in order), *gone]


def _instead(engine: Engine, query: Query, seen: Sequence[str]) -> str:
    """Return what was typed with each word that is not used replaced by one that is; "" if there is none."""
    terms = [leaf for leaf in wanted(query.asked) if isinstance(leaf, Term)]
    forms = {term.text: _form(term.text) for term in terms[:_MISSPELT]}
    looked_up = {text: form for text, form in forms.items() if form}
    used = engine.counts([Words((form, *inflections(form))) for form in looked_up.values()], seen)
    better = query.typed
    for (text, form), count in zip(looked_up.items(), used, strict=True):
        if not count and (other := _alike(engine, form, seen)):
            better = _with_other(better, text, other)
    return better if better != query.typed else ""


def _with_other(typed: str, text: str, other: str) -> str:
    """Return what was typed with a word replaced where it stands alone, not as a part of another."""
    return re.sub(rf"(?<![\w:]){re.escape(text)}(?!\w)", lambda _: other, typed, count=1)


def _form(text: str) -> str:
    """Return the form of a single word; "" for what is none."""
    parts = analyse(text).parts
    return parts[0].form if len(parts) == 1 and parts[0].form.isalpha() else ""


def _alike(engine: Engine, form: str, seen: Sequence[str]) -> str:
    """Return the word in use that is closest to a form, of those the one used most; "" if there is none."""
    candidates = close_to(form, engine.words(form[0]), 1 if len(form) < 5 else _FAR)[:_TRIED]
    used = engine.counts([Words((word,)) for word, _ in candidates], seen)
    found = [(apart, -count, word) for (word, apart), count in zip(candidates, used, strict=True) if count]
    return min(found)[2] if found else ""
