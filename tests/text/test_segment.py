"""Segmentation: files of blocks with the paragraphs they are, and properties."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.text.model import Block, Kind, Role, Source
from gcmtext.text.segment import segment

CASES = sorted((Path(__file__).parent / "segment").glob("*.txt"))
_BLOCK = re.compile(r"<(?P<role>[a-z]+)(?: (?P<depth>\d))?(?: (?P<mark>[^>]+))?> ?(?P<text>.*)", re.S)


def block(line: str) -> Block:
    """A block as the cases write it: the text alone, or "<role depth mark> text"."""
    match = _BLOCK.fullmatch(line)
    if not match:
        return Block(line)
    return Block(match["text"], Role(match["role"]), match["mark"] or "", int(match["depth"] or 0))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path) -> None:
    blocks, expected = case.read_text(encoding="utf-8").split("\n.\n")
    document = segment(Source(tuple(block(b.strip()) for b in blocks.strip().split("\n\n"))))
    found = [f"{p.kind} {p.level} [{p.label}] {p.text}".strip() for p in document.paragraphs]
    assert found == expected.strip().split("\n")


def test_title_language_and_what_the_file_states_about_itself() -> None:
    document = segment(
        Source(
            (
                Block("Compact on Lighthouses", Role.TITLE),
                Block("1. We commit to keep the lights of the sea."),
            ),
            symbol="A/CONF.1/2",
            revision="Rev.1",
            date="2025-03-04",
        )
    )
    assert document.title == "Compact on Lighthouses"
    assert document.language == "en"
    assert (document.symbol, document.revision, document.date) == ("A/CONF.1/2", "Rev.1", "2025-03-04")


def test_a_source_without_words_has_no_paragraphs() -> None:
    assert segment(Source((Block("  \n "), Block("\u200b")))).paragraphs == ()


LABELS = st.sampled_from(
    "|1. |2. |12 bis. |(a) |(b) |(i) |a) |OBJECTIVE 3: |PP2 |I. |A. |Annex II|[3. |1 - |（一）|一、|(أ) "
    .split("|")
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from(
        ["States", "shall", "cooperate", "мигрантов", "المهاجرين", "移民", "l’État", "12.5", "und"]
    ),
    max_size=12,
)
ENDS = st.sampled_from(["", ".", ",", ";", ":", "，", "،", " and"])
BLOCKS = st.builds(
    lambda label, words, end, role, mark, depth: Block(label + " ".join(words) + end, role, mark, depth),
    LABELS,
    WORDS,
    ENDS,
    st.sampled_from(Role),
    st.sampled_from(["", "", "1.", "(a)", "*", "Article 4", "iv"]),
    st.integers(0, 3),
)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(st.lists(BLOCKS, max_size=25), st.sampled_from(["", "States shall", "x"]))
def test_every_word_is_in_exactly_one_paragraph(blocks: list[Block], title: str) -> None:
    document = segment(Source(tuple(blocks), title=title))
    for paragraph, source in zip(
        document.paragraphs,
        [b for b in blocks if _words(b.mark + b.text) or b.mark.strip() or b.text.strip()],
        strict=True,
    ):
        assert sorted(_words(f"{paragraph.label} {paragraph.text}")) == sorted(
            _words(f"{source.mark} {source.text}")
        )
    assert [p.index for p in document.paragraphs] == list(range(len(document.paragraphs)))
    assert all(p.level >= 0 for p in document.paragraphs)
    assert sum(p.kind is Kind.TITLE for p in document.paragraphs) <= 1


@settings(max_examples=50)
@given(st.integers(1, 60))
def test_letters_run_on_past_i_v_x_and_z(count: int) -> None:
    letters = [chr(ord("a") + n % 26) * (1 + n // 26) for n in range(count)]
    blocks = [Block("1. We commit to:"), *[Block(f"({c}) Promote item {n};") for n, c in enumerate(letters)]]
    document = segment(Source(tuple(blocks)))
    assert [p.level for p in document.paragraphs] == [0] + [1] * count


@settings(max_examples=50)
@given(st.integers(1, 30), st.integers(1, 8))
def test_roman_numerals_stand_below_letters(numerals: int, after: int) -> None:
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"] + [
        a + b for a in ("x", "xx") for b in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    ]
    letters = "abcdefghijk"[:after]
    blocks = [Block("1. We commit to:"), *[Block(f"({c}) Promote the following;") for c in letters]]
    blocks += [Block(f"({r}) A part;") for r in roman[: max(2, numerals)]]
    blocks += [Block(f"({chr(ord(letters[-1]) + 1)}) Go on.")]
    levels = [p.level for p in segment(Source(tuple(blocks))).paragraphs]
    assert levels == [0] + [1] * after + [2] * max(2, numerals) + [1]
