"""Markdown (CommonMark, tables, footnotes, front matter), as drafts are kept: see docs/markdown.md.

In three places the field's habits are stronger than CommonMark, so that no word is lost: bracketed text is
text ("[Mexico]: delete" defines no link), indented lines are paragraphs and not code, and a labelled line
after a line that ends begins a paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from gcmtext.errors import InvalidText
from gcmtext.formats.decoding import decode
from gcmtext.formats.front_matter import FrontMatter, read_front_matter
from gcmtext.formats.lines import join_all, split_at_labels, starts_with_label
from gcmtext.text.model import Block, Notice, Role, Source

MAX_CHARACTERS = 16 * 2**20
MAX_SIGNS = 400_000
MAX_NESTING = 90
MAX_BRACKETS = 10_000

_ADDRESS = re.compile(r"[:/#.@?]")
_SIGNS = "\n*_`[]<>|\\&"  # line ends and what may be markup, each of which may cost the parser a token
_WRAP, _BREAK = "\n", "\v"  # a line end in the file, and a line break that was asked for


def read(data: bytes) -> Source:
    """Return what a Markdown file holds.

    A list item has the number as written as its mark, counted on if all numbers of a list are the same. Depth
    counts the lists around a block, the outermost not if it is numbered: numbered paragraphs stand at 0.

    Raises InvalidText if the bytes are no text, the front matter cannot be read, the file is over
    MAX_CHARACTERS or has over MAX_SIGNS line ends and signs of markup, lists or quotations are nested deeper
    than MAX_NESTING levels, a paragraph has over MAX_BRACKETS opening brackets, or there are no words.
    """
    decoded = decode(data)
    if len(decoded.text) > MAX_CHARACTERS:
        raise InvalidText(
            f"Markdown of more than {MAX_CHARACTERS // 2**20} million characters is not read: split the file."
        )
    if sum(map(decoded.text.count, _SIGNS)) > MAX_SIGNS:
        raise InvalidText(
            f"Markdown of more than {MAX_SIGNS:,} lines and signs of markup is not read: split the file."
        )
    text = decoded.text.replace("\f", "\n\n")
    parser, environment = _parser(), dict[str, Any]()
    tokens = parser.parse(text, environment)
    front = FrontMatter()
    if tokens and tokens[0].type == "front_matter":
        front = read_front_matter(tokens[0].content, first_line=2)
    blocks, notices = _Walk(parser, text.split("\n"), environment).read(tokens)
    if not blocks:
        raise InvalidText("The file holds no words: choose the file that holds the text.")
    title = next((b.text for b in blocks if b.role is Role.TITLE), "")
    return Source(
        blocks=blocks,
        title=front.title or title,
        language=front.language,
        symbol=front.symbol,
        revision=front.revision,
        date=front.date,
        notices=(*decoded.notices, *front.notices, *notices),
    )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    parser.enable("table").disable(["reference", "code"])
    parser.use(front_matter_plugin).use(footnote_plugin, move_to_end=False)
    parser.core.ruler.before("inline", "limits", _refuse_over_limits)
    # The target of a link goes unread, so "[shall](should)" is a link only if its target is an address.
    parser.validateLink = lambda url: bool(_ADDRESS.search(url))  # type: ignore[method-assign]
    return parser


def _refuse_over_limits(state: StateCore) -> None:
    """Refuse what the parser would leave out (too deep) or take hours for (brackets, squared)."""
    if any(token.nesting == 1 and token.level >= MAX_NESTING - 1 for token in state.tokens):
        raise InvalidText(
            "Lists or quotations are nested too deeply to be read: write them with fewer levels."
        )
    if (
        sum(token.content.count("[") ** 2 for token in state.tokens if token.type == "inline")
        > MAX_BRACKETS**2
    ):
        raise InvalidText(
            "There are too many opening brackets in one paragraph to be read: write it in several."
        )


@dataclass(slots=True)
class _Item:
    """A list item that is open.

    mark: its number, until a block has taken it. is_hollow: whether it begins with a list of its own instead
    of words, as in "- 1. Decides".
    """

    mark: str
    is_numbered: bool
    is_hollow: bool


class _Walk:
    """One pass over the tokens of a document. They are flat, so what is open stands on stacks."""

    def __init__(self, parser: MarkdownIt, lines: Sequence[str], environment: dict[str, Any]) -> None:
        self._parser = parser
        self._lines = lines
        self._environment = environment
        self._blocks: list[Block] = []
        self._marks: list[Iterator[str]] = []
        self._items: list[_Item] = []
        self._quotes = 0
        self._note: list[str] | None = None
        self._notes: dict[str, list[str]] = {}
        self._unprinted: list[str] = []

    def read(self, tokens: Sequence[Token]) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
        """Return the blocks, footnotes at the end in the order of their references, and the notices."""
        has_title = sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 1
        for place, token in enumerate(tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._marks.append(_marks(tokens, place))
                case "bullet_list_close" | "ordered_list_close":
                    self._marks.pop()
                case "list_item_open":
                    hollow = tokens[place + 1].type in ("bullet_list_open", "ordered_list_open")
                    self._items.append(_Item(next(self._marks[-1]), bool(token.info), hollow))
                case "list_item_close":
                    self._print_marks(self._items)
                    self._items.pop()
                case "blockquote_open":
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                case "footnote_reference_open":
                    self._note = self._notes.setdefault(token.meta["label"], [])
                case "footnote_reference_close":
                    self._note = None
                case "inline" if tokens[place - 1].type == "heading_open":
                    self._heading(token, int(tokens[place - 1].tag[1:]), has_title)
                case "inline" if tokens[place - 1].type == "paragraph_open":
                    self._paragraph(token)
                case "tr_open":
                    self._row(tokens, place)
                case "fence":
                    self._unprinted.append(token.info)
                    self._add("\n".join(line.strip() for line in token.content.split("\n")))
        return (*self._blocks, *self._footnotes()), self._notices()

    def _add(self, text: str, role: Role = Role.BODY, depth: int | None = None) -> None:
        if not (text := text.strip()):
            return
        if self._note is not None:
            marks = [item.mark for item in self._items if item.mark]
            for item in self._items:
                item.mark = ""
            self._note.append(" ".join([*marks, text]))
            return
        self._print_marks(self._items[:-1])
        mark = ""
        if self._items:
            mark, self._items[-1].mark = self._items[-1].mark, ""
        self._blocks.append(Block(text, role, mark, self._depth() if depth is None else depth))

    def _print_marks(self, items: Sequence[_Item]) -> None:
        """Add blocks for the numbers of items that have no words of their own."""
        for item in items:
            if item.mark:
                mark, item.mark = item.mark, ""
                if self._note is not None:
                    self._note.append(mark)
                else:
                    self._blocks.append(Block(mark, depth=self._depth()))

    def _depth(self) -> int:
        items = [item for item in self._items if not item.is_hollow]
        return self._quotes + len(items) - bool(items and items[0].is_numbered)

    def _heading(self, inline: Token, level: int, has_title: bool) -> None:
        text = join_all(self._words(inline.children).replace(_BREAK, _WRAP).split(_WRAP))
        is_title = has_title and level == 1 and not self._blocks and not self._items
        self._add(text, *((Role.TITLE, 0) if is_title else (Role.HEADING, level)))

    def _paragraph(self, inline: Token) -> None:
        blocks: list[str] = []
        for part in self._words(inline.children).split(_BREAK):
            first, *others = [join_all(group) for group in split_at_labels(part.split(_WRAP))]
            if blocks and not starts_with_label(first):
                blocks[-1] += "\n" + first
            else:
                blocks.append(first)
            blocks += others
        for text in blocks:
            self._add(text)

    def _row(self, tokens: Sequence[Token], place: int) -> None:
        cells = []
        for token in _from(tokens, place + 1):
            if token.type == "tr_close":
                break
            if token.type == "inline":
                cells.append(token)
        words = [self._words(cell.children) for cell in cells]
        for cell in self._surplus_cells(tokens[place], [cell.content for cell in cells]):
            inline = self._parser.parseInline(cell, self._environment)[0]
            words.append(self._words(inline.children))
        if any(words):
            self._add(" | ".join(" ".join(cell.split()) for cell in words), Role.ROW, 0)

    def _surplus_cells(self, row: Token, read: Sequence[str]) -> list[str]:
        """Return the cells of a row that has more than its table has columns; the parser leaves them out."""
        columns = [
            column.strip() for column in escapedSplit(self._lines[row.map[0] if row.map else 0].strip())
        ]
        start = next((i for i in (0, 1) if columns[i : i + len(read)] == list(read)), len(columns))
        return [column for column in columns[start + len(read) :] if column]

    def _words(self, children: Sequence[Token] | None) -> str:
        """Return the text of inline tokens without references to notes; _WRAP and _BREAK are line breaks."""
        text, after_reference = "", False
        for token in children or ():
            match token.type:
                case "softbreak":
                    piece = _WRAP
                case "hardbreak":
                    piece = _BREAK
                case "image":
                    piece = self._words(token.children)
                case _:
                    piece = token.content
            self._unprinted.append(str(token.attrGet("title") or ""))
            if token.type == "footnote_ref":
                after_reference = text.endswith(" ")
                text = text.rstrip(" ")
            elif piece:
                text += " " + piece if after_reference and piece[0].isalnum() else piece
                after_reference = False
        return text

    def _footnotes(self) -> Iterator[Block]:
        """Yield the footnotes by their references, then those that nothing refers to."""
        notes = dict(self._notes)
        for number, note in enumerate(self._environment.get("footnotes", {}).get("list", {}).values(), 1):
            label = note.get("label", "")
            lines = notes.pop(label, []) if label else [" ".join(self._words(note["tokens"]).split())]
            if any(lines):
                yield Block("\n".join(lines), Role.FOOTNOTE, label if label.isdecimal() else str(number))
        for label, lines in notes.items():
            if lines:
                yield Block("\n".join(lines), Role.FOOTNOTE, label)

    def _notices(self) -> tuple[Notice, ...]:
        unprinted = " ".join(" ".join(self._unprinted).split())
        if not unprinted:
            return ()
        message = (
            "Words that Markdown does not print were left out: titles of links and names of code blocks."
        )
        return (Notice("unprinted", message, unprinted),)


def _from(tokens: Sequence[Token], place: int) -> Iterator[Token]:
    return (tokens[i] for i in range(place, len(tokens)))


def _marks(tokens: Sequence[Token], place: int) -> Iterator[str]:
    """Yield the marks of the items of the list that opens at `place`.

    They are the numbers as written; where all are the same ("1." on each line, which is how Markdown says
    "count yourself") they count on from it. Bullets have none.
    """
    opening = tokens[place]
    items = []
    for token in _from(tokens, place + 1):
        if token.level == opening.level and token.nesting == -1:
            break
        if token.type == "list_item_open" and token.level == opening.level + 1:
            items.append(token)
    is_lazy = len(items) > 1 and len({int(item.info) for item in items if item.info}) == 1
    for count, item in enumerate(items):
        number = str(int(item.info) + count) if is_lazy else item.info
        yield number + item.markup if item.info else ""
