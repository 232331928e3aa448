"""Why the paragraphs of a link belong together, for a person to judge."""

from gcmtext.text.align.features import Features, Half, Side
from gcmtext.text.align.groups import Group, Groups, surroundings
from gcmtext.text.model import Evidence


def gather(old: Side, new: Side, groups: Groups, features: Features) -> list[Evidence]:
    """Return the evidence for each group, in their order."""
    around_old, around_new = surroundings(groups.of_old), surroundings(groups.of_new)
    found = []
    for group in groups.all:
        i, j = group.old[0], group.new[0]
        kept, drawn = _kept_and_drawn(group, old, new, features)
        before = _shared(around_old.before[i], around_new.before[j])
        after = _shared(around_old.after[i], around_new.after[j])
        found.append(
            Evidence(
                kept=kept,
                drawn=drawn,
                neighbours=(before + after) / 2,
                label=_same_label(group, old, new),
                rival=group.rival,
            )
        )
    return found


def _kept_and_drawn(group: Group, old: Side, new: Side, features: Features) -> tuple[float, float]:
    if len(group.old) == len(group.new) == 1 and old.key[group.old[0]] == new.key[group.new[0]]:
        return 1.0, 1.0
    if len(group.old) == len(group.new) == 1:
        similarity = features.similarity(group.old[0], group.new[0])
        return similarity.kept, similarity.drawn
    held, holds = _union(features.old, group.old), _union(features.new, group.new)
    shared = features.weigh(held & holds)
    return shared / features.weigh(held), shared / features.weigh(holds)


def _union(half: Half, paragraphs: list[int]) -> frozenset[int]:
    return frozenset().union(*(half.features[x] for x in paragraphs))


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return len(set(one).intersection(other)) / max(len(one), len(other))


def _same_label(group: Group, old: Side, new: Side) -> bool:
    label = old.paragraphs[group.old[0]].label
    return label != "" and label == new.paragraphs[group.new[0]].label
