"""What paragraphs are called, and what they stand under."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.places import Form, excerpt, heads_of, place_of, places, surroundings

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


def test_a_paragraph_is_called_in_a_sentence_by_what_it_is() -> None:
    assert [place.spoken for place in places(DOCUMENT)] == [
        "“Framework on safe crossings”",
        "preambular paragraph 1",
        "OBJECTIVE 1",
        "“States will:”",
        "OBJECTIVE 1 (a)",
        "paragraph 14",
        "paragraph 14 (a)",
        "paragraph 14 (a) (i)",
        "paragraph 14 (b)",
        "OBJECTIVE 2",
        "paragraph 15",
    ]


@pytest.mark.parametrize(
    ("kind", "label", "called"),
    [
        (Kind.PREAMBULAR, "PP3 bis", "preambular paragraph 3 bis"),
        (Kind.NUMBERED, "OP5", "operative paragraph 5"),
        (Kind.NUMBERED, "op 5 ter", "operative paragraph 5 ter"),
        (Kind.NUMBERED, "Article 5", "Article 5"),
        (Kind.NUMBERED, "", "“Lights are kept.”"),
        (Kind.FOOTNOTE, "4", "footnote 4"),
    ],
)
def test_labels_that_say_what_they_are(kind: Kind, label: str, called: str) -> None:
    document = Document("", "en", (Paragraph(0, kind, label, 0, "Lights are kept."),))
    assert places(document)[0].spoken == called


def test_what_has_a_name_of_its_own_needs_no_word_before_it() -> None:
    assert places(DOCUMENT)[4].form is Form.NAME


def test_words_are_shown_between_those_around_them() -> None:
    text = "Ports stay open to all ships that need them, by day and by night, in peace and in war."
    assert surroundings(text, "need them", 20) == ("…to all ships that ", "need them", ", by day and by…")
    assert surroundings(text, "Ports", 200) == ("", "Ports", text.removeprefix("Ports"))
    assert surroundings(text, "", 10) == ("", "", "Ports stay open to…")
    assert surroundings("Ports stay open.", "Harbours") == ("", "", "Ports stay open.")
    assert surroundings("各国承诺保持港口对所有船只开放", "港口", 4) == ("…承诺保持", "港口", "对所有船…")


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
