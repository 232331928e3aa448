"""A text in two states, with the truth about what became of every paragraph."""

from dataclasses import dataclass, field

from gcmtext.text.model import Paragraph


@dataclass(frozen=True)
class Case:
    """Two states of a text and the truth about them.

    links: all true pairs (i, j) of indices. splits: (i, parts). mergers: (parts, j). moves, rewrites: the
    pairs that left their order, or lost half of their words or more. edits: what was done, by pair.
    """

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    links: frozenset[tuple[int, int]]
    splits: frozenset[tuple[int, tuple[int, ...]]]
    mergers: frozenset[tuple[tuple[int, ...], int]]
    moves: frozenset[tuple[int, int]]
    rewrites: frozenset[tuple[int, int]]
    edits: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    @property
    def inserted(self) -> frozenset[int]:
        """The new paragraphs that come from no old one."""
        return frozenset(range(len(self.new))) - {j for _, j in self.links}

    @property
    def deleted(self) -> frozenset[int]:
        """The old paragraphs that became nothing."""
        return frozenset(range(len(self.old))) - {i for i, _ in self.links}


def case_of(
    old: tuple[Paragraph, ...],
    new: tuple[Paragraph, ...],
    history: list[tuple[tuple[int, ...], tuple[str, ...]]],
) -> Case:
    """Return the case; `history` says of every new paragraph what it came from and what was done to it."""
    edits = {(i, j): done for j, (sources, done) in enumerate(history) for i in sources}
    parts_of: dict[int, list[int]] = {}
    for i, j in sorted(edits):
        parts_of.setdefault(i, []).append(j)
    return Case(
        old=old,
        new=new,
        links=frozenset(edits),
        splits=frozenset((i, tuple(parts)) for i, parts in parts_of.items() if len(parts) > 1),
        mergers=frozenset((sources, j) for j, (sources, _) in enumerate(history) if len(sources) > 1),
        moves=frozenset(pair for pair, done in edits.items() if any(e.startswith("moved") for e in done)),
        rewrites=frozenset(pair for pair, done in edits.items() if "rewritten" in done),
        edits=edits,
    )
