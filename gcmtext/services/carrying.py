"""Corrections of a step, when a revision is put between the two that it joined."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Correction, LanguageVersion, Negotiation
from gcmtext.services.lineage import alignment_of, decisions_of, steps
from gcmtext.services.outline import Outline, outline
from gcmtext.services.reading import document, versions_in
from gcmtext.text.carry import Between, Half, carry
from gcmtext.text.corrections import in_force


def carry_over(
    session: Session,
    old: LanguageVersion,
    middle: LanguageVersion,
    new: LanguageVersion,
    now: datetime,
) -> list[Correction]:
    """Say again of the two new steps what was decided about the one that they replace; return what was said.

    Who decided, when and why stays; the correction that it repeats is named. What cannot be said of either
    step stays where it was made: see `left_behind`.
    """
    (direct,) = steps(session, (old, new), now)
    if not direct.decided:
        return []
    first, second = steps(session, (old, middle, new), now)
    one, two, three = (document(session, version) for version in (old, middle, new))
    between = Between(
        one.paragraphs,
        two.paragraphs,
        three.paragraphs,
        to_middle=alignment_of(first.stored, first.decided, one, two),
        from_middle=alignment_of(second.stored, second.decided, two, three),
    )
    decisions = decisions_of(direct.decided)
    said = []
    for number in in_force(decisions):
        carried = carry(decisions[number], between)
        if carried is None:
            continue
        made = direct.decided[number]
        step = first if carried.half is Half.FIRST else second
        again = Correction(
            old_id=step.old.id,
            new_id=step.new.id,
            verb=carried.decision.verb.value,
            old=list(carried.decision.old),
            new=list(carried.decision.new),
            by=made.by,
            reason=made.reason,
            at=made.at,
            carried_from_id=made.id,
        )
        session.add(again)
        session.flush()
        said.append(again)
    return said


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A correction of another step: the revisions it joined, and its paragraphs by name."""

    correction: Correction
    revisions: tuple[str, str]
    old: str
    new: str


def left_behind(
    session: Session, negotiation: Negotiation, old: LanguageVersion, new: LanguageVersion
) -> tuple[LeftBehind, ...]:
    """Return what was decided between revisions on both sides of a step and could not be said of a step."""
    chain = versions_in(negotiation, old.language)
    earlier = [v.id for r, v in chain if r.position <= old.revision.position]
    later = [v.id for r, v in chain if r.position >= new.revision.position]
    around = session.scalars(
        select(Correction)
        .where(Correction.old_id.in_(earlier), Correction.new_id.in_(later))
        .order_by(Correction.id)
    ).all()
    carried = set(
        session.scalars(
            select(Correction.carried_from_id).where(
                Correction.carried_from_id.in_([correction.id for correction in around])
            )
        )
    )
    elsewhere: dict[tuple[int, int], list[Correction]] = {}
    for correction in around:
        elsewhere.setdefault((correction.old_id, correction.new_id), []).append(correction)
    elsewhere.pop((old.id, new.id), None)
    left = [
        made[number]
        for made in elsewhere.values()
        for number in in_force(decisions_of(made))
        if made[number].id not in carried
    ]
    concerned = {identity for correction in left for identity in (correction.old_id, correction.new_id)}
    outlines = {v.id: outline(session, v) for _, v in chain if v.id in concerned}
    return tuple(_named(c, outlines[c.old_id], outlines[c.new_id]) for c in left)


def _named(correction: Correction, old: Outline, new: Outline) -> LeftBehind:
    return LeftBehind(
        correction,
        (old.version.revision.name, new.version.revision.name),
        ", ".join(old.place(index).full_name for index in correction.old),
        ", ".join(new.place(index).full_name for index in correction.new),
    )
