"""What people decide about a lineage."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lineages import alignments, assert_total, pairs, paragraphs, texts

from gcmtext.errors import InvalidText
from gcmtext.text.corrections import DECIDED, Decision, Verb, decide, in_force
from gcmtext.text.model import Alignment, Evidence, Link, LinkKind, Paragraph

LINK, UNLINK, INSERTED, DELETED, WITHDRAW = Verb
DOUBTED = Evidence(0.4, 0.5, 0.5, True, 0.3)

OLD = paragraphs(
    "Keep the lights.", "Ring the bells. Sound the horns.", "Paint the towers.", "Watch the sea."
)
NEW = paragraphs("Keep the lights.", "Ring the bells.", "Sound the horns.", "Watch the sea and the sky.")
FOUND = Alignment(
    (
        Link((0,), (0,), LinkKind.SAME, 1.0, DECIDED),
        Link((1,), (1, 2), LinkKind.SPLIT, 0.6, DOUBTED),
        Link((3,), (3,), LinkKind.EDITED, 0.7, DOUBTED),
    ),
    inserted=(),
    deleted=(2,),
)


@st.composite
def cases(
    draw: st.DrawFn,
) -> tuple[Alignment, tuple[Paragraph, ...], tuple[Paragraph, ...], list[Decision]]:
    old, new = draw(texts()), draw(texts())
    found = draw(alignments(old, new))
    return found, old, new, draw(st.lists(decisions(len(old), len(new)), max_size=6))


@st.composite
def decisions(draw: st.DrawFn, old: int, new: int) -> Decision:
    verb = draw(st.sampled_from((LINK, UNLINK, INSERTED, DELETED)))
    olds = draw(st.sets(st.integers(0, old - 1), min_size=1, max_size=2))
    news = draw(st.sets(st.integers(0, new - 1), min_size=1, max_size=1 if len(olds) > 1 else 2))
    return Decision(
        verb,
        () if verb is INSERTED else tuple(sorted(olds)),
        () if verb is DELETED else tuple(sorted(news)),
    )


@settings(max_examples=60)
@given(cases())
def test_every_paragraph_has_its_place_whatever_is_decided(case) -> None:  # type: ignore[no-untyped-def]
    found, old, new, decided = case
    result = decide(found, decided, old, new)
    assert_total(result, old, new)
    assert all(len(link.old) == 1 or len(link.new) == 1 for link in result.links)


@settings(max_examples=60)
@given(cases())
def test_the_last_decision_wins(case) -> None:  # type: ignore[no-untyped-def]
    found, old, new, decided = case
    if not decided:
        return
    last = decided[-1]
    result = decide(found, decided, old, new)
    stated = {(i, j) for i in last.old for j in last.new}
    match last.verb:
        case Verb.LINK:
            assert {(i, j) for i, j in pairs(result) if i in last.old or j in last.new} == stated
            (link,) = (link for link in result.links if link.old == last.old)
            assert link.new == last.new
            assert link.confidence == 1.0
        case Verb.UNLINK:
            assert not stated & pairs(result)
        case _:
            assert set(last.new) <= set(result.inserted)
            assert set(last.old) <= set(result.deleted)


@settings(max_examples=60)
@given(cases(), st.data())
def test_decisions_survive_another_lineage(case, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    found, old, new, decided = case
    again = data.draw(alignments(old, new))
    settled_old = {i for d in decided if d.verb in (LINK, DELETED) for i in d.old}
    unsettled = {i for d in decided if d.verb is UNLINK for i in d.old}
    for i in settled_old - unsettled:
        touching = [
            {pair for pair in pairs(decide(a, decided, old, new)) if pair[0] == i} for a in (found, again)
        ]
        assert touching[0] == touching[1]


@settings(max_examples=60)
@given(cases())
def test_the_order_of_decisions_on_different_paragraphs_does_not_matter(case) -> None:  # type: ignore[no-untyped-def]
    found, old, new, decided = case
    apart: list[Decision] = []
    for decision in decided:
        if all(
            set(decision.old).isdisjoint(other.old) and set(decision.new).isdisjoint(other.new)
            for other in apart
        ):
            apart.append(decision)
    assert decide(found, apart, old, new) == decide(found, apart[::-1], old, new)


@settings(max_examples=60)
@given(cases())
def test_a_link_cut_and_tied_again_is_as_it_was_but_certain(case) -> None:  # type: ignore[no-untyped-def]
    found, old, new, _ = case
    for link in found.links:
        again = decide(
            found, [Decision(UNLINK, link.old, link.new), Decision(LINK, link.old, link.new)], old, new
        )
        assert pairs(again) == pairs(found)
        (tied,) = (k for k in again.links if k.old == link.old)
        assert tied.confidence == 1.0


@settings(max_examples=60)
@given(cases(), st.data())
def test_what_is_taken_back_has_never_been(case, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    found, old, new, decided = case
    if not decided:
        return
    number = data.draw(st.integers(0, len(decided) - 1))
    gone = decided[number]
    last = max(n for n, d in enumerate(decided) if (d.old, d.new) == (gone.old, gone.new))
    rest = [d for n, d in enumerate(decided) if n != last]
    taken_back = [*decided, Decision(WITHDRAW, gone.old, gone.new)]
    assert decide(found, taken_back, old, new) == decide(found, rest, old, new)
    assert [taken_back[n] for n in in_force(taken_back)] == rest


def test_a_doubt_that_is_confirmed_is_certain_and_keeps_its_evidence() -> None:
    result = decide(FOUND, [Decision(LINK, (1,), (1, 2))], OLD, NEW)
    assert result.links[1] == Link((1,), (1, 2), LinkKind.SPLIT, 1.0, DOUBTED)
    assert result.links[2] == FOUND.links[2]


def test_one_part_of_a_split_alone() -> None:
    result = decide(FOUND, [Decision(LINK, (1,), (1,))], OLD, NEW)
    assert [(link.old, link.new) for link in result.links] == [((0,), (0,)), ((1,), (1,)), ((3,), (3,))]
    assert result.inserted == (2,)


def test_what_was_deleted_became_a_part_of_another() -> None:
    result = decide(FOUND, [Decision(LINK, (2, 3), (3,))], OLD, NEW)
    assert result.links[-1].kind is LinkKind.MERGED
    assert result.deleted == ()


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision(LINK, (0,), (9,)), "no such paragraph"),
        (Decision(LINK, (0,), ()), "paragraphs on both sides"),
        (Decision(INSERTED, (0,), (1,)), "of the new revision only"),
        (Decision(DELETED, (), (1,)), "of the old revision only"),
        (Decision(LINK, (0, 1), (1, 2)), "not both at once"),
        (Decision(WITHDRAW, (0,), (0,)), "no such decision to take back"),
    ],
)
def test_what_cannot_be(decision: Decision, words: str) -> None:
    with pytest.raises(InvalidText, match=words):
        decide(FOUND, [decision], OLD, NEW)
