"""What a delegation proposes anew, held against what it has proposed already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gcmtext.text.proposals import FATES, INSERTS, Proposal, gap_of
from gcmtext.text.tokens import words

_ALIKE = 0.5  # of the words of the longer text, so that it is the other one, edited


class Fate(StrEnum):
    """What becomes of a proposal beside those that there are."""

    NEW = "new"
    EDITED = "edited"
    SAME = "same"
    CLASHES = "clashes"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a proposal meets: the places, in the list of what there is, of the one it edits or is the same as.

    For one that clashes, of all that it would replace at once.
    """

    fate: Fate
    held: tuple[int, ...] = ()


def meetings(proposals: Sequence[Proposal], held: Sequence[Proposal]) -> tuple[Meeting, ...]:
    """Return what becomes of each proposal beside those that a delegation has made already.

    One that says the same in every respect is the same. A delegation has one text for each paragraph, so
    another text for it edits that one. A new paragraph edits the one at its place with which it shares half
    of its words. No held one is met twice.
    """
    free = dict(enumerate(held))
    found: dict[int, Meeting] = {}
    for number, proposal in enumerate(proposals):
        same = next((n for n, other in free.items() if _says_the_same(proposal, other)), None)
        if same is not None:
            del free[same]
            found[number] = Meeting(Fate.SAME, (same,))
    for number, proposal in enumerate(proposals):
        if number in found:
            continue
        met = tuple(n for n, other in free.items() if _edits(proposal, other))
        met = met[:1] if proposal.kind in INSERTS else met
        fate = (Fate.NEW, Fate.EDITED)[len(met)] if len(met) < 2 else Fate.CLASHES
        if fate is Fate.EDITED:
            del free[met[0]]
        found[number] = Meeting(fate, met)
    return tuple(found[number] for number in range(len(proposals)))


def _says_the_same(proposal: Proposal, other: Proposal) -> bool:
    """Return whether a proposal says what another says; what that one left open, it may say.

    For a new paragraph "after 5" and "before 6" are one place.
    """
    if proposal.kind not in INSERTS or other.kind not in INSERTS:
        return replace(proposal, note="") == replace(other, note="")
    said = (gap_of(proposal), proposal.text, proposal.label)
    return (
        said == (gap_of(other), other.text, other.label)
        and other.paragraph_kind in (None, proposal.paragraph_kind)
        and other.level in (None, proposal.level)
    )


def _edits(proposal: Proposal, other: Proposal) -> bool:
    if proposal.kind in FATES and other.kind in FATES:
        return bool({proposal.at, *proposal.bases} & {other.at, *other.bases})
    if proposal.kind in INSERTS and other.kind in INSERTS and gap_of(proposal) == gap_of(other):
        return _are_alike(proposal.text or "", other.text or "")
    return False


def _are_alike(one: str, other: str) -> bool:
    ours, theirs = Counter(words(one.casefold())), Counter(words(other.casefold()))
    return (ours & theirs).total() >= _ALIKE * max(ours.total(), theirs.total())
