"""What a delegation proposes with a file, held against the base it should have been made on."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from submissions import BASE

from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, own_text
from gcmtext.text.tracked import TrackedText, against, submission_of, untracked
from gcmtext.text.tracked.model import Run, Signature, TrackedComment, TrackedParagraph


def document(*texts: str, language: str = "en") -> Document:
    return Document("", language, tuple(Paragraph(i, Kind.TEXT, "", 0, t) for i, t in enumerate(texts)))


def texts(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs]


PORTS = document(
    "States shall open their ports to every ship in distress.",
    "Data on departures shall be exchanged among all States each month.",
    "A fund shall be set up before the end of the year.",
)
MEXICO = Signature("Mexico", "2027-03-01T10:00:00Z")


def edited(*runs: Run) -> TrackedText:
    """The ports with one more change in their second paragraph, tracked."""
    tracked = untracked(PORTS)
    after = "".join(run.text for run in runs if run.operation != "delete")
    changed = replace(PORTS.paragraphs[1], text=after)
    proposed = replace(PORTS, paragraphs=(PORTS.paragraphs[0], changed, PORTS.paragraphs[2]))
    paragraphs = (tracked.paragraphs[0], TrackedParagraph(1, 1, runs), tracked.paragraphs[2])
    return replace(tracked, proposed=proposed, paragraphs=paragraphs)


TRACKED = edited(
    Run("equal", "Data on departures "),
    Run("delete", "shall", MEXICO),
    Run("insert", "should", MEXICO),
    Run("equal", " be exchanged among all States each month."),
)


def codes(tracked: TrackedText) -> list[str]:
    return [notice.code for notice in tracked.notices]


def test_a_file_made_on_the_base_says_what_is_tracked_and_no_more() -> None:
    found = against(PORTS, TRACKED)
    assert found.paragraphs == TRACKED.paragraphs
    assert codes(found) == []


def test_what_was_changed_with_tracking_off_is_untracked_and_its_place_is_named() -> None:
    base = document(
        PORTS.paragraphs[0].text,
        "Data on all departures shall be exchanged among all States each month.",
        PORTS.paragraphs[2].text,
    )
    found = against(base, TRACKED)
    assert [(r.operation, r.text, r.by.author) for r in found.paragraphs[1].runs] == [
        ("equal", "Data on ", ""),
        ("delete", "all ", "untracked"),
        ("equal", "departures ", ""),
        ("delete", "shall", "Mexico"),
        ("insert", "should", "Mexico"),
        ("equal", " be exchanged among all States each month.", ""),
    ]
    (notice,) = found.notices
    assert notice.code == "untracked"
    assert notice.message.endswith("What differs is shown as untracked: “Data on all departures…”.")


def test_a_paragraph_that_the_file_lacks_is_deleted_without_tracking() -> None:
    base = document(*texts(PORTS.paragraphs), "Each State shall report on this to the Secretary-General.")
    found = against(base, TRACKED)
    assert found.paragraphs[-1] == TrackedParagraph(
        3, None, (Run("delete", base.paragraphs[3].text, Signature("untracked")),)
    )
    submission, _ = submission_of(base, TRACKED, "Mexico")
    assert Proposal(ProposalKind.DELETE, 3) in submission.proposals


def test_a_clean_file_is_compared_with_the_base() -> None:
    own = document(PORTS.paragraphs[0].text, "Data shall be exchanged among all States each month.")
    submission, notices = submission_of(PORTS, untracked(own), "Mexico")
    assert submission.proposals == (
        Proposal(ProposalKind.CHANGE, 1, own.paragraphs[1].text),
        Proposal(ProposalKind.DELETE, 2),
    )
    assert [notice.code for notice in notices] == ["compared"]


def test_a_file_on_another_text_says_so() -> None:
    other = document("The lighthouse keepers of the northern coast met in spring and chose a speaker.")
    assert codes(against(PORTS, untracked(other))) == ["other-text"]


def test_places_that_differ_are_named_with_what_they_stand_under() -> None:
    fees = replace(BASE.paragraphs[5], text="Fees for documents should be low.")
    own = replace(BASE, paragraphs=(*BASE.paragraphs[:5], fees, *BASE.paragraphs[6:]))
    (notice,) = against(BASE, untracked(own)).notices
    assert notice.message == "The file has no tracked changes and was compared with the base: 2 (b)."


def test_where_much_differs_a_person_is_told_to_look_at_the_revision() -> None:
    base = document(*(f"Port no. {n} shall open its gates to all ships in distress." for n in range(60)))
    own = document(*(p.text.replace("shall", "may") if p.index % 3 == 0 else p.text for p in base.paragraphs))
    (notice,) = against(base, untracked(own)).notices
    assert notice.message.endswith(
        "and 8 more. So much differs (20 places): look whether it was made on this revision."
    )


def test_a_file_in_another_language_says_so() -> None:
    other = document("Les États ouvrent leurs ports à tout navire en détresse.", language="fr")
    (notice,) = against(PORTS, untracked(other)).notices
    assert notice.message == (
        "The file is in French and the base in English: ask for the changes in the language of the base."
    )


def test_a_file_that_changes_nothing_says_so() -> None:
    assert codes(against(PORTS, untracked(PORTS))) == ["no-changes"]


def test_a_file_that_deletes_everything_says_so() -> None:
    gone = replace(
        untracked(PORTS),
        proposed=document(),
        alignment=replace(untracked(PORTS).alignment, links=(), deleted=(0, 1, 2)),
        paragraphs=tuple(
            TrackedParagraph(p.index, None, (Run("delete", p.text, MEXICO),)) for p in PORTS.paragraphs
        ),
    )
    submission, notices = submission_of(PORTS, gone, "Mexico")
    assert {p.kind for p in submission.proposals} == {ProposalKind.DELETE}
    assert [notice.code for notice in notices] == ["deletes-all"]


def test_comments_are_with_the_proposal_on_their_paragraph_or_remarks() -> None:
    chile = Signature("Ana Ruiz")
    reply = TrackedComment(Signature("Li Wei"), "We agree.")
    tracked = replace(
        TRACKED,
        comments=(
            TrackedComment(chile, "“Should” is enough.", "should", 1, 1, (reply,)),
            TrackedComment(chile, "Which year?", "the year", 2, 2),
        ),
    )
    submission, _ = submission_of(PORTS, tracked, "Chile")
    assert [p.note for p in submission.proposals] == ["“Should” is enough.\nLi Wei: We agree."]
    assert [(r.at, r.text, r.author) for r in submission.remarks] == [(2, "Which year?", "Ana Ruiz")]


SENTENCES = [p.text for p in BASE.paragraphs] + [
    "Ports shall stay open at all times of the year.",
    "Each State shall name an office to which all families may turn.",
    "States shall train coast guards.",
]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(SENTENCES), max_size=10))
def test_the_text_of_any_clean_file_comes_back_from_its_proposals(sentences: list[str]) -> None:
    own = document(*sentences)
    submission, _ = submission_of(BASE, untracked(own), "Mexico")
    assert texts(own_text(BASE, submission)) == sentences


@settings(max_examples=50)
@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.lists(st.sampled_from(SENTENCES), max_size=8))
def test_every_paragraph_of_both_texts_is_shown_once_and_in_order(old: list[str], new: list[str]) -> None:
    base = document(*old)
    found = against(base, untracked(document(*new)))
    before = [
        "".join(r.text for r in p.runs if r.operation != "insert")
        for p in found.paragraphs
        if p.base is not None
    ]
    after = [
        "".join(r.text for r in p.runs if r.operation != "delete")
        for p in found.paragraphs
        if p.proposed is not None
    ]
    assert (before, after) == (old, new)
