"""What the page on instructions says of each is so."""

import re
from functools import cache
from pathlib import Path

import pytest

from gcmtext.formats import read_file
from gcmtext.resources import drafts_dir
from gcmtext.text.addresses import addresses
from gcmtext.text.instructions import Instructions, read_instructions
from gcmtext.text.model import Block, Document, Source
from gcmtext.text.segment import segment

PAGE = Path(__file__).resolve().parents[3] / "docs" / "instructions.md"


@cache
def base() -> Document:
    return segment(read_file(drafts_dir() / "3-rev-1.md"))


def rows(heading: str) -> list[tuple[str, str]]:
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return [(first, second) for first, second in found if first != "instruction"]


def read(instruction: str) -> Instructions:
    return read_instructions(segment(Source((Block(instruction),))), base())


@pytest.mark.parametrize(("instruction", "becomes"), rows("What is understood"))
def test_what_is_understood(instruction: str, becomes: str) -> None:
    result = read(instruction)
    names = addresses(base().paragraphs)
    found = [f"{p.kind.value} {names[p.at]}" for p in result.proposals]
    assert (", ".join(found) or "reported") == becomes
    assert bool(result.unplaced) == (becomes == "reported")


@pytest.mark.parametrize(("instruction", "reason"), rows("What is reported"))
def test_what_is_reported(instruction: str, reason: str) -> None:
    result = read(instruction)
    assert result.proposals == ()
    assert [re.sub(r"\s+", " ", u.reason) for u in result.unplaced] == [reason]


@pytest.mark.parametrize(
    ("instruction", "becomes"),
    [
        ("Delete the second sub-paragraph of paragraph 28.", []),
        ("Delete the second paragraph of objective 5.", []),
        ("Delete the second paragraph.", []),
        ("In OP5, delete paragraph 6.", []),
        ("In objective 5, delete paragraph 18 (a).", []),
        ("In objective 5, delete paragraph 17 (a).", ["delete 17-a"]),
        ('Objective 3: in the title, replace "possible" by "normal".', ["change objective-3"]),
        ("In paragraph 14 (c), delete (ii).", ["delete 14-c-ii"]),
        ('In (ii) of (c) of paragraph 14, delete "[their cost,]".', ["change 14-c-ii"]),
        (
            'Replace "nine" in 13 (a) by "ten", and in 13 (b) delete "further".',
            ["change 13-a", "change 13-b"],
        ),
        ('In OP6 and OP8, replace "crew" by "crews".', []),
        ("Do not delete paragraph 12.", []),
        ("If paragraph 12 is retained, delete paragraph 11.", []),
        ("Delete paragraphs 11 to 13.", []),
        ("Au deuxième alinéa, supprimer « every ».", []),
        ("Ne pas supprimer le paragraphe 4.", []),
        ("No se suprima el párrafo 4.", []),
    ],
)
def test_places_are_what_they_say_and_nothing_else(instruction: str, becomes: list[str]) -> None:
    names = addresses(base().paragraphs)
    assert [f"{p.kind.value} {names[p.at]}" for p in read(instruction).proposals] == becomes
    assert bool(read(instruction).unplaced) == (not becomes)
