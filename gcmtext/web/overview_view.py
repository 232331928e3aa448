"""A negotiation from above as it is shown: a row for each revision, and the flow of the sections."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext, ngettext

from gcmtext.db import LanguageVersion
from gcmtext.services.outline import Picked
from gcmtext.services.overview import Overview, Size, StepFacts
from gcmtext.text.compare import Summary
from gcmtext.text.flow import Band, Degree, Ribbon
from gcmtext.text.model import Kind
from gcmtext.text.places import excerpt
from gcmtext.web.drawing import FlowDrawing, Sheet, flow_drawing

KINDS = ("edited", "moved", "split", "merged", "inserted", "deleted")
_BAR = 36.0
_WORDS_BAR = 54.0
_APART = 15.0  # between words in the drawing
_FULL, _SHORT, _WORDS = 80, 25, 12  # the width of names, in characters, and how many words they have


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its bar, in units of the drawing."""

    kind: str
    number: int
    length: float


@dataclass(frozen=True, slots=True)
class StepRow:
    """A revision in the table. step: the way to it; None for the first one.

    same: links that are the same. figures: in the order of KINDS; moved with or without other words is one.
    words: deleted and inserted.
    """

    version: LanguageVersion
    size: Size
    step: StepFacts | None
    same: int
    figures: tuple[Figure, ...]
    words: tuple[Figure, Figure] | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its name, in full and as short as the drawing has room for, and its address."""

    band: Band
    name: str
    short: str
    address: str


@dataclass(frozen=True, slots=True)
class Current:
    """A ribbon with its ends, and what happened in words.

    rises: whether it goes up. is_part: whether its section was split, or merged with another.
    is_named: whether there is room to say of it in the drawing that it has moved.
    """

    sheet: Sheet
    old: Section
    new: Section
    happened: str
    rises: bool
    is_part: bool
    is_named: bool

    @property
    def ribbon(self) -> Ribbon:
        """What flows."""
        return self.sheet.ribbon


@dataclass(frozen=True, slots=True)
class FlowView:
    """The drawing with what its parts are called and lead to."""

    drawing: FlowDrawing
    sections: tuple[tuple[Section, ...], ...]
    currents: tuple[tuple[Current, ...], ...]


def rows(found: Overview) -> tuple[StepRow, ...]:
    """Return the rows of the table, the latest revision first."""
    numbers = [_numbers(step.figures) for step in found.steps]
    most = max((number for row in numbers for number in row.values()), default=0) or 1
    words = [n for s in found.steps for n in (s.figures.words_deleted, s.figures.words_inserted)]
    most_words = max(words, default=0) or 1

    def row(version: LanguageVersion, step: StepFacts | None) -> StepRow:
        size = found.sizes[version.id]
        if step is None:
            return StepRow(version, size, None, 0, (), None)
        figures = step.figures
        return StepRow(
            version,
            size,
            step,
            figures.same,
            tuple(_figure(kind, n, most, _BAR) for kind, n in _numbers(figures).items()),
            (
                _figure("deleted", figures.words_deleted, most_words, _WORDS_BAR),
                _figure("inserted", figures.words_inserted, most_words, _WORDS_BAR),
            ),
        )

    # The first version, if there is any, has no step that leads to it.
    return tuple(map(row, found.versions, (None, *found.steps)))[::-1]


def flow_view(found: Overview) -> FlowView:
    """Return the drawing of the flow, with names and ways."""
    drawing = flow_drawing(found.bands, [step.flow for step in found.steps])
    named = tuple(
        tuple(_section(band, version, found.heads) for band in bands)
        for version, bands in zip(found.versions, found.bands, strict=True)
    )
    return FlowView(
        drawing,
        named,
        tuple(
            _currents(step, sheets.sheets, named[number], named[number + 1])
            for number, (step, sheets) in enumerate(zip(found.steps, drawing.steps, strict=True))
        ),
    )


def as_json(found: Overview) -> dict[str, Any]:
    """Return what programs are told."""
    return {
        "language": found.language,
        "revisions": [
            {
                "revision": v.revision.slug,
                "name": v.revision.name,
                "symbol": v.revision.symbol,
                "issued": v.revision.issued.isoformat() if v.revision.issued else None,
                **asdict(found.sizes[v.id]),
                "sections": [
                    {
                        "address": found.heads[v.id, band.section.start].address,
                        "heads": [
                            {"label": head.paragraph.label, "text": head.paragraph.text}
                            for head in (found.heads[v.id, i] for i in band.section.heads)
                        ],
                        "paragraphs": band.section.stop - band.section.start,
                        "words": band.words,
                    }
                    for band in bands
                ],
            }
            for v, bands in zip(found.versions, found.bands, strict=True)
        ],
        "steps": [
            {
                "old": step.old.revision.slug,
                "new": step.new.revision.slug,
                "summary": asdict(step.figures),
                "in_doubt": step.doubts,
                "ribbons": [asdict(ribbon) | {"degree": ribbon.degree.value} for ribbon in step.flow.ribbons],
                "deleted": [asdict(loose) for loose in step.flow.deleted],
                "inserted": [asdict(loose) for loose in step.flow.inserted],
            }
            for step in found.steps
        ],
    }


def _numbers(figures: Summary) -> dict[str, int]:
    counted = asdict(figures)
    counted["moved"] += counted["moved_and_edited"]
    return {kind: counted[kind] for kind in KINDS}


def _figure(kind: str, number: int, most: int, length: float) -> Figure:
    return Figure(kind, number, round(number / most * length, 1))


def _section(band: Band, version: LanguageVersion, heads: Mapping[tuple[int, int], Picked]) -> Section:
    first = heads[version.id, band.section.start]
    named = [heads[version.id, i] for i in band.section.heads]
    if named:
        name, short = (_joined_names(named, width) for width in (_FULL, _SHORT))
    elif first.paragraph.kind is Kind.TITLE:
        name = short = gettext("Title and beginning")
    else:
        name = short = gettext(
            "Paragraphs %(first)d to %(last)d", first=band.section.start + 1, last=band.section.stop
        )
    return Section(band, name, short, first.address)


def _joined_names(heads: Sequence[Picked], width: int) -> str:
    if len(heads) == 1:
        return _name(heads[0], width)
    first = _name(heads[0], width // 2)
    return f"{first} – {_name(heads[-1], width - len(first) - 3)}"


def _name(head: Picked, width: int) -> str:
    label, text = excerpt(head.paragraph.label, _WORDS, width), head.paragraph.text
    return " ".join(filter(None, [label, excerpt(text, _WORDS, width - len(label))]))


def _currents(
    step: StepFacts, sheets: Sequence[Sheet], old: Sequence[Section], new: Sequence[Section]
) -> tuple[Current, ...]:
    named = _named(sheets)
    words = _Words()
    splits, merges = step.flow.splits, step.flow.merges

    def current(sheet: Sheet) -> Current:
        ribbon = sheet.ribbon
        rises = sheet.top[1] + sheet.bottom[1] < sheet.top[0] + sheet.bottom[0]
        is_split = ribbon.old in splits and not ribbon.is_moved
        is_merged = ribbon.new in merges and not ribbon.is_moved
        return Current(
            sheet=sheet,
            old=old[ribbon.old],
            new=new[ribbon.new],
            happened=words.of(ribbon, rises, is_split, is_merged),
            rises=rises,
            is_part=is_split or is_merged,
            is_named=ribbon in named,
        )

    return tuple(map(current, sheets))


class _Words:
    """What is said of ribbons, looked up once and not for each."""

    def __init__(self) -> None:
        self._moved = {True: gettext("moved up"), False: gettext("moved down")}
        self._split, self._merged = gettext("section split"), gettext("section merged")
        self._degrees = {
            Degree.SAME: gettext("unchanged"),
            Degree.LITTLE: gettext("little changed"),
            Degree.EDITED: gettext("edited"),
            Degree.REWRITTEN: gettext("rewritten"),
        }

    def of(self, ribbon: Ribbon, rises: bool, is_split: bool, is_merged: bool) -> str:
        """Return what happened to what flows, in words."""
        said = [
            self._moved[rises] if ribbon.is_moved else "",
            self._split if is_split else "",
            self._merged if is_merged else "",
            self._degrees[ribbon.degree],
        ]
        if ribbon.moved and not ribbon.is_moved:
            said.append(ngettext("%(num)d paragraph moved", "%(num)d paragraphs moved", ribbon.moved))
        if ribbon.split:
            said.append(ngettext("%(num)d paragraph split", "%(num)d paragraphs split", ribbon.split))
        if ribbon.merged:
            said.append(ngettext("%(num)d merger", "%(num)d mergers", ribbon.merged))
        return ", ".join(filter(None, said))


def _named(sheets: Sequence[Sheet]) -> frozenset[Ribbon]:
    """Return what has moved of which there is room to say so, the widest first."""
    taken: list[float] = []
    named = []
    for sheet in sorted(sheets, key=lambda s: -s.ribbon.new_words):
        y = sheet.middle[1]
        if sheet.ribbon.is_moved and all(abs(y - other) > _APART for other in taken):
            taken.append(y)
            named.append(sheet.ribbon)
    return frozenset(named)
