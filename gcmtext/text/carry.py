"""What was decided between two revisions, said again of the steps when a third is put between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gcmtext.text.corrections import Decision, Verb
from gcmtext.text.model import Alignment, Paragraph


class Half(StrEnum):
    """The two steps that one became."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Carried:
    """A decision, and the step that it is about."""

    half: Half
    decision: Decision


@dataclass(frozen=True, slots=True)
class Between:
    """Three revisions with the lineages from the first to the middle one, and from there to the last."""

    first: Sequence[Paragraph]
    middle: Sequence[Paragraph]
    last: Sequence[Paragraph]
    to_middle: Alignment
    from_middle: Alignment


def carry(decision: Decision, between: Between) -> Carried | None:
    """Return a decision about the first and the last revision as one about a step; None if it cannot be.

    It can be said of the second step if its old paragraphs stand word for word in the middle revision, and of
    the first step if its new ones do: whoever decided has then read just these texts.
    """
    old = _stand(decision.old, between.first, between.middle, _onwards(between.to_middle))
    new = _stand(decision.new, between.last, between.middle, _back(between.from_middle))
    match decision.verb:
        case Verb.LINK | Verb.UNLINK if old:
            return Carried(Half.SECOND, Decision(decision.verb, old, decision.new))
        case Verb.LINK | Verb.UNLINK if new:
            return Carried(Half.FIRST, Decision(decision.verb, decision.old, new))
        case Verb.DELETED if old:
            return Carried(Half.SECOND, Decision(decision.verb, old, ()))
        case Verb.INSERTED if new:
            return Carried(Half.FIRST, Decision(decision.verb, (), new))
        case _:
            return None


def _stand(
    indices: Sequence[int], texts: Sequence[Paragraph], middle: Sequence[Paragraph], linked: dict[int, int]
) -> tuple[int, ...]:
    """Return where paragraphs stand word for word in the middle revision; () unless all of them do."""
    found = []
    for index in indices:
        text = texts[index].text
        place = linked.get(index)
        if place is None or middle[place].text != text:
            same = [p.index for p in middle if p.text == text]
            place = same[0] if len(same) == 1 else None
        if place is None:
            return ()
        found.append(place)
    return tuple(sorted(found)) if len(set(found)) == len(indices) else ()


def _onwards(alignment: Alignment) -> dict[int, int]:
    return {k.old[0]: k.new[0] for k in alignment.links if len(k.old) == len(k.new) == 1}


def _back(alignment: Alignment) -> dict[int, int]:
    return {k.new[0]: k.old[0] for k in alignment.links if len(k.old) == len(k.new) == 1}
