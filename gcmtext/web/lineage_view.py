"""The review of a lineage as it is shown: doubts with both texts, the choices there are, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from gcmtext.db import Correction
from gcmtext.services.review import Opened, Review
from gcmtext.text.alternatives import Candidate
from gcmtext.text.compare import Comparison
from gcmtext.text.corrections import Decision, Verb
from gcmtext.text.model import Alignment, Evidence, Link, LinkKind
from gcmtext.text.places import places
from gcmtext.text.rows import originals, redlines
from gcmtext.views.comparison import Cell

PER_PAGE = 20
_CERTAIN = Evidence(1.0, 1.0, 1.0, False, 0.0)


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides of a link by name; "" where there is nothing."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Another link that could be chosen. shared: words in common, in per cent.

    text: the paragraph by which it differs from the link in doubt. now: what that is linked with at present;
    None if it is free.
    """

    said: str
    sides: Sides
    shared: int
    text: str
    now: Sides | None


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt as it is shown.

    anchor: its name on the page. said: the link as forms send it. sides: what is linked, by name.
    confidence, shared, kept, drawn, rival: in per cent; confidence None where nothing is linked.
    neighbours: "all", "some" or "none" of them agree.
    """

    anchor: str
    said: str
    sides: Sides
    kind: str
    old: tuple[Cell, ...]
    new: tuple[Cell, ...]
    confidence: int | None
    shared: int
    kept: int
    drawn: int
    rival: int
    neighbours: str
    label: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A correction as it is shown: what it says, and whether it can be taken back."""

    correction: Correction
    sides: Sides
    holds: bool


class ReviewView:
    """The page of a review: questions and decisions, with paragraphs by name."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._old_places, self._new_places = places(review.old), places(review.new)
        self._link_of_old = {i: link for link in review.alignment.links for i in link.old}
        self._link_of_new = {j: link for link in review.alignment.links for j in link.new}

    def anchors(self) -> list[str]:
        """Return the names of all questions, in their order."""
        new, gone = self._review.addresses[1], self._review.addresses[0]
        return [
            new[doubt.new[0]] if doubt.confidence is not None else f"gone-{gone[doubt.old[0]]}"
            for doubt in self._review.doubts
        ]

    def questions(self, start: int, stop: int) -> list[Question]:
        """Return some of the questions."""
        doubts = self._review.doubts[start:stop]
        return [
            self._question(self._review.opened(doubt), anchor)
            for doubt, anchor in zip(doubts, self.anchors()[start:stop], strict=True)
        ]

    def decided(self) -> list[Decided]:
        """Return the corrections, the latest first."""
        return [
            Decided(made.correction, self.sides(made.correction.old, made.correction.new), made.holds)
            for made in reversed(self._review.made)
        ]

    def said_of(self, correction: Correction) -> str:
        """Return the paragraphs of a correction as forms send them."""
        return " ".join(",".join(map(str, side)) or "-" for side in (correction.old, correction.new))

    def sides(self, old: Sequence[int], new: Sequence[int]) -> Sides:
        """Return paragraphs by name."""
        return Sides(
            ", ".join(self._old_places[i].full_name for i in old),
            ", ".join(self._new_places[j].full_name for j in new),
        )

    def _question(self, opened: Opened, anchor: str) -> Question:
        doubt, review = opened.doubt, self._review
        evidence = doubt.evidence or _CERTAIN
        link = Link(doubt.old, doubt.new, LinkKind.EDITED, 1.0, _CERTAIN)
        alone = Comparison(review.old, review.new, Alignment((link,), (), ()), (opened.changes,))
        labels = [review.old.paragraphs[i].label for i in doubt.old]
        known = self._link_of_new.get(doubt.new[0])
        return Question(
            anchor=anchor,
            said=say(Decision(Verb.LINK, doubt.old, doubt.new)),
            sides=self.sides(doubt.old, doubt.new),
            kind=known.kind.value if known and doubt.confidence is not None else "",
            old=tuple(
                Cell("", review.old.paragraphs[i], cut)
                for i, cut in zip(doubt.old, originals(alone, 0), strict=True)
            ),
            new=tuple(
                Cell("", review.new.paragraphs[j], cut)
                for j, cut in zip(doubt.new, redlines(alone, 0), strict=True)
            ),
            confidence=None if doubt.confidence is None else round(doubt.confidence * 100),
            shared=round(doubt.shared * 100),
            kept=round(evidence.kept * 100),
            drawn=round(evidence.drawn * 100),
            rival=round(evidence.rival * 100),
            neighbours=_agreement(evidence.neighbours),
            label=any(labels) and labels == [review.new.paragraphs[j].label for j in doubt.new],
            choices=tuple(self._choice(candidate, doubt.old, doubt.new) for candidate in opened.alternatives),
        )

    def _choice(self, candidate: Candidate, old: tuple[int, ...], new: tuple[int, ...]) -> Choice:
        (i,), (j,) = candidate.old, candidate.new
        if j not in new:
            text, other = self._review.new.paragraphs[j].text, self._link_of_new.get(j)
        elif i not in old:
            text, other = self._review.old.paragraphs[i].text, self._link_of_old.get(i)
        else:
            text = (
                (self._review.new if len(new) > 1 else self._review.old)
                .paragraphs[j if len(new) > 1 else i]
                .text
            )
            other = None
        return Choice(
            said=say(Decision(Verb.LINK, candidate.old, candidate.new)),
            sides=self.sides(candidate.old, candidate.new),
            shared=round(candidate.shared * 100),
            text=text,
            now=self.sides(other.old, other.new) if other else None,
        )


def _agreement(neighbours: float) -> str:
    return "all" if neighbours >= 0.75 else "some" if neighbours >= 0.25 else "none"


def say(decision: Decision) -> str:
    """Return a decision as the buttons of forms send it: "link 4 7,8"; "-" where a side is empty."""
    sides = (",".join(map(str, side)) or "-" for side in (decision.old, decision.new))
    return " ".join((decision.verb.value, *sides))
