"""Lineage over any number of revisions: where each paragraph came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from gcmtext.text.model import Alignment, Link, LinkKind


@dataclass(frozen=True, slots=True)
class State:
    """What a paragraph was in one revision.

    revision: which one, 0 for the oldest.
    paragraphs: indices there, ascending; several where it was merged from them later.
    kinds: how these became its state in the next revision, in the order of the links; () in the last one.
    """

    revision: int
    paragraphs: tuple[int, ...]
    kinds: tuple[LinkKind, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A paragraph of the last revision back to where it began.

    index: its place in the last revision. states: oldest first; the last one is the paragraph itself.
    confidence: that of the least certain link on the way; 1 where there is none.
    """

    index: int
    states: tuple[State, ...]
    confidence: float


def histories(alignments: Sequence[Alignment], count: int) -> tuple[History, ...]:
    """Return the history of each of the `count` paragraphs of the last revision.

    `alignments` are those between consecutive revisions, oldest first, so that n of them join n + 1
    revisions.
    """
    sources = [{place: link for link in a.links for place in link.new} for a in alignments]
    return tuple(_history(sources, index) for index in range(count))


def _history(sources: Sequence[dict[int, Link]], index: int) -> History:
    states = [State(len(sources), (index,), ())]
    confidence = 1.0
    for revision in reversed(range(len(sources))):
        found = {id(link): link for p in states[-1].paragraphs if (link := sources[revision].get(p))}
        links = sorted(found.values(), key=lambda link: link.old)
        if not links:
            break
        confidence = min(confidence, *(link.confidence for link in links))
        before = sorted({place for link in links for place in link.old})
        states.append(State(revision, tuple(before), tuple(link.kind for link in links)))
    return History(index, tuple(reversed(states)), confidence)
