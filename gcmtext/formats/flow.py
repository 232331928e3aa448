"""Blocks from a tree of elements, as a browser lays them out: text runs on until a block begins or ends.

So every text of the tree comes out once, whatever elements it stands in.
"""

import re
from dataclasses import dataclass, field

from gcmtext.formats.lines import starts_with_label
from gcmtext.text.model import Block, Role

_WHITE = re.compile(r"\s+")
_BREAK = "\n"  # a line break that was asked for; all other white space is folded


@dataclass(frozen=True, slots=True)
class Setting:
    """What blocks are within an element."""

    role: Role = Role.BODY
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label that waits for its text; depth is where it stands itself."""

    text: str
    depth: int


_NO_MARK = _Mark("", 0)


@dataclass(slots=True)
class _Note:
    """A footnote that is being read."""

    mark: str
    lines: list[str] = field(default_factory=list)


class Flow:
    """Takes the text of a tree in order, with the beginnings and ends of its elements."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.footnotes: list[Block] = []
        self._settings = [Setting()]
        self._runs: list[list[str]] = [[]]
        self._rows: list[list[list[str]]] = []
        self._notes: list[_Note] = []
        self._marks = [_NO_MARK]

    @property
    def setting(self) -> Setting:
        """What a block is that ends now."""
        return self._settings[-1]

    def write(self, text: str | None) -> None:
        """Add running text."""
        if text:
            self._runs[-1].append(_WHITE.sub(" ", text))

    def break_line(self) -> None:
        """Add a line break."""
        self._runs[-1].append(_BREAK)

    def open(self, setting: Setting) -> None:
        """Begin an element whose text stands apart from what is before it."""
        self.end_block()
        self._settings.append(setting)

    def close(self) -> None:
        """End the element that was opened last."""
        self.end_block()
        self._settings.pop()

    def end_block(self) -> None:
        """End the running text, if any: a line that begins with a label, or follows a gap, is a block."""
        text = "".join(self._runs[-1])
        self._runs[-1].clear()
        if not text.strip():
            return
        groups: list[list[str]] = [[]]
        for line in (part.strip() for part in text.split(_BREAK)):
            if not line or starts_with_label(line):
                groups.append([])
            if line:
                groups[-1].append(line)
        for group in groups:
            if group:
                self._add(_BREAK.join(group))

    def close_mark(self) -> None:
        """End an element that holds the label of what follows."""
        text = " ".join("".join(self._runs[-1]).split())
        self._runs[-1].clear()
        self._settings.pop()
        self.set_mark(text)

    def set_mark(self, mark: str) -> None:
        """Set the label of the next block; one that no block has taken becomes a block, in a table a text."""
        self.end_mark()
        if self._rows and not self._notes:
            self.write(mark)
            self.end_block()
            return
        self._marks[-1] = _Mark(mark, self.setting.depth)

    def end_mark(self) -> None:
        """End the reach of a label: if no block has taken it, it becomes a block."""
        mark = self._marks[-1]
        if mark.text:
            self._marks[-1] = _NO_MARK
            self._add(mark.text, Setting(Role.BODY, mark.depth))

    def open_note(self, mark: str) -> None:
        """Begin a footnote; it may stand within running text, which goes on after it."""
        self._notes.append(_Note(mark))
        self._runs.append([])
        self._marks.append(_NO_MARK)
        self._settings.append(Setting(Role.FOOTNOTE))

    def close_note(self) -> None:
        """End the footnote that was opened last."""
        self.end_block()
        self.end_mark()
        self._settings.pop()
        self._runs.pop()
        self._marks.pop()
        note = self._notes.pop()
        if note.lines:
            self.footnotes.append(Block(_BREAK.join(note.lines), Role.FOOTNOTE, note.mark))

    def open_row(self) -> None:
        """Begin a row of a table."""
        self.end_block()
        self._rows.append([])

    def open_cell(self) -> None:
        """Begin a cell of the row that was opened last."""
        self.end_block()
        if self._rows:
            self._rows[-1].append([])

    def close_cell(self) -> None:
        """End a cell."""
        self.end_block()

    def close_row(self) -> None:
        """End a row: its cells are one block, joined by strokes."""
        self.end_block()
        cells = [" ".join(cell) for cell in self._rows.pop()]
        if any(cells):
            self._add(" | ".join(cells), Setting(Role.ROW))

    def _add(self, text: str, setting: Setting | None = None) -> None:
        mark, self._marks[-1] = self._marks[-1].text, _NO_MARK
        if self._notes:
            self._notes[-1].lines.append(f"{mark} {text}".lstrip())
        elif self._rows:
            cells = self._rows[-1] or [[]]
            cells[-1].append(f"{mark} {text}".lstrip())
            self._rows[-1] = cells
        else:
            setting = setting or self.setting
            self.blocks.append(Block(text, setting.role, mark, setting.depth))
