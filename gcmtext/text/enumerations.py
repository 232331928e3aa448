"""Which enumeration a label continues, and so how deep its paragraph stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from gcmtext.text.labels import HIGHEST_UNDOUBTED, Label, Numbering, Reading

# Forms that number whole paragraphs; every other form numbers parts of one.
_PARAGRAPH_FORMS = ("#.", "#-", "#、", "#", "PP#", "OP#")
_PARAGRAPH_NUMBERINGS = (Numbering.ARABIC, Numbering.CHINESE)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """An enumeration that is open: how it is dressed, what it counts with, how far it has got.

    depth: how deep its blocks stand in the file (text.model.Block.depth).
    """

    form: str
    reading: Reading
    depth: int

    @property
    def numbers_paragraphs(self) -> bool:
        """Whether its items are paragraphs of their own rather than parts of one."""
        dotted = self.form.startswith("#.#")
        return dotted or (self.form in _PARAGRAPH_FORMS and self.reading.numbering in _PARAGRAPH_NUMBERINGS)


# How many items may be missing before a label that could begin an enumeration, for it to continue one still:
# "(i)" after "(f)" is the ninth letter, and (g) and (h) are gone.
_MISSING = 3

Open = tuple[Enumeration, ...]


def level(enumerations: Open) -> int:
    """Return the level of the innermost item: 0 for a paragraph, 1 for (a), 2 for (i)."""
    if not enumerations:
        return 0
    return len(enumerations) - (1 if enumerations[0].numbers_paragraphs else 0)


def close_parts(enumerations: Open) -> Open:
    """Return what stays open over a heading: the numbering of paragraphs runs on, that of parts ends."""
    return enumerations[:1] if enumerations and enumerations[0].numbers_paragraphs else ()


def is_year(enumerations: Open, label: Label) -> bool:
    """Whether a number over 999 continues nothing, and so is rather a year at the head of a sentence."""
    value = label.readings[0].value
    if label.readings[0].numbering is not Numbering.ARABIC or value <= HIGHEST_UNDOUBTED:
        return False
    return not any(0 <= value - e.reading.value <= _MISSING + 1 for e in enumerations if e.form == label.form)


def enter(enumerations: Open, label: Label, depth: int, following: Sequence[Label]) -> Open:
    """Return the enumerations that are open with this label as their innermost item.

    The label continues the enumeration of its form whose next item it is (of several the one that stands as
    deep in the file, or else the innermost); else, if it can be a first item, it begins or restarts one; else
    it continues one over a gap. `following` holds the labels after it, which tell whether "(i)" after "(h)"
    is the ninth letter or the first Roman numeral.
    """
    first = next((r for r in label.readings if r.value == 1), None)
    running = [
        (place, reading, reading.value - enumerations[place].reading.value)
        for place in reversed(range(len(enumerations)))
        for reading in label.readings
        if enumerations[place].form == label.form
        and enumerations[place].reading.numbering is reading.numbering
    ]
    ambiguous = first is not None and len(label.readings) > 1
    if not (first and ambiguous and _begins(label, first, following)):
        farthest = _MISSING + 1 if ambiguous else 1
        continued = [
            (place, reading)
            for place, reading, step in running
            if (label.suffix and step == 0) or (step >= 1 and reading != first and step <= farthest)
        ]
        if continued:
            place, reading = min(continued, key=lambda found: enumerations[found[0]].depth != depth)
            return (*enumerations[:place], Enumeration(label.form, reading, depth))
    if first:
        return _begin(enumerations, Enumeration(label.form, first, depth))
    if running:
        place, reading, _ = min(running, key=lambda r: (r[2] <= 0, abs(r[2])))
        return (*enumerations[:place], Enumeration(label.form, reading, depth))
    return _begin(enumerations, Enumeration(label.form, label.readings[0], depth))


def _begin(enumerations: Open, new: Enumeration) -> Open:
    """Return the enumerations with a new one begun, or restarted where it is open at the same depth."""
    for place in reversed(range(len(enumerations))):
        running = enumerations[place]
        restarts = running.form == new.form and running.reading.numbering is new.reading.numbering
        outranks = place == 0 and new.numbers_paragraphs and not running.numbers_paragraphs
        if (restarts or outranks) and new.depth <= running.depth:
            return (*enumerations[:place], new)
    return (*enumerations, new)


def _begins(label: Label, first: Reading, following: Sequence[Label]) -> bool:
    """Whether the next label of the same form is the second item after this one as the first."""
    after = next((other for other in following if other.form == label.form), None)
    return after is not None and Reading(first.numbering, 2) in after.readings
