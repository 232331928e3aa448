"""What is read from a PDF: paragraphs, what is set apart from them, and that no word is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_builder import HEIGHT, PdfBuilder, PdfPage, width

from gcmtext.formats.pdf.reader import read
from gcmtext.text.model import Block, Notice, Role, Source

LEFT, MEASURE = 70.0, 60  # points; characters on a full line


def source(*pages: PdfPage) -> Source:
    builder = PdfBuilder()
    builder.pages += pages
    return read(builder.build())


def texts(found: Source, role: Role | None = None) -> list[str]:
    return [block.text for block in found.blocks if role is None or block.role is role]


def notice(found: Source, code: str) -> Notice:
    return next(n for n in found.notices if n.code == code)


def wrapped(text: str, measure: int = MEASURE) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > measure:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def written(page: PdfPage, y: float, *paragraphs: str, x: float = LEFT, size: float = 10.0) -> float:
    """Write paragraphs with white between them and return where the next would stand."""
    for paragraph in paragraphs:
        y = page.lines(x, y, wrapped(paragraph), size) + 6
    return y


RECALLING = (
    "Recalling its earlier decisions on the safe passage of seafarers, and mindful that every ship in "
    "distress is owed assistance by all who can give it, whatever flag she flies,"
)
URGES = "Urges all coastal States to keep their stations manned by day and by night throughout the year;"


class TestParagraphs:
    def test_lines_are_joined_and_white_parts_paragraphs(self) -> None:
        page = PdfPage()
        written(page, 100, RECALLING, URGES)
        assert texts(source(page)) == [RECALLING, URGES]

    def test_an_indent_begins_a_paragraph(self) -> None:
        page = PdfPage()
        y = 100.0
        for paragraph in (RECALLING, URGES):
            first, *rest = wrapped("____" + paragraph)
            page.text(LEFT + 20, y, first.removeprefix("____"))
            y = page.lines(LEFT, y + 12, rest)
        assert texts(source(page)) == [RECALLING, URGES]

    def test_a_line_that_ends_early_ends_its_paragraph(self) -> None:
        page = PdfPage()
        page.lines(LEFT, 100, ["The Conference,", *wrapped(RECALLING)])
        assert texts(source(page)) == ["The Conference,", RECALLING]

    def test_a_label_in_a_hanging_indent_begins_the_text(self) -> None:
        page = PdfPage()
        y = 100.0
        for label, paragraph in (("1.", URGES), ("2.", RECALLING)):
            page.text(LEFT, y, label)
            y = page.lines(LEFT + 30, y, wrapped(paragraph, MEASURE - 6))
        assert texts(source(page)) == [f"1. {URGES}", f"2. {RECALLING}"]

    def test_a_paragraph_goes_on_over_the_page(self) -> None:
        first, second = PdfPage(), PdfPage()
        lines = wrapped(f"{RECALLING} {URGES}")
        first.lines(LEFT, 770, lines[:2])
        second.lines(LEFT, 80, lines[2:])
        assert texts(source(first, second)) == [f"{RECALLING} {URGES}"]

    def test_depth_counts_the_steps_of_the_indent(self) -> None:
        page = PdfPage()
        y = written(page, 100, URGES, URGES)
        y = written(page, y, "(a) To report on it;", "(b) To keep records;", x=LEFT + 30)
        y = written(page, y, "(i) Of ships;", "(ii) Of crews.", x=LEFT + 60)
        assert [block.depth for block in source(page).blocks] == [0, 0, 1, 1, 2, 2]

    @pytest.mark.parametrize(
        ("end", "start", "joined"),
        [
            ("imple-", "mentation of the plan", "implementation of the plan"),
            ("well-", "being of the crews", "well-being of the crews"),
            ("2026-", "2030 plan of work", "2026-2030 plan of work"),
            ("Asia-", "Pacific region", "Asia-Pacific region"),
            ("harbour-", "master of the port", "harbour-master of the port"),
            ("and/", "or the owners", "and/or the owners"),
        ],
    )
    def test_hyphens_at_the_ends_of_lines(self, end: str, start: str, joined: str) -> None:
        page = PdfPage()
        lead = "It welcomes the implementation by each harbour-master of the"
        page.lines(LEFT, 100, [lead, f"{'x' * (MEASURE - len(end) - 1)} {end}", start])
        assert texts(source(page)) == [f"{lead} {'x' * (MEASURE - len(end) - 1)} {joined}"]

    def test_an_address_is_one_word_again(self) -> None:
        page = PdfPage()
        page.lines(
            LEFT,
            100,
            ["The forms are at http://www.example.org/harbours/safe_passage_fo", "rms_2026.pdf for all."],
        )
        assert texts(source(page)) == [
            "The forms are at http://www.example.org/harbours/safe_passage_forms_2026.pdf for all."
        ]


class TestWords:
    def test_ligatures_are_letters(self) -> None:
        page = PdfPage()
        page.text(LEFT, 100, "The ﬁrst eﬀort")
        assert texts(source(page)) == ["The first effort"]

    def test_white_without_a_blank_parts_words(self) -> None:
        page = PdfPage()
        for i, word in enumerate(("Safe", "passage", "for", "all")):
            page.text(LEFT + 60 * i, 100, word)
        assert texts(source(page)) == ["Safe passage for all"]

    def test_a_blank_that_the_next_letters_close_is_none(self) -> None:
        page = PdfPage()
        page.text(LEFT, 100, "assis ")
        page.text(LEFT + width("assis"), 100, "tance")
        assert texts(source(page)) == ["assistance"]

    def test_letters_spaced_out_are_one_word(self) -> None:
        page = PdfPage()
        x = LEFT
        for word in ("RESOLUTION", "ADOPTED"):
            for letter in word:
                page.text(x, 100, letter)
                x += 8
            x += 8
        assert texts(source(page)) == ["RESOLUTION ADOPTED"]

    def test_chinese_lines_are_joined_without_blanks(self) -> None:
        page = PdfPage()
        page.lines(LEFT, 100, ["会议回顾其以往关于海员安全", "通行的决定，并敦促各沿海国。"])
        assert texts(source(page)) == ["会议回顾其以往关于海员安全通行的决定，并敦促各沿海国。"]

    def test_arabic_is_read_from_right_to_left(self) -> None:
        page = PdfPage()
        page.from_right(500, 100, "إذ يشير المؤتمر إلى القرار 72/179 المؤرخ 19 أيار بشأن")
        page.from_right(500, 112, "سلامة البحارة،")
        assert texts(source(page)) == ["إذ يشير المؤتمر إلى القرار 72/179 المؤرخ 19 أيار بشأن سلامة البحارة،"]

    @pytest.mark.parametrize("signs", ["()", ")("], ids=["as meant", "as seen"])
    def test_arabic_brackets_open_and_close_whichever_sign_the_file_holds(self, signs: str) -> None:
        page = PdfPage()
        text = "(أ) تقرير المؤتمر رقم 53 (HARB/53)، الفرع باء (انظر المرفق)"
        page.from_right(500, 100, text.translate(str.maketrans("()", signs)))
        assert texts(source(page)) == [text]

    def test_arabic_letters_off_the_line_are_of_their_word_and_columns_apart(self) -> None:
        page = PdfPage()
        for i in range(1, 6):
            page.from_right(520, 88 + 12 * i, f"إن المؤتمر يشير إلى القرار {i} بشأن البحارة")
            page.from_right(270, 90 + 12 * i, f"الطريق {i} وإلى ما عليه كل دولة ساحلية")
        page.from_right(520, 160, "المؤ")
        page.from_right(500, 157, "تمر")
        right, left = texts(source(page))
        assert right.split()[-1] == "المؤتمر"
        assert left == " ".join(f"الطريق {i} وإلى ما عليه كل دولة ساحلية" for i in range(1, 6))

    def test_a_page_on_its_side_is_read(self) -> None:
        page = PdfPage(rotation=90)
        for i, line in enumerate(wrapped(RECALLING)):
            page.upwards(100 + 12 * i, 700, line)
        assert texts(source(page)) == [RECALLING]

    def test_a_stamp_is_named_in_a_notice(self) -> None:
        page = PdfPage()
        written(page, 100, RECALLING)
        page.slanted(150, 600, "DRAFT")
        found = source(page)
        assert texts(found) == [RECALLING]
        assert notice(found, "slanted-text").text == "DRAFT"


class TestFurniture:
    def test_alternating_heads_and_page_numbers_are_named_in_a_notice(self) -> None:
        pages = [PdfPage() for _ in range(4)]
        for number, page in enumerate(pages, 1):
            head = ("HARBOURS/2026/7", "Safe passage")[:: 1 if number % 2 else -1]
            page.text(LEFT, 40, head[0], 8)
            page.text(400, 40, head[1], 8)
            written(page, 100, f"Part {number} deals with {'storms ' * number}and little else.", URGES)
            page.text(300, 810, f"{number}/4", 8)
        found = source(*pages)
        assert [text.split(" deals")[0] for text in texts(found)[::2]] == [
            "Part 1",
            "Part 2",
            "Part 3",
            "Part 4",
        ]
        left_out = notice(found, "page-furniture").text
        assert left_out.count("HARBOURS/2026/7") == left_out.count("Safe passage") == 4
        assert [f"{number}/4" in left_out for number in range(1, 5)] == [True] * 4

    def test_the_notice_quotes_what_is_left_out(self) -> None:
        pages = [PdfPage() for _ in range(4)]
        for number, page in enumerate(pages, 1):
            page.text(LEFT, 40, "HARBOURS/2026/7", 8)
            written(page, 100, f"Part {number} deals with {'storms ' * number}and little else.", URGES)
            page.text(300, 810, str(number), 8)
        assert notice(source(*pages), "page-furniture").message == (
            "Running heads, page numbers and document codes are not part of the text: "
            "“HARBOURS/2026/7” (4 times), “1” … “4”."
        )

    def test_small_roman_numbers_of_pages_and_headings_of_parts(self) -> None:
        pages = [PdfPage(), PdfPage()]
        for page, number, part, text in zip(
            pages, ("iii", "iv"), ("I", "II"), (RECALLING, URGES), strict=True
        ):
            page.text(300, 80, part)
            written(page, 100, text)
            page.text(300, 810, number)
        found = source(*pages)
        assert texts(found) == ["I", RECALLING, "II", URGES]
        assert notice(found, "page-furniture").text == "iii\niv"

    def test_the_first_line_of_a_page_is_no_head(self) -> None:
        pages = [PdfPage(), PdfPage(), PdfPage()]
        for page, word in zip(pages, ("first", "second", "third"), strict=True):
            written(page, 60, f"The {word} part of the report has its own authors and its own date.", URGES)
        assert len(texts(source(*pages))) == 6

    @pytest.mark.parametrize("also_within", [True, False], ids=["also within a page", "at edges alone"])
    def test_a_sentence_that_falls_at_the_edge_of_several_pages_is_no_head(self, also_within: bool) -> None:
        chapeau = "To realize this commitment, we will draw from the following actions:"
        pages = [PdfPage() for _ in range(9)]
        expected: list[str] = []
        for number, page in enumerate(pages):
            own = (
                f"(a) {('Man the stations', 'Keep the lamps')[number % 2]} {'by night and ' * number}by day;"
            )
            paragraphs = [own, URGES]
            if number in (2, 4, 6):
                paragraphs.insert(0, chapeau)
            elif also_within:
                paragraphs.insert(1, chapeau)
            written(page, 60, *paragraphs)
            expected += paragraphs
        found = source(*pages)
        assert " ".join(texts(found)) == " ".join(expected)
        assert found.notices == ()

    def test_a_sentence_that_falls_at_the_foot_of_several_pages_is_no_running_foot(self) -> None:
        chapeau = "We will draw from the following actions:"
        pages = [PdfPage() for _ in range(9)]
        for number, page in enumerate(pages):
            written(page, 60, f"(a) Man the stations {'by night and ' * number}by day;")
            page.text(LEFT, 760, chapeau if number in (2, 4, 6) else f"Urges {'all ' * number}States")
        assert sum(text.count(chapeau) for text in texts(source(*pages))) == 3

    def test_a_line_at_the_pitch_of_the_text_is_no_head(self) -> None:
        pages = [PdfPage() for _ in range(3)]
        for number, page in enumerate(pages):
            own = [f"{'every ' * number}State and every port", *wrapped(RECALLING)]
            for i, line in enumerate(
                ["We will draw from the following actions:"[: 40 if number else 7], *own]
            ):
                page.text(LEFT, (60 if number else 78) + 18 * i, line)
        assert " ".join(texts(source(*pages))).count("We will draw from the following actions:") == 2

    def test_the_head_of_a_part_and_one_with_the_words_of_the_title_are_left_out(self) -> None:
        pages = [PdfPage() for _ in range(13)]
        pages[0].text(LEFT, 90, "Safe passage", 16, "Serif-Bold")
        for number, page in enumerate(pages):
            if number:
                page.text(LEFT, 40, "Safe passage" if number % 2 else f"Part {'I' * (1 + number // 7)}", 8)
            written(page, 130, f"(a) Man the stations {'by night and ' * number}by day;", URGES)
        found = source(*pages)
        left_out = notice(found, "page-furniture").text.split("\n")
        assert [left_out.count(head) for head in ("Safe passage", "Part I", "Part II")] == [6, 3, 3]
        assert texts(found)[0] == "Safe passage"

    def test_a_footnote_on_every_page_is_no_running_foot(self) -> None:
        pages = [PdfPage(), PdfPage(), PdfPage()]
        for page in pages:
            page.text(LEFT, 100, "Having considered the report")
            page.text(LEFT + width("Having considered the report"), 96, "3", 6)
            page.text(LEFT, 776, "3", 6)
            page.text(LEFT + 8, 780, "Document HARBOURS/2026/7.", 8)
        assert texts(source(*pages), Role.FOOTNOTE) == ["Document HARBOURS/2026/7."]

    def test_a_masthead_is_named_in_a_notice_and_says_symbol_and_date(self) -> None:
        page = PdfPage()
        page.text(LEFT, 50, "United Nations", 12)
        page.text(400, 50, "E/HARB/2026/7", 12)
        page.text(LEFT, 80, "Economic and Social Council", 14, "Serif-Bold")
        page.text(400, 80, "Distr.: General")
        page.text(400, 92, "8 February 2026")
        page.rule(LEFT, 120, 530)
        page.text(LEFT, 160, "Safe passage of seafarers", 14, "Serif-Bold")
        written(page, 200, RECALLING)
        page.text(LEFT, 800, "GE.26-01234(E)", 8)
        found = source(page)
        assert found.blocks == (Block("Safe passage of seafarers", Role.TITLE), Block(RECALLING))
        assert (found.title, found.symbol) == ("Safe passage of seafarers", "E/HARB/2026/7")
        assert (found.date, found.language) == ("2026-02-08", "en")
        assert "Distr.: General" in notice(found, "masthead").text
        assert notice(found, "page-furniture").text == "GE.26-01234(E)"

    def test_pages_without_text_are_named(self) -> None:
        text, picture = PdfPage(), PdfPage()
        written(text, 100, RECALLING)
        picture.picture()
        found = source(text, picture, picture)
        assert texts(found) == [RECALLING]
        assert "2 and 3" in notice(found, "page-without-text").message


def with_reference(page: PdfPage, y: float, before: str, mark: str, after: str) -> None:
    page.text(LEFT, y, before)
    page.text(LEFT + width(before), y - 4, mark, 6)
    page.text(LEFT + width(before) + width(mark, 6), y, after)


def footnote(page: PdfPage, y: float, mark: str, *lines: str) -> None:
    page.text(LEFT, y - 3, mark, 5)
    page.lines(LEFT + 10, y, list(lines), 8)


class TestFootnotes:
    def test_notes_stand_at_the_end_and_references_leave_no_trace(self) -> None:
        page = PdfPage()
        written(page, 120, RECALLING, URGES)
        with_reference(page, 100, "Recalling the report of its last session", "1", ", in 2025,")
        page.rule(LEFT, 740, LEFT + 100)
        footnote(
            page, 752, "1", "Held in two parts, in spring and in autumn, at the", "seat of the secretariat."
        )
        assert source(page).blocks == (
            Block("Recalling the report of its last session, in 2025,"),
            Block(RECALLING),
            Block(URGES),
            Block(
                "Held in two parts, in spring and in autumn, at the seat of the secretariat.",
                Role.FOOTNOTE,
                "1",
            ),
        )

    def test_a_note_goes_on_over_the_page(self) -> None:
        first, second = PdfPage(), PdfPage()
        y = written(first, 100, RECALLING)
        with_reference(first, y, "Welcoming the report", "1", ",")
        first.rule(LEFT, 760, LEFT + 100)
        footnote(first, 772, "1", "Held in two parts, in spring and in autumn, at the")
        written(second, 100, URGES)
        second.rule(LEFT, 760, LEFT + 100)
        second.text(LEFT + 10, 772, "seat of the secretariat.", 8)
        assert texts(source(first, second), Role.FOOTNOTE) == [
            "Held in two parts, in spring and in autumn, at the seat of the secretariat."
        ]

    def test_a_reference_to_no_note_is_named(self) -> None:
        page = PdfPage()
        with_reference(page, 100, "Recalling the report", "7", " of its last session")
        found = source(page)
        assert texts(found) == ["Recalling the report of its last session"]
        assert notice(found, "reference-without-footnote").text == "7"

    def test_ordinals_and_powers_stay(self) -> None:
        page = PdfPage()
        with_reference(page, 100, "At its 23", "rd", " meeting")
        with_reference(page, 130, "An area of 40 km", "2", " is closed")
        assert texts(source(page)) == ["At its 23rd meeting", "An area of 40 km2 is closed"]


class TestLayout:
    def test_columns_are_read_one_after_the_other(self) -> None:
        page = PdfPage()
        page.text(LEFT, 80, "Safe passage", 14, "Serif-Bold")
        for x, y in ((LEFT, 110), (330, 113)):
            y = page.lines(x, y, wrapped(RECALLING, 40))
            page.lines(x, y + 6, wrapped(URGES, 40))
        assert texts(source(page)) == ["Safe passage", RECALLING, URGES, RECALLING, URGES]

    def test_an_item_goes_on_in_a_column_where_all_is_set_in(self) -> None:
        first, second = PdfPage(), PdfPage()
        item = f"(a) {URGES.removesuffix(';')} and to {RECALLING}"
        lines = wrapped(item, 36)
        for x in (LEFT, 330):
            written_lines = wrapped(RECALLING, 40)
            y = first.lines(x, 100, written_lines)
            first.lines(x, y + 6, wrapped(URGES, 40))
        second.lines(LEFT, 100, wrapped(RECALLING, 40))
        second.lines(LEFT + 20, 100 + 12 * 5 + 6, lines[:4])
        second.lines(350, 100, lines[4:])
        assert texts(source(first, second))[-2:] == [RECALLING, item]

    def test_a_table_is_rows_of_cells(self) -> None:
        page = PdfPage()
        rows = [(["Title"], ["Symbol"]), (["Report on the safety", "of harbours"], ["HARB/3"])]
        rows.append((["Budget"], ["HARB/4"]))
        y = 200.0
        page.rule(LEFT, y - 12, 450)
        for first, second in rows:
            page.lines(LEFT + 5, y, first)
            page.lines(300, y, second)
            y += 12 * len(first) + 12
            page.rule(LEFT, y - 16, 450)
        y = written(page, y + 20, RECALLING)
        found = source(page)
        assert texts(found, Role.ROW) == [
            "Title | Symbol",
            "Report on the safety of harbours | HARB/3",
            "Budget | HARB/4",
        ]
        assert texts(found, Role.BODY) == [RECALLING]

    def test_headings_have_a_depth_by_size_and_weight(self) -> None:
        page = PdfPage()
        page.text(LEFT, 60, "Safe passage of seafarers", 18, "Serif-Bold")
        page.text(LEFT, 100, "I. Background", 14, "Serif-Bold")
        y = written(page, 130, RECALLING)
        page.text(LEFT, y + 10, "A. Ships in distress", 10, "Serif-Bold")
        y = written(page, y + 40, URGES)
        page.text(LEFT, y + 20, "II. Action", 14, "Serif-Bold")
        written(page, y + 50, URGES)
        assert [(b.role, b.depth) for b in source(page).blocks] == [
            (Role.TITLE, 0),
            (Role.HEADING, 1),
            (Role.BODY, 0),
            (Role.HEADING, 2),
            (Role.BODY, 0),
            (Role.HEADING, 1),
            (Role.BODY, 0),
        ]


# Not of "i", "v" and "x" alone: a line "vi" at the edge of a page is its number.
WORDS = st.from_regex(r"[a-hj-uwyz][a-z]{1,8}[,.;]?", fullmatch=True)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=60)
@given(PARAGRAPHS, st.booleans(), st.booleans())
def test_every_word_is_in_a_block_or_a_notice_in_order(
    paragraphs: list[str], heads: bool, columns: bool
) -> None:
    measure = 40 if columns else MEASURE
    lines = [line for paragraph in paragraphs for line in [*wrapped(paragraph, measure), ""]]
    places = [(x, 100 + 12 * i) for x in ((LEFT, 330) if columns else (LEFT,)) for i in range(20)]
    pages: list[PdfPage] = []
    for start in range(0, len(lines), len(places)):
        page = PdfPage()
        pages.append(page)
        if heads:
            page.text(LEFT, 40, "HARBOURS/2026/7", 8)
            page.text(300, HEIGHT - 30, str(len(pages)), 8)
        for (x, y), line in zip(places, lines[start:], strict=False):
            if line:
                page.text(x, y, line)
    found = source(*pages)
    expected = sorted(" ".join(paragraphs).split())
    if heads:
        expected = sorted(
            [*expected, *(w for i in range(len(pages)) for w in ("HARBOURS/2026/7", str(i + 1)))]
        )
    kept = " ".join([*texts(found), *(n.text for n in found.notices)])
    assert sorted(kept.split()) == expected
    if not columns:  # a column of a few short lines looks like a table
        words = [w for w in " ".join(texts(found)).split() if not re.fullmatch(r"\d+|HARB.*", w)]
        assert words == " ".join(paragraphs).split()
