"""What paragraphs are called in a compiled text: those of the base as printed, new ones bis or alt."""

from collections.abc import Iterator, Mapping
from itertools import chain, count, islice

from gcmtext.text.collate import Version
from gcmtext.text.model import HEADS, Document, Kind
from gcmtext.text.places import places
from gcmtext.text.profiles import LabelForms, parts_of


class Labels:
    """Gives each new paragraph of a compiled text a label of its own, in order."""

    def __init__(self, base: Document, forms: LabelForms, words: Mapping[str, str]) -> None:
        self._base = base
        self._forms = forms
        self._words = words
        self._names = _names(base, forms, words)
        self._taken = {(p.label if p.level == 0 else "") for p in base.paragraphs}

    def name(self, index: int) -> str:
        """Return what a paragraph of the base is called when people speak of it."""
        return self._names[index]

    def printed(self, index: int) -> str:
        """Return the label of a paragraph of the base as printed, what it is called if it has none."""
        return self._base.paragraphs[index].label or self._names[index]

    def place(self, gap: int) -> str:
        """Return what a place before a paragraph of the base is called: "after 12"."""
        if gap == 0:
            return self._words["beginning"]
        return f"{self._words['after']} {self.name(gap - 1)}"

    def alternative(self, index: int, number: int, total: int) -> str:
        """Return the label of what stands in place of a paragraph: one of so many."""
        label = self.printed(index)
        form = self._forms.alternative if total == 1 else self._forms.alternatives
        return self._filled(form, label=label, number=str(number))

    def new(self, version: Version, gap: int) -> str:
        """Return the label of the next new paragraph at a place.

        As its delegation gave it where it says its place itself ("12 bis", or "(a)" under a new paragraph);
        else after the paragraph before it, in the way of the profile.
        """
        given = version.paragraph.label
        if given and (" " in given or version.paragraph.level > 0) and given not in self._taken:
            if version.paragraph.level == 0:
                self._taken.add(given)
            return given
        before = next(self._like(version, range(gap - 1, -1, -1)), None)
        if before is not None:
            return self._numbered(self._own(before))
        after = next(self._like(version, range(gap, len(self._base.paragraphs))), None)
        if after is not None:
            return self._filled(self._forms.first, label=self._own(after))
        return self._filled(self._forms.other)

    def _like(self, version: Version, indices: range) -> Iterator[int]:
        """Yield the labelled paragraphs like a new one, up to the next heading or what stands above."""
        for index in indices:
            paragraph = self._base.paragraphs[index]
            if paragraph.kind in HEADS or paragraph.level < version.paragraph.level:
                return
            is_preambular = paragraph.kind is Kind.PREAMBULAR
            same = is_preambular == (version.paragraph.kind is Kind.PREAMBULAR)
            if same and paragraph.level == version.paragraph.level and self._own(index):
                yield index

    def _own(self, index: int) -> str:
        paragraph = self._base.paragraphs[index]
        return paragraph.label or (self._names[index] if paragraph.kind is Kind.PREAMBULAR else "")

    def _numbered(self, label: str) -> str:
        head, _, tail = label.rpartition(" ")
        stem = head if head and tail in self._forms.ordinals else label
        forms = (self._filled(self._forms.new, label=stem, ordinal=o) for o in self._forms.ordinals)
        more = (f"{stem} {number}" for number in count(len(self._forms.ordinals) + 2))
        for found in chain(forms, islice(more, 200)):
            if found not in self._taken:
                self._taken.add(found)
                return found
        return stem

    def _filled(self, form: str, **values: str) -> str:
        known = {**self._words, **values}
        return "".join(literal or known[field] for literal, field in parts_of(form))


def _names(base: Document, forms: LabelForms, words: Mapping[str, str]) -> list[str]:
    names = []
    preambular = 0
    for paragraph, place in zip(base.paragraphs, places(base), strict=True):
        if paragraph.kind is Kind.PREAMBULAR:
            preambular += 1
        if paragraph.kind is Kind.PREAMBULAR and not paragraph.label:
            known = {**words, "number": str(preambular)}
            names.append("".join(t or known[field] for t, field in parts_of(forms.preambular)))
        else:
            names.append(place.full_name)
    return names
