"""What a person should look at in a segmentation."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.formats import read_source
from gcmtext.resources import drafts_dir
from gcmtext.text.doubts import Doubt, Why, doubts
from gcmtext.text.model import Kind, Paragraph
from gcmtext.text.segment import segment

LETTERS = {
    "T": Kind.TITLE,
    "H": Kind.HEADING,
    "P": Kind.PREAMBULAR,
    "N": Kind.NUMBERED,
    "C": Kind.CHAPEAU,
    "S": Kind.SUBPARAGRAPH,
    "F": Kind.FOOTNOTE,
    "A": Kind.ANNEX,
    "X": Kind.TEXT,
}


def text(lines: str) -> list[Paragraph]:
    """Paragraphs, one for each line: the letter of a kind, with a level behind it, and a label."""
    found = []
    for index, line in enumerate(filter(None, map(str.strip, lines.splitlines()))):
        kind, _, label = line.partition(" ")
        found.append(Paragraph(index, LETTERS[kind[0]], label, int(kind[1:] or 0), "Lights are kept."))
    return found


@pytest.mark.parametrize(
    "lines",
    [
        "T\nP\nP\nH1\nN 1\nN 2\nH1\nN 3\nS1 (a)\nS1 (b)\nN 4\nS1 (a)\nS2 (i)\nS2 (ii)\nS1 (b)",
        "N 1\nN 2\nN 2 bis\nN 2 ter\nN 3\nN 3 alt\nN 4",
        "N 1\nN 2 alt\nN 2\nN 3",
        "H1 I\nN 1\nN 2\nH1 II\nN 1\nN 2\nA1 Annex I\nN 1",
        "H1 OBJECTIVE 1\nN 1\nH1 OBJECTIVE 2\nN 2\nH2 A\nH2 B\nH1 OBJECTIVE 3\nH2 A",
        "N 1\nC\nS1 (a)\nS1 (b)\nC\nS1 (a)",
        "N 1\nS1 (a)\nF 1\nS1 (b)\nF 2\nN 2",
        "X\nX\nN 1\nN 2\nX\nX",
        "P PP1\nP PP2\nN OP1\nN OP2",
        "N 1.9\nN 2.1\nN 2.2",
        "\n".join(f"S1 ({letter})" for letter in "abcdefghijklmnopqrstuvwxyz"),
    ],
)
def test_what_is_usual_raises_no_doubt(lines: str) -> None:
    assert doubts(text(lines)) == ()


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("N 1\nX\nN 2", Doubt(1, Why.UNNUMBERED)),
        ("N 1\nS1 (a)\nX\nF 1\nS1 (b)", Doubt(2, Why.UNNUMBERED)),
        ("N 1\nS1 (a)\nS1 (b)\nX\nS1 (a)", Doubt(3, Why.UNNUMBERED)),
        ("N 1\nN 2\nN 4", Doubt(2, Why.GAP, "2")),
        ("H1 OBJECTIVE 1\nH1 OBJECTIVE 3", Doubt(1, Why.GAP, "OBJECTIVE 1")),
        ("F 1\nF 3", Doubt(1, Why.GAP, "1")),
        ("N 1\nS1 (a)\nS1 (c)", Doubt(2, Why.GAP, "(a)")),
        ("N 1\nN 2\nN 2", Doubt(2, Why.REPEATED, "2")),
        ("N 1\nN 1 bis\nN 1 bis", Doubt(2, Why.REPEATED, "1 bis")),
        ("N 1\nN 2\nN 1", Doubt(2, Why.BACK, "2")),
        ("N 1\nS1 (a)\nS1 (b)\nS1 (a)", Doubt(3, Why.BACK, "(b)")),
        ("N 1\nS1 (c)", Doubt(1, Why.BEGINS)),
        ("H1\nN 7", Doubt(1, Why.BEGINS)),
        ("N 1\nS2 (i)", Doubt(1, Why.DEEP)),
    ],
)
def test_what_is_not_usual_is_named(lines: str, found: Doubt) -> None:
    assert doubts(text(lines)) == (found,)


def test_a_paragraph_without_words_and_a_heading_like_a_paragraph() -> None:
    paragraphs = [
        Paragraph(0, Kind.HEADING, "", 1, "We commit to keep the lights. " * 20),
        Paragraph(1, Kind.NUMBERED, "1", 0, ""),
        Paragraph(2, Kind.HEADING, "I", 1, ""),
    ]
    assert doubts(paragraphs) == (Doubt(0, Why.LONG), Doubt(1, Why.EMPTY))


@pytest.mark.parametrize("path", sorted(drafts_dir().glob("[0-9]*.md")), ids=lambda p: p.stem)
def test_nothing_is_doubtful_in_the_drafts(path: Path) -> None:
    assert doubts(segment(read_source(path.read_bytes(), path.name)).paragraphs) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(Kind), st.text(max_size=8), st.integers(0, 9), st.text(max_size=3)),
        max_size=20,
    )
)
def test_anything_can_be_asked(rows: list[tuple[Kind, str, int, str]]) -> None:
    found = doubts([Paragraph(i, *row) for i, row in enumerate(rows)])
    assert [d.index for d in found] == sorted({d.index for d in found})
    assert all(0 <= d.index < len(rows) for d in found)
