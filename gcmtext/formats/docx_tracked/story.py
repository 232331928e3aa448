"""A comparison as the paragraphs of a Word file.

In Word a paragraph ends with its mark, which carries its style and can be inserted or deleted as a letter
can. When a mark is deleted, the words before it join the paragraph after it. So a paragraph that is gone is
deleted words with a deleted mark, a split is an inserted mark, a merger a deleted one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise

from gcmtext.text.compare import Comparison, texts
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.model import Changes, Operation, Paragraph
from gcmtext.text.rows import Departure, Row, rows
from gcmtext.text.tracked import Signature


class Fate(StrEnum):
    """What happened to words or to a mark."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    LEFT = "left"
    ARRIVED = "arrived"


_FATES: dict[Operation, Fate] = {"equal": Fate.KEPT, "insert": Fate.INSERTED, "delete": Fate.DELETED}


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph. A tab stands between a label and the text.

    by: who changed them; None for the one who signs the whole file.
    """

    fate: Fate
    text: str
    by: Signature | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """A comment in the margin of a paragraph.

    span: the characters of the old text, label and all, on which it hangs; None for the whole paragraph.
    """

    by: Signature | None
    text: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One paragraph of the file.

    mark: what happened to its mark. like: the paragraph of which it has the style. was_like: the old
        paragraph of which it had the style, if its mark is kept. move: what the move is called that it leaves
        or arrives with; "" if it does neither. by: who changed the mark. comments: those in the margin.
    language: that of its words, "" for that of the file.
    """

    runs: tuple[Run, ...]
    mark: Fate
    like: Paragraph
    was_like: Paragraph | None = None
    move: str = ""
    by: Signature | None = None
    comments: tuple[Margin, ...] = ()
    language: str = ""


def tell(comparison: Comparison) -> Iterator[Told]:
    """Yield the paragraphs of the file in order."""
    return arranged(_told(comparison))


def arranged(story: Iterable[Told]) -> Iterator[Told]:
    """Yield the paragraphs of a file with their marks as programs read them right."""
    held: list[Told] = []
    for told in story:
        if held and not _is_new(told):
            yield from _continued(held)
            held = []
            told = _apart(told)
        if held or (told.mark == Fate.KEPT and _ends_new(told)):
            held.append(told)
        else:
            yield told
    yield from _continued(held)


def _is_new(told: Told) -> bool:
    return told.mark == Fate.INSERTED and all(run.fate == Fate.INSERTED for run in told.runs)


def _ends_new(told: Told) -> bool:
    return bool(told.runs) and told.runs[-1].fate == Fate.INSERTED


def _continued(held: Sequence[Told]) -> Iterator[Told]:
    """Yield a paragraph that ends with new words, and the new ones after it, as one stretch of new text.

    As Word writes it when somebody types on from the end of a paragraph: the old mark goes to the end of what
    was typed, and each new one is by who wrote what follows it. It says the same as a kept mark before new
    paragraphs, which LibreOffice does not read right.
    """
    if len(held) < 2:
        yield from held
        return
    yield replace(held[0], mark=Fate.INSERTED, by=held[1].by, was_like=None)
    for told, following in pairwise(held[1:]):
        yield replace(told, by=following.by)
    yield replace(held[-1], mark=Fate.KEPT, by=None, was_like=held[0].was_like)


def _apart(told: Told) -> Told:
    """Return a paragraph that follows new words; if it arrives with new words, they arrive with it.

    LibreOffice would take the words on both sides of the mark between them for one insertion.
    """
    if told.mark != Fate.ARRIVED:
        return told
    return replace(told, runs=_joined([replace(told.runs[0], fate=Fate.ARRIVED), *told.runs[1:]]))


def _told(comparison: Comparison) -> Iterator[Told]:
    layout = rows(comparison)
    departed = frozenset(row.old for row in layout if isinstance(row, Departure))
    moves = _moves(comparison, departed)
    for row in layout:
        if isinstance(row, Departure):
            yield _left(comparison, row, moves)
            continue
        staying = tuple(index for index in row.old if index not in departed)
        if row.link is not None and row.link in moves:
            yield _arrived(comparison, row.link, moves[row.link])
        elif staying and row.new:
            yield from _changed(comparison, row, staying)
        else:
            yield from (_whole(comparison.old.paragraphs[index], Fate.DELETED) for index in staying)
            yield from (_whole(comparison.new.paragraphs[index], Fate.INSERTED) for index in row.new)


def _moves(comparison: Comparison, departed: frozenset[int]) -> dict[int, str]:
    """Return the names of the moves: links of one paragraph to one that left its place and kept words."""
    links = enumerate(comparison.alignment.links)
    moved = (
        number
        for number, link in links
        if len(link.old) == len(link.new) == 1
        and link.old[0] in departed
        and any(operation == "equal" for operation, _ in comparison.changes[number])
    )
    return {number: f"move{count}" for count, number in enumerate(moved, start=1)}


def _left(comparison: Comparison, row: Departure, moves: dict[int, str]) -> Told:
    old = comparison.old.paragraphs[row.old]
    if row.link not in moves:
        return _whole(old, Fate.DELETED)
    (index,) = comparison.alignment.links[row.link].new
    runs = (*_label_runs(old, comparison.new.paragraphs[index]), *_runs(comparison.changes[row.link]))
    left = _moved((run for run in runs if run.fate != Fate.INSERTED), Fate.LEFT)
    return Told(left, Fate.LEFT, old, move=moves[row.link])


def _arrived(comparison: Comparison, link: int, move: str) -> Told:
    (old,), (new,) = comparison.alignment.links[link].old, comparison.alignment.links[link].new
    paragraph = comparison.new.paragraphs[new]
    runs = (*_label_runs(comparison.old.paragraphs[old], paragraph), *_runs(comparison.changes[link]))
    arrived = _moved((run for run in runs if run.fate != Fate.DELETED), Fate.ARRIVED)
    return Told(arrived, Fate.ARRIVED, paragraph, move=move)


def _moved(runs: Iterable[Run], fate: Fate) -> tuple[Run, ...]:
    """Return the runs of a paragraph that moves.

    The last words move with the mark, whether or not they were edited: where the two differ, LibreOffice
    leaves an empty paragraph behind.
    """
    moved = [Run(fate, run.text) if run.fate == Fate.KEPT else run for run in runs]
    return _joined([*moved[:-1], Run(fate, moved[-1].text)])


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    together = groupby(runs, lambda run: (run.fate, run.by))
    return tuple(Run(fate, "".join(run.text for run in stretch), by) for (fate, by), stretch in together)


def _whole(paragraph: Paragraph, fate: Fate) -> Told:
    text = f"{paragraph.label}\t{paragraph.text}" if paragraph.label else paragraph.text
    return Told((Run(fate, text),), fate, paragraph)


def _changed(comparison: Comparison, row: Row, staying: tuple[int, ...]) -> Iterator[Told]:
    """Yield what became of paragraphs in their place: edited, split or merged."""
    old = [comparison.old.paragraphs[index] for index in staying]
    new = [comparison.new.paragraphs[index] for index in row.new]
    before = after = 0
    runs = [*_label_runs(old[0], new[0])]
    for operation, text in _changes(comparison, row, staying):
        for count, words in enumerate(text.split("\n")):
            if count:
                kept_style = old[before] if operation == "equal" else None
                like = old[before] if operation == "delete" else new[after]
                yield Told(tuple(runs), _FATES[operation], like, kept_style)
                before += operation != "insert"
                after += operation != "delete"
                runs = [
                    *_label_runs(
                        old[before] if operation != "insert" else None,
                        new[after] if operation != "delete" else None,
                    )
                ]
            if words:
                runs.append(Run(_FATES[operation], words))
    yield Told(tuple(runs), Fate.KEPT, new[-1], old[-1])


def _changes(comparison: Comparison, row: Row, staying: tuple[int, ...]) -> Changes:
    """Return the changes between the paragraphs that are beside each other here.

    Those of the link, unless some of its paragraphs stood or stand apart.
    """
    if row.link is not None:
        link = comparison.alignment.links[row.link]
        if (link.old, link.new) == (staying, row.new):
            return comparison.changes[row.link]
    return diff_paragraphs(texts(comparison.old, staying), texts(comparison.new, row.new))


def _runs(changes: Changes) -> Iterator[Run]:
    return (Run(_FATES[operation], text) for operation, text in changes)


def _label_runs(old: Paragraph | None, new: Paragraph | None) -> Iterator[Run]:
    """Yield the labels before a text, and the tab after them."""
    gone, come = old.label if old else "", new.label if new else ""
    if gone == come:
        if gone:
            yield Run(Fate.KEPT, f"{gone}\t")
        return
    if gone:
        yield Run(Fate.DELETED, gone if come else f"{gone}\t")
    if come:
        yield Run(Fate.INSERTED, come if gone else f"{come}\t")
    if gone and come:
        yield Run(Fate.KEPT, "\t")
