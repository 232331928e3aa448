"""A lineage as people review it: what is in doubt, what else it could be, and what has been decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gcmtext.db import Correction, LanguageVersion, Negotiation
from gcmtext.services.carrying import LeftBehind, left_behind
from gcmtext.services.lineage import Step, alignment_of, decisions_of, steps
from gcmtext.services.reading import addresses, document
from gcmtext.text.alternatives import Candidate, Likeness, alternatives, together
from gcmtext.text.compare import is_doubtful, texts
from gcmtext.text.corrections import Decision, Verb, in_force
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.model import Alignment, Changes, Document, Evidence

_ALTERNATIVES = 6
_PAIRS = 50


@dataclass(frozen=True, slots=True)
class Doubt:
    """Paragraphs of which a person should say whether they belong together.

    evidence, confidence: of the link between them; None where there is none, but could be.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    confidence: float | None
    evidence: Evidence | None
    shared: float


@dataclass(frozen=True, slots=True)
class Opened:
    """A doubt with what is needed to decide it: the words that changed, and what else it could be."""

    doubt: Doubt
    changes: Changes
    alternatives: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A correction, and whether it holds: it has not been taken back."""

    correction: Correction
    holds: bool


@dataclass(frozen=True)
class Review:
    """The lineage of a step under review.

    addresses: of the old and the new paragraphs. doubts: links in doubt, in the order of the new text, then
    what is deleted and inserted and could belong together. made: the corrections, oldest first. elsewhere:
    those of another step that could not be said of this one.
    """

    step: Step
    old: Document
    new: Document
    addresses: tuple[tuple[str, ...], tuple[str, ...]]
    alignment: Alignment
    doubts: tuple[Doubt, ...]
    made: tuple[Made, ...]
    elsewhere: tuple[LeftBehind, ...]
    likeness: Likeness

    @property
    def seen(self) -> int:
        """How many corrections there are; who decides says so, see `gcmtext.services.lineage.correct`."""
        return len(self.made)

    def opened(self, doubt: Doubt) -> Opened:
        """Return a doubt with what is needed to decide it."""
        link = next((k for k in self.alignment.links if (k.old, k.new) == (doubt.old, doubt.new)), None)
        return Opened(
            doubt,
            diff_paragraphs(texts(self.old, doubt.old), texts(self.new, doubt.new)),
            alternatives(self.likeness, link, _ALTERNATIVES) if link else (),
        )


def review(
    session: Session, negotiation: Negotiation, old: LanguageVersion, new: LanguageVersion, now: datetime
) -> Review:
    """Return the lineage from one version to the next as people review it."""
    (step,) = steps(session, (old, new), now)
    first, last = document(session, old), document(session, new)
    alignment = alignment_of(step.stored, step.decided, first, last)
    likeness = Likeness(first.paragraphs, last.paragraphs)
    decisions = decisions_of(step.decided)
    holding = set(in_force(decisions))
    return Review(
        step=step,
        old=first,
        new=last,
        addresses=(addresses(session, old), addresses(session, new)),
        alignment=alignment,
        doubts=_doubts(alignment, likeness, [decisions[n] for n in sorted(holding)]),
        made=tuple(Made(correction, n in holding) for n, correction in enumerate(step.decided)),
        elsewhere=left_behind(session, negotiation, old, new),
        likeness=likeness,
    )


def doubts_in(alignment: Alignment) -> int:
    """Return how many links of a lineage a person should look at."""
    return sum(map(is_doubtful, alignment.links))


def _doubts(alignment: Alignment, likeness: Likeness, decisions: Sequence[Decision]) -> tuple[Doubt, ...]:
    links = [
        Doubt(link.old, link.new, link.confidence, link.evidence, likeness.shared(link.old, link.new))
        for link in alignment.links
        if is_doubtful(link)
    ]
    apart = {(i, j) for d in decisions if d.verb is Verb.UNLINK for i in d.old for j in d.new}
    gone = {i for d in decisions if d.verb is Verb.DELETED for i in d.old}
    come = {j for d in decisions if d.verb is Verb.INSERTED for j in d.new}
    deleted = [i for i in alignment.deleted if i not in gone]
    inserted = [j for j in alignment.inserted if j not in come]
    pairs = [
        Doubt(pair.old, pair.new, None, None, pair.shared)
        for pair in together(likeness, deleted, inserted, apart, _PAIRS)
    ]
    return (*links, *pairs)
