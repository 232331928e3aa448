"""From how people name a paragraph to the paragraph: "OP5", "the chapeau of objective 7", "12 (b) (ii)"."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from gcmtext.text.addresses import addresses, slug
from gcmtext.text.instructions.grammar import NUMBER, SUB, Grammar
from gcmtext.text.labels import read_mark
from gcmtext.text.model import HEADS, Document, Kind

_NUMBER = re.compile(NUMBER, re.I)
_SUB = re.compile(SUB, re.I)

NOWHERE = "?"
"""The number of a paragraph that is named in no way, or in two ways that contradict one another."""


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a place as they are said.

    preambular, operative, division: a slug such as "3", "12-bis", "objective-7", "#-1" for the last; or "".
    subs: labels of sub-paragraphs, outermost first. part: "chapeau", "title" or "". sentence: 0 for all.
    """

    phrase: str = ""
    preambular: str = ""
    operative: str = ""
    division: str = ""
    subs: tuple[str, ...] = ()
    part: str = ""
    sentence: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it names a paragraph by itself, not only a part of one."""
        return bool(self.preambular or self.operative or self.division)

    def agreeing(self, outer: "Said") -> "Said":
        """Return this place if it is in another that is said before it, else a place that is nowhere.

        "In objective 5, delete paragraph 17" means a paragraph of that objective.
        """
        if outer.division and not (self.division or outer.subs or outer.part):
            return replace(self, division=outer.division)
        own = (self.preambular, self.operative, self.division)
        if own != (outer.preambular, outer.operative, outer.division):
            return replace(self, operative=NOWHERE)
        return self if self.subs[: len(outer.subs)] == outer.subs else replace(self, operative=NOWHERE)

    def within(self, outer: "Said | None", beside: bool = False) -> "Said":
        """Return this place inside another, if it is a part; beside: as a neighbour of it."""
        if outer is None or self.is_whole:
            return self
        if self == Said():
            return outer
        subs = self.subs if beside or not self.subs else (*outer.subs, *self.subs)
        return replace(
            outer,
            phrase=f"{outer.phrase}, {self.phrase}",
            subs=subs or (() if beside else outer.subs),
            part=self.part or outer.part,
            sentence=self.sentence or outer.sentence,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """What a place is in the base.

    targets: the paragraphs that it can be, one if it is certain. around: those that stand under it.
    """

    targets: tuple[int, ...]
    around: tuple[int, ...] = ()
    sentence: int = 0


def said(phrase: str, grammar: Grammar) -> Said:
    """Return the parts of a place that is said in a language."""
    found = Said(phrase.strip(" ,:;"))
    has_preamble = is_unclear = False
    counted = ""  # a paragraph of the preamble, if that is named as well
    for match in re.finditer(grammar.atom, phrase, re.I):
        text = match[0].strip(" ,")
        unit = _unit(text, grammar)
        subs = tuple(slug(sub) for sub in _SUB.findall(_after_number(text)))
        number = _number(text, grammar)
        if unit == "preamble":
            has_preamble = True
        elif unit in ("chapeau", "title"):
            is_unclear |= bool(found.part)
            found = replace(found, part=unit)
        elif unit == "sentence":
            is_unclear |= bool(found.sentence)
            found = replace(found, sentence=int(number.removeprefix("#") or 0))
        elif unit == "preambular":
            is_unclear |= bool(found.preambular)
            found = replace(found, preambular=number)
        elif unit == "division":
            is_unclear |= bool(found.division)
            found = replace(found, division=_division(text), subs=(*subs, *found.subs))
        elif (unit == "vague" and number) or (unit in ("counted", "sub") and number.startswith("#")):
            is_unclear |= bool(counted) or unit == "sub"
            counted = number
        elif number and unit != "line":
            is_unclear |= bool(found.operative)
            found = replace(found, operative=number, subs=(*subs, *found.subs))
        elif subs:
            # "(ii) of (c)" says the inner one first, "(c), (ii)" the outer one
            between = phrase[: match.start()].rstrip()
            inner_first = bool(found.subs) and not between.endswith(",")
            found = replace(found, subs=(*subs, *found.subs) if inner_first else (*found.subs, *subs))
    if has_preamble and bool(counted) != bool(found.operative):
        found = replace(found, preambular=counted or found.operative, operative="")
    elif has_preamble or counted or is_unclear or (found.preambular and (found.operative or found.division)):
        return replace(found, operative=NOWHERE, preambular="", division="")
    return found


def _unit(text: str, grammar: Grammar) -> str:
    text = re.sub(rf"^{grammar.ordinal}\s+", "", text, flags=re.I)
    for unit in (
        "sentence",
        "line",
        "title",
        "chapeau",
        "preambular",
        "operative",
        "division",
        "counted",
        "preamble",
        "vague",
        "sub",
    ):
        if match := re.match(rf"(?:{grammar.units[unit]})(?![^\W\d_])", text, re.I):
            return unit if match.end() else ""
    return ""


def _number(text: str, grammar: Grammar) -> str:
    if match := re.match(rf"({grammar.ordinal})\s", text, re.I):
        return f"#{grammar.ordinals[match[1].casefold()]}"
    match = re.search(rf"(?<!\w)(?:{NUMBER})|(?<=[A-Za-z§.])(?:{NUMBER})", _SUB.sub(" ", text), re.I)
    return slug(match[0]) if match else ""


def _after_number(text: str) -> str:
    match = _NUMBER.search(text)
    return text[match.end() :] if match else text


def _division(text: str) -> str:
    """Return the name of a division in any language: "objective-7" for "Objetivo 7" as well."""
    label = read_mark(_SUB.sub("", text).strip(" ,"))
    return f"{label.form.partition(' #')[0]}-{label.readings[0].value}"


class Places:
    """The places of a base text."""

    def __init__(self, base: Document) -> None:
        self._base = base
        self._paragraphs = base.paragraphs
        self._addresses = addresses(base.paragraphs)

    def find(self, said: Said) -> Place:
        """Return what a place is; its targets are empty where there is no such place."""
        if said.division:
            return replace(self._in_division(said), sentence=said.sentence)
        if said.part == "title" and not said.operative:
            titles = tuple(p.index for p in self._paragraphs if p.kind is Kind.TITLE)
            return Place(titles, (), said.sentence)
        if said.preambular:
            return Place(self._preambular(said.preambular), (), said.sentence)
        if not said.operative or said.part == "title":
            return Place(())
        targets = self._operative("-".join([self._count(said.operative), *said.subs]))
        around = tuple(i for target in targets[:1] for i in self.under(target))
        return Place(targets, () if said.part else around, said.sentence)

    def under(self, index: int) -> tuple[int, ...]:
        """Return the sub-paragraphs that stand right under a paragraph."""
        found = []
        top = self._paragraphs[index]
        for paragraph in self._paragraphs[index + 1 :]:
            if paragraph.kind is not Kind.SUBPARAGRAPH or paragraph.level <= top.level:
                break
            found.append(paragraph.index)
        return tuple(found)

    def actions(self, index: int) -> tuple[int, ...]:
        """Return the sub-paragraphs of a paragraph behind a line that introduces them."""
        after = self._paragraphs[index + 1 : index + 2]
        return self.under(index + 1) if after and after[0].kind is Kind.CHAPEAU else ()

    def section(self, index: int) -> tuple[int, ...]:
        """Return a heading and all that stands under it."""
        head = self._paragraphs[index]
        found = [index]
        for paragraph in self._paragraphs[index + 1 :]:
            if paragraph.kind is Kind.FOOTNOTE or (paragraph.kind in HEADS and paragraph.level <= head.level):
                break
            found.append(paragraph.index)
        return tuple(found)

    @cached_property
    def preambular(self) -> tuple[int, ...]:
        """The paragraphs of the preamble, without the formula at its end."""
        return tuple(
            p.index for p in self._paragraphs if p.kind is Kind.PREAMBULAR and not p.text.endswith(":")
        )

    def _preambular(self, number: str) -> tuple[int, ...]:
        if number.startswith("#"):
            return _at(self.preambular, int(number[1:]))
        return tuple(i for i, address in enumerate(self._addresses) if address == f"pp{number}")

    def _count(self, number: str) -> str:
        if not number.startswith("#"):
            return number
        numbered = tuple(p.index for p in self._paragraphs if p.kind is Kind.NUMBERED)
        return "".join(self._addresses[i] for i in _at(numbered, int(number[1:])))

    def _operative(self, name: str) -> tuple[int, ...]:
        return tuple(
            index
            for index, address in enumerate(self._addresses)
            if address.partition("~")[0].removeprefix("op") == name
            and self._paragraphs[index].kind in (Kind.NUMBERED, Kind.SUBPARAGRAPH)
        )

    def _in_division(self, said: Said) -> Place:
        heads = [i for i, name in self._divisions.items() if name == said.division]
        if len(heads) != 1:
            return Place(tuple(heads))
        section = self.section(heads[0])
        if said.operative:
            targets = self._operative("-".join([self._count(said.operative), *said.subs]))
            return Place(tuple(i for i in targets if i in section))
        if said.subs:
            chains = self._chains(section)
            return Place(tuple(i for i in section if chains.get(i) == said.subs))
        if said.part == "title":
            return Place((heads[0],))
        if said.part == "chapeau":
            kinds = (Kind.NUMBERED, Kind.CHAPEAU)
            return Place(tuple(i for i in section if self._paragraphs[i].kind in kinds))
        return Place((heads[0],), section[1:])

    @cached_property
    def _divisions(self) -> dict[int, str]:
        """The name of each heading with a number."""
        found: dict[int, str] = {}
        for paragraph in self._paragraphs:
            if paragraph.kind not in HEADS or not paragraph.label:
                continue
            found[paragraph.index] = _division(paragraph.label)
        return found

    def _chains(self, section: tuple[int, ...]) -> dict[int, tuple[str, ...]]:
        above: list[str] = []
        found: dict[int, tuple[str, ...]] = {}
        for index in section:
            paragraph = self._paragraphs[index]
            if paragraph.kind is Kind.SUBPARAGRAPH and paragraph.label:
                above = [*above[: paragraph.level - 1], slug(paragraph.label)]
                found[index] = tuple(above)
            elif paragraph.kind is not Kind.CHAPEAU:
                above = []
        return found


def _at(indices: tuple[int, ...], ordinal: int) -> tuple[int, ...]:
    """Return the first (1), second, … last (-1) of some paragraphs, alone; nothing if there is none."""
    place = ordinal - 1 if ordinal > 0 else len(indices) + ordinal
    return indices[place : place + 1] if place >= 0 else ()
