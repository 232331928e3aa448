"""Word files of one delegation: written, read back, and told as the same proposals."""

from datetime import UTC, datetime

from hypothesis import given, settings
from submissions import BASE, submissions

from gcmtext.formats.docx_tracked import write_submission
from gcmtext.formats.tracked_changes import read_tracked
from gcmtext.text.proposals import Proposal, ProposalKind, Remark, Submission, own_text
from gcmtext.text.tracked import submission_of

DATE = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def back(submission: Submission) -> Submission:
    tracked = read_tracked(write_submission(BASE, submission, DATE))
    return submission_of(BASE, tracked, submission.delegation)[0]


@settings(max_examples=100)
@given(submissions())
def test_any_submission_comes_back_from_its_word_file(submission: Submission) -> None:
    tracked = read_tracked(write_submission(BASE, submission, DATE))
    assert [p.text for p in tracked.base.paragraphs] == [p.text for p in BASE.paragraphs]
    found, _ = submission_of(BASE, tracked, "Mexico")
    assert [p.text for p in own_text(BASE, found)] == [p.text for p in own_text(BASE, submission)]
    assert set(tracked.authors) <= {"Mexico"}
    said = [c.text for c in tracked.comments]
    assert sorted(said) == sorted(p.note for p in submission.proposals if p.note)


def test_each_kind_of_proposal_comes_back_as_it_was_made() -> None:
    submission = Submission(
        "Mexico",
        (
            Proposal(
                ProposalKind.CHANGE,
                2,
                "Each State should name an office to which families may turn.",
                note="Soft law.",
            ),
            Proposal(ProposalKind.MOVE, 3, to=8),
            Proposal(
                ProposalKind.SPLIT,
                4,
                parts=("States shall train coast guards.", "They shall publish results."),
            ),
            Proposal(
                ProposalKind.MERGE,
                5,
                "Fees for documents shall be low. Procedures shall be short and clear.",
                bases=(5, 6),
            ),
            Proposal(ProposalKind.DELETE, 7, note="No fund is needed."),
            Proposal(ProposalKind.RESERVE, 0, note="On the title."),
            Proposal(ProposalKind.RETAIN, 1, span=(0, 6)),
        ),
        (Remark(1, "Mexico will speak on this heading.", "Mexico"),),
    )
    found = back(submission)
    assert sorted(found.proposals, key=lambda p: p.at) == sorted(submission.proposals, key=lambda p: p.at)
    assert found.remarks == submission.remarks
