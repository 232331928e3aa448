"""Word files with what is added in bold and what goes struck out, instead of tracked changes."""

from io import BytesIO

import docx
import pytest

from gcmtext.formats.tracked_changes import read_tracked
from gcmtext.text.tracked import TrackedText


def read(*paragraphs: list[tuple[str, str]]) -> TrackedText:
    """Return what is read from paragraphs of runs, each with how it looks: "", "bold" or "struck"."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, look in runs:
            run = paragraph.add_run(text)
            run.bold = look == "bold" or None
            run.font.strike = look == "struck" or None
    written = BytesIO()
    document.save(written)
    return read_tracked(written.getvalue())


def before_and_after(tracked: TrackedText) -> tuple[list[str], list[str]]:
    return [p.text for p in tracked.base.paragraphs], [p.text for p in tracked.proposed.paragraphs]


KEPT = [("Ports shall be open to all ships at all times.", "")]


def test_bold_words_are_added_and_struck_ones_deleted() -> None:
    tracked = read(
        [("States ", ""), ("shall", "struck"), ("should", "bold"), (" open their ports.", "")], KEPT
    )
    assert before_and_after(tracked) == (
        ["States shall open their ports.", KEPT[0][0]],
        ["States should open their ports.", KEPT[0][0]],
    )
    assert [notice.code for notice in tracked.notices] == ["bold-and-struck"]
    assert tracked.authors == ("bold and struck words",)


def test_paragraphs_come_and_go_as_a_whole() -> None:
    new = (
        "We also commit to receive every ship that has lost a member of its crew, "
        "or that has one on board who is ill."
    )
    tracked = read(KEPT, [(new, "bold")], [("Fees shall be low.", "struck")], [("And so on.", "")])
    assert before_and_after(tracked) == (
        [KEPT[0][0], "Fees shall be low.", "And so on."],
        [KEPT[0][0], new, "And so on."],
    )


def test_a_heading_in_bold_is_not_new() -> None:
    tracked = read(
        [("Safety of ports", "bold")], KEPT, [("Fees", "struck"), ("Dues", "bold"), (" are low.", "")]
    )
    assert before_and_after(tracked) == (
        ["Safety of ports", KEPT[0][0], "Fees are low."],
        ["Safety of ports", KEPT[0][0], "Dues are low."],
    )


@pytest.mark.parametrize("look", ["", "bold"])
def test_bold_words_alone_say_nothing(look: str) -> None:
    tracked = read([("Ports ", ""), ("shall", look), (" be open.", "")])
    before, after = before_and_after(tracked)
    assert before == after
    assert tracked.authors == ()
