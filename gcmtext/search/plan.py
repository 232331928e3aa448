"""From what somebody typed to a question that every engine understands.

Here patterns, spelling and the values of fields become words and values that are in the index, and joined
words become phrases of their parts.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import translate
from itertools import islice

from gcmtext.search.engine import Engine
from gcmtext.search.question import Dated, Has, Most, Near, Node, Phrase, Words
from gcmtext.text.analysis import analyse, inflections
from gcmtext.text.joined import All, Any, Not
from gcmtext.text.language import LANGUAGES
from gcmtext.text.query import (
    MOST_CHARACTERS,
    Alike,
    Asked,
    Between,
    Close,
    InField,
    Pattern,
    Query,
    Quoted,
    Searched,
    Term,
    without_question_mark,
)
from gcmtext.text.spelling import distance
from gcmtext.text.tokens import fold, is_character

MOST_WORDS = 2_000
"""So many words a pattern may stand for."""

MOST_WORDS_OF_ALL = 6_000
"""So many all patterns of a question together, but for a few of each."""

_MOST_NEAR = 50  # in phrases and beside NEAR, where each word is tried with each
_ENOUGH = 0.4  # of the words of a passage: paragraphs grow from one year to the next
_TELLING, _TELLING_CHARACTERS = 24, 48
_FEWEST = 3
_JOINTS = "[-'’\u2010\u2011]"
_LANGUAGE_TAGS = {name.lower(): tag for tag, name in LANGUAGES.items()}


@dataclass(frozen=True, slots=True)
class Plan:
    """The tree of a question, and a sentence for each thing that was not taken as it was typed."""

    node: Node
    notices: tuple[str, ...] = ()


def plan(query: Query, engine: Engine, exact: bool = False, language: str = "") -> Plan:
    """Return the tree for what somebody typed.

    exact: look for words as they stand only. language: in which they are inflected, "" for all that they may
    be of.
    """
    planner = _Planner(engine, exact, language)
    node = planner.passage(query) if query.is_text else planner.node(query.asked)
    return Plan(node, (*query.notices, *dict.fromkeys(planner.notices)))


class _Planner:
    def __init__(self, engine: Engine, exact: bool, language: str) -> None:
        self._engine = engine
        self._exact = exact
        self._language = language
        self._left = MOST_WORDS_OF_ALL
        self._values: dict[str, list[str]] = {}
        self._matching: dict[tuple[str, int], Words] = {}
        self.notices: list[str] = []

    def node(self, asked: Asked) -> Node:
        match asked:
            case Term() | Quoted() | Pattern() | Alike():
                return self._leaf(asked, MOST_WORDS) or All(())
            case Close(one, other, within):
                first, second = self._leaf(one, _MOST_NEAR), self._leaf(other, _MOST_NEAR)
                if first is None or second is None:
                    return All(tuple(leaf for leaf in (first, second) if leaf))
                return Near(first, second, within)
            case InField(name, values):
                return self._has(name, values)
            case Between(start, end):
                return Dated(date.fromisoformat(start).toordinal(), date.fromisoformat(end).toordinal())
            case All(of):
                return All(tuple(dict.fromkeys(map(self.node, of))))
            case Any(of):
                return Any(tuple(dict.fromkeys(map(self.node, of))))
            case Not(of):
                return Not(self.node(of))

    def passage(self, query: Query) -> Node:
        """Return a node for what has enough of the words of a passage: of its longest, which tell most."""
        forms = dict.fromkeys(part.form for part in analyse(query.typed[:MOST_CHARACTERS]).parts)
        telling = sorted((form for form in forms if len(form) > 1), key=len, reverse=True)[:_TELLING]
        characters = islice((form for form in forms if is_character(form)), _TELLING_CHARACTERS)
        words = tuple(dict.fromkeys(map(self._word, (*telling, *characters))))
        if len(words) < _FEWEST:
            return self.node(query.asked)
        return Most(words, max(_FEWEST, int(len(words) * _ENOUGH)))

    def _leaf(self, asked: Searched, most: int) -> Words | Phrase | None:
        """Return a node for one or more words in a row; None for what holds none."""
        match asked:
            case Term(text, exact):
                return self._joined(text, self._form if exact else self._word)
            case Quoted(text):
                if "*" in text or "?" in text:
                    words = map(without_question_mark, text.split())
                    return self._row([self._quoted_word(word, _MOST_NEAR) for word in words])
                return self._joined(text, self._form)
            case Pattern(text):
                return self._pattern(text, most)
            case Alike(text, letters):
                return self._alike(text, letters, most)

    def _word(self, form: str) -> Words:
        return self._form(form) if self._exact else Words(inflections(form, self._language))

    def _form(self, form: str) -> Words:
        return Words((form,))

    def _joined(self, text: str, word: Callable[[str], Words]) -> Words | Phrase | None:
        """Return a node for a text as it stands: its parts in a row, symbols whole."""
        analysis = analyse(text)
        wholes: dict[int, tuple[str, int]] = {}
        for whole in analysis.wholes:
            if all(at + size <= whole.at for at, (_, size) in wholes.items()):
                wholes[whole.at] = (whole.form, whole.size)
        row: list[tuple[int, Words]] = []
        at = 0
        while at < len(analysis.parts):
            form, size = wholes.get(at, ("", 1))
            row.append((at, Words((form,)) if form else word(analysis.parts[at].form)))
            at += size
        if not row:
            return None
        return row[0][1] if at == 1 or (len(row) == 1 and wholes) else Phrase(tuple(row), at)

    def _row(self, leaves: Iterable[Words | Phrase | None]) -> Words | Phrase | None:
        row: list[tuple[int, Words]] = []
        size = 0
        for leaf in leaves:
            if leaf is None:
                continue
            if isinstance(leaf, Words):
                row.append((size, leaf))
                size += 1
            else:
                row += [(size + at, words) for at, words in leaf.words]
                size += leaf.size
        if not row:
            return None
        return row[0][1] if size == 1 else Phrase(tuple(row), size)

    def _quoted_word(self, chunk: str, most: int) -> Words | Phrase | None:
        return self._pattern(chunk, most) if "*" in chunk or "?" in chunk else self._joined(chunk, self._form)

    def _pattern(self, text: str, most: int) -> Words | Phrase | None:
        """Return a node for a word with * and ?; one that is joined is a row of its parts."""
        parts = [part for part in re.split(_JOINTS, text) if part]
        if "/" not in text and len(parts) > 1:
            return self._row([self._quoted_word(part, min(most, _MOST_NEAR)) for part in parts])
        wanted = fold(text.strip(".,;:!()[]"))
        if not any(map(str.isalnum, wanted)):
            return None
        if (wanted, most) not in self._matching:
            most_now = min(most, max(self._left, _MOST_NEAR))
            found = self._engine.matching(wanted, most_now + 1)
            self._matching[wanted, most] = self._some(found, text, most_now)
        return self._matching[wanted, most]

    def _alike(self, text: str, letters: int, most: int) -> Words | Phrase | None:
        parts = analyse(text).parts
        if len(parts) != 1:
            return self._joined(text, self._word)
        found = close_to(parts[0].form, self._engine.words(parts[0].form[0]), letters)
        return self._some([word for word, _ in found], text, most)

    def _some(self, words: list[str], text: str, most: int) -> Words:
        if len(words) > most:
            self.notices.append(
                f"“{text}” stands for more than {most:,} words; the first {most:,} in the alphabet were "
                "looked for: give more letters."
            )
        self._left -= min(len(words), most)
        return Words(tuple(words[:most]))

    def _has(self, name: str, values: Sequence[str]) -> Node:
        if name == "language":
            values = [_LANGUAGE_TAGS.get(value.lower(), value) for value in values]
        if name not in self._values:
            self._values[name] = self._engine.values(name)
        matches = [_value_like(wanted) for wanted in dict.fromkeys(values)]
        return Has(name, tuple(value for value in self._values[name] if any(one(value) for one in matches)))


def close_to(form: str, words: Iterable[str], letters: int) -> list[tuple[str, int]]:
    """Return the words that differ from a form in so many letters or fewer, the closest first."""
    counted = Counter(form)
    found = []
    for word in words:
        if abs(len(word) - len(form)) <= letters and word.isalpha():
            apart = Counter(word)
            if (counted - apart).total() <= letters and (apart - counted).total() <= letters:
                differs = distance(form, word, letters)
                if differs <= letters:
                    found.append((word, differs))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _value_like(wanted: str) -> Callable[[str], bool]:
    """Return what tells whether a value is the one typed, in any case; a * stands for any letters."""
    wanted = fold(wanted)
    if "*" in wanted or "?" in wanted:
        matches = re.compile(translate(wanted.replace("[", "[[]"))).match
        return lambda value: matches(fold(value)) is not None
    return lambda value: fold(value) == wanted
