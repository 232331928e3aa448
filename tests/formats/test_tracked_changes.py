"""Word files with tracked changes: what stood there, what is proposed, who changed it, what is said of it."""

import pytest
from docx_builder import (
    DELETED_MARK,
    INSERTED_MARK,
    deleted,
    docx,
    inserted,
    paragraph,
    row,
    run,
)

from gcmtext.errors import InvalidText
from gcmtext.formats.tracked_changes import read_submitted, read_tracked
from gcmtext.text.tracked import TrackedText


def shown(tracked: TrackedText) -> list[str]:
    """The paragraphs, with what was deleted and inserted between signs and with its author."""
    signs = {"equal": "{}", "delete": "[-{}-{}]", "insert": "[+{}+{}]"}
    return [
        "".join(signs[r.operation].format(r.text, r.by.author) for r in p.runs) for p in tracked.paragraphs
    ]


def read(body: str, **parts: str) -> TrackedText:
    return read_tracked(docx(body, **parts))


def links(tracked: TrackedText) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    return [(link.old, link.new, link.kind.value) for link in tracked.alignment.links]


def test_words_of_several_authors() -> None:
    body = paragraph(
        run("States ")
        + deleted("shall")
        + inserted(run("should"), "Holy See")
        + run(" cooperate")
        + inserted(run(" closely"))
        + run(".")
    )
    assert shown(read(body)) == ["States [-shall-Mexico][+should+Holy See] cooperate[+ closely+Mexico]."]


def test_dates_are_kept() -> None:
    body = paragraph(
        run("States")
        + '<w:ins w:id="1" w:author="Mexico" w:date="2027-03-01T10:00:00Z">'
        + run(" act")
        + "</w:ins>"
    )
    (kept, added) = read(body).paragraphs[0].runs
    assert (kept.by.author, kept.by.date) == ("", "")
    assert (added.by.author, added.by.date) == ("Mexico", "2027-03-01T10:00:00Z")


def test_blanks_between_words_belong_to_what_was_changed() -> None:
    body = paragraph(run("States ") + deleted("shall ") + run("cooperate"))
    assert shown(read(body)) == ["States [-shall -Mexico]cooperate"]


def test_a_split_is_one_paragraph_before_and_two_after() -> None:
    tracked = read(paragraph("We commit. ", mark=INSERTED_MARK) + paragraph("We decide to act."))
    assert links(tracked) == [((0,), (0, 1), "split")]
    assert [p.text for p in tracked.base.paragraphs] == ["We commit. We decide to act."]
    assert shown(tracked) == ["[+We commit.+Mexico]", "[-We commit. -Mexico]We decide to act."]


def test_a_merger_is_two_paragraphs_before_and_one_after() -> None:
    tracked = read(paragraph("We commit to it. ", mark=DELETED_MARK) + paragraph("We act."))
    assert links(tracked) == [((0, 1), (0,), "merged")]
    assert shown(tracked) == ["We commit to it.[+ We act.+Mexico]", "[-We act.-Mexico]"]


def test_a_new_and_a_deleted_paragraph_are_no_split_and_no_merger() -> None:
    body = (
        paragraph("Recalling the Charter,")
        + paragraph(inserted(run("Noting the report,")), mark=INSERTED_MARK)
        + paragraph(deleted("Alarmed by the loss of lives,"), mark=DELETED_MARK)
        + paragraph("Decides to act.")
    )
    tracked = read(body)
    assert links(tracked) == [((0,), (0,), "same"), ((2,), (2,), "same")]
    assert shown(tracked) == [
        "Recalling the Charter,",
        "[+Noting the report,+Mexico]",
        "[-Alarmed by the loss of lives,-Mexico]",
        "Decides to act.",
    ]


def test_a_paragraph_typed_on_from_the_end_of_another_is_new() -> None:
    body = paragraph(run("Recalling the Charter,"), mark=INSERTED_MARK) + paragraph(
        inserted(run("Noting the report,"))
    )
    tracked = read(body)
    assert links(tracked) == [((0,), (0,), "same")]
    assert tracked.alignment.inserted == (1,)


def test_a_move_leaves_one_place_and_arrives_at_another() -> None:
    moved = '<w:{0} w:id="1" w:author="Mexico">{1}</w:{0}>'
    body = (
        paragraph(moved.format("moveFrom", run("Second")), mark='<w:moveFrom w:id="2" w:author="Mexico"/>')
        + paragraph("First")
        + paragraph(moved.format("moveTo", run("Second")), mark='<w:moveTo w:id="4" w:author="Mexico"/>')
        + paragraph("Third")
    )
    tracked = read(body)
    assert ((0,), (1,), "moved") in links(tracked)
    assert shown(tracked) == ["[-Second-Mexico]", "First", "[+Second+Mexico]", "Third"]


def test_rows_and_cells() -> None:
    body = (
        "<w:tbl>"
        + row(paragraph("Port"), paragraph("Fee"))
        + row(paragraph("Aden"), paragraph(deleted("10") + inserted(run("5"))))
        + row(paragraph("Bari"), paragraph("7"), properties='<w:del w:id="1" w:author="Holy See"/>')
        + "</w:tbl>"
    )
    assert shown(read(body)) == [
        "Port | Fee",
        "Aden[- | 10-Mexico][+ | 5+Mexico]",
        "[-Bari | 7-Holy See]",
    ]


def test_a_note_shares_the_fate_of_its_number_in_the_text() -> None:
    note = '<w:footnote w:id="5">' + paragraph("Resolution 73/195.") + "</w:footnote>"
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    tracked = read(paragraph(run("Recalling it") + inserted(reference)), footnotes=note)
    assert shown(tracked) == ["Recalling it", "[+Resolution 73/195.+Mexico]"]


def test_a_typed_label_is_no_part_of_the_text() -> None:
    body = paragraph(run("1.\tStates ") + deleted("shall") + inserted(run("may")) + run(" act"))
    tracked = read(body)
    assert tracked.base.paragraphs[0].label == "1"
    assert shown(tracked) == ["States [-shall-Mexico][+may+Mexico] act"]


def test_a_change_of_the_number_alone_changes_no_words() -> None:
    body = paragraph(deleted("1.") + inserted(run("2.")) + run("\tStates act"))
    tracked = read(body)
    assert (tracked.base.paragraphs[0].label, tracked.proposed.paragraphs[0].label) == ("1", "2")
    assert shown(tracked) == ["States act"]


def test_changes_of_the_format_are_counted_and_left_out() -> None:
    was_plain = '<w:rPrChange w:id="1" w:author="Mexico"><w:rPr/></w:rPrChange>'
    bold = f"<w:r><w:rPr><w:b/>{was_plain}</w:rPr><w:t>act</w:t></w:r>"
    tracked = read(paragraph(bold))
    assert shown(tracked) == ["act"]
    assert [n.message for n in tracked.notices] == [
        "1 change of the format alone is left out: it changes no words."
    ]


def test_what_one_inserted_and_another_deleted_is_named() -> None:
    tracked = read(paragraph(run("States act") + inserted(deleted(" where appropriate", "Holy See"))))
    assert shown(tracked) == ["States act"]
    (notice,) = tracked.notices
    assert (notice.code, notice.text) == ("withdrawn", "where appropriate")


COMMENT = '<w:comment w:id="{0}" w:author="{1}" w:date="2027-03-01T10:00:00Z">{2}</w:comment>'
STARTS, ENDS = '<w:commentRangeStart w:id="{}"/>', '<w:commentRangeEnd w:id="{}"/>'


def test_comments_keep_their_place_and_their_author() -> None:
    body = paragraph("First.") + paragraph(
        run("States ") + STARTS.format(7) + run("shall") + ENDS.format(7) + run(" act.")
    )
    (comment,) = read(body, comments=COMMENT.format(7, "Holy See", paragraph("Too strong."))).comments
    assert (comment.by.author, comment.by.date) == ("Holy See", "2027-03-01T10:00:00Z")
    assert (comment.on, comment.text) == ("shall", "Too strong.")
    assert (comment.base, comment.proposed) == (1, 1)


def test_a_comment_on_deleted_words_is_with_the_paragraph_they_stood_in() -> None:
    body = (
        paragraph("First.")
        + paragraph(STARTS.format(7) + deleted("Second.") + ENDS.format(7), mark=DELETED_MARK)
        + paragraph("Third.")
    )
    (comment,) = read(body, comments=COMMENT.format(7, "Holy See", paragraph("Why?"))).comments
    assert (comment.on, comment.base, comment.proposed) == ("Second.", 1, None)


def test_replies_are_with_what_they_reply_to() -> None:
    word14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    word15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'

    def said(identity: int, author: str, words: str) -> str:
        text = f'<w:p {word14} w14:paraId="0000000{identity}">{run(words)}</w:p>'
        return COMMENT.format(identity, author, text)

    threads = (
        f'<w15:commentEx {word15} w15:paraId="00000001" w15:done="0"/>'
        f'<w15:commentEx {word15} w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/>'
    )
    body = paragraph(STARTS.format(1) + run("States") + ENDS.format(1) + run(" act."))
    (comment,) = read(
        body, comments=said(1, "Mexico", "All States?") + said(2, "Chile", "Yes."), commentsExtended=threads
    ).comments
    assert [(reply.by.author, reply.text) for reply in comment.replies] == [("Chile", "Yes.")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("eu.docx", b"", "eu.docx is empty: choose the file that holds the text."),
        ("eu.docx", docx(paragraph("Words"))[:300], "eu.docx is cut short or damaged"),
        ("eu.docx", docx(""), "eu.docx: The file holds no words"),
        (
            "eu.docm",
            docx(paragraph("Words")),
            "eu.docm may hold macros and is not opened: save it as a Word document (.docx).",
        ),
        (
            "eu.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
            "eu.docx is encrypted or in the old Word format",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InvalidText) as caught:
        read_submitted(data, name)
    assert str(caught.value).startswith(said)


def test_a_file_that_deletes_everything_is_read() -> None:
    tracked = read(paragraph(deleted("States act."), mark=DELETED_MARK) + paragraph(""))
    assert shown(tracked) == ["[-States act.-Mexico]"]
    assert tracked.proposed.paragraphs == ()
