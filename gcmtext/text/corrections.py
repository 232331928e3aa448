"""What people decided about a lineage, applied to what was found: a decision wins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gcmtext.errors import InvalidText
from gcmtext.text.align.moves import in_order
from gcmtext.text.compose import kind_of
from gcmtext.text.model import Alignment, Evidence, Link, Paragraph


class Verb(StrEnum):
    """What a person can decide.

    LINK: these old paragraphs became these new ones, and nothing else did. UNLINK: these are not linked.
    INSERTED: these new paragraphs came from nowhere. DELETED: these old ones went nowhere. WITHDRAW: the last
    decision about exactly these paragraphs holds no longer.
    """

    LINK = "link"
    UNLINK = "unlink"
    INSERTED = "inserted"
    DELETED = "deleted"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about some paragraphs, given by their indices."""

    verb: Verb
    old: tuple[int, ...]
    new: tuple[int, ...]


DECIDED = Evidence(1.0, 1.0, 1.0, False, 0.0)


def in_force(decisions: Sequence[Decision]) -> tuple[int, ...]:
    """Return the places of the decisions that have not been withdrawn, in order.

    Raises InvalidText where there is nothing to withdraw.
    """
    kept: list[int] = []
    for number, decision in enumerate(decisions):
        if decision.verb is not Verb.WITHDRAW:
            kept.append(number)
            continue
        about = (decision.old, decision.new)
        same = (n for n in reversed(kept) if (decisions[n].old, decisions[n].new) == about)
        last = next(same, None)
        if last is None:
            raise InvalidText("There is no such decision to take back: look at the list again.")
        kept.remove(last)
    return tuple(kept)


def decide(
    found: Alignment, decisions: Sequence[Decision], old: Sequence[Paragraph], new: Sequence[Paragraph]
) -> Alignment:
    """Return the lineage as found, with the decisions in force applied in order; a later one wins.

    What was decided is certain. A link that was found and confirmed keeps its evidence. Raises InvalidText
    for a decision about paragraphs that are not there, or about too few of them.
    """
    pairs = {(i, j): link for link in found.links for i in link.old for j in link.new}
    decided: set[tuple[int, int]] = set()
    for number in in_force(decisions):
        decision = decisions[number]
        _check(decision, len(old), len(new))
        stated = {(i, j) for i in decision.old for j in decision.new}
        if decision.verb is Verb.UNLINK:
            gone = stated
        else:
            gone = {(i, j) for i, j in pairs if i in decision.old or j in decision.new}
            gone |= {(i, j) for i, j in decided if i in decision.old or j in decision.new}
        pairs = {pair: link for pair, link in pairs.items() if pair not in gone}
        decided -= gone
        if decision.verb is Verb.LINK:
            decided |= stated
    evidence = {(link.old, link.new): link.evidence for link in found.links}
    return _alignment(pairs, decided, evidence, old, new)


def _check(decision: Decision, old: int, new: int) -> None:
    if any(not 0 <= i < old for i in decision.old) or any(not 0 <= j < new for j in decision.new):
        raise InvalidText("There is no such paragraph: choose paragraphs of these two revisions.")
    needs_old = decision.verb is not Verb.INSERTED
    needs_new = decision.verb is not Verb.DELETED
    if bool(decision.old) != needs_old or bool(decision.new) != needs_new:
        raise InvalidText(f"To say “{decision.verb}”, choose {_NEEDS[decision.verb]}.")
    if decision.verb is Verb.LINK and len(decision.old) > 1 and len(decision.new) > 1:
        raise InvalidText("Link one paragraph with one or several: a split or a merger, not both at once.")


_NEEDS = {
    Verb.LINK: "paragraphs on both sides",
    Verb.UNLINK: "paragraphs on both sides",
    Verb.INSERTED: "paragraphs of the new revision only",
    Verb.DELETED: "paragraphs of the old revision only",
}


def _alignment(
    pairs: dict[tuple[int, int], Link],
    decided: set[tuple[int, int]],
    evidence_of: Mapping[tuple[tuple[int, ...], tuple[int, ...]], Evidence],
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
) -> Alignment:
    groups = _groups([*pairs, *decided])
    places = [(min(g[0]), min(g[1])) for g in groups]
    weights = [1.0 + sum(len(new[j].text) for j in g[1]) for g in groups]
    links = []
    for (olds, news), stays in zip(groups, in_order(places, weights), strict=True):
        weakest = min(
            (pairs[i, j] for i in olds for j in news if (i, j) in pairs),
            key=lambda link: link.confidence,
            default=None,
        )
        link = (tuple(olds), tuple(news))
        kind = kind_of(olds, news, stays, old, new)
        if weakest is None:
            links.append(Link(*link, kind, 1.0, evidence_of.get(link, DECIDED)))
        else:
            links.append(Link(*link, kind, weakest.confidence, weakest.evidence))
    linked_old = {i for link in links for i in link.old}
    linked_new = {j for link in links for j in link.new}
    return Alignment(
        tuple(links),
        tuple(p.index for p in new if p.index not in linked_new),
        tuple(p.index for p in old if p.index not in linked_old),
    )


def _groups(pairs: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Return the old and new paragraphs that pairs connect, ordered by the first new one."""
    group_of: dict[tuple[str, int], tuple[set[int], set[int]]] = {}
    for i, j in pairs:
        one = group_of.get(("old", i), ({i}, set()))
        other = group_of.get(("new", j), (set(), {j}))
        group = (one[0] | other[0], one[1] | other[1])
        group_of |= dict.fromkeys((("old", a) for a in group[0]), group)
        group_of |= dict.fromkeys((("new", b) for b in group[1]), group)
    found = {id(group): group for group in group_of.values()}
    return sorted(((sorted(a), sorted(b)) for a, b in found.values()), key=lambda group: group[1][0])
