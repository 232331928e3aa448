"""Instructions as delegations write them: each is placed rightly or reported, none is placed wrongly.

The cases stand in files, by language: the instructions (a paragraph on each line), a line with a dot, and
what comes of them. Those "held back" were written before the grammars and were not looked at while these
were made.
"""

from functools import cache
from pathlib import Path

import pytest

from gcmtext.formats import read_file
from gcmtext.text.addresses import addresses
from gcmtext.text.instructions import Instructions, read_instructions
from gcmtext.text.model import Block, Document, Source
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, check
from gcmtext.text.segment import segment

HERE = Path(__file__).parent
LANGUAGES = ("english", "french", "spanish")


@cache
def base(language: str) -> Document:
    return segment(read_file(HERE / f"{language}.md"))


def cases(part: str) -> list[tuple[str, str, str]]:
    found = []
    for language in LANGUAGES:
        text = (HERE / f"{language}-{part}.txt").read_text(encoding="utf-8")
        for case in text.strip().split("\n\n"):
            instructions, _, expected = case.partition("\n.\n")
            found.append((language, instructions, expected.strip()))
    return found


def read(language: str, instructions: str) -> Instructions:
    blocks = tuple(Block(line) for line in instructions.split("\n"))
    return read_instructions(segment(Source(blocks, language=base(language).language)), base(language))


def shown(proposal: Proposal, text: Document) -> str:
    names = addresses(text.paragraphs)
    at = names[proposal.at]
    match proposal.kind:
        case ProposalKind.MOVE:
            assert proposal.to is not None
            return f"move {at} before {(*names, 'the end')[proposal.to]}"
        case ProposalKind.MERGE:
            return f"merge {' '.join(names[i] for i in proposal.bases)}: {proposal.text}"
        case ProposalKind.SPLIT:
            return f"split {at}: {' | '.join(proposal.parts)}"
        case _:
            return f"{proposal.kind.value} {at}" + (f": {proposal.text}" if proposal.text else "")


def wanted(line: str, text: Document) -> str:
    """Return an expected line in the form of `shown`: a place "after" is the one before the next."""
    if line.startswith("move ") and " after " in line:
        names = addresses(text.paragraphs)
        head, _, after = line.partition(" after ")
        return f"{head} before {(*names, 'the end')[names.index(after) + 1]}"
    return line


@pytest.mark.parametrize("part", ["development", "held-back"])
def test_each_is_placed_rightly_or_reported(part: str) -> None:
    wrong = []
    for language, instructions, expected in cases(part):
        text = base(language)
        result = read(language, instructions)
        names = addresses(text.paragraphs)
        check(text, Submission("", result.proposals))
        placed = sorted(shown(p, text) for p in result.proposals)
        lines = expected.split("\n")
        right = sorted(wanted(line, text) for line in lines if not line.startswith("reported"))
        reported = [line.split()[1:] for line in lines if line.startswith("reported")]
        found = [{names[c.at] for c in unplaced.candidates} for unplaced in result.unplaced]
        is_reported = len(reported) == len(found) and all(
            set(some) <= offered for some, offered in zip(reported, found, strict=True)
        )
        if placed != right or not is_reported:
            wrong.append((instructions, expected, placed, result.unplaced))
    assert wrong == []


def test_there_are_two_hundred() -> None:
    assert len(cases("development")) == 120
    assert len(cases("held-back")) == 80
