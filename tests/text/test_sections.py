"""The sections of a text."""

from gcmtext.text.model import Kind, Paragraph
from gcmtext.text.sections import Section, pages, sections


def text(*lines: tuple[Kind, str, int, str]) -> list[Paragraph]:
    return [Paragraph(i, kind, label, level, words) for i, (kind, label, level, words) in enumerate(lines)]


def test_a_label_and_the_title_on_the_next_line_are_one_heading() -> None:
    paragraphs = text(
        (Kind.PREAMBULAR, "", 0, "Recalling earlier lights,"),
        (Kind.HEADING, "I", 1, ""),
        (Kind.HEADING, "", 1, "Keeping of lights"),
        (Kind.NUMBERED, "1", 0, "Keep them."),
        (Kind.HEADING, "II", 1, ""),
        (Kind.HEADING, "", 1, "Warning of ships"),
        (Kind.NUMBERED, "2", 0, "Warn them."),
    )
    assert sections(paragraphs, 20) == (Section(0, 1), Section(1, 4, (1, 2)), Section(4, 7, (4, 5)))


def test_headings_of_the_first_level_begin_sections() -> None:
    paragraphs = text(
        (Kind.TITLE, "", 0, "Compact"),
        (Kind.HEADING, "", 1, "Vision"),
        (Kind.HEADING, "", 2, "Ends"),
        (Kind.NUMBERED, "1", 0, "See."),
        (Kind.HEADING, "OBJECTIVE 1", 1, "Keep the lights"),
    )
    assert sections(paragraphs, 20) == (Section(0, 1), Section(1, 4, (1,)), Section(4, 5, (4,)))


def test_too_many_sections_are_joined() -> None:
    paragraphs = text(*[(Kind.HEADING, str(n), 1, f"Part {n}") for n in range(10)])
    assert sections(paragraphs, 5)[0] == Section(0, 2, (0, 1))
    assert len(sections(paragraphs, 5)) == 5


def test_an_annex_that_holds_nearly_all_is_divided_by_its_headings() -> None:
    inside = [(Kind.HEADING, "", 2, "Lights"), *[(Kind.NUMBERED, str(n), 0, "Keep it.") for n in range(4)]]
    paragraphs = text(
        (Kind.TITLE, "", 0, "Resolution"),
        (Kind.ANNEX, "", 1, "Annex"),
        *inside,
        *inside,
        (Kind.HEADING, "", 1, "Footnotes"),
    )
    assert [s.start for s in sections(paragraphs, 20)] == [0, 1, 2, 7, 12]


def test_pages_end_before_headings_and_hold_every_paragraph() -> None:
    lines = [
        (Kind.HEADING, "", 1, "Lights") if n % 110 == 0 else (Kind.NUMBERED, str(n), 0, "Keep it.")
        for n in range(1000)
    ]
    found = pages(text(*lines))
    assert [i for page in found for i in page] == list(range(1000))
    assert [page.start for page in found] == [0, 220, 440, 660, 880]
    assert pages(text(*lines[:600])) == (range(600),)


def test_a_long_text_without_headings_has_pages_that_end_between_paragraphs() -> None:
    lines = [
        (Kind.SUBPARAGRAPH if n % 7 else Kind.NUMBERED, "", 1 if n % 7 else 0, "Keep it.") for n in range(900)
    ]
    found = pages(text(*lines))
    assert all(page.start % 7 == 0 for page in found)
    assert max(map(len, found)) <= 300
