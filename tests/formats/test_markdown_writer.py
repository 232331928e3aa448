"""What is written as Markdown is read back."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.formats import read_file
from gcmtext.formats.markdown import read
from gcmtext.formats.markdown_writer import write_markdown
from gcmtext.resources import drafts_dir
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.segment import segment

DRAFTS = sorted(drafts_dir().glob("[0-9]*.md"))


def again(document: Document) -> Document:
    return segment(read(write_markdown(document).encode()))


def words(document: Document) -> list[str]:
    return [f"{p.label} {p.text}".strip() for p in document.paragraphs]


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_draft_comes_back_whole(path: Path) -> None:
    document = segment(read_file(path))
    assert again(document) == replace(document, notices=())


MARKS = [
    "*",
    "_",
    "`",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "#",
    "+",
    "-",
    "~",
    "^",
    "|",
    "\\",
    "&",
    "!",
    ":",
    "=",
    ".",
]
PIECES = st.sampled_from(
    [
        *MARKS,
        "1.",
        "2)",
        "(a)",
        "12 bis",
        "shall",
        "États",
        "стороны",
        "各国",
        "الدول",
        "http://a.org",
        "&amp;",
        "---",
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), min_size=1, max_size=8).map(
    lambda pieces: "".join(piece + blank for piece, blank in pieces).strip()
)


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_whatever_the_words_they_come_back(texts: list[str]) -> None:
    paragraphs = [Paragraph(index, Kind.TEXT, "", 0, text) for index, text in enumerate(texts)]
    blocks = read(write_markdown(Document("", "en", tuple(paragraphs))).encode()).blocks
    assert [f"{block.mark} {block.text}".strip() for block in blocks] == texts


PRINTED = """---
title: Compact on Lighthouses
revision: "Rev.1: as discussed"
date: "2027-04-09"
symbol: LIGHT/2027/3
language: en
---

# Compact on Lighthouses

The High Representatives of the coastal States,

*Recalling* that a light is of use [to every ship] [to all ships],

## OBJECTIVE 1: Keep the lights

1. We commit to keep every light. To realize this commitment, we will:

(a) Train keepers;

(i) In the mending of lamps;

(b) Paint towers in 3 * 4 colours_of_the_sea, as in C:\\\\charts \\<draft>;

1 bis. We decide to meet again.

2. We decide as well:

- to light the lamps;

- to paint the towers.

| Coast | Lights | Keepers |
|---|---|---|
| North | 12 | 7 \\| 8 |

| Tower |
|---|

Annex I

### How it is counted

1986\\. A year of storms.

3) A number of another kind.

3) The same number again.

[^1]: Of all coasts.

[^2]: Almanac, p. 7.
"""


def test_all_kinds_of_paragraphs_come_back() -> None:
    document = segment(read(PRINTED.encode()))
    assert again(document) == document
    kinds = {p.kind for p in document.paragraphs}
    assert kinds >= {
        Kind.TITLE,
        Kind.HEADING,
        Kind.PREAMBULAR,
        Kind.NUMBERED,
        Kind.SUBPARAGRAPH,
        Kind.ROW,
        Kind.ANNEX,
        Kind.FOOTNOTE,
    }


def test_notes_that_markdown_cannot_define_keep_their_words() -> None:
    notes = [
        ("1", "Of all coasts."),
        ("1", "On the next page."),
        ("*", "With a star."),
        ("", "Without a mark."),
    ]
    paragraphs = [Paragraph(0, Kind.TEXT, "", 0, "Keepers stay.")]
    paragraphs += [Paragraph(i, Kind.FOOTNOTE, *(label, 0, text)) for i, (label, text) in enumerate(notes, 1)]
    document = Document("", "en", tuple(paragraphs))
    assert words(again(document)) == words(document)
    assert [p.kind for p in again(document).paragraphs[1:4]] == [Kind.FOOTNOTE] * 3


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("12", "We meet."),
        ("12 bis", "We meet."),
        ("(a)", "We meet."),
        ("a)", "Nous nous réunissons."),
        ("3)", "We meet."),
        ("第三条", "各国开会。"),
        ("一", "各国开会。"),
        ("PP3", "Recalling the lights,"),
        ("OP5 ter", "We meet."),
    ],
)
def test_a_label_is_told_again(label: str, text: str) -> None:
    document = segment(read(write_markdown(one(label, text)).encode()))
    assert [(p.label, p.text) for p in document.paragraphs] == [(label, text)]


def one(label: str, text: str) -> Document:
    return Document("", "", (Paragraph(0, Kind.NUMBERED, label, 0, text),))
