"""What paragraphs are called, and what they stand under."""

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.places import excerpt, heads_of, place_of, places

ROWS = (
    (Kind.TITLE, "", 0, "Framework on safe crossings"),
    (Kind.PREAMBULAR, "", 0, "Recalling the law of the sea in its entirety,"),
    (Kind.HEADING, "OBJECTIVE 1", 1, "Save lives"),
    (Kind.CHAPEAU, "", 0, "States will:"),
    (Kind.SUBPARAGRAPH, "(a)", 1, "Keep ports open;"),
    (Kind.NUMBERED, "14", 0, "States will also:"),
    (Kind.SUBPARAGRAPH, "(a)", 1, "Train crews:"),
    (Kind.SUBPARAGRAPH, "(i)", 2, "At sea;"),
    (Kind.SUBPARAGRAPH, "(b)", 1, "Share data."),
    (Kind.HEADING, "OBJECTIVE 2", 1, "Share costs"),
    (Kind.NUMBERED, "15", 0, "A fund is set up."),
)
DOCUMENT = Document(
    "", "en", tuple(Paragraph(i, k, label, lv, t) for i, (k, label, lv, t) in enumerate(ROWS))
)


def test_a_sub_paragraph_is_named_after_its_paragraph() -> None:
    assert [place.name for place in places(DOCUMENT)][5:9] == ["14", "14 (a)", "14 (a) (i)", "14 (b)"]


def test_a_sub_paragraph_of_a_paragraph_without_label_is_named_after_the_heading() -> None:
    place = places(DOCUMENT)[4]
    assert place.name == "(a)"
    assert place.full_name == "OBJECTIVE 1 (a)"


def test_a_paragraph_without_label_is_named_by_its_first_words() -> None:
    assert places(DOCUMENT)[1].name == "“Recalling the law of…”"


def test_a_paragraph_stands_under_its_headings_and_paragraphs() -> None:
    assert places(DOCUMENT)[7].above == (0, 2, 5, 6)
    assert places(DOCUMENT)[10].above == (0, 9)


def test_an_excerpt_says_whether_there_is_more() -> None:
    assert excerpt("Ports stay open.") == "Ports stay open."
    assert excerpt("Ports stay open to all ships.") == "Ports stay open to…"
    assert excerpt("各国承诺保持港口对所有船只开放，并尊重国际法。") == "各国承诺保持港口对所有船只开放，…"


def test_one_place_is_found_without_the_others() -> None:
    heads = heads_of(DOCUMENT.paragraphs)
    for index, place in enumerate(places(DOCUMENT)):
        assert place_of(DOCUMENT.paragraphs, index, heads) == place


LINES = st.tuples(
    st.sampled_from((Kind.TITLE, Kind.HEADING, Kind.ANNEX, Kind.NUMBERED, Kind.SUBPARAGRAPH)),
    st.sampled_from(("", "1", "(a)")),
    st.integers(0, 3),
)


@given(st.lists(LINES, max_size=12))
def test_one_place_is_that_of_all_in_any_text(lines: list[tuple[Kind, str, int]]) -> None:
    paragraphs = tuple(Paragraph(i, k, label, level, "Words.") for i, (k, label, level) in enumerate(lines))
    heads = heads_of(paragraphs)
    found = [place_of(paragraphs, index, heads) for index in range(len(paragraphs))]
    assert found == list(places(Document("", "en", paragraphs)))
