"""What a compilation holds, and that nothing is missing from it."""

from time import process_time

import pytest
from collated import cases, document, submissions_on
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.errors import InvalidText, NotFound
from gcmtext.text.collate import (
    Addition,
    Compilation,
    Mark,
    Reading,
    Unit,
    Whole,
    collate,
    in_order,
    proposals_of,
    read_back,
)
from gcmtext.text.model import Document
from gcmtext.text.proposals import Proposal, ProposalKind, Remark, Submission, gap_of, own_text

K = ProposalKind
RESCUE = "Persons rescued should be brought to a place of safety as soon as circumstances allow."
FEES = "Fees shall be low."
BASE = document(RESCUE, FEES, "Procedures shall be short.")


def compiled(*proposals: tuple[str, Proposal]) -> Compilation:
    names = dict.fromkeys(name for name, _ in proposals)
    return collate(BASE, [Submission(n, tuple(p for name, p in proposals if name == n)) for n in names])


def change(name: str, old: str, new: str, at: int = 0) -> tuple[str, Proposal]:
    return name, Proposal(K.CHANGE, at, BASE.paragraphs[at].text.replace(old, new))


def test_common_words_stand_outside_the_units_and_equal_readings_are_one() -> None:
    collated = compiled(
        change("Norway", "should", "shall"),
        change("Mexico", "should", "shall"),
        change("Egypt", "should", "may"),
        change("Ghana", "safety as soon as circumstances allow", "safety without delay"),
    ).paragraphs[0]
    assert collated.pieces == (
        "Persons rescued ",
        Unit("should", (Reading("may", ("Egypt",)), Reading("shall", ("Mexico", "Norway")))),
        " be brought to a place of safety ",
        Unit("as soon as circumstances allow", (Reading("without delay", ("Ghana",)),)),
        ".",
    )
    assert collated.is_conflict


def test_changes_that_overlap_or_touch_are_one_unit_through_any_number_of_others() -> None:
    _, unit = (
        compiled(
            change("Egypt", "as soon as circumstances", "once circumstances"),
            change("Ghana", "soon as circumstances allow", "early as conditions permit"),
            change("Japan", " allow", ""),
            change("Kenya", "safety", "rest"),
        )
        .paragraphs[0]
        .units
    )
    assert unit == Unit(
        "as soon as circumstances allow",
        (
            Reading("once circumstances allow", ("Egypt",)),
            Reading("as early as conditions permit", ("Ghana",)),
            Reading("as soon as circumstances", ("Japan",)),
        ),
    )


def test_changes_of_the_same_delegations_a_word_apart_are_one_unit() -> None:
    new = "Persons rescued should be taken to a port of safety as soon as circumstances allow."
    (unit,) = compiled(("Egypt", Proposal(K.CHANGE, 0, new))).paragraphs[0].units
    assert (unit.base, unit.readings) == (
        "brought to a place",
        (Reading("taken to a port", ("Egypt",)),),
    )


def test_a_rewritten_paragraph_is_a_reading_of_the_whole() -> None:
    new = "Rescue ends only when all are safe and their families know where they are."
    collated = compiled(
        ("Egypt", Proposal(K.CHANGE, 0, new)), change("Mexico", "should", "shall")
    ).paragraphs[0]
    assert collated.wholes == (Whole(K.CHANGE, (new,), ("Egypt",)),)
    assert [unit.base for unit in collated.units] == ["should"]
    assert collated.is_conflict


def test_what_becomes_of_whole_paragraphs_is_a_reading_too() -> None:
    compilation = compiled(
        ("Egypt", Proposal(K.DELETE, 1)),
        ("Ghana", Proposal(K.DELETE, 1)),
        ("Japan", Proposal(K.MOVE, 1, to=0)),
        ("Mexico", Proposal(K.MERGE, 1, "Fees shall be low and procedures short.", bases=(1, 2))),
    )
    assert compilation.paragraphs[1].wholes == (
        Whole(K.DELETE, (), ("Egypt", "Ghana")),
        Whole(K.MOVE, (), ("Japan",), to=0),
        Whole(K.MERGE, ("Fees shall be low and procedures short.",), ("Mexico",), bases=(1, 2), at=1),
    )
    assert compilation.paragraphs[2].wholes == (Whole(K.MERGE, (), ("Mexico",), bases=(1, 2), at=1),)
    assert compilation.paragraphs[1].pieces == (FEES,)
    ((addition,), *_) = compilation.additions
    assert (addition.versions[0].moved_from, addition.delegations) == (1, ("Japan",))
    assert (compilation.open, compilation.contested, compilation.new) == (2, 1, 0)


def test_new_paragraphs_at_one_place_are_joined_if_equal_and_grouped_if_nearly_so() -> None:
    told = "States shall tell migrants their rights before they depart."
    nearly = "States should tell migrants their rights before they depart."
    other = "A fund is set up."
    compilation = compiled(
        ("Egypt", Proposal(K.INSERT_AFTER, 0, told)),
        ("Egypt", Proposal(K.INSERT_AFTER, 0, other)),
        ("Ghana", Proposal(K.INSERT_BEFORE, 1, other)),
        ("Japan", Proposal(K.INSERT_AFTER, 0, nearly)),
        ("Mexico", Proposal(K.INSERT_AFTER, 0, told, label="1 bis")),
    )
    assert [said(addition) for addition in compilation.additions[1]] == [
        [(told, ("Egypt", "Mexico")), (nearly, ("Japan",))],
        [(other, ("Egypt", "Ghana"))],
    ]
    assert read_back(compilation, "Mexico")[1].label == "1 bis"
    assert read_back(compilation, "Egypt")[1].label == ""


def test_long_annexes_by_several_at_one_place_are_collated_in_bounded_time() -> None:
    annex = [f"Measure {n}: port {n * 7} keeps berth {n * 13} for ship {n * 17}." for n in range(600)]
    sent = [
        (name, Proposal(K.INSERT_AFTER, 0, f"{text} {'' if n % 3 else name}".strip()))
        for name in ("Egypt", "Ghana", "Mexico")
        for n, text in enumerate(annex)
    ]
    started = process_time()
    compilation = compiled(*sent)
    assert process_time() - started < 10
    shared = [addition for addition in compilation.additions[1] if len(addition.delegations) == 3]
    assert len(shared) == 400
    assert [p.text for p in read_back(compilation, "Ghana")[1:601]] == [
        p.text or "" for _, p in sent[600:1200]
    ]


def said(addition: Addition) -> list[tuple[str, tuple[str, ...]]]:
    return [(version.text, version.delegations) for version in addition.versions]


def test_reservations_and_wishes_to_retain_are_marks() -> None:
    collated = compiled(
        ("Japan", Proposal(K.RETAIN, 0, span=(16, 22))),
        ("Egypt", Proposal(K.RESERVE, 0)),
        ("Ghana", Proposal(K.RESERVE, 0)),
    ).paragraphs[0]
    assert collated.marks == (
        Mark(K.RESERVE, None, ("Egypt", "Ghana")),
        Mark(K.RETAIN, (16, 22), ("Japan",)),
    )
    assert collated.pieces == (RESCUE,)
    assert collated.is_open
    assert not collated.is_conflict


def test_who_would_retain_words_disagrees_with_who_would_change_them() -> None:
    retain = ("Japan", Proposal(K.RETAIN, 0))
    assert not compiled(retain).paragraphs[0].is_conflict
    assert compiled(retain, change("Egypt", "should", "shall")).paragraphs[0].is_conflict


def test_names_are_in_alphabetical_order_without_regard_to_case_and_accents() -> None:
    names = ["Zambia", "Türkiye", "Tunisia", "Côte d’Ivoire", "Croatia", "african Group", "Türkiye"]
    assert in_order(names) == ("african Group", "Côte d’Ivoire", "Croatia", "Tunisia", "Türkiye", "Zambia")


def test_what_is_said_of_a_paragraph_stays_with_it() -> None:
    proposal = Proposal(K.DELETE, 1, note="Fees are for States to set.")
    compilation = collate(
        BASE, [Submission("Mexico", (proposal,), (Remark(0, "We thank the facilitators."),))]
    )
    assert [[s.text for s in collated.said] for collated in compilation.paragraphs] == [
        ["We thank the facilitators."],
        ["Fees are for States to set."],
        [],
    ]
    assert [(r.at, r.text) for r in proposals_of(compilation, "Mexico").remarks] == [
        (0, "We thank the facilitators."),
        (1, "Fees are for States to set."),
    ]


def test_nobody_can_send_two_submissions_and_nobody_else_can_be_read_back() -> None:
    with pytest.raises(InvalidText, match="Mexico stands for two submissions"):
        collate(BASE, [Submission("Mexico", ())] * 2)
    with pytest.raises(NotFound, match="There is no “Peru” in the compilation"):
        read_back(collate(BASE, []), "Peru")


@given(cases())
def test_each_text_can_be_read_back(case: tuple[Document, list[Submission]]) -> None:
    base, submissions = case
    compilation = collate(base, submissions)
    for submission in submissions:
        assert read_back(compilation, submission.delegation) == own_text(base, submission)
    assert read_back(compilation, None) == base.paragraphs
    for collated in compilation.paragraphs:
        pieces = (piece.base if isinstance(piece, Unit) else piece for piece in collated.pieces)
        assert "".join(pieces) == collated.base.text


@given(cases())
def test_what_is_read_back_makes_the_same_compilation(case: tuple[Document, list[Submission]]) -> None:
    base, submissions = case
    compilation = collate(base, submissions)
    again = [proposals_of(compilation, name) for name in compilation.delegations]
    assert collate(base, again) == compilation


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_submissions_does_not_matter(case: tuple[Document, list[Submission]], random) -> None:  # type: ignore[no-untyped-def]
    base, submissions = case
    shuffled = random.sample(submissions, len(submissions))
    assert collate(base, shuffled) == collate(base, submissions)


@given(cases(), st.data())
def test_one_more_submission_changes_only_what_it_touches(
    case: tuple[Document, list[Submission]], data: st.DataObject
) -> None:
    base, submissions = case
    more = data.draw(submissions_on(base, "Zambia"))
    before, after = collate(base, submissions), collate(base, [*submissions, more])
    touched = {index for p in more.proposals for index in (p.at, *p.bases)}
    for old, new in zip(before.paragraphs, after.paragraphs, strict=True):
        assert old == new or old.base.index in touched
    gaps = {gap_of(p) for p in more.proposals}
    for gap, (was, now) in enumerate(zip(before.additions, after.additions, strict=True)):
        assert was == now or gap in gaps


@given(cases())
def test_units_are_apart_and_say_something(case: tuple[Document, list[Submission]]) -> None:
    base, submissions = case
    for collated in collate(base, submissions).paragraphs:
        for before, after in zip(collated.pieces, collated.pieces[1:], strict=False):
            assert isinstance(before, str) != isinstance(after, str)
        for unit in collated.units:
            names = [name for reading in unit.readings for name in reading.delegations]
            assert len(names) == len(set(names)) > 0
            assert unit.base not in [reading.text for reading in unit.readings]
            assert len({reading.text for reading in unit.readings}) == len(unit.readings)
