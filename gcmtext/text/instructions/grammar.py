"""A grammar of instructions: what a language says is data, how it is read is one engine.

A form is an action and what is said for it, in tokens between blanks:

    (a|b_c)    one of these words or phrases, "_" for a blank; `?` behind a token: it may be missing
    PLACE, TO, WITH, IN   a paragraph, as people name it: "OP5", "sub-paragraph (b) of paragraph 12"
    OLD, AT    words quoted from the text, with what says which of several: "the second 'States'"
    NEW        words quoted that are to stand in the text
    TEXT       the text of a paragraph: quoted, behind a colon, or in the paragraphs that follow
    PARAGRAPH  a new paragraph, several, or one with its label: "a new paragraph", "OP4 bis"

A form whose action begins with "+" is said only behind another of its action: "… and 'c' by 'd'".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

QUOTED = "[\ue000-\uefff]"
"""What stands for a quotation while the rest of an instruction is read."""

NAMED = "[\uf000-\uf8ff]"
"""What stands for a place that is named."""

SUFFIX = r"(?:bis|ter|quater|quinquies|alt)(?:[\s.]?\d{1,2})?"
SUB = (
    rf"(?:\((?:[a-z]{{1,2}}|[ivx]{{1,5}})(?:\s{SUFFIX})?\)|(?<![\w(])(?:[a-z]{{1,2}}|[ivx]{{1,5}})(?:\s{SUFFIX})?\))"
    rf"(?:\s?{SUFFIX}(?!\w))?"
)
_SUBS = rf"(?:[\s,]*{SUB})"
NUMBER = rf"\d{{1,3}}(?!\d)(?:\s?{SUFFIX}(?!\w))?"


@dataclass(frozen=True)
class Grammar:
    """What one language says.

    units: for each kind of place its names, as an expression: preambular, operative, division, sub, preamble,
        chapeau, title, sentence, line, counted (a paragraph, which may be of the preamble), vague (one of the
        preamble, or else a part of a paragraph).
    ordinals: "second" -> 2; -1 for the last.
    links: what may stand between the parts of a place, and before it.
    polite: what may stand before an instruction and says nothing.
    joints: what joins instructions on one line.
    nouns: what may stand before words that are quoted.
    new: what says that a paragraph is new; several: that there are several.
    reading: what announces a text.
    rationale: what opens a remark.
    verbs: how instructions begin; a line that begins so is never the text of a paragraph.
    """

    language: str
    units: Mapping[str, str]
    ordinals: Mapping[str, int]
    links: str
    polite: str
    joints: str
    nouns: str
    every: str
    new: str
    several: str
    reading: str
    rationale: str
    verbs: str
    forms: tuple[tuple[str, str], ...]

    @cached_property
    def ordinal(self) -> str:
        """An expression for the ordinals."""
        return _any("|".join(sorted(self.ordinals, key=len, reverse=True)))

    @cached_property
    def atom(self) -> str:
        """An expression for one part of a place, with named groups where it is compiled by `atoms`."""
        numbered = "|".join(
            self.units[u] for u in ("preambular", "operative", "division", "counted", "vague")
        )
        counted = "|".join(
            self.units[u] for u in ("preambular", "operative", "counted", "vague", "sentence", "sub")
        )
        alone = "|".join(self.units[u] for u in ("preamble", "chapeau", "title"))
        lines = rf"(?:{self.units['line']})\s*\d+(?:\s?[-–]\s?\d+)?"
        return (
            rf"(?:{lines}|(?<!\w)(?:{numbered})\s*{NUMBER}(?:{_SUBS})*|{self.ordinal}\s+(?:{counted})(?!\w)"
            rf"|(?<!\w)(?:(?:{self.units['sub']})\s*)?{SUB}(?:{_SUBS})*|(?<!\w)(?:{alone})(?!\w)"
            rf"|(?<![\w(])\d{{1,3}}(?:\s?{SUFFIX}(?!\w)(?:{_SUBS})*|(?:{_SUBS})+))"
        )

    @cached_property
    def place(self) -> re.Pattern[str]:
        """A place, with what links it to the words before."""
        link = rf"(?:(?:(?<!\w)(?:{self.links}))|,)\s*"
        return re.compile(rf"(?:{link})*{self.atom}(?:\s*(?:{link})*{self.atom})*", re.I)

    @cached_property
    def patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The forms, compiled, in order."""
        return tuple((action, re.compile(self._form(form), re.I)) for action, form in self.forms)

    @cached_property
    def lead(self) -> re.Pattern[str]:
        """A place at the head of an instruction."""
        return re.compile(rf"(?P<place>{NAMED})\s*[:,;–—-]?\s*")

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """What says nothing at the head of an instruction."""
        return re.compile(rf"(?:{self.polite})\s*", re.I)

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """What stands between two instructions."""
        return re.compile(rf"\s*(?:[,;.]\s*(?:(?:{self.joints})\s+)*|(?<!\w)(?:(?:{self.joints})\s+)+)", re.I)

    @cached_property
    def remark(self) -> re.Pattern[str]:
        """The head of a line that says why."""
        return re.compile(rf"(?:{self.rationale})\s*(?:[:.–—-]\s*|$)", re.I)

    @cached_property
    def begins(self) -> re.Pattern[str]:
        """How a line begins that gives an instruction, understood or not."""
        return re.compile(
            rf"(?:{self.polite}\s*)?(?:(?:{self.verbs})(?!\w)|{NAMED}\s*(?:[:,;–—-]|$|.*{QUOTED}))", re.I
        )

    def _form(self, form: str) -> str:
        """Return the expression of a form; the places said "IN" are numbered."""
        found = []
        for number, token in enumerate(form.split()):
            found.append(self._token(token).replace("(?P<IN>", f"(?P<IN{number}>"))
        return r"[\s,]*".join(found)

    def _token(self, token: str) -> str:
        optional = token.endswith("?")
        token = token.removesuffix("?")
        found = self._slot(token) if token.isupper() else rf"(?<!\w){_any(token.replace('_', ' '))}(?!\w)"
        return f"(?:{found})?" if optional else found

    def _slot(self, slot: str) -> str:
        the = rf"(?:(?:{self.links})\s*)*"
        if slot in ("OLD", "AT"):
            which = (
                rf"(?:(?P<{slot}_every>{self.every})\s+|(?P<{slot}_which>{self.ordinal})\s+(?:{self.nouns})?\s*"
                rf"|(?:{self.nouns})\s*)?"
            )
            after = rf"(?:\s*\((?P<{slot}_after>{self.ordinal})[\s\w]*\))?"
            return rf"{the}{which}{the}(?P<{slot}>{QUOTED}){after}"
        if slot == "NEW":
            return rf"{the}(?:{self.nouns})?\s*{the}(?::\s*)?(?P<NEW>{QUOTED})"
        if slot == "TEXT":
            return (
                rf"(?:(?:(?:{self.reading})\s*)?(?::\s*)?(?P<TEXT>{QUOTED})"
                rf"|(?:(?:{self.reading})\s*)?:\s*(?P<REST>.*)|(?:{self.reading})[\s.]*(?P<BELOW>$))"
            )
        if slot == "PARAGRAPH":
            kinds = "|".join(self.units[u] for u in ("preambular", "operative", "counted", "vague", "sub"))
            return (
                rf"(?:(?P<MANY>{self.several})\s*)?(?:(?:{self.new})\s*)*(?:{kinds})(?:\s*(?:{self.new}))*"
                rf"(?!\w|\s*{NAMED})"
            )
        if slot == "LABEL":
            return rf"(?:(?:{self.new})\s*)*(?P<LABEL>{NAMED})"
        if slot == "WITH":
            return rf"(?P<WITH>{NAMED}|{the}{NUMBER})"
        return rf"(?P<{slot}>{NAMED})"


def _any(alternatives: str) -> str:
    return f"(?:{alternatives})"
