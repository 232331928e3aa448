"""The paragraphs that somebody means."""

import pytest

from gcmtext.errors import InvalidText
from gcmtext.text.addresses import addresses
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.naming import find_named

TEXT = Document(
    "Lights",
    "en",
    tuple(
        Paragraph(i, kind, label, level, text)
        for i, (kind, label, level, text) in enumerate(
            (
                (Kind.HEADING, "OBJECTIVE 1", 1, "Keep the lights"),
                (Kind.NUMBERED, "1", 0, "States will keep the lights."),
                (Kind.SUBPARAGRAPH, "(a)", 1, "by mending lamps"),
                (Kind.HEADING, "OBJECTIVE 2", 1, "Ring the bells"),
                (Kind.NUMBERED, "12 bis", 0, "States will ring the bells."),
                (Kind.SUBPARAGRAPH, "(a)", 1, "in fog"),
                (Kind.FOOTNOTE, "1", 0, "See the chart."),
            )
        )
    ),
    revision="Rev.1",
)
ADDRESSES = addresses(TEXT.paragraphs)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1", (1,)),
        ("12 bis", (4,)),
        ("12-bis-a", (5,)),
        ("12 bis (a)", (5,)),
        ("objective 2", (3,)),
        ("p3", (2,)),
        ("note-1", (6,)),
        ("12 bis, 1 (a)، p4", (2, 3, 4)),
        (" , ", ()),
    ],
)
def test_names(said: str, found: tuple[int, ...]) -> None:
    assert find_named(said, TEXT, ADDRESSES) == found


def test_every_address_means_its_paragraph() -> None:
    assert [find_named(address, TEXT, ADDRESSES) for address in ADDRESSES] == [(i,) for i in range(7)]


def test_a_label_that_stands_twice_is_not_guessed() -> None:
    with pytest.raises(
        InvalidText, match=r"“\(a\)” stands 2 times in Rev\.1: .* p3 \(1 \(a\)\), p6 \(12 bis \(a\)\)"
    ):
        find_named("(a)", TEXT, ADDRESSES)


def test_a_name_that_means_nothing() -> None:
    with pytest.raises(InvalidText, match=r"There is no paragraph “99” in Rev\.1"):
        find_named("99", TEXT, ADDRESSES)
