"""Markdown: what becomes a block, a mark and a depth, and that no word is lost."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.errors import InvalidText
from gcmtext.formats.markdown import MAX_BRACKETS, MAX_CHARACTERS, MAX_SIGNS, read
from gcmtext.text.model import Block, Role

FOOTNOTE, HEADING, ROW, TITLE = Role.FOOTNOTE, Role.HEADING, Role.ROW, Role.TITLE


def blocks(text: str) -> list[Block]:
    return list(read(text.encode()).blocks)


def shown(text: str) -> list[tuple[int, str, str]]:
    return [(block.depth, block.mark, block.text) for block in blocks(text)]


def test_the_draft_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "markdown.md").read_text(encoding="utf-8")
    draft = re.findall(r"```markdown\n(.*?)```", page, re.DOTALL)[0]
    source = read(draft.encode())
    assert source.title == "Declaration on the Freedom of Lighthouses"
    assert (source.revision, source.date) == ("zero draft", "2031-02-05")
    assert (source.symbol, source.language) == ("A/LIGHT/2031/1", "en")
    assert source.notices == ()
    assert source.blocks == (
        Block("Declaration on the Freedom of Lighthouses", TITLE),
        Block("The High Representatives of the coastal States,"),
        Block("Recalling that a light is of use to every ship that passes,"),
        Block("Vision and guiding principles", HEADING, depth=2),
        Block("We affirm that every lighthouse belongs to the sea it lights.", mark="1."),
        Block("We commit to:", mark="2."),
        Block("(a) Keep the lamps burning from dusk to dawn;"),
        Block("(b) [Exchange] [Share] the keepers' almanacs;"),
        Block("12 bis. We decide to meet again."),
        Block("The keepers of harbour lights took part as observers.", FOOTNOTE, "1"),
    )


def test_a_first_heading_is_the_title_only_if_it_is_alone_and_first() -> None:
    assert [b.role for b in blocks("# Title\n\n## Vision")] == [TITLE, HEADING]
    assert [b.role for b in blocks("# Objective 1\n\n# Objective 2")] == [HEADING, HEADING]
    assert [b.role for b in blocks("Draft\n\n# Title")] == [Role.BODY, HEADING]
    assert blocks("Title\n=====\n\n### Third #\n")[1] == Block("Third", HEADING, depth=3)


def test_soft_breaks_are_blanks_where_the_script_has_blanks() -> None:
    assert shown("The sea is\nwide.\n\n大会重申\n其决议") == [
        (0, "", "The sea is wide."),
        (0, "", "大会重申其决议"),
    ]


def test_a_line_break_that_is_asked_for_stays() -> None:
    assert blocks("Port of Tern  \n1 Quay Road\\\nTern")[0].text == "Port of Tern\n1 Quay Road\nTern"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("1. one\n2. two\n4. four", ["1.", "2.", "4."]),
        ("3) three\n4) four", ["3)", "4)"]),
        ("1. one\n1. two\n1. three", ["1.", "2.", "3."]),
        ("5. five\n5. six", ["5.", "6."]),
        ("7. seven", ["7."]),
        ("- one\n- two", ["", ""]),
        ("- 1. one\n- 2. two", ["1.", "2."]),
    ],
)
def test_marks_are_the_numbers_as_written_unless_all_are_the_same(text: str, marks: list[str]) -> None:
    assert [b.mark for b in blocks(text)] == marks


def test_depth_counts_lists_but_not_an_outer_numbered_one() -> None:
    text = "1. Decides:\n   - (a) to meet;\n     - soon;\n\n- also bullets\n\n> quoted"
    assert shown(text) == [
        (0, "1.", "Decides:"),
        (1, "", "(a) to meet;"),
        (2, "", "soon;"),
        (1, "", "also bullets"),
        (1, "", "quoted"),
    ]


def test_a_bullet_that_holds_a_numbered_item_gives_its_number() -> None:
    text = "- 1. Decides that the keepers\n - (a) will meet in Tern;\n- 2. *Invites* the pilots;\n"
    assert shown(text) == [
        (0, "1.", "Decides that the keepers"),
        (1, "", "(a) will meet in Tern;"),
        (0, "2.", "Invites the pilots;"),
    ]


def test_further_paragraphs_of_an_item_are_blocks_of_their_own() -> None:
    assert shown("1. First.\n\n   Second.\n\n2. Next.") == [
        (0, "1.", "First."),
        (0, "", "Second."),
        (0, "2.", "Next."),
    ]


def test_numbers_without_words_are_kept() -> None:
    assert shown("1986.\n\n1. 2. Twice") == [(0, "", "1986."), (0, "", "1."), (0, "2.", "Twice")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We will:\n(a) row;\n(b) sail, and\n(c) swim.",
            ["We will:", "(a) row;", "(b) sail, and", "(c) swim."],
        ),
        ("(a) row,\n(b) sail,\n(c) swim", ["(a) row,", "(b) sail,", "(c) swim"]),
        ("11. Ends.\n12 bis. Begins.", ["Ends.", "12 bis. Begins."]),
        ("Decides:\n2. to row;", ["Decides:", "2. to row;"]),
        # wrapped: the comma stands at the end of a full line
        ("as the keepers of all lights have said in paragraphs 2,\n(a) and (b), of it", None),
        ("as set out in paragraph\n(a) of the text", None),
        ("the report of Mr.\nA. Tern, keeper", None),
        ("the lights. Those of\n1986. were many", None),
    ],
)
def test_a_labelled_line_begins_a_block_after_a_line_that_ends(text: str, expected: list[str] | None) -> None:
    assert [b.text for b in blocks(text)] == (expected or [text.replace("\n", " ")])


def test_escapes_and_entities() -> None:
    assert blocks(r"1986\. A year of \*storms\* &amp; fog.")[0] == Block("1986. A year of *storms* & fog.")


def test_brackets_are_text() -> None:
    text = "[Mexico]: delete\n\nStates [shall](should) [[keep][hold]] the [lamps] [^9]"
    assert [b.text for b in blocks(text)] == [
        "[Mexico]: delete",
        "States [shall](should) [[keep][hold]] the [lamps] [^9]",
    ]


def test_words_of_links_pictures_and_code() -> None:
    source = read(b'See [the *almanac*](https://example.org "old words"), ![a lamp](lamp.png) and `code`.')
    assert source.blocks[0].text == "See the almanac, a lamp and code."
    assert [(n.code, n.text) for n in source.notices] == [("unprinted", "old words")]


def test_html_is_text() -> None:
    assert blocks("<div>kept</div>\n\na <b>bold</b> word")[0].text == "<div>kept</div>"
    assert blocks("<!-- a comment -->")[0].text == "<!-- a comment -->"


def test_code_keeps_its_lines_and_indented_text_is_no_code() -> None:
    assert blocks("```\none\n two\n```")[0].text == "one\ntwo"
    assert blocks("Text\n\n    (a) indented\n    and wrapped")[1].text == "(a) indented and wrapped"


def test_rows_of_tables() -> None:
    text = "| Light | Height |\n|---|---|\n| Tern | 12 m | extra |\n| Auk | |\n\n"
    text += "> | a | b |\n> |-|-|\n> | 1 | 2 | 3 |"
    assert [(b.role, b.text) for b in blocks(text)] == [
        (ROW, "Light | Height"),
        (ROW, "Tern | 12 m | extra"),
        (ROW, "Auk |"),
        (ROW, "a | b"),
        (ROW, "1 | 2 | 3"),
    ]


def test_footnotes_come_last_in_the_order_of_their_references() -> None:
    text = (
        "One [^2], two[^a] and three.^[Within.]\n\n[^a]: Named.\n[^2]: First.\n\n    More.\n\n[^x]: Unused."
    )
    assert [(b.mark, b.text) for b in blocks(text)] == [
        ("", "One, two and three."),
        ("2", "First.\nMore."),
        ("2", "Named."),
        ("3", "Within."),
        ("x", "Unused."),
    ]


def test_unknown_keys_and_dates_are_named() -> None:
    source = read(
        b"---\ntitle: Lamps\nchair: Norway\ndate: Spring 2031\nrevision: 1.10\nlanguage: no\n---\n\nText"
    )
    assert (source.title, source.revision, source.language, source.date) == ("Lamps", "1.10", "no", "")
    assert [n.text for n in source.notices] == ["chair: Norway", "Spring 2031"]


def test_what_cannot_be_stored_is_not_read() -> None:
    source = read(b'---\ntitle: "Lamps\\0of\\uD800Rio"\n---\n\nText')
    assert source.title == "Lamps of Rio"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: a\nsymbol: A: B\n---\n\nText", "line 3"),
        ("---\ntitle: a\ntitle: b\n---\n\nText", "twice .line 3"),
        ("---\ntitle: [a, b]\n---\n\nText", "title in the front matter .line 2. must be one line"),
        ("---\n- a\n---\n\nText", "key: value"),
        ("---\njust words\n---\n\nText", "key: value"),
        ("---\na: " + "[" * 2000 + "\n---\n\nText", "deeper than"),
        ("---\na: " + "b" * 20_000 + "\n---\n\nText", "16384"),
        ('---\na: "\\UFFFFFFFF"\n---\n\nText', "line 2"),
        ("", "no words"),
        ("# \n\n- \n\n***\n", "no words"),
        (">" * 200 + " deep", "nested"),
        ("[" * (MAX_BRACKETS + 1), "brackets"),
        ("x" * (MAX_CHARACTERS + 1), "split the file"),
        ("- a\n" * (MAX_SIGNS + 1), "lines and signs"),
        ("*a* " * MAX_SIGNS, "lines and signs"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(InvalidText, match=words):
        read(text.encode())


WORDS = st.text("abcdefghij", min_size=2, max_size=6)
INLINE = st.sampled_from(
    ["{}", "*{}*", "**{}**", "`{}`", "[{}](https://example.org)", "![{}](a.png)", "<{}>", "[{}]"]
)
PIECES = st.sampled_from(
    [
        "{}\n\n",
        "# {}\n\n",
        "### {}\n",
        "- {}\n",
        "1. {}\n",
        "    {}\n",
        "  - {}\n\n",
        "> {}\n",
        "```\n{}\n```\n",
        "| {} | x |\n|---|---|\n",
        "| {} | x | y |\n",
        "{}[^1]\n",
        "[^1]: {}\n",
        "[{}]: delete\n",
        "{}  \n",
        "(a) {};\n",
        "12 bis. {}\n",
        "---\n",
        "~~~ {}\n",
    ]
)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(PIECES, st.lists(st.tuples(INLINE, WORDS), min_size=1, max_size=4)), min_size=1, max_size=12
    )
)
def test_every_word_is_in_one_block_or_notice(parts: list[tuple[str, list[tuple[str, str]]]]) -> None:
    count = iter(range(10_000))
    text = "Words.\n\n"
    for piece, inlines in parts:
        text += piece.format(" ".join(inline.format(f"{word}{next(count)}z") for inline, word in inlines))
    source = read(text.encode())
    found = [w for b in source.blocks for w in re.findall(r"[a-j]+\d+z", f"{b.mark} {b.text}")]
    noticed = [w for n in source.notices for w in re.findall(r"[a-j]+\d+z", n.text)]
    assert sorted(found + noticed) == sorted(re.findall(r"[a-j]+\d+z", text))
    main = [w for b in source.blocks if b.role is not FOOTNOTE for w in re.findall(r"[a-j](\d+)z", b.text)]
    assert main == sorted(main, key=int)


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_a_source_or_a_sentence(data: bytes) -> None:
    for whole in (data, b"---\n" + data + b"\n---\n\nText"):
        with suppress(InvalidText):
            assert read(whole).blocks
