"""A block with what can be told from it alone."""

import re
from dataclasses import dataclass

from gcmtext.text.labels import (
    Label,
    Numbering,
    is_division,
    read_mark,
    split_at_tab,
    split_label,
    split_mark,
)
from gcmtext.text.model import Block, Role
from gcmtext.text.normalise import clean
from gcmtext.text.scripts import unspaced_characters

_ENDS_SENTENCE = re.compile(r"[.,;:!?…。，；：、؛،؟](?:[\"'”’»)\]）」』]*)$")
# The figure of a note behind the last mark: "Plan of Action;3"; in "12,3" it is no note.
_NOTE = r"(?:(?<!\d.)\d{1,2}|[¹²³⁰⁴⁵⁶⁷⁸⁹]{1,2})?"
# General Assembly resolutions end their preambular paragraphs with commas, those of the World Health
# Assembly with semicolons.
_ENDS_CLAUSE = re.compile(rf"[,;，；،؛](?:\s?(?:and|et|y|e|и))?[\"'”’»\]]*{_NOTE}$")
_ENDS_COMMA = re.compile(r"[,，،]$")
_ENDS_COLON = re.compile(rf"[:：][\"'”’»\]]*{_NOTE}$")
_STARTS_LIKE_HEADING = re.compile(r"[\[(“\"«¿]*[^\W\d_]")
_ANNEX = re.compile(
    r"(?:annex|annexe|anexo|appendix|appendice|apéndice|приложение|المرفق|مرفق|附件|附录)"
    r"(?:\s?(?:[IVXLC]+|\d+|[A-Z]|[一二三四五六七八九十]+|الأول|الثاني|الثالث))?\s?\*?$",
    re.I,
)
_ORGANS = re.compile(
    r"(?:the (?:general assembly|security council|human rights council|economic and social council)"
    r"|the (?:[\w-]+ )?world health assembly"
    r"|l[’']assemblée générale|le conseil .{4,40}|la asamblea general|el consejo .{4,40}"
    r"|генеральная ассамблея|совет .{4,60}"
    r"|(?:إن )?(?:الجمعية العامة|مجلس .{4,40}|المجلس .{4,40})"
    r"|大会|.{0,8}理事会)[,，،]?$",
    re.I,
)
_HEADING_WORDS = 14
DIVISION_WORDS = 45
"""The most words that a heading has after the label of a division, or on a line of its own."""

_HEADING_NUMBERINGS = (
    Numbering.UPPER_ROMAN,
    Numbering.UPPER_LETTER,
    Numbering.ABJAD,
    Numbering.ARABIC_ORDINAL,
)


@dataclass(frozen=True, slots=True)
class Item:
    """A block with clean words and the label that stands at their head, if any."""

    role: Role
    depth: int
    text: str
    label: Label | None
    rest: str

    @classmethod
    def of(cls, block: Block) -> "Item":
        """Return a block read by itself."""
        text, mark = clean(block.text), clean(block.mark)
        if block.role in (Role.FOOTNOTE, Role.ROW):
            label, rest = (read_mark(mark) if mark else None), text
        elif mark:
            label, rest = split_mark(mark, text)
        else:
            label, rest = _split_at_tab(block.text) or split_label(text) or (None, text)
        return cls(block.role, block.depth, text, label, rest)

    @property
    def printed(self) -> str:
        """The label as printed."""
        return self.label.printed if self.label else ""

    @property
    def length(self) -> int:
        """The number of words; two Chinese characters count as one."""
        return len(self.rest.split()) + unspaced_characters(self.rest) // 2

    @property
    def ends_clause(self) -> bool:
        """Whether it ends as a preambular paragraph does, with a comma or semicolon."""
        return bool(_ENDS_CLAUSE.search(self.rest))

    @property
    def ends_comma(self) -> bool:
        """Whether it ends with a comma."""
        return bool(_ENDS_COMMA.search(self.rest))

    @property
    def ends_colon(self) -> bool:
        """Whether it ends with a colon."""
        return bool(_ENDS_COLON.search(self.rest))

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends with any mark of punctuation."""
        return bool(_ENDS_SENTENCE.search(self.rest))

    @property
    def is_plain(self) -> bool:
        """Whether neither the format nor a label says what this is."""
        return self.role is Role.BODY and self.label is None

    @property
    def is_formula(self) -> bool:
        """Whether a known body begins to speak: “The General Assembly,”."""
        return self.is_plain and bool(_ORGANS.match(self.text))

    @property
    def is_annex(self) -> bool:
        """Whether this is the heading of an annex."""
        if self.role not in (Role.BODY, Role.HEADING, Role.TITLE):
            return False
        if self.label and self.label.form == "annex #":
            return not self.ends_sentence
        return bool(_ANNEX.match(self.text))

    @property
    def starts_like_heading(self) -> bool:
        """Whether it opens with a letter, brackets and quotation marks apart."""
        return bool(_STARTS_LIKE_HEADING.match(self.rest))

    @property
    def looks_like_heading(self) -> bool:
        """Whether a line without a label is short, opens like a heading and does not end like a sentence."""
        return (
            self.length <= _HEADING_WORDS
            and self.starts_like_heading
            and not self.rest[:1].islower()
            and not self.ends_sentence
        )

    @property
    def has_heading_label(self) -> bool:
        """Whether its label is one that headings have, and its words do not speak against it."""
        label = self.label
        if label is None:
            return False
        if is_division(label):
            return not self.rest or (
                self.length <= DIVISION_WORDS and not self.rest.endswith((";", ",", "；", "،"))
            )
        heads = label.readings[0].numbering in _HEADING_NUMBERINGS or label.form == "#、"
        return heads and label.form in ("#.", "#-", "#、", "#") and (not self.rest or self.looks_like_heading)


def _split_at_tab(text: str) -> tuple[Label, str] | None:
    found = split_at_tab(text)
    return found and (found[0], clean(found[1]))
