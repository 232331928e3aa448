"""The last step: changes are written with the white space around them."""

from gcmtext.text.diff.runs import Run, Text, change
from gcmtext.text.model import Change, Changes, Operation


class Writer:
    """Changes in the making: what is equal goes to one side of what is deleted and inserted."""

    def __init__(self) -> None:
        self._changes: list[Change] = []
        self._pending: dict[Operation, str] = {"equal": "", "delete": "", "insert": ""}

    def equal(self, text: str) -> None:
        """Add what stays."""
        if text:
            self._flush("delete", "insert")
            self._pending["equal"] += text

    def replace(self, deleted: str, inserted: str) -> None:
        """Add what goes and what comes in its place."""
        if deleted or inserted:
            self._flush("equal")
            self._pending["delete"] += deleted
            self._pending["insert"] += inserted

    def changes(self) -> Changes:
        """Return what was added."""
        self._flush("equal", "delete", "insert")
        return tuple(self._changes)

    def _flush(self, *operations: Operation) -> None:
        for operation in operations:
            if text := self._pending[operation]:
                self._changes.append((operation, text))
                self._pending[operation] = ""


def render(written: Writer, runs: list[Run], old: Text, new: Text) -> None:
    """Write what is kept, deleted and inserted, with the white space of both texts."""
    if len(runs) == 1 or runs[0].length:
        _write_space(written, old.space(0), new.space(0))
    for at, run in enumerate(runs):
        if run.length:
            _write_kept(written, run, old, new)
        if at + 1 < len(runs):
            _write_changed(written, *change(run, runs[at + 1]), old, new)
    if runs[-1].length:
        _write_space(written, old.space(len(old.units)), new.space(len(new.units)))


def _write_kept(written: Writer, run: Run, old: Text, new: Text) -> None:
    whole = old.inside(run.old, run.old + run.length)
    if whole == new.inside(run.new, run.new + run.length):
        written.equal(whole)
        return
    for n in range(run.length):
        if n:
            _write_space(written, old.space(run.old + n), new.space(run.new + n))
        written.equal(old.units[run.old + n])


def _write_space(written: Writer, old: str, new: str) -> None:
    if new.startswith(old):
        written.equal(old)
        written.replace("", new[len(old) :])
    elif old.startswith(new):
        written.equal(new)
        written.replace(old[len(new) :], "")
    else:
        written.replace(old, new)


def _write_changed(written: Writer, i: int, i_end: int, j: int, j_end: int, old: Text, new: Text) -> None:
    """Write a change with the space around it; what is the same space in both texts stays."""
    if i == i_end and j == j_end:
        _write_space(written, old.space(i), new.space(j))
        return
    deleted, inserted = old.between(i, i_end), new.between(j, j_end)
    head = old.space(i)
    if head != new.space(j):
        head = ""
    tail = old.space(i_end)
    if tail != new.space(j_end) or min(len(deleted), len(inserted)) < len(head) + len(tail):
        tail = ""
    written.equal(head)
    written.replace(
        deleted[len(head) : len(deleted) - len(tail)], inserted[len(head) : len(inserted) - len(tail)]
    )
    written.equal(tail)
