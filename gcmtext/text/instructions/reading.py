"""From the lines of a list to commands: what is to be done, where, and with which words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gcmtext.text.instructions.commands import Command
from gcmtext.text.instructions.grammar import Grammar
from gcmtext.text.instructions.parsing import parse
from gcmtext.text.instructions.place import Said
from gcmtext.text.instructions.quotations import Quoted, is_open, readings, unquoted
from gcmtext.text.model import HEADS, Document, Kind, Paragraph

_LIST_NUMBER = re.compile(r"\d{1,3}|\(?[a-z]{1,2}\)|[•–—-]")
_OWN_PLACE = re.compile(r"(?:PP|OP)", re.I)
_LONGEST = 10_000
_MOST = 60
_EMPTY = re.compile(r"(?:,\s*){3}")
_BULLET = re.compile(r"^[•▪◦·*–—-]\s+")


@dataclass(frozen=True, slots=True)
class Lines:
    """What a list says: commands in order, what was not understood, and remarks."""

    commands: tuple[Command, ...]
    obscure: tuple[str, ...]
    remarks: tuple[str, ...]


def read_lines(document: Document, grammars: Sequence[Grammar]) -> Lines:
    """Return the commands of a list of instructions; every paragraph of it is in one of the three results."""
    return _Reader(document, grammars).lines()


class _Reader:
    """One pass over the paragraphs of a list."""

    def __init__(self, document: Document, grammars: Sequence[Grammar]) -> None:
        self._grammars = grammars
        self._paragraphs = [p for p in document.paragraphs if p.text or p.label]
        self._commands: list[Command] = []
        self._obscure: list[str] = []
        self._remarks: list[str] = []
        self._context: Said | None = None
        self._announced = ""  # the line that names the paragraph for those after it
        self._is_used = True
        self._waiting = 0  # commands at the end that await their text
        self._last = 0  # commands of the last line, to which a remark belongs
        self._is_enumerated = any(
            p.label and p.text and _LIST_NUMBER.fullmatch(p.label) and self._has_own_place(p.text)
            for p in self._paragraphs
        )

    def lines(self) -> Lines:
        for paragraph in self._paragraphs:
            self._read(paragraph)
        self._give_up()
        self._announce(None, "")
        return Lines(tuple(self._commands), tuple(self._obscure), tuple(self._remarks))

    def _read(self, paragraph: Paragraph) -> None:
        printed = f"{paragraph.label} {paragraph.text}".strip()
        line = _BULLET.sub("", self._line(paragraph))
        if remark := next((m for g in self._grammars if (m := g.remark.match(line))), None):
            self._give_up()
            self._remark(line[remark.end() :] or printed)
            return
        if self._waiting and self._takes(paragraph, line):
            return
        parsed = self._parse(line, self._context)
        if parsed is None and self._waiting and not self._begins(line):
            self._take(paragraph)
            return
        self._give_up()
        if parsed is None:
            if paragraph.kind in HEADS and not self._begins(line):
                self._announce(None, "")
                self._remarks.append(printed)
            else:
                self._obscure.append(printed)
            self._last = 0
            return
        context, commands = parsed
        if not commands:
            self._announce(context, printed)
            return
        if self._announced and not self._has_own_place(line):
            printed = f"{self._announced}\n{printed}"
            self._is_used = True
        self._commands += [replace(command, line=printed) for command in commands]
        self._last = len(commands)
        self._waiting = int(commands[-1].awaits)

    def _announce(self, context: Said | None, printed: str) -> None:
        """Take a line for the place of those after it; one that announced nothing is a remark."""
        if not self._is_used:
            self._remarks.append(self._announced)
        self._context, self._announced, self._is_used = context, printed, not printed

    def _line(self, paragraph: Paragraph) -> str:
        """Return the words of a paragraph with its label, if that names a place and does not count lines."""
        label, text = paragraph.label, paragraph.text
        if not label:
            return text
        text = text.lstrip(" :.–—-")
        if _OWN_PLACE.match(label) or paragraph.kind in HEADS:
            return f"{label}: {text}"
        if paragraph.kind is Kind.SUBPARAGRAPH and self._context is None:
            return text
        if not self._is_enumerated and not self._has_own_place(text):
            return f"{label}: {text}" if not label.isdigit() else f"§ {label}: {text}"
        return text

    def _has_own_place(self, text: str) -> bool:
        parsed = self._parse(text, None)
        if parsed is None:
            return False
        context, commands = parsed
        return bool(context) or any(c.place.is_whole for c in commands)

    def _takes(self, paragraph: Paragraph, line: str) -> bool:
        """Whether a paragraph is the text that is awaited because it stands in quotation marks."""
        if line[:1] in '“«"' and (unquoted(line) != line.strip() or is_open(line)):
            self._take(paragraph)
            return True
        return False

    def _take(self, paragraph: Paragraph) -> None:
        last = self._commands[-1]
        if last.texts and not last.many and not is_open(last.texts[-1]) and not self._goes_under(paragraph):
            self._give_up()
            self._obscure.append(f"{paragraph.label} {paragraph.text}".strip())
            return
        printed = f"{paragraph.label} {paragraph.text}".strip()
        if last.texts and is_open(last.texts[-1]) and not last.many:
            texts = (*last.texts[:-1], last.texts[-1], printed)
        else:
            texts = (*last.texts, printed)
        self._commands[-1] = replace(last, texts=texts, line=f"{last.line}\n{printed}")

    def _goes_under(self, paragraph: Paragraph) -> bool:
        return paragraph.kind is Kind.SUBPARAGRAPH and self._commands[-1].texts[0].endswith(":")

    def _give_up(self) -> None:
        """Stop waiting for a text; what has got none is not understood."""
        if self._waiting and not self._commands[-1].texts:
            self._obscure.append(self._commands.pop().line)
        elif self._waiting:
            last = self._commands[-1]
            self._commands[-1] = replace(last, texts=_closed(last.texts), awaits=False)
        self._waiting = 0

    def _remark(self, printed: str) -> None:
        if not self._last:
            self._remarks.append(printed)
            return
        for number in range(len(self._commands) - self._last, len(self._commands)):
            command = self._commands[number]
            self._commands[number] = replace(command, note=f"{command.note}\n{printed}".strip())

    def _begins(self, line: str) -> bool:
        quoted = next(readings(line))
        return not _is_too_much(quoted) and any(
            g.begins.match(quoted.with_places(g.place).said) for g in self._grammars
        )

    def _parse(self, line: str, context: Said | None) -> tuple[Said | None, tuple[Command, ...]] | None:
        for grammar in self._grammars:
            for quoted in readings(line):
                if _is_too_much(quoted):
                    continue
                marked = quoted.with_places(grammar.place)
                if len(marked.places) <= _MOST and (parsed := parse(marked, grammar, context)) is not None:
                    return parsed
        return None


def _is_too_much(quoted: Quoted) -> bool:
    """Whether a line quotes or says more than any instruction does, or is hardly words."""
    is_long = len(quoted.quotations) > _MOST or len(quoted.said) > _LONGEST
    return is_long or bool(_EMPTY.search(quoted.said))


def _closed(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts without the quotation marks around each, or around all of them together."""
    if len(texts) > 1 and is_open(texts[0]):
        whole = unquoted("\n".join(texts))
        return tuple(part.strip() for part in whole.split("\n"))
    return tuple(unquoted(text) for text in texts)
