"""Places in dispute, and how what one delegation wants stands to what others want."""

from gcmtext.text.collate import collate
from gcmtext.text.collate.disputes import (
    Dispute,
    Relation,
    disputes,
    is_contested_whole,
    relations,
    wholes_of,
)
from gcmtext.text.collate.model import Collated
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission

TEXT = "Persons rescued should be brought to a place of safety as soon as possible."


def collated(**wanted: str | Proposal) -> Collated:
    base = Document("", "en", (Paragraph(0, Kind.NUMBERED, "17", 0, TEXT),))
    sent = [
        Submission(name, (said if isinstance(said, Proposal) else Proposal(ProposalKind.CHANGE, 0, said),))
        for name, said in wanted.items()
    ]
    return collate(base, sent).paragraphs[0]


def test_a_place_has_its_words_and_who_wants_what() -> None:
    found = disputes(
        collated(
            Egypt=TEXT.replace("should", "shall"),
            Ghana=TEXT.replace("should", "must"),
            Mexico=TEXT.replace("as soon as possible", "without delay"),
        )
    )
    assert found == (
        Dispute(16, 22, "should", {"Egypt": "shall", "Ghana": "must"}),
        Dispute(55, 74, "as soon as possible", {"Mexico": "without delay"}),
    )
    assert [dispute.is_conflict for dispute in found] == [True, False]


def test_who_retains_words_is_in_conflict_with_who_changes_them() -> None:
    (found,) = disputes(
        collated(Egypt=TEXT.replace("should", "shall"), Norway=Proposal(ProposalKind.RETAIN, 0))
    )
    assert found.retained == ("Norway",)
    assert found.is_conflict


def test_relations_name_the_places_of_conflict_and_of_agreement() -> None:
    found = collated(
        Egypt=TEXT.replace("should", "shall").replace("as soon as possible", "without delay"),
        Ghana=TEXT.replace("should", "shall"),
        Mexico=TEXT.replace("as soon as possible", "at once"),
        Norway=TEXT.replace("Persons", "All persons"),
    )
    assert relations(found, "Egypt") == (Relation("Ghana", (), (2,)), Relation("Mexico", (3,), ()))
    assert relations(found, "Norway") == ()


def test_who_deletes_a_paragraph_is_in_conflict_with_all_who_change_it() -> None:
    found = collated(
        Egypt=Proposal(ProposalKind.DELETE, 0),
        Ghana=Proposal(ProposalKind.DELETE, 0),
        Mexico=TEXT.replace("should", "shall"),
    )
    assert relations(found, "Egypt") == (Relation("Ghana", (), (0,)), Relation("Mexico", (0,), ()))
    assert relations(found, "Mexico") == (Relation("Egypt", (0,), ()), Relation("Ghana", (0,), ()))


DELETED, KEPT = Proposal(ProposalKind.DELETE, 0), Proposal(ProposalKind.RETAIN, 0)


def test_a_paragraph_is_contested_as_a_whole_by_those_who_would_not_do_the_same_with_it() -> None:
    other = Proposal(ProposalKind.ALTERNATIVE, 0, "Nobody is left at sea.")
    both = collated(Egypt=DELETED, Ghana=DELETED)
    assert wholes_of(both) == {"Egypt": ProposalKind.DELETE, "Ghana": ProposalKind.DELETE}
    assert not is_contested_whole(both)
    assert is_contested_whole(collated(Egypt=DELETED, Ghana=other))
    assert is_contested_whole(collated(Egypt=DELETED, Mexico=TEXT.replace("should", "shall")))
    assert is_contested_whole(collated(Egypt=DELETED, Norway=KEPT))
    assert not is_contested_whole(collated(Mexico=TEXT.replace("should", "shall"), Norway=KEPT))


def test_who_retains_a_paragraph_is_in_conflict_with_who_deletes_it() -> None:
    found = collated(Egypt=DELETED, Norway=KEPT)
    assert relations(found, "Egypt") == (Relation("Norway", (0,), ()),)
    assert relations(found, "Norway") == (Relation("Egypt", (0,), ()),)
