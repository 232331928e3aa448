"""Histories over several revisions."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.text.align import align
from gcmtext.text.compose import compose
from gcmtext.text.history import histories
from gcmtext.text.model import Kind, LinkKind, Paragraph

LAMPS = "We commit to keep every lamp on the coast lit from dusk to dawn"
HORNS = "We commit to sound horns in fog so that ships may steer by them"
KEEPERS = "We commit to train keepers of both sexes and of all ages in their trade"


def text(*words: str) -> list[Paragraph]:
    return [Paragraph(i, Kind.NUMBERED, str(i + 1), 0, w) for i, w in enumerate(words)]


def test_a_paragraph_is_traced_back_to_where_it_began() -> None:
    revisions = [
        text(LAMPS, HORNS),
        text(KEEPERS, LAMPS, HORNS),
        text(KEEPERS, LAMPS + " and in storms", HORNS),
    ]
    alignments = [align(a, b) for a, b in pairwise(revisions)]
    keepers, lamps, horns = histories(alignments, 3)
    assert [(s.revision, s.paragraphs) for s in keepers.states] == [(1, (0,)), (2, (0,))]
    assert [(s.revision, s.paragraphs, s.kinds) for s in lamps.states] == [
        (0, (0,), (LinkKind.SAME,)),
        (1, (1,), (LinkKind.EDITED,)),
        (2, (1,), ()),
    ]
    assert [s.paragraphs for s in horns.states] == [(1,), (2,), (2,)]


def test_a_merged_paragraph_has_several_beginnings() -> None:
    revisions = [text(LAMPS, HORNS), text(f"{LAMPS}. {HORNS}")]
    [history] = histories([align(*revisions)], 1)
    assert history.states[0].paragraphs == (0, 1)
    assert history.states[0].kinds == (LinkKind.MERGED,)


def test_a_text_without_predecessor_begins_here() -> None:
    [history] = histories([], 1)
    assert [(s.revision, s.paragraphs) for s in history.states] == [(0, (0,))]
    assert history.confidence == 1


SENTENCES = [LAMPS, HORNS, KEEPERS, f"{LAMPS}. {HORNS}", "We recall the purposes of the Charter", "Annex"]


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), min_size=2, max_size=4))
def test_histories_agree_with_the_composed_lineage(drafts: list[list[str]]) -> None:
    revisions = [text(*draft) for draft in drafts]
    alignments = [align(a, b) for a, b in pairwise(revisions)]
    composed = compose(alignments, revisions[0], revisions[-1])
    beginnings = {j: set(link.old) for link in composed.links for j in link.new}
    for history in histories(alignments, len(revisions[-1])):
        first = history.states[0]
        if first.revision == 0:
            # Composing joins what meets on the way, so it knows of these beginnings and perhaps of more.
            assert set(first.paragraphs) <= beginnings[history.index]
        else:
            assert history.index not in beginnings
