"""What a delegation's proposals make of the base text."""

import pytest

from gcmtext.errors import InvalidText
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, combined, own_text

TEXTS = (
    "Recalling the rescue of persons at sea,",
    "States shall keep their ports open.",
    "States shall train their coast guards. They shall publish the results.",
    "Fees shall be low.",
    "Procedures shall be short.",
)
KINDS = (Kind.PREAMBULAR, *[Kind.NUMBERED] * 4)
BASE = Document(
    "Framework on safe crossings",
    "en",
    tuple(
        Paragraph(i, kind, str(i) if i else "", 0, text)
        for i, (kind, text) in enumerate(zip(KINDS, TEXTS, strict=True))
    ),
)
K = ProposalKind


def own(*proposals: Proposal) -> list[str]:
    return [p.text for p in own_text(BASE, Submission("Mexico", proposals))]


def test_no_proposal_leaves_the_base() -> None:
    assert own_text(BASE, Submission("Mexico", ())) == BASE.paragraphs


def test_a_change_and_an_alternative_replace_and_a_deletion_leaves_nothing() -> None:
    assert own(
        Proposal(K.CHANGE, 1, "States should keep their ports open."),
        Proposal(K.ALTERNATIVE, 3, "There shall be no fees."),
        Proposal(K.DELETE, 4),
    ) == [TEXTS[0], "States should keep their ports open.", TEXTS[2], "There shall be no fees."]


def test_what_is_put_at_one_place_stands_in_the_order_of_the_proposals() -> None:
    assert own(
        Proposal(K.INSERT_AFTER, 0, "First,"),
        Proposal(K.MOVE, 4, to=1),
        Proposal(K.INSERT_BEFORE, 1, "Second."),
    ) == [TEXTS[0], "First,", TEXTS[4], "Second.", *TEXTS[1:4]]


def test_a_moved_paragraph_can_be_edited_and_go_to_the_end() -> None:
    assert own(Proposal(K.MOVE, 1, "Ports are open.", to=5)) == [TEXTS[0], *TEXTS[2:], "Ports are open."]


def test_a_paragraph_is_split_and_others_are_merged() -> None:
    parts = ("States shall train their coast guards.", "They shall publish the results.")
    merged = "Fees shall be low and procedures short."
    text = own_text(
        BASE,
        Submission(
            "Mexico",
            (Proposal(K.SPLIT, 2, parts=parts), Proposal(K.MERGE, 3, merged, bases=(3, 4))),
        ),
    )
    assert [p.text for p in text] == [*TEXTS[:2], *parts, merged]
    assert [p.label for p in text] == ["", "1", "2", "", "3"]
    assert [p.index for p in text] == [0, 1, 2, 3, 4]


def test_a_reservation_and_a_wish_to_retain_change_no_word() -> None:
    assert own(Proposal(K.RESERVE, 1, span=(7, 12)), Proposal(K.RETAIN, 3)) == list(TEXTS)


def test_a_new_paragraph_is_like_its_neighbour_unless_it_says_otherwise() -> None:
    like, other = own_text(
        BASE,
        Submission(
            "Mexico",
            (
                Proposal(K.INSERT_AFTER, 4, "New."),
                Proposal(
                    K.INSERT_AFTER, 4, "as here:", paragraph_kind=Kind.SUBPARAGRAPH, level=1, label="(a)"
                ),
            ),
        ),
    )[-2:]
    assert (like.kind, like.level, like.label) == (Kind.NUMBERED, 0, "")
    assert (other.kind, other.level, other.label) == (Kind.SUBPARAGRAPH, 1, "(a)")


def test_several_submissions_of_a_delegation_are_combined_unless_they_contradict() -> None:
    fees = Submission("Mexico", (Proposal(K.DELETE, 3), Proposal(K.INSERT_AFTER, 4, "New.")))
    ports = Submission("Mexico", (Proposal(K.DELETE, 3), Proposal(K.CHANGE, 1, "Ports are open.")))
    assert combined(BASE, [fees, ports]).proposals == (*fees.proposals, ports.proposals[1])
    other = Submission("Mexico", (Proposal(K.CHANGE, 3, "Fees shall be fair."),))
    with pytest.raises(InvalidText, match="Mexico proposes both delete and change for paragraph 3"):
        combined(BASE, [fees, other])


@pytest.mark.parametrize(
    ("proposals", "message"),
    [
        (
            (Proposal(K.DELETE, 3), Proposal(K.CHANGE, 3, "Fees shall be fair.")),
            "Mexico proposes both delete and change for paragraph 3: one text is needed for each paragraph.",
        ),
        (
            (Proposal(K.DELETE, 5),),
            "Mexico: the proposal to delete is on a paragraph that is not there: the base has 5.",
        ),
        (
            (Proposal(K.CHANGE, 0),),
            "Mexico: the proposal to change the paragraph no. 1 of the text does not say what is needed for "
            "that.",
        ),
        (
            (Proposal(K.MERGE, 2, "Both.", bases=(3, 4)),),
            "Mexico: the proposal to merge paragraph 2 does not say what is needed for that.",
        ),
        (
            (Proposal(K.MOVE, 2, to=6),),
            "Mexico: the proposal to move paragraph 2 does not say what is needed for that.",
        ),
        (
            (Proposal(K.RESERVE, 3, span=(5, 99)),),
            "Mexico: the proposal to reserve paragraph 3 does not say what is needed for that.",
        ),
    ],
)
def test_what_cannot_be_read_as_one_text_is_said(proposals: tuple[Proposal, ...], message: str) -> None:
    with pytest.raises(InvalidText) as raised:
        own(*proposals)
    assert str(raised.value) == message
