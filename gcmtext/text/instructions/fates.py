"""What instructions do with whole paragraphs: new ones, other texts, moves, mergers and splits."""

from dataclasses import replace

from gcmtext.text.addresses import slug
from gcmtext.text.instructions.commands import Command, paragraphs_of
from gcmtext.text.instructions.finder import Doubt
from gcmtext.text.instructions.place import Said
from gcmtext.text.instructions.words import Candidate
from gcmtext.text.instructions.work import Verb, Work
from gcmtext.text.model import HEADS, Kind
from gcmtext.text.proposals import Proposal, ProposalKind

_SUFFIXES = ("bis", "ter", "quater", "quinquies")


def _rewrite(work: Work, number: int, command: Command) -> None:
    index = work.find.one(command.place)
    if command.place.sentence:
        span = work.find.sentence(index, command.place.sentence)
        work.touch(index, number, lambda draft: draft.replace(span, " ".join(command.texts), number))
        return
    if len(command.texts) > 1:
        raise Doubt("It gives several paragraphs for one.", (Candidate(index),))
    work.fate(index, number)
    work.propose(number, Proposal(ProposalKind.CHANGE, index, _own(work, index, command.texts[0])))


def _alternative(work: Work, number: int, command: Command) -> None:
    index = work.find.one(command.place)
    if len(command.texts) > 1:
        raise Doubt("It gives several paragraphs for one.", (Candidate(index),))
    work.fate(index, number)
    text = _own(work, index, command.texts[0])
    work.propose(number, Proposal(ProposalKind.ALTERNATIVE, index, text))


def _own(work: Work, index: int, text: str) -> str:
    """Return a text for a paragraph without the label of that paragraph."""
    label, rest = next(iter(paragraphs_of((text,))))
    own = work.find.base.paragraphs[index].label
    if not label:
        return text
    if slug(label).replace("alt", "").strip("-") == slug(own):
        return rest
    raise Doubt(f"The text is numbered “{label}”, the paragraph “{own}”.", (Candidate(index),))


def _new_before(work: Work, number: int, command: Command) -> None:
    index = work.find.one(command.place)
    if work.find.base.paragraphs[index].kind in HEADS:
        raise Doubt("In front of a heading it could belong to either side.", (Candidate(index),))
    _insert(work, number, ProposalKind.INSERT_BEFORE, index, index, command)


def _new_after(work: Work, number: int, command: Command) -> None:
    index = work.find.one(command.place)
    if work.find.base.paragraphs[index].kind in HEADS:
        raise Doubt("It does not say where below the heading.", (Candidate(index),))
    _insert(work, number, ProposalKind.INSERT_AFTER, work.find.end(index), index, command)


def _new(work: Work, number: int, command: Command) -> None:
    """Insert a paragraph that is named only by its label: 4 bis stands after 4, 4 ter after 4 bis."""
    place = _labelled(command)
    last = next(name for name in (*reversed(place.subs), place.operative, place.preambular) if name)
    root, _, suffix = last.partition("-")
    if suffix == "alt":
        _alternative(work, number, replace(command, place=_named(place, root)))
        return
    if taken := work.find.places.find(place).targets:
        raise Doubt(f"There is a paragraph “{command.label}” already.", [Candidate(i) for i in taken])
    index = _before(work, place, root, suffix)
    work.labels.add(_key(place))
    label = f"({last.replace('-', ' ')})" if place.subs else last.replace("-", " ")
    _insert(
        work,
        number,
        ProposalKind.INSERT_AFTER,
        work.find.end(index),
        index,
        command,
        "" if place.preambular else label,
    )


def _before(work: Work, place: Said, root: str, suffix: str) -> int:
    """Return the paragraph that a new one follows by its label: (f) the last one, 4 ter the one 4 bis."""
    if not suffix:
        if not place.subs or len(root) != 1 or not "b" <= root <= "z":
            raise Doubt(f"It does not say after which paragraph “{place.phrase}” is to stand.")
        previous = _named(place, chr(ord(root) - 1))
        found = [work.find.one(previous)]
        for name in _SUFFIXES:
            found += work.find.places.find(_named(previous, f"{previous.subs[-1]}-{name}")).targets
        return found[-1]
    if suffix not in _SUFFIXES:
        raise Doubt(f"It does not say after which paragraph “{place.phrase}” is to stand.")
    index = work.find.one(_named(place, root))
    for name in _SUFFIXES[: _SUFFIXES.index(suffix)]:
        earlier = _named(place, f"{root}-{name}")
        if found_earlier := work.find.places.find(earlier).targets:
            index = found_earlier[0]
        elif _key(earlier) not in work.labels:
            raise Doubt(f"There is no paragraph before “{place.phrase}” to follow.", (Candidate(index),))
    return index


def _labelled(command: Command) -> Said:
    """Return the place that a new paragraph names for itself."""
    place = command.to
    if not place.is_whole and command.place.is_whole and place.subs:
        place = place.within(command.place)
    if not (place.preambular or place.operative or (place.division and place.subs)):
        raise Doubt("It does not say in which paragraph.")
    return place


def _insert(
    work: Work, number: int, kind: ProposalKind, at: int, like: int, command: Command, label: str = ""
) -> None:
    beside = work.find.base.paragraphs[like]
    for own, text in paragraphs_of(command.texts):
        is_sub = own.startswith("(") or own.endswith(")")
        level = beside.level + (beside.kind is not Kind.SUBPARAGRAPH or 0) if is_sub else beside.level
        proposal = Proposal(
            kind,
            at,
            text,
            paragraph_kind=Kind.SUBPARAGRAPH if is_sub else beside.kind,
            level=level,
            label=own or label,
        )
        work.propose(number, proposal)


def _move_before(work: Work, number: int, command: Command) -> None:
    to = work.find.one(command.to)
    if work.find.base.paragraphs[to].kind in HEADS:
        raise Doubt("In front of a heading it could belong to either side.", (Candidate(to),))
    _move(work, number, command, to)


def _move_after(work: Work, number: int, command: Command) -> None:
    _move(work, number, command, work.find.end(work.find.one(command.to)) + 1)


def _move(work: Work, number: int, command: Command, to: int) -> None:
    moved = work.find.whole(command.place)
    if to in range(moved[0], moved[-1] + 2):
        raise Doubt("The paragraph stands there already.", (Candidate(moved[0]),))
    kinds = {work.find.base.paragraphs[i].kind for i in moved} & HEADS
    if kinds:
        raise Doubt("A heading does not move alone.", (Candidate(moved[0]),))
    for index in moved:
        work.fate(index, number, may_be_edited=True)
        work.propose(number, Proposal(ProposalKind.MOVE, index, to=to))


def _merge(work: Work, number: int, command: Command) -> None:
    bases = tuple(sorted({work.find.one(command.place), work.find.one(command.to)}))
    if len(bases) < 2 or any(work.find.places.under(i) for i in bases):
        raise Doubt("These paragraphs cannot be merged as they are.", [Candidate(i) for i in bases])
    text = command.texts[0] if command.texts else " ".join(work.find.text(i) for i in bases)
    if len(command.texts) > 1:
        raise Doubt("It gives several paragraphs for one.", [Candidate(i) for i in bases])
    for index in bases:
        work.fate(index, number)
    own = _own(work, bases[0], text)
    work.propose(number, Proposal(ProposalKind.MERGE, bases[0], own, bases=bases))


def _split_after(work: Work, number: int, command: Command) -> None:
    index, span = work.find.words(command)
    _split(work, number, index, span[1])


def _split_before(work: Work, number: int, command: Command) -> None:
    index, span = work.find.words(command)
    text = work.find.text(index)
    if command.old is None and span[1] != len(text):
        raise Doubt("The sentences after it could go with either part.", (Candidate(index),))
    _split(work, number, index, span[0])


def _split(work: Work, number: int, index: int, at: int) -> None:
    text = work.find.text(index)
    parts = (text[:at].strip(), text[at:].strip())
    if not all(parts) or not parts[1][0].isalnum():
        raise Doubt("The paragraph cannot be divided there.", (Candidate(index),))
    work.fate(index, number)
    work.propose(number, Proposal(ProposalKind.SPLIT, index, parts=parts))


def _named(place: Said, name: str) -> Said:
    """Return a place with another name for its innermost part."""
    if place.subs:
        return replace(place, subs=(*place.subs[:-1], name))
    return replace(place, preambular=name) if place.preambular else replace(place, operative=name)


def _key(place: Said) -> str:
    return "/".join([place.preambular, place.operative, place.division, *place.subs])


FATES: dict[str, Verb] = {
    "rewrite": _rewrite,
    "alternative": _alternative,
    "new": _new,
    "new-before": _new_before,
    "new-after": _new_after,
    "move-before": _move_before,
    "move-after": _move_after,
    "merge": _merge,
    "split-after": _split_after,
    "split-before": _split_before,
}
"""The verbs by the action of a command."""
