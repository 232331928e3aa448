"""Plain text: which line ends are blanks and which end a paragraph."""

import re
import textwrap
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.errors import InvalidText
from gcmtext.formats.plain import read
from gcmtext.text.model import Block, Role

LONG = (
    "Recalling that the keepers of the lights along the northern coast have met every year since the great "
    "storm, and that their almanacs have been of use to every ship that passes the cape in winter,",
    "Noting with appreciation the work of the pilots, who have brought home the crews of ships in distress,",
    "1. Decides that every lighthouse shall be kept lit from dusk to dawn, whatever the weather;",
    "2. Invites the harbour masters to report to the keepers, at their next meeting, on the fog signals.",
)


def texts(text: str) -> list[str]:
    return [block.text for block in read(text.encode()).blocks]


def test_blank_lines_separate_blocks() -> None:
    assert texts("\n\n".join(LONG)) == list(LONG)
    assert texts("One.\n \t\nTwo.\n\n\n\nThree.") == ["One.", "Two.", "Three."]


def test_long_lines_are_a_paragraph_each() -> None:
    assert texts("\n".join(LONG)) == list(LONG)


@pytest.mark.parametrize("width", [55, 60, 72, 80])
def test_wrapped_lines_are_joined(width: int) -> None:
    assert texts("\n\n".join(textwrap.fill(text, width) for text in LONG)) == list(LONG)


@pytest.mark.parametrize(("first", "others"), [("     ", ""), ("", "     ")])
def test_indents_tell_paragraphs_where_no_blank_lines_do(first: str, others: str) -> None:
    wrapped = [textwrap.fill(text, 60, initial_indent=first, subsequent_indent=others) for text in LONG * 2]
    assert texts("\n".join(wrapped)) == list(LONG * 2)


def test_labels_begin_blocks_in_wrapped_text() -> None:
    text = (
        "The keepers of the lights along the northern coast will keep:\n"
        "(a) the lamps;\n"
        "(b) the bells and the horns, as has been said in paragraph\n"
        "(c) of the report;"
    )
    assert texts(text)[1:] == [
        "(a) the lamps;",
        "(b) the bells and the horns, as has been said in paragraph (c) of the report;",
    ]


def test_hyphens_at_line_ends() -> None:
    text = (
        "The light-keepers of the northern shore and the oil mer-\n"
        "chants who supply them shall keep watch, and the light-\n"
        "keepers shall ask the merchants for lamps and for burden-\n"
        "and cost-sharing of all that is bought."
    )
    assert texts(text) == [
        "The light-keepers of the northern shore and the oil merchants who supply them shall keep watch, and "
        "the light-keepers shall ask the merchants for lamps and for burden- and cost-sharing of all that is "
        "bought."
    ]


def test_chinese_lines_are_joined_without_blanks() -> None:
    text = (
        "灯塔看守人重申其作用，并决定保障海上船只的安全，保护船员的权利，并请港务局长在下次会议上提出报告。"
    )
    assert texts("\n".join(textwrap.wrap(text, 24))) == [text]


def test_headings() -> None:
    text = "# Objective 1\n\nText.\n\n### Part\nMore.\n\n"
    text += "Vision\n======\n\n Phase I\n --------\nText follows.\n\n* * *\n"
    assert [(b.role.value, b.depth, b.text) for b in read(text.encode()).blocks] == [
        ("heading", 1, "Objective 1"),
        ("body", 0, "Text."),
        ("heading", 3, "Part"),
        ("body", 0, "More."),
        ("heading", 1, "Vision"),
        ("heading", 2, "Phase I"),
        ("body", 0, "Text follows."),
    ]


def test_footnotes_follow_their_heading() -> None:
    source = read(b"Text.\n\n# Footnotes\n\nResolution 70/1.\n\nIbid.")
    assert source.blocks[2:] == (Block("Resolution 70/1.", Role.FOOTNOTE), Block("Ibid.", Role.FOOTNOTE))
    source = read(b"Text.\n\n# Footnotes\n\n1 Resolution 70/1.\n\n2 Ibid.")
    assert source.blocks[2:] == (
        Block("Resolution 70/1.", Role.FOOTNOTE, "1"),
        Block("Ibid.", Role.FOOTNOTE, "2"),
    )
    source = read(b"Text.\n\n# Footnotes\n\n3 May 2019.\n\n12 June 2019.")
    assert [block.mark for block in source.blocks] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("first", "symbol", "title"),
    [
        ("A/LIGHT/78/217  Protection of keepers", "A/LIGHT/78/217", "Protection of keepers"),
        ("E/C.3/2031/L.4/Rev.1 - Lamps", "E/C.3/2031/L.4/Rev.1", "Lamps"),
        ("A/78/5", "A/78/5", ""),
        ("AND/OR nothing", "", ""),
        ("Protection of keepers, A/78/5", "", ""),
    ],
)
def test_a_symbol_in_the_first_line(first: str, symbol: str, title: str) -> None:
    source = read(f"{first}\n\nText.".encode())
    assert (source.symbol, source.title) == (symbol, title)
    assert source.blocks[0].text == " ".join(first.split())


def test_lists_have_depth_and_bullets_no_mark() -> None:
    text = "We will:\n\n  - keep lamps;\n  - ring the bells:\n      • at dusk;\n      • at dawn.\n\n"
    text += "We also decide."
    assert [(b.depth, b.text) for b in read(text.encode()).blocks] == [
        (0, "We will:"),
        (1, "keep lamps;"),
        (1, "ring the bells:"),
        (2, "at dusk;"),
        (2, "at dawn."),
        (0, "We also decide."),
    ]


def test_a_sentence_goes_on_behind_a_page_break() -> None:
    assert texts("The keepers shall\n\fmeet.\n\fNext page.") == ["The keepers shall", "meet.", "Next page."]
    wrapped = textwrap.wrap(LONG[0], 60)
    assert texts("\n".join(wrapped[:2]) + "\n\f" + "\n".join(wrapped[2:])) == [LONG[0]]


def test_tabs_are_blanks() -> None:
    assert texts("12.\tDecides\tto meet.") == ["12. Decides to meet."]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"-----\n\n* * *\n", b"...", bytes(range(256)) * 9])
def test_what_holds_no_words_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidText):
        read(data)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "  ", "        ", "- ", "(a) ", "12. ", "# ", "• ", "\f", "\t"]),
            st.lists(st.text("abcdefgABC.,;:-", min_size=1, max_size=9), max_size=14),
            st.sampled_from(["\n", "\n\n", "\n---\n", "\r\n", "\n=====\n"]),
        ),
        max_size=12,
    )
)
def test_every_word_is_in_one_block_in_order(lines: list[tuple[str, list[str], str]]) -> None:
    text = "Words\n\n" + "".join(start + " ".join(words) + end for start, words, end in lines)
    found = "".join(f"{b.mark}{b.text}" for b in read(text.encode()).blocks)
    letters = re.compile("[^A-Za-z0-9]")
    assert letters.sub("", found) == letters.sub("", text)


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_a_source_or_a_sentence(data: bytes) -> None:
    with suppress(InvalidText):
        assert read(data).blocks
