"""The lineage between two revisions: which paragraph became which, what is new, what is gone.

The steps, each in its own module:

    features     words and pairs of words as numbers, weighted by rarity
    exact        equal texts: those that stand once, then repeated ones by what stands around them
    candidates   pairs that share rare words, or stand in the same gap between linked paragraphs
    matching     the most probable first, in rounds: edited paragraphs, parts of splits and mergers
    pairs, parts the evidence for either
    confidence   from evidence to probability
    rivalry      how sure the links are in the end, given what else could have been linked
    moves        what keeps the order, and what moved
"""

from collections.abc import Sequence

from gcmtext.text.align import evidence, exact
from gcmtext.text.align.features import Side, read_sides
from gcmtext.text.align.groups import NONE, Group, Groups
from gcmtext.text.align.matching import link_similar
from gcmtext.text.align.moves import in_order
from gcmtext.text.align.rivalry import confidences
from gcmtext.text.model import Alignment, Evidence, Link, LinkKind, Paragraph

VERSION = "align 2"
"""Stored with every lineage: raised whenever the same texts may give other links than before."""


def align(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Alignment:
    """Return what became of every paragraph of the old revision in the new one.

    Every paragraph is in exactly one link, or inserted, or deleted. A link has one old or one new paragraph:
    a paragraph that could be a part of a split and of a merger goes where it more probably belongs. Printed
    labels do not count: renumbering is no change. The same texts always give the same result.
    """
    old_side, new_side = read_sides(old, new)
    groups = Groups.none(len(old), len(new))
    exact.link_unique(old_side, new_side, groups)
    exact.link_enclosed(old_side, new_side, groups)
    features, claims = link_similar(old_side, new_side, groups)
    exact.grow(old_side, new_side, groups)
    exact.link_rest(old_side, new_side, groups)
    reasons = evidence.gather(old_side, new_side, groups, features)
    return Alignment(
        links=_links(old_side, new_side, groups, confidences(groups, claims), reasons),
        inserted=tuple(j for j, group in enumerate(groups.of_new) if group == NONE),
        deleted=tuple(i for i, group in enumerate(groups.of_old) if group == NONE),
    )


def _links(
    old: Side, new: Side, groups: Groups, sure: list[float], reasons: list[Evidence]
) -> tuple[Link, ...]:
    places = [(min(group.old), min(group.new)) for group in groups.all]
    words = [1.0 + sum(len(new.words[j]) for j in group.new) for group in groups.all]
    links = [
        Link(
            old=tuple(sorted(group.old)),
            new=tuple(sorted(group.new)),
            kind=_kind(group, stays, old, new),
            confidence=confidence,
            evidence=reason,
        )
        for group, stays, confidence, reason in zip(
            groups.all, in_order(places, words), sure, reasons, strict=True
        )
    ]
    return tuple(sorted(links, key=lambda link: link.new))


def _kind(group: Group, stays: bool, old: Side, new: Side) -> LinkKind:
    if len(group.new) > 1:
        return LinkKind.SPLIT
    if len(group.old) > 1:
        return LinkKind.MERGED
    if not stays:
        return LinkKind.MOVED
    same = old.paragraphs[group.old[0]].text == new.paragraphs[group.new[0]].text
    return LinkKind.SAME if same else LinkKind.EDITED
