"""Addresses of paragraphs: one of a kind, spoken, and the same for ever."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.addresses import addresses, by_index, slug, spoken
from gcmtext.text.model import Kind, Paragraph

LABELS = [
    "",
    "1",
    "12 bis",
    "12 ter",
    "5 alt",
    "(a)",
    "(iv)",
    "P3",
    "PP3",
    "OP5 ter",
    "OBJECTIVE 7",
    "12-bis",
    "12~2",
    "p45",
    "المادة ٣",
    "(أ)",
    "第三条",
    "（一）",
    "Статья 7",
    "а)",
    "Artículo 4",
    "1 b) ii)",
    "Ⅳ",
    "–",
    "x" * 300,
]


@st.composite
def texts(draw: st.DrawFn) -> list[Paragraph]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(Kind),
                st.sampled_from(LABELS) | st.text(max_size=12),
                st.integers(0, 5),
                st.sampled_from(["", "Preamble", "P2", "المبادئ التوجيهية", "指导原则", "pp1"]),
            ),
            max_size=25,
        )
    )
    return [Paragraph(i, *row) for i, row in enumerate(rows)]


@given(texts())
def test_no_two_paragraphs_have_one_address_and_none_is_awkward(paragraphs: list[Paragraph]) -> None:
    found = addresses(paragraphs)
    assert len(set(found)) == len(found) == len(paragraphs)
    for address in found:
        assert address
        assert len(address) <= 255
        assert not re.search(r"[\s/?#.%&\x00]", address)


@given(texts(), st.integers(0, 25))
def test_a_text_that_grows_at_its_end_keeps_its_addresses(paragraphs: list[Paragraph], cut: int) -> None:
    assert addresses(paragraphs)[:cut] == addresses(paragraphs[:cut])


@given(texts())
def test_an_address_by_number_never_stands_for_another_paragraph(paragraphs: list[Paragraph]) -> None:
    for index, address in enumerate(addresses(paragraphs)):
        if re.fullmatch(r"p\d+", address):
            assert address == by_index(index)


@pytest.mark.parametrize(
    ("kind", "label", "text", "address"),
    [
        (Kind.NUMBERED, "12 bis", "We commit …", "12-bis"),
        (Kind.HEADING, "OBJECTIVE 7", "Keep crews in touch", "objective-7"),
        (Kind.HEADING, "", "Guiding principles", "guiding-principles"),
        (Kind.HEADING, "الهدف ٧", "", "الهدف-٧"),
        (Kind.HEADING, "", "指导原则", "指导原则"),
        (Kind.NUMBERED, "第三条", "", "第三条"),
        (Kind.NUMBERED, "（一）", "", "一"),
        (Kind.HEADING, "ЦЕЛЬ 7", "", "цель-7"),
        (Kind.HEADING, "", "Suivi et examen", "suivi-et-examen"),
        (Kind.NUMBERED, "Artículo 4", "", "artículo-4"),
        (Kind.FOOTNOTE, "4", "", "note-4"),
        (Kind.PREAMBULAR, "", "Recalling …", "pp1"),
        (Kind.TITLE, "", "Compact on Lighthouses", "title"),
        (Kind.TEXT, "", "Have agreed:", "p1"),
    ],
)
def test_an_address_is_what_people_would_say(kind: Kind, label: str, text: str, address: str) -> None:
    assert addresses([Paragraph(0, kind, label, 0, text)]) == (address,)


def test_a_sub_paragraph_has_the_labels_it_stands_under() -> None:
    outline = [("12 bis", 0), ("(a)", 1), ("(i)", 2), ("(b)", 1), ("13", 0), ("(a)", 1)]
    paragraphs = [
        Paragraph(i, Kind.SUBPARAGRAPH if level else Kind.NUMBERED, label, level, "")
        for i, (label, level) in enumerate(outline)
    ]
    assert addresses(paragraphs) == ("12-bis", "12-bis-a", "12-bis-a-i", "12-bis-b", "13", "13-a")


@pytest.mark.parametrize(
    ("address", "label", "name"),
    [
        ("12-bis", "12 bis", "12 bis"),
        ("12-bis-a-ii", "(ii)", "12 bis (a) (ii)"),
        ("5-alt-2-a~2", "(a)", "5 alt 2 (a)"),
        ("op5-ter-b", "(b)", "OP5 ter (b)"),
        ("a~2", "(a)", "(a)"),
        ("12-أ", "(أ)", "12 (أ)"),
        ("objective-7", "OBJECTIVE 7", "OBJECTIVE 7"),
        ("note-4", "4", "4"),
        ("pp3", "", "PP3"),
        ("pp3", "PP3", "PP3"),
        ("preamble", "", ""),
        ("p45", "–", "–"),
    ],
)
def test_an_address_and_a_label_tell_what_a_paragraph_is_called(address: str, label: str, name: str) -> None:
    assert spoken(address, label) == name


def test_many_paragraphs_of_one_name_are_counted() -> None:
    paragraphs = [Paragraph(i, Kind.SUBPARAGRAPH, "(a)", 1, "") for i in range(20_000)]
    found = addresses(paragraphs)
    assert (found[0], found[1], found[-1]) == ("a", "a~2", "a~20000")


def test_words_that_are_spelt_alike_make_one_slug() -> None:
    assert slug("Rev.1") == slug("rev 1") == slug("ＲＥＶ－１") == "rev-1"
