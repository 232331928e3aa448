"""One paragraph through all revisions."""

from itertools import pairwise

from gcmtext.text.align import align
from gcmtext.text.history import histories
from gcmtext.text.lifeline import FoundLinks, lifeline, redlines_of
from gcmtext.text.model import Kind, LinkKind, Paragraph

LAMPS = "We commit to keep every lamp on the coast lit from dusk to dawn"
HORNS = "We commit to sound horns in fog so that ships may steer by them"
KEEPERS = "We commit to train keepers of both sexes and of all ages in their trade"


def text(*lines: str) -> list[Paragraph]:
    return [Paragraph(i, Kind.NUMBERED, str(i + 1), 0, line) for i, line in enumerate(lines)]


REVISIONS = (
    text(LAMPS, HORNS),
    text(KEEPERS, f"{LAMPS}. {HORNS}"),
    text(KEEPERS, LAMPS, HORNS + " at all hours"),
    text(LAMPS, HORNS + " at all hours"),
)
ALIGNMENTS = [align(a, b) for a, b in pairwise(REVISIONS)]
STEPS = [FoundLinks(alignment.links) for alignment in ALIGNMENTS]


def test_it_goes_back_through_a_split_and_a_merger() -> None:
    found = lifeline(STEPS, 3, 0)
    assert [(s.revision, s.paragraphs) for s in found.stages] == [
        (0, (0, 1)),
        (1, (1,)),
        (2, (1,)),
        (3, (0,)),
    ]
    assert [[link.kind for link in s.links] for s in found.stages] == [
        [],
        [LinkKind.MERGED],
        [LinkKind.SPLIT],
        [LinkKind.SAME],
    ]
    assert found.lost is None


def test_it_goes_on_to_all_that_came_out_of_a_paragraph() -> None:
    found = lifeline(STEPS, 0, 0)
    assert [s.paragraphs for s in found.stages] == [(0,), (1,), (1, 2), (0, 1)]


def test_it_begins_where_a_paragraph_is_new_and_ends_where_it_is_deleted() -> None:
    found = lifeline(STEPS, 2, 0)
    assert [(s.revision, s.paragraphs) for s in found.stages] == [(1, (0,)), (2, (0,))]
    assert found.stages[0].pieces == ((0, None),)
    assert found.lost == 3


def test_backwards_it_is_the_history() -> None:
    for history in histories(ALIGNMENTS, len(REVISIONS[3])):
        stages = lifeline(STEPS, 3, history.index).stages
        assert [(s.revision, s.paragraphs) for s in stages] == [
            (s.revision, s.paragraphs) for s in history.states
        ]


def test_each_part_of_a_split_has_its_redline() -> None:
    (link,) = lifeline(STEPS, 2, 2).stages[-2].links
    lamps, horns = redlines_of(link, [REVISIONS[1][1]], REVISIONS[2][1:])
    assert "".join(words for operation, words in lamps if operation != "delete") == LAMPS
    assert ("insert", " at all hours") in horns
