from docx_builder import (
    DELETED_MARK,
    INSERTED_MARK,
    abstract,
    deleted,
    footnotes,
    inserted,
    instance,
    level,
    marks,
    paragraph,
    row,
    run,
    source,
    style,
    texts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.formats.docx import View
from gcmtext.text.model import Role

BOTH = View.ACCEPTED, View.REJECTED


def both(body: str, **parts: str) -> list[list[str]]:
    return [texts(body, view, **parts) for view in BOTH]


def test_insertions_are_kept_and_deletions_dropped() -> None:
    body = paragraph(run("States ") + deleted("shall") + inserted(run("should")) + run(" cooperate"))
    assert both(body) == [["States should cooperate"], ["States shall cooperate"]]


def test_what_one_inserted_and_another_deleted_stands_in_neither_text() -> None:
    body = paragraph(run("States cooperate") + inserted(deleted(" where appropriate", "European Union")))
    assert both(body) == [["States cooperate"], ["States cooperate"]]


def test_a_move_is_read_at_its_new_place() -> None:
    body = (
        paragraph(
            '<w:moveFrom w:id="1" w:author="Mexico">' + run("Second") + "</w:moveFrom>",
            mark='<w:moveFrom w:id="2" w:author="Mexico"/>',
        )
        + paragraph("First")
        + paragraph(
            '<w:moveTo w:id="3" w:author="Mexico">' + run("Second") + "</w:moveTo>",
            mark='<w:moveTo w:id="4" w:author="Mexico"/>',
        )
        + paragraph("Third")
    )
    assert both(body) == [["First", "Second", "Third"], ["Second", "First", "Third"]]
    assert [notice.message for notice in source(body).notices] == [
        "The tracked changes are read as accepted: 1 move by Mexico."
    ]


def test_a_paragraph_without_its_mark_runs_on_and_takes_the_next_format() -> None:
    styles = style("H1", "heading 1")
    body = paragraph("Vision ", style="H1", mark=DELETED_MARK) + paragraph("and principles")
    accepted, rejected = (source(body, view, styles=styles).blocks for view in BOTH)
    assert [(block.text, block.role) for block in accepted] == [("Vision and principles", Role.BODY)]
    assert [(block.text, block.role) for block in rejected] == [
        ("Vision", Role.HEADING),
        ("and principles", Role.BODY),
    ]


def test_an_inserted_mark_splits_only_the_accepted_text() -> None:
    body = paragraph("We commit. ", mark=INSERTED_MARK) + paragraph("We decide.")
    assert both(body) == [["We commit.", "We decide."], ["We commit. We decide."]]


def test_several_deleted_marks_in_a_row() -> None:
    body = (
        paragraph("One ", mark=DELETED_MARK)
        + paragraph("two ", mark=DELETED_MARK)
        + paragraph("three")
        + paragraph("four")
    )
    assert both(body) == [["One two three", "four"], ["One", "two", "three", "four"]]


def test_a_deleted_mark_before_a_table_and_at_the_end_joins_nothing() -> None:
    body = paragraph("Before", mark=DELETED_MARK) + f"<w:tbl>{row(paragraph('a'), paragraph('b'))}</w:tbl>"
    assert both(body + paragraph("After", mark=DELETED_MARK)) == [["Before", "a | b", "After"]] * 2


def test_a_deleted_table_in_between_does_not_keep_paragraphs_apart() -> None:
    gone = row(paragraph("a"), paragraph("b"), properties='<w:del w:id="1" w:author="Mexico"/>')
    body = paragraph("Before ", mark=DELETED_MARK) + f"<w:tbl>{gone}</w:tbl>" + paragraph("after")
    assert both(body) == [["Before after"], ["Before", "a | b", "after"]]


def test_inserted_and_deleted_rows_and_cells() -> None:
    tracked = '<w:tcPr><w:{} w:id="1" w:author="Mexico"/></w:tcPr>'
    body = (
        "<w:tbl>"
        + row(paragraph("kept"), paragraph("row"))
        + row(paragraph("new"), paragraph("row"), properties='<w:ins w:id="1" w:author="Mexico"/>')
        + row(
            paragraph("kept"),
            tracked.format("cellIns") + paragraph("in"),
            tracked.format("cellDel") + paragraph("out"),
        )
        + "</w:tbl>"
    )
    assert both(body) == [["kept | row", "new | row", "kept | in"], ["kept | row", "kept | out"]]


def test_numbering_and_formats_before_the_changes() -> None:
    numbering = abstract(0, level(0, "%1.")) + instance(1, 0)
    inserted_number = (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="1" w:author="Mexico"/></w:numPr>'
    )
    was_plain = (
        '<w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:pPrChange w:id="2" w:author="Mexico"><w:pPr/></w:pPrChange>'
    )
    body = paragraph("Decides", properties=inserted_number) + paragraph("Requests", properties=was_plain)
    assert [marks(body, view, numbering=numbering) for view in BOTH] == [["1.", "2."], ["", ""]]


def test_a_note_referred_to_in_deleted_text_is_gone_and_does_not_count() -> None:
    note = '<w:footnote w:id="{0}">' + paragraph("Note {0}") + "</w:footnote>"
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = paragraph(
        run("Recalling")
        + f'<w:del w:id="1" w:author="Mexico">{reference.format(5)}</w:del>'
        + run(" and reaffirming")
        + reference.format(6)
    )
    found = footnotes(body, footnotes=note.format(5) + note.format(6))
    assert [(block.mark, block.text) for block in found] == [("1", "Note 6")]


def test_the_notice_counts_changes_by_author_and_holds_the_deleted_words() -> None:
    body = paragraph(
        run("States ")
        + deleted("shall")
        + deleted(" always")
        + inserted(run("should"))
        + inserted(run(" now"), "Holy See")
    )
    (notice,) = source(body).notices
    assert notice.code == "tracked-changes"
    assert notice.message == (
        "The tracked changes are read as accepted: "
        "1 deletion and 1 insertion by Mexico; 1 insertion by Holy See."
    )
    assert notice.text == "shall always"


def test_no_notice_without_changes() -> None:
    assert source(paragraph("States cooperate")).notices == ()


PIECES = st.lists(
    st.tuples(st.sampled_from(["kept", "ins", "del"]), st.sampled_from(["rights", "duties", "of all "])),
    max_size=6,
)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(PIECES, st.sampled_from(["", INSERTED_MARK, DELETED_MARK])), min_size=1, max_size=6)
)
def test_each_view_holds_its_words_and_no_others(paragraphs: list[tuple[list[tuple[str, str]], str]]) -> None:
    wrap = {"kept": run, "ins": lambda text: inserted(run(text)), "del": deleted}
    body = paragraph("First.") + "".join(
        paragraph("".join(wrap[kind](text) for kind, text in pieces), mark=mark)
        for pieces, mark in paragraphs
    )
    for view, dropped in zip(BOTH, ("del", "ins"), strict=True):
        expected = "".join(text for pieces, _ in paragraphs for kind, text in pieces if kind != dropped)
        assert "".join("".join(texts(body, view)).split()) == "First." + "".join(expected.split())
