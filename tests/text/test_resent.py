"""What is proposed anew beside what there is."""

import pytest

from gcmtext.text.proposals import Proposal, ProposalKind
from gcmtext.text.resent import meetings

LIGHTS = "The lights shall be inspected every year."


def change(at: int, text: str) -> Proposal:
    return Proposal(ProposalKind.CHANGE, at, text)


def after(at: int, text: str) -> Proposal:
    return Proposal(ProposalKind.INSERT_AFTER, at, text)


@pytest.mark.parametrize(
    ("proposal", "held", "fate", "met"),
    [
        (change(3, "a"), (), "new", ()),
        (change(3, "a"), (change(2, "a"),), "new", ()),
        (change(3, "a"), (change(3, "a"),), "same", (0,)),
        (change(3, "a"), (change(2, "b"), change(3, "b")), "edited", (1,)),
        (Proposal(ProposalKind.DELETE, 3), (change(3, "b"),), "edited", (0,)),
        (
            Proposal(ProposalKind.MERGE, 3, "ab", bases=(3, 4)),
            (change(3, "a"), change(4, "b")),
            "clashes",
            (0, 1),
        ),
        (after(3, LIGHTS), (Proposal(ProposalKind.INSERT_BEFORE, 4, LIGHTS),), "same", (0,)),
        (after(3, LIGHTS), (after(3, LIGHTS.replace("year", "month")),), "edited", (0,)),
        (after(3, LIGHTS), (after(3, "Keepers have families to be housed."),), "new", ()),
        (after(3, LIGHTS), (after(5, LIGHTS),), "new", ()),
        (Proposal(ProposalKind.RESERVE, 3), (Proposal(ProposalKind.RESERVE, 3),), "same", (0,)),
        (Proposal(ProposalKind.RESERVE, 3), (change(3, "b"),), "new", ()),
    ],
)
def test_one_proposal_meets_what_there_is(
    proposal: Proposal, held: tuple[Proposal, ...], fate: str, met: tuple[int, ...]
) -> None:
    [found] = meetings([proposal], held)
    assert (found.fate, found.held) == (fate, met)


def test_what_is_the_same_is_found_before_what_is_edited() -> None:
    held = (after(3, LIGHTS),)
    found = meetings([after(3, LIGHTS.replace("year", "month")), after(3, LIGHTS)], held)
    assert [meeting.fate for meeting in found] == ["new", "same"]
