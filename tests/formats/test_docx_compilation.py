"""Word files of several delegations: reject all and it is the base; each delegation's text is in it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libreoffice import resolved_by_libreoffice
from submissions import BASE, submissions

from gcmtext.formats.docx import View, read_view
from gcmtext.formats.docx_tracked import write_compilation, write_submission
from gcmtext.formats.tracked_changes import read_tracked
from gcmtext.text.collate import collate
from gcmtext.text.model import Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Remark, Submission, own_text
from gcmtext.text.segment import segment
from gcmtext.text.tracked import submission_of

DATE = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
NAMES = ("Chile", "European Union", "Mexico")


def texts(paragraphs: Iterable[Paragraph]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs]


def own(data: bytes, name: str) -> list[str]:
    """The text of one delegation, read from the file of all."""
    submission, _ = submission_of(BASE, read_tracked(data, name), name)
    return texts(own_text(BASE, submission))


@settings(max_examples=60)
@given(st.tuples(*(submissions(delegation=name) for name in NAMES)))
def test_each_text_comes_back_from_the_file_of_all(sent: tuple[Submission, ...]) -> None:
    data = write_compilation(collate(BASE, sent), DATE)
    assert texts(segment(read_view(data, View.REJECTED)).paragraphs) == texts(BASE.paragraphs)
    for submission in sent:
        assert own(data, submission.delegation) == texts(own_text(BASE, submission))


def change(name: str, text: str, at: int = 3) -> Submission:
    return Submission(name, (Proposal(ProposalKind.CHANGE, at, text),))


def test_equal_readings_are_by_all_who_make_them_and_others_follow() -> None:
    data = write_compilation(
        collate(
            BASE,
            [
                change("Mexico", "Data on departures should be exchanged among all States."),
                change("Chile", "Data on departures should be exchanged among all States."),
                change("European Union", "Data on departures may be exchanged among all States."),
            ],
        ),
        DATE,
    )
    paragraph = next(p for p in read_tracked(data).paragraphs if p.base == 3)
    assert [(r.operation, r.text, r.by.author) for r in paragraph.runs] == [
        ("equal", "Data on departures ", ""),
        ("delete", "shall", "Chile; European Union; Mexico"),
        ("insert", "should", "Chile; Mexico"),
        ("insert", "may", "European Union"),
        ("equal", " be exchanged among all States.", ""),
    ]


def test_reasons_reservations_and_conflicts_are_comments() -> None:
    sent = [
        Submission("Mexico", (Proposal(ProposalKind.DELETE, 7, note="No fund."),)),
        Submission("Chile", (Proposal(ProposalKind.RESERVE, 7, span=(2, 6)),)),
        Submission("European Union", (), (Remark(7, "Who pays?"),)),
        change("Holy See", "A fund shall be set up.", 7),
    ]
    comments = read_tracked(write_compilation(collate(BASE, sent), DATE)).comments
    assert [(c.by.author, c.on if c.by.author == "Chile" else "", c.text) for c in comments] == [
        ("Chile", "fund", "Reservation"),
        ("European Union", "", "Who pays?"),
        ("Mexico", "", "No fund."),
        ("Compilation", "", "Not agreed, the paragraph: delete (Mexico); change in it (Holy See)."),
    ]


def test_each_change_has_the_date_of_its_delegation() -> None:
    dates = {"Mexico": datetime(2027, 2, 26, 18, 0, tzinfo=UTC)}
    sent = [
        change("Mexico", "Data on all departures shall be exchanged among all States."),
        change("Chile", "Data on departures shall be exchanged among all States at once."),
    ]
    data = write_compilation(collate(BASE, sent), DATE, dates)
    signatures = {r.by for p in read_tracked(data).paragraphs for r in p.runs}
    assert {(s.author, s.date) for s in signatures if s.author in NAMES} == {
        ("Chile", "2027-03-01T09:30:00Z"),
        ("Mexico", "2027-02-26T18:00:00Z"),
    }


def test_the_same_compilation_gives_the_same_bytes() -> None:
    sent = [change("Mexico", "Data."), change("Chile", "No data.")]
    first, second = (write_compilation(collate(BASE, order), DATE) for order in (sent, sent[::-1]))
    assert first == second


@pytest.mark.slow
def test_libreoffice_comes_to_the_base_and_to_the_text_of_one(tmp_path: Path) -> None:
    mexico = Submission(
        "Mexico",
        (
            Proposal(ProposalKind.CHANGE, 3, "Data on departures should be exchanged among all States."),
            Proposal(ProposalKind.MOVE, 6, to=5),
            Proposal(ProposalKind.INSERT_AFTER, 2, "Offices shall be open.", label="1 bis"),
        ),
    )
    others = [
        change("European Union", "Data on departures should be exchanged among all States."),
        Submission(
            "Chile", (Proposal(ProposalKind.DELETE, 7), Proposal(ProposalKind.INSERT_AFTER, 7, "No fund."))
        ),
    ]
    one, all_ = (
        resolved_by_libreoffice(data, folder(tmp_path, name))
        for name, data in (
            ("one", write_submission(BASE, mexico, DATE)),
            ("all", write_compilation(collate(BASE, [mexico, *others]), DATE)),
        )
    )
    assert one == {"accepted": printed(own_text(BASE, mexico)), "rejected": printed(BASE.paragraphs)}
    assert all_["rejected"] == printed(BASE.paragraphs)


def folder(path: Path, name: str) -> Path:
    (path / name).mkdir()
    return path / name


def printed(paragraphs: Iterable[Paragraph]) -> list[str]:
    return [f"{p.label}\t{p.text}" if p.label else p.text for p in paragraphs]
