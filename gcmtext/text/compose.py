"""Lineage between revisions that are not neighbours, from the lineages between those that are."""

from collections.abc import Sequence
from dataclasses import dataclass

from gcmtext.text.align.moves import in_order
from gcmtext.text.model import Alignment, Evidence, Link, LinkKind, Paragraph


@dataclass(frozen=True, slots=True)
class _Strand:
    """Paragraphs of the first revision, what they are so far, and the least certain link on the way."""

    old: frozenset[int]
    new: frozenset[int]
    confidence: float
    evidence: Evidence


def compose(alignments: Sequence[Alignment], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Alignment:
    """Return what became of the paragraphs of the first revision in the last one.

    `alignments` join consecutive revisions, oldest first; `old` and `new` are the paragraphs of the first and
    the last. Paragraphs that were split on the way and merged in another way give a link of several to
    several, of kind MERGED. Confidence and evidence are those of the least certain link on the way.
    """
    strands = [
        _Strand(frozenset(k.old), frozenset(k.new), k.confidence, k.evidence) for k in alignments[0].links
    ]
    for alignment in alignments[1:]:
        strands = _extend(strands, alignment)
    strands.sort(key=lambda strand: min(strand.new))
    places = [(min(strand.old), min(strand.new)) for strand in strands]
    weights = [1.0 + sum(len(new[j].text) for j in strand.new) for strand in strands]
    kept = in_order(places, weights)
    linked_old = frozenset[int]().union(*(strand.old for strand in strands))
    linked_new = frozenset[int]().union(*(strand.new for strand in strands))
    return Alignment(
        links=tuple(
            Link(
                tuple(sorted(strand.old)),
                tuple(sorted(strand.new)),
                kind_of(sorted(strand.old), sorted(strand.new), stays, old, new),
                strand.confidence,
                strand.evidence,
            )
            for strand, stays in zip(strands, kept, strict=True)
        ),
        inserted=tuple(p.index for p in new if p.index not in linked_new),
        deleted=tuple(p.index for p in old if p.index not in linked_old),
    )


def kind_of(
    linked_old: Sequence[int],
    linked_new: Sequence[int],
    stays: bool,
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
) -> LinkKind:
    """Return the kind of a link; `stays` says whether it keeps the order of the text."""
    if len(linked_old) > 1:
        return LinkKind.MERGED
    if len(linked_new) > 1:
        return LinkKind.SPLIT
    if not stays:
        return LinkKind.MOVED
    same = old[linked_old[0]].text == new[linked_new[0]].text
    return LinkKind.SAME if same else LinkKind.EDITED


def _extend(strands: Sequence[_Strand], alignment: Alignment) -> list[_Strand]:
    """Return the strands led through one more lineage, those that meet there joined into one."""
    link_of = {i: link for link in alignment.links for i in link.old}
    joined: dict[int, _Strand] = {}
    owner: dict[int, int] = {}
    for number, strand in enumerate(strands):
        links = list({id(link): link for i in strand.new if (link := link_of.get(i))}.values())
        if not links:
            continue
        new = frozenset(j for link in links for j in link.new)
        met = [joined.pop(n) for n in {owner[j] for j in new if j in owner}]
        steps: list[_Strand | Link] = [strand, *links, *met]
        weakest = min(steps, key=lambda step: step.confidence)
        old = strand.old.union(*(other.old for other in met))
        new = new.union(*(other.new for other in met))
        joined[number] = _Strand(old, new, weakest.confidence, weakest.evidence)
        owner.update(dict.fromkeys(new, number))
    return list(joined.values())
