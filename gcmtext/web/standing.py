"""How amendments stand to each other: with whom each is in conflict, and who wants the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gcmtext.services.compiling import Entry
from gcmtext.text.collate import Collated, in_order
from gcmtext.text.collate.disputes import Dispute, Relation, disputes, relations
from gcmtext.text.proposals import FATES, INSERTS, ProposalKind, gap_of

_ON_WORDS = FATES | {ProposalKind.RETAIN}


@dataclass(frozen=True, slots=True)
class Standing:
    """How an amendment stands to what other delegations want."""

    relations: tuple[Relation, ...] = ()

    @property
    def conflicts(self) -> tuple[Relation, ...]:
        """Those with whom it is in conflict."""
        return tuple(relation for relation in self.relations if relation.conflicts)

    @property
    def same(self) -> tuple[Relation, ...]:
        """Those who want the same."""
        return tuple(relation for relation in self.relations if relation.same)

    @property
    def clashes(self) -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
        """Those with whom it is in conflict, by the places where it is."""
        return _by_places((relation.other, relation.conflicts) for relation in self.conflicts)

    @property
    def fits(self) -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
        """Those who want the same, by the places where they do."""
        return _by_places((relation.other, relation.same) for relation in self.same)


def standings(
    everyone: Iterable[Entry],
    paragraphs: Mapping[int, Collated] | Sequence[Collated],
    some: Iterable[Entry],
    index: int | None = None,
) -> Mapping[int, Standing]:
    """Return how some amendments stand to those of everyone, by number.

    paragraphs: those that they are about, compiled. index: the paragraph that is looked at; by default that
    of each. New paragraphs stand to those that would stand in the same place in the same words; they are in
    conflict with none.
    """
    alike: defaultdict[tuple[int | None, str | None], list[str]] = defaultdict(list)
    for entry in everyone:
        if entry.proposal.kind in INSERTS:
            alike[gap_of(entry.proposal), entry.proposal.text].append(entry.delegation)
    known: dict[int, tuple[Dispute, ...]] = {}
    stood: dict[int, Standing] = {}
    for entry in some:
        proposal = entry.proposal
        if proposal.kind in INSERTS:
            names = in_order(alike[gap_of(proposal), proposal.text])
            stood[entry.number] = Standing(
                tuple(Relation(name, (), (0,)) for name in names if name != entry.delegation)
            )
        elif proposal.kind in _ON_WORDS:
            place = proposal.at if index is None else index
            if place not in known:
                known[place] = disputes(paragraphs[place])
            others = relations(paragraphs[place], entry.delegation, known[place])
            # That its sponsors want the same goes without saying.
            stood[entry.number] = Standing(
                tuple(other for other in others if other.conflicts or other.other not in entry.sponsors)
            )
        else:
            stood[entry.number] = Standing()
    return stood


def _by_places(
    found: Iterable[tuple[str, tuple[int, ...]]],
) -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
    together: dict[tuple[int, ...], list[str]] = {}
    for name, where in found:
        together.setdefault(where, []).append(name)
    return tuple((tuple(names), where) for where, names in together.items())
