import pytest
from docx_builder import (
    abstract,
    deleted,
    instance,
    level,
    marks,
    paragraph,
    run,
    source,
    start_at,
    style,
    table,
    texts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.formats.docx import View
from gcmtext.formats.docx.numerals import printed

OUTLINE = abstract(0, level(0, "%1."), level(1, "(%2)", "lowerLetter"), level(2, "(%3)", "lowerRoman"))


def numbered(*levels: int, number: int = 1) -> str:
    return "".join(paragraph("Decide to act together", number=number, level=ilvl) for ilvl in levels)


def test_levels_restart_after_higher_levels() -> None:
    body = numbered(0, 1, 2, 2, 1, 0, 1)
    assert marks(body, numbering=OUTLINE + instance(1, 0)) == ["1.", "(a)", "(i)", "(ii)", "(b)", "2.", "(a)"]


def test_a_label_of_several_levels() -> None:
    numbering = abstract(0, level(0, "Article %1", "upperRoman"), level(1, "%1.%2")) + instance(1, 0)
    assert marks(numbered(0, 1, 0, 1, 1), numbering=numbering) == [
        "Article I",
        "I.1",
        "Article II",
        "II.1",
        "II.2",
    ]


def test_legal_numbering_shows_all_levels_in_decimal() -> None:
    numbering = abstract(
        0, level(0, "%1.", "upperRoman"), level(1, "%1.%2", "lowerLetter", extra="<w:isLgl/>")
    )
    assert marks(numbered(0, 1), numbering=numbering + instance(1, 0)) == ["I.", "1.1"]


def test_a_higher_level_that_was_not_used_counts_as_its_start() -> None:
    numbering = abstract(0, level(0, "%1."), level(1, "%1.%2")) + instance(1, 0)
    assert marks(numbered(1, 1, 0), numbering=numbering) == ["1.1", "1.2", "2."]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("", ["1.", "(a)", "(i)", "(b)", "(i)", "2.", "(a)", "(i)"]),
        ('<w:lvlRestart w:val="0"/>', ["1.", "(a)", "(i)", "(b)", "(ii)", "2.", "(a)", "(iii)"]),
        ('<w:lvlRestart w:val="1"/>', ["1.", "(a)", "(i)", "(b)", "(ii)", "2.", "(a)", "(i)"]),
    ],
    ids=["after any higher level", "never", "after the first level only"],
)
def test_where_a_level_restarts(restart: str, expected: list[str]) -> None:
    levels = (level(0, "%1."), level(1, "(%2)", "lowerLetter"), level(2, "(%3)", "lowerRoman", extra=restart))
    assert (
        marks(numbered(0, 1, 2, 1, 2, 0, 1, 2), numbering=abstract(0, *levels) + instance(1, 0)) == expected
    )


def test_lists_of_one_definition_share_their_count() -> None:
    body = numbered(0, 0) + numbered(0, number=2) + numbered(0)
    assert marks(body, numbering=OUTLINE + instance(1, 0) + instance(2, 0)) == ["1.", "2.", "3.", "4."]


def test_a_start_override_counts_once() -> None:
    body = numbered(0, 0) + numbered(0, 0, number=2) + numbered(0) + numbered(0, number=2)
    numbering = OUTLINE + instance(1, 0) + instance(2, 0, start_at(0, 10))
    assert marks(body, numbering=numbering) == ["1.", "2.", "10.", "11.", "12.", "13."]


def test_a_level_may_be_redefined_by_a_list() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "PP%1")}</w:lvlOverride>'
    assert marks(numbered(0, 0), numbering=OUTLINE + instance(1, 0, override)) == ["PP1", "PP2"]


def test_numbering_by_the_style_of_a_paragraph_and_of_its_base() -> None:
    styles = (
        style("Para", "Numbered Para", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("Sub", "Numbered Sub", based_on="Para")
        + style("Off", "No Number", based_on="Para", paragraph='<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    levels = (
        level(0, "%1.", extra='<w:pStyle w:val="Para"/>'),
        level(1, "(%2)", "lowerLetter", extra='<w:pStyle w:val="Sub"/>'),
    )
    body = "".join(paragraph("Decides", style=name) for name in ("Para", "Sub", "Sub", "Off", "Para"))
    body += paragraph("Decides", style="Para", number=0)
    assert marks(body, styles=styles, numbering=abstract(0, *levels) + instance(1, 0)) == [
        "1.",
        "(a)",
        "(b)",
        "",
        "2.",
        "",
    ]


def test_a_definition_that_links_to_a_numbering_style() -> None:
    styles = style(
        "Outline", "Outline", kind="numbering", paragraph='<w:numPr><w:numId w:val="2"/></w:numPr>'
    )
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
    assert marks(
        numbered(0, 1), styles=styles, numbering=OUTLINE + link + instance(1, 5) + instance(2, 0)
    ) == ["1.", "(a)"]


def test_a_link_to_itself_ends() -> None:
    styles = style(
        "Outline", "Outline", kind="numbering", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
    assert marks(numbered(0), styles=styles, numbering=link + instance(1, 5)) == [""]


def test_bullets_have_no_mark_and_typed_labels_stay_in_the_text() -> None:
    numbering = abstract(0, level(0, "•", "bullet")) + instance(1, 0)
    body = paragraph("Recalling its resolutions", number=1) + paragraph("12 bis. Decides")
    read = source(body, numbering=numbering)
    assert [(block.mark, block.text) for block in read.blocks] == [
        ("", "Recalling its resolutions"),
        ("", "12 bis. Decides"),
    ]


def test_a_deleted_paragraph_does_not_count() -> None:
    gone = paragraph(deleted("Decides to adjourn"), number=1, mark='<w:del w:id="1" w:author="Mexico"/>')
    body = numbered(0) + gone + numbered(0)
    assert marks(body, numbering=OUTLINE + instance(1, 0)) == ["1.", "2."]
    assert marks(body, View.REJECTED, numbering=OUTLINE + instance(1, 0)) == ["1.", "2.", "3."]


def test_an_empty_paragraph_counts_as_word_prints_its_number() -> None:
    body = numbered(0) + paragraph("", number=1) + numbered(0)
    assert marks(body, numbering=OUTLINE + instance(1, 0)) == ["1.", "3."]


def test_a_hidden_paragraph_does_not_count() -> None:
    hidden = paragraph(run("Drafting note", "<w:vanish/>"), number=1, mark="<w:vanish/>")
    assert marks(numbered(0) + hidden + numbered(0), numbering=OUTLINE + instance(1, 0)) == ["1.", "2."]


def test_a_cell_that_only_holds_a_number_gives_it_to_the_text_beside_it() -> None:
    long = "Calls upon States to strengthen international cooperation on migration. " * 8
    body = table((paragraph("", number=1), paragraph(long)), (paragraph("", number=1), paragraph("Short")))
    read = source(body, numbering=OUTLINE + instance(1, 0))
    assert [(block.mark, block.text) for block in read.blocks] == [("1.", long.strip()), ("", "2. | Short")]


def test_a_list_that_is_not_defined_is_no_list() -> None:
    assert marks(numbered(0, number=7), numbering=OUTLINE) == [""]
    assert texts(numbered(0, number=7)) == ["Decide to act together"]


def test_levels_beyond_the_ninth_are_the_ninth() -> None:
    numbering = abstract(0, level(0, "%1."), level(8, "(%9)")) + instance(1, 0)
    assert marks(numbered(0, 999_999_999, -5), numbering=numbering) == ["1.", "(1)", "2."]


def test_a_format_that_is_not_known_is_shown_in_digits_with_a_notice() -> None:
    read = source(numbered(0), numbering=abstract(0, level(0, "%1.", "bahtText")) + instance(1, 0))
    assert [block.mark for block in read.blocks] == ["1."]
    assert [notice.code for notice in read.notices] == ["number-formats"]


def test_custom_formats_pad_with_zeros() -> None:
    custom = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    lvl = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        f'{custom}</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1"/></w:lvl>'
    )
    assert marks(numbered(0, 0), numbering=abstract(0, lvl) + instance(1, 0)) == ["009", "010"]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("decimalZero", 7, "07"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("ordinal", 11, "11th"),
        ("ordinal", 22, "22nd"),
        ("hex", 255, "FF"),
        ("numberInDash", 3, "- 3 -"),
        ("russianLower", 10, "к"),
        ("russianUpper", 30, "АА"),
        ("arabicAlpha", 2, "ب"),
        ("arabicAbjad", 3, "ج"),
        ("hebrew1", 15, "טו"),
        ("hebrew1", 118, "קיח"),
        ("hindiNumbers", 12, "१२"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseLegalSimplified", 10, "壹拾"),
        ("ideographDigital", 10, "一〇"),
        ("japaneseCounting", 110, "百十"),
        ("ideographTraditional", 2, "乙"),
        ("ideographTraditional", 11, "11"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedParen", 21, "21"),
        ("decimalFullWidth", 12, "１２"),
        ("lowerRoman", 0, "0"),
    ],
)
def test_numerals(form: str, number: int, expected: str) -> None:
    assert printed(number, form) == expected


@settings(max_examples=60)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=30))
def test_labels_count_what_stands_above_them(levels: list[int]) -> None:
    """The label of the full path is what a person counts by hand."""
    numbering = abstract(0, level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%2.%3")) + instance(1, 0)
    counts = [0, 0, 0]
    expected = []
    for ilvl in levels:
        counts[ilvl] += 1
        counts[:ilvl] = [max(count, 1) for count in counts[:ilvl]]
        counts[ilvl + 1 :] = [0] * (2 - ilvl)
        expected.append(".".join(map(str, counts[: ilvl + 1])))
    assert marks(numbered(*levels), numbering=numbering) == expected
