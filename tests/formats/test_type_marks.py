"""Files in which added words are bold or underlined and deleted ones struck, as the base bears out."""

from docx_builder import docx, paragraph, run

from gcmtext.formats.tracked_changes import read_submitted
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import own_text
from gcmtext.text.tracked import TrackedText, against, submission_of

HEADING = "Action at sea"
FIRST = "States shall open their ports to every ship in distress."
SECOND = "A fund shall be set up before the end of the year."
BASE = Document(
    "",
    "en",
    tuple(Paragraph(i, Kind.TEXT, "", 0, text) for i, text in enumerate([HEADING, FIRST, SECOND])),
)


def set_in(mark: str, text: str) -> str:
    return run(text).replace("<w:rPr></w:rPr>", f"<w:rPr>{mark}</w:rPr>")


def bold(text: str) -> str:
    return set_in("<w:b/>", text)


def underlined(text: str) -> str:
    return set_in('<w:u w:val="single"/>', text)


def struck(text: str) -> str:
    return set_in("<w:strike/>", text)


def shown(tracked: TrackedText) -> list[str]:
    signs = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return ["".join(signs[r.operation].format(r.text) for r in p.runs) for p in tracked.paragraphs]


def word(*paragraphs: str) -> TrackedText:
    return read_submitted(docx("".join(paragraphs)), "eu.docx", BASE)


CHANGED = paragraph(
    run("States ") + struck("shall") + bold("should") + run(" open their ports to every ship in distress.")
)


def test_bold_words_are_added_and_struck_ones_deleted_but_a_bold_heading_is_a_heading() -> None:
    tracked = word(paragraph(bold(HEADING)), CHANGED, paragraph(SECOND))
    assert shown(tracked) == [
        HEADING,
        "States [-shall-][+should+] open their ports to every ship in distress.",
        SECOND,
    ]
    assert [n.code for n in against(BASE, tracked).notices] == ["bold-and-struck"]


def test_underlined_words_are_added_as_the_world_health_assembly_has_it() -> None:
    added = paragraph(run(FIRST[:-1]) + underlined(" at any time") + run("."))
    assert shown(word(paragraph(HEADING), added, paragraph(SECOND)))[1] == (
        "States shall open their ports to every ship in distress[+ at any time+]."
    )


def test_a_bold_paragraph_that_is_not_in_the_base_is_new_and_a_struck_one_is_gone() -> None:
    tracked = word(
        paragraph(HEADING), CHANGED, paragraph(bold("Data shall be shared.")), paragraph(struck(SECOND))
    )
    assert shown(tracked)[2:] == ["[+Data shall be shared.+]", f"[-{SECOND}-]"]
    submission, _ = submission_of(BASE, tracked, "Mexico")
    assert [p.text for p in own_text(BASE, submission)] == [
        HEADING,
        "States should open their ports to every ship in distress.",
        "Data shall be shared.",
    ]


def test_what_the_base_does_not_bear_out_is_named_and_not_guessed() -> None:
    doubtful = paragraph(
        run("A fund ") + bold("of ten million") + run(" is set up ") + struck("at once") + run(".")
    )
    tracked = word(paragraph(HEADING), CHANGED, doubtful)
    assert shown(tracked)[2] == "A fund of ten million is set up [-at once-]."
    assert [n.code for n in tracked.notices] == ["bold-and-struck", "uncertain-marks"]


def test_bold_for_weight_in_a_clean_file_is_no_change() -> None:
    tracked = word(
        paragraph(bold(HEADING)),
        paragraph(run("States ") + bold("shall") + run(FIRST[12:])),
        paragraph(SECOND),
    )
    assert shown(tracked) == [HEADING, FIRST, SECOND]


def test_markdown_and_html_are_read_alike() -> None:
    markdown = (
        f"{HEADING}\n\nStates ~~shall~~**should** open their ports to every ship in distress.\n\n{SECOND}\n"
    )
    changed = "States <s>shall</s><b>should</b> open their ports to every ship in distress."
    page = f"<p>{HEADING}</p><p>{changed}</p><p>{SECOND}</p>"
    for data, name in ((markdown, "eu.md"), (page, "eu.html")):
        tracked = read_submitted(data.encode(), name, BASE)
        assert shown(tracked)[1] == "States [-shall-][+should+] open their ports to every ship in distress."
