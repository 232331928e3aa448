"""Drawings of a compilation: numbers that add up, and marks as great as they are."""

import pytest

from gcmtext.text.collate import collate
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission
from gcmtext.views.compilation_drawn import HEIGHT, SIDE, meets, shares, strips

BASE = Document(
    "Lights",
    "en",
    (
        Paragraph(0, Kind.TITLE, "", 0, "Lights"),
        Paragraph(1, Kind.HEADING, "I", 1, "Coasts"),
        Paragraph(2, Kind.NUMBERED, "1", 0, "States shall keep the lights of their coasts."),
        Paragraph(3, Kind.HEADING, "II", 1, "Keepers"),
        Paragraph(4, Kind.NUMBERED, "2", 0, "Keepers are to be paid in time."),
        Paragraph(5, Kind.NUMBERED, "3", 0, "Towers may be striped."),
    ),
    (),
)


def change(at: int, text: str) -> Proposal:
    return Proposal(ProposalKind.CHANGE, at, text)


SENT = (
    Submission("Egypt", (change(4, "Keepers shall be paid in time."), change(5, "Towers shall be striped."))),
    Submission("Ghana", (change(4, "Keepers shall be paid in time."),)),
    Submission("Mexico", (change(4, "Keepers should be paid in time."), Proposal(ProposalKind.DELETE, 2))),
    Submission("Norway", (Proposal(ProposalKind.DELETE, 2), Proposal(ProposalKind.RESERVE, 5))),
)
COMPILATION = collate(BASE, SENT)
SPOKEN = [(sent.delegation, proposal.at) for sent in SENT for proposal in sent.proposals]


def test_the_map_has_a_cell_for_each_paragraph_and_all_amendments() -> None:
    found = strips(COMPILATION, [at for _, at in SPOKEN])
    drawn = [[cell.place.name for cell in strip.cells] for strip in found if strip.cells]
    assert drawn == [["1"], ["2", "3"]]
    assert sum(strip.amendments for strip in found) == len(SPOKEN)
    [first, second] = [strip for strip in found if strip.cells]
    assert (first.open, first.contested) == (1, 0)
    assert (second.open, second.contested) == (2, 1)
    assert [cell.bar for cell in second.cells] == [HEIGHT, 12]
    assert second.cells[0].is_contested


def test_what_delegations_propose_adds_up_and_who_proposes_most_comes_first() -> None:
    found = strips(COMPILATION, [at for _, at in SPOKEN])
    spread = shares(found, SPOKEN)
    assert [(share.delegation, share.total) for share in spread] == [
        ("Egypt", 2),
        ("Mexico", 2),
        ("Norway", 2),
        ("Ghana", 1),
    ]
    assert spread[0].counts[-1] == 2
    assert max(max(share.sides) for share in spread) == SIDE
    assert all(
        (side > 0) == (count > 0) for s in spread for side, count in zip(s.sides, s.counts, strict=True)
    )


def test_positions_meet_where_the_same_words_are_proposed() -> None:
    found = meets(COMPILATION)
    assert found.names == ("Egypt", "Ghana", "Mexico", "Norway")
    assert found.counts == ((0, 1, 0, 0), (1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0))
    assert {(one.place.name, one.delegations) for one in found.shared} == {
        ("2", ("Egypt", "Ghana")),
        ("1", ("Mexico", "Norway")),
    }


def test_the_table_of_meetings_is_symmetric() -> None:
    counts = meets(COMPILATION).counts
    assert counts == tuple(zip(*counts, strict=True))


@pytest.mark.parametrize("amended", [[], [2]])
def test_nothing_proposed_is_drawn_as_nothing(amended: list[int]) -> None:
    found = strips(collate(BASE, []), amended)
    assert sum(strip.amendments for strip in found) == len(amended)
    assert meets(collate(BASE, [])).names == ()
    assert shares(found, []) == ()
