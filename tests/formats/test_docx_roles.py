"""What a paragraph is, by its style, its outline level or its look, and how deep it stands."""

import pytest
from docx_builder import abstract, instance, level, paragraph, run, source, style, table

from gcmtext.text.model import Role

BODY = "We, the Heads of State and Government, have met to adopt this compact, and we commit to act on it."
BOLD = "<w:b/>"
CENTRED = '<w:jc w:val="center"/>'


def first(body: str, **parts: str) -> tuple[Role, int]:
    block = source(body + paragraph(BODY) * 3, **parts).blocks[0]
    return block.role, block.depth


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Title", (Role.TITLE, 0)),
        ("Subtitle", (Role.HEADING, 1)),
        ("heading 1", (Role.HEADING, 1)),
        ("Heading 3", (Role.HEADING, 3)),
        ("_ H _Ch_G", (Role.HEADING, 1)),
        ("_ H_1_G", (Role.HEADING, 2)),
        ("_ H_2/3_G", (Role.HEADING, 3)),
        ("_ H_4_G", (Role.HEADING, 4)),
        ("_ H_5/6_G", (Role.HEADING, 5)),
        ("_ H_M_G", (Role.TITLE, 0)),
        ("H Ch", (Role.HEADING, 1)),
        ("HCh", (Role.HEADING, 1)),
        ("H1", (Role.HEADING, 2)),
        ("H23", (Role.HEADING, 3)),
        ("_ H_2/3", (Role.HEADING, 3)),
        ("Single Txt", (Role.BODY, 0)),
        ("_ Single Txt_G", (Role.BODY, 0)),
        ("Normal", (Role.BODY, 0)),
        ("Header 1", (Role.BODY, 0)),
    ],
)
def test_styles(name: str, expected: tuple[Role, int]) -> None:
    assert first(paragraph("Vision and guiding principles", style="S"), styles=style("S", name)) == expected


def test_a_style_based_on_a_heading_is_one_whatever_the_language_of_its_id() -> None:
    styles = style("Titre2", "heading 2") + style("Objectif", "Objectif", based_on="Titre2")
    assert first(paragraph("Objectif 1", style="Objectif"), styles=styles) == (Role.HEADING, 2)


def test_outline_levels() -> None:
    assert first(paragraph("Vision", properties='<w:outlineLvl w:val="1"/>')) == (Role.HEADING, 2)
    styles = style("Part", "Part", paragraph='<w:outlineLvl w:val="0"/>')
    assert first(paragraph("Vision", style="Part"), styles=styles) == (Role.HEADING, 1)
    off = '<w:outlineLvl w:val="9"/>'
    assert first(paragraph("Vision", style="H", properties=off), styles=style("H", "heading 1")) == (
        Role.BODY,
        0,
    )


def test_a_long_sentence_in_a_heading_style_is_body() -> None:
    sentence = (
        "Decides that the conference shall be held in Morocco, and that it shall adopt an outcome document "
        * 2
    )
    styles = style("H", "heading 2")
    assert first(paragraph(sentence.strip() + ".", style="H"), styles=styles) == (Role.BODY, 0)


@pytest.mark.parametrize(
    ("content", "properties", "expected"),
    [
        (run("Implementation", BOLD), "", (Role.HEADING, 2)),
        (run("Implementation"), CENTRED, (Role.HEADING, 1)),
        (run("Implementation", BOLD) + run(" and review"), "", (Role.BODY, 0)),
        (run("We commit to the following:", BOLD), "", (Role.BODY, 0)),
        (run("نلتزم بما يلي؛", BOLD), "", (Role.BODY, 0)),
        (run("* * *"), CENTRED, (Role.BODY, 0)),
        (run("to act " * 21, BOLD), "", (Role.BODY, 0)),
    ],
    ids=[
        "bold",
        "centred",
        "partly bold",
        "ends with a colon",
        "ends with an Arabic semicolon",
        "no letter",
        "long",
    ],
)
def test_looks(content: str, properties: str, expected: tuple[Role, int]) -> None:
    assert first(paragraph(content, properties=properties)) == expected


def test_bold_by_style() -> None:
    assert first(paragraph("Vision", style="B"), styles=style("B", "Bold para", run=BOLD)) == (
        Role.HEADING,
        2,
    )


def test_bold_bullets_and_cells_are_no_headings() -> None:
    bullets = abstract(0, level(0, "•", "bullet")) + instance(1, 0)
    assert first(paragraph(run("Vision", BOLD), number=1), numbering=bullets) == (Role.BODY, 0)
    assert first(table((paragraph(run("Vision", BOLD)),))) == (Role.BODY, 0)


def test_in_a_text_all_in_bold_nothing_is_guessed() -> None:
    blocks = source("".join(paragraph(run(f"Line {number}", BOLD)) for number in range(9))).blocks
    assert {block.role for block in blocks} == {Role.BODY}


def test_depth_by_list_level_and_by_indent() -> None:
    numbering = abstract(0, level(0, "%1."), level(1, "(%2)", "lowerLetter")) + instance(1, 0)
    indent = '<w:ind w:left="{}"/>'
    body = (
        paragraph(BODY * 3, properties=indent.format(1134))
        + paragraph("First", number=1)
        + paragraph("Second", number=1, level=1)
        + paragraph("further in", properties=indent.format(1701))
        + paragraph("nearly as far in", properties=indent.format(1750))
        + paragraph("furthest in", properties=indent.format(2268))
        + paragraph("far out")
    )
    assert [block.depth for block in source(body, numbering=numbering).blocks] == [0, 0, 1, 1, 1, 2, 0]


@pytest.mark.parametrize(("name", "depth"), [("List Number", 0), ("List Number 2", 1), ("list bullet 3", 2)])
def test_the_list_styles_of_word_stand_as_deep_as_their_names_say(name: str, depth: int) -> None:
    definition = {"numbering": abstract(0, level(0, "%1.")) + instance(7, 0)}
    numbered = style("L", name, paragraph='<w:numPr><w:numId w:val="7"/></w:numPr>')
    assert first(paragraph("Keep the lights.", style="L"), styles=numbered, **definition) == (
        Role.BODY,
        depth,
    )
    assert first(paragraph("Keep the lights.", style="L"), styles=style("L", name)) == (Role.BODY, depth)
