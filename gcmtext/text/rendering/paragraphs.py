"""The paragraphs of a compiled text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial

from gcmtext.text.collate import (
    Addition,
    Collated,
    Compilation,
    Mark,
    Names,
    Version,
    Whole,
    in_order,
)
from gcmtext.text.model import Kind, Paragraph
from gcmtext.text.profiles import Profile
from gcmtext.text.proposals import ProposalKind
from gcmtext.text.rendering.forms import Forms
from gcmtext.text.rendering.lifting import is_bracketed
from gcmtext.text.rendering.naming import Labels
from gcmtext.text.rendering.runs import Run, RunRole, Runs, join, tidy
from gcmtext.text.rendering.units import words_of

_IN_PLACE = frozenset({ProposalKind.DELETE, ProposalKind.MOVE, ProposalKind.MERGE})
_IN_ITS_STEAD = frozenset(
    {ProposalKind.CHANGE, ProposalKind.ALTERNATIVE, ProposalKind.SPLIT, ProposalKind.MERGE}
)


class RenderedKind(StrEnum):
    """What a paragraph of a compiled text is: of the base, beside it, or what is said before or after it."""

    BASE = "base"
    ALTERNATIVE = "alternative"
    NEW = "new"
    LEAD = "lead"
    REMARK = "remark"


@dataclass(frozen=True)
class Rendered:
    """One paragraph of a compiled text.

    like: its kind, level and label. place: the base paragraph that it is or stands beside; for a new one that
    before which it stands. proposals: how many readings it shows. moved: whether it is one of the base that
    some would move here.
    """

    kind: RenderedKind
    like: Paragraph
    _write: Callable[[], Iterable[Run]] = field(repr=False, compare=False)
    place: int
    proposals: int = 0
    moved: bool = False

    @property
    def label(self) -> str:
        """Its label as printed."""
        return self.like.label

    @cached_property
    def runs(self) -> Runs:
        """Its words with their marks; written when they are first asked for, since pages show parts."""
        return tidy(self._write())


def render(
    compilation: Compilation, profile: Profile, short: Mapping[str, str] | None = None
) -> tuple[Rendered, ...]:
    """Return the paragraphs of a compilation in order, marked in the way of a profile.

    short: what delegations are called in attributions, where that is not their name.
    """
    return tuple(_Renderer(compilation, profile, short or {}).paragraphs())


class _Renderer:
    def __init__(self, compilation: Compilation, profile: Profile, short: Mapping[str, str]) -> None:
        self._compilation = compilation
        self._forms = Forms(profile, compilation.base.language, short)
        self._profile = profile
        self._labels = Labels(compilation.base, profile.labels, self._forms.words)

    def paragraphs(self) -> Iterator[Rendered]:
        for gap, additions in enumerate(self._compilation.additions):
            for addition in additions:
                yield from self._addition(addition, gap)
            if gap < len(self._compilation.paragraphs):
                yield from self._collated(self._compilation.paragraphs[gap])

    # a paragraph of the base

    def _collated(self, collated: Collated) -> Iterator[Rendered]:
        base = collated.base
        symbols = self._symbols(collated)
        if symbols:
            yield self._lead(symbols, base)
        shown = sum(len(unit.readings) for unit in collated.units) + len(collated.marks)
        here = [whole for whole in collated.wholes if whole.kind in _IN_PLACE and not whole.parts]
        runs = partial(self._in_place, collated, here)
        yield Rendered(RenderedKind.BASE, base, runs, base.index, shown + len(here))
        instead = [whole for whole in collated.wholes if whole.kind in _IN_ITS_STEAD and whole.parts]
        for number, whole in enumerate(instead, start=1):
            if symbol := self._profile.symbols.get(whole.kind.value, ""):
                yield self._lead({symbol: whole.delegations}, base)
            label = self._labels.alternative(base.index, number, len(instead))
            yield from self._in_its_stead(whole, base, label)
        form = self._profile.paragraph.remark
        for said in collated.said:
            names, words = self._forms.names((said.delegation,)), " ".join(said.text.split())
            like = Paragraph(base.index, Kind.TEXT, "", base.level, "")
            runs = partial(self._forms.fill, form, names=names, remark=words)
            yield Rendered(RenderedKind.REMARK, like, runs, base.index)

    def _in_place(self, collated: Collated, here: Sequence[Whole]) -> Runs:
        forms = self._profile.paragraph
        marks = [mark for mark in collated.marks if mark.span is None]
        reserved = [mark for mark in marks if mark.kind is ProposalKind.RESERVE]
        retained = [mark for mark in marks if mark.kind is ProposalKind.RETAIN]
        is_deleted = any(whole.kind is ProposalKind.DELETE for whole in here) and not collated.units
        runs = words_of(collated, RunRole.DELETED if is_deleted else RunRole.BASE, self._forms)
        said = [self._forms.said(whole.kind, whole.delegations, self._goes_to(whole)) for whole in here]
        if reserved:
            said.append(self._forms.said(ProposalKind.RESERVE, _names(reserved)))
        if said:
            runs = self._forms.open(runs, join(forms.between, said), is_bracketed(collated.base.text))
        if retained:
            runs = self._forms.retained(runs, _names(retained))
        return runs

    # what stands beside it

    def _in_its_stead(self, whole: Whole, base: Paragraph, label: str) -> Iterator[Rendered]:
        forms = self._profile.paragraph
        form = {ProposalKind.SPLIT: forms.split, ProposalKind.MERGE: forms.merge}.get(
            whole.kind, forms.alternative
        )
        for number, part in enumerate(whole.parts, start=1):
            runs = partial(
                self._forms.fill,
                form,
                added=(Run(RunRole.INSERTED, part),),
                names=self._forms.names(whole.delegations),
                number=str(number),
                total=str(len(whole.parts)),
                place=", ".join(map(self._labels.name, whole.bases)),
            )
            like = Paragraph(base.index, base.kind, label if number == 1 else "", base.level, part)
            yield Rendered(RenderedKind.ALTERNATIVE, like, runs, base.index, number == 1)

    def _addition(self, addition: Addition, gap: int) -> Iterator[Rendered]:
        first = addition.versions[0]
        moved = first.moved_from
        label = self._labels.new(first, gap) if moved is None else self._labels.printed(moved)
        symbol = self._profile.symbols.get("insert" if moved is None else "moved", "")
        for number, version in enumerate(addition.versions):
            own = version.paragraph
            if symbol:
                yield self._lead({symbol: version.delegations}, own, gap)
            if number:
                form = self._profile.labels
                others = len(addition.versions) - 1
                label_of = form.alternative if others == 1 else form.alternatives
                shown = self._forms.plain(label_of, label=label, number=str(number))
            else:
                shown = label
            like = Paragraph(0, own.kind, shown, own.level, own.text)
            runs = partial(self._version, version)
            yield Rendered(RenderedKind.NEW, like, runs, gap, 1, not addition.is_new)

    def _version(self, version: Version) -> Runs:
        forms = self._profile.paragraph
        return self._forms.fill(
            forms.new if version.moved_from is None else forms.moved,
            added=(Run(RunRole.INSERTED, version.text),),
            names=self._forms.names(version.delegations),
            place="" if version.moved_from is None else self._labels.name(version.moved_from),
        )

    # symbols

    def _symbols(self, collated: Collated) -> dict[str, Names]:
        if not self._profile.symbols:
            return {}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for unit in collated.units:
            for reading in unit.readings:
                found["change"] += reading.delegations
        for whole in collated.wholes:
            if not whole.parts:
                found["move" if whole.kind is ProposalKind.MOVE else "delete"] += whole.delegations
        for mark in collated.marks:
            found[mark.kind.value] += mark.delegations
        by_symbol: defaultdict[str, list[str]] = defaultdict(list)
        for kind, names in found.items():
            if symbol := self._profile.symbols.get(kind, ""):
                by_symbol[symbol] += names
        return {symbol: in_order(names) for symbol, names in sorted(by_symbol.items())}

    def _lead(self, symbols: Mapping[str, Names], beside: Paragraph, gap: int | None = None) -> Rendered:
        said = [
            self._forms.fill(self._profile.lead, symbol=symbol, names=self._forms.names(names))
            for symbol, names in symbols.items()
        ]
        like = Paragraph(beside.index, Kind.TEXT, "", beside.level, "")
        place = beside.index if gap is None else gap
        return Rendered(RenderedKind.LEAD, like, partial(join, "; ", said), place)

    def _goes_to(self, whole: Whole) -> str:
        if whole.kind is ProposalKind.MOVE and whole.to is not None:
            return self._labels.place(whole.to)
        return self._labels.name(whole.at) if whole.at is not None else ""


def _names(marks: Iterable[Whole] | Iterable[Mark]) -> Names:
    return in_order(name for mark in marks for name in mark.delegations)
