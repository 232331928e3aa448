"""Words with what they are in a compiled text, and how the forms of a profile are filled with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from gcmtext.text.brackets import brackets
from gcmtext.text.profiles import parts_of


class RunRole(StrEnum):
    """What words are in a compiled text."""

    BASE = "base"
    DELETED = "deleted"
    INSERTED = "inserted"
    BRACKET = "bracket"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a compiled paragraph.

    depth: for a bracket how deep it stands, from 1; 0 for everything else.
    """

    role: RunRole
    text: str
    depth: int = 0


Runs: TypeAlias = tuple[Run, ...]
Values: TypeAlias = Mapping[str, str | Runs]

WORDS_OF_TEXT = frozenset({RunRole.BASE, RunRole.DELETED, RunRole.INSERTED})


def fill(form: str, values: Values) -> Runs:
    """Return a form with its fields filled; brackets in it are brackets, its other words attribution."""
    runs: list[Run] = []
    for literal, field in parts_of(form):
        if field:
            value = values[field]
            runs += [Run(RunRole.ATTRIBUTION, value)] if isinstance(value, str) else value
        else:
            runs += _literal(literal)
    return tuple(run for run in runs if run.text)


def _literal(text: str) -> Iterator[Run]:
    for _, piece in brackets(text):
        yield Run(RunRole.BRACKET if piece in "[]" else RunRole.ATTRIBUTION, piece)


def join(separator: str, parts: Iterable[Runs]) -> Runs:
    """Return runs one after the other, with words between them that belong to nobody."""
    runs: list[Run] = []
    for part in parts:
        if part:
            runs += [*_literal(separator), *part] if runs else part
    return tuple(runs)


def text_of(runs: Iterable[Run]) -> str:
    """Return the words of runs as they stand."""
    return "".join(run.text for run in runs)


def tidy(runs: Iterable[Run]) -> Runs:
    """Return runs as they are printed.

    Neighbours of the same role are one. No blank stands at the beginning or end of the paragraph, nor two in
    a row where forms and words meet. Brackets have their depth, those that stood in the text already as well.
    """
    return _with_depth(_merged(_without_double_blanks(runs)))


def _without_double_blanks(runs: Iterable[Run]) -> Iterator[Run]:
    last = " "
    for run in runs:
        text = run.text
        if last == " ":
            text = text.lstrip(" ")
        if text:
            # A blank alone is never struck.
            yield Run(RunRole.BASE, text) if text.isspace() else replace(run, text=text)
            last = text[-1]


def _merged(runs: Iterable[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].role is run.role:
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    if merged:
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip(" "))
    return [run for run in merged if run.text]


def _with_depth(runs: list[Run]) -> Runs:
    """Split the brackets from the words around them and count how deep each stands."""
    pieces = brackets(text_of(runs))
    done: list[Run] = []
    depth, piece = 0, ""
    for run in runs:
        left = run.text
        while left:
            if not piece:
                depth, piece = next(pieces)
            taken = left[: len(piece)]
            role = RunRole.BASE if taken.isspace() else run.role  # a blank alone is never struck
            done.append(Run(RunRole.BRACKET if depth else role, taken, depth))
            left, piece = left[len(taken) :], piece[len(taken) :]
    return tuple(done)
