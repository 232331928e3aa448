"""The submissions of the demonstration: what delegations propose on Rev.1, and the files they send."""

import importlib.util
from collections import defaultdict
from types import ModuleType

import pytest

from gcmtext.formats import read_file
from gcmtext.resources import drafts_dir
from gcmtext.text.addresses import addresses
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, check, own_text
from gcmtext.text.segment import segment

SUBMISSIONS = drafts_dir() / "submissions"
DELEGATIONS = {
    "African Group",
    "CARICOM",
    "European Union",
    "Group of 77 and China",
    "India",
    "Marshall Islands",
    "Mexico",
    "Norway",
    "Panama",
    "Philippines",
    "Türkiye",
    "United States",
}


def _make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_submissions", SUBMISSIONS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKE = _make()
BASE = MAKE.base()
TRUTHS = MAKE.truths()
NAMES = addresses(BASE.paragraphs)


def submissions() -> dict[str, Submission]:
    return {truth["delegation"]: MAKE.submission(truth, BASE) for truth in TRUTHS.values()}


def said(proposal: Proposal) -> tuple[object, ...]:
    """Return what a proposal says, without what is said for it."""
    return (proposal.kind, proposal.at, proposal.text, proposal.to, proposal.parts, proposal.bases)


def test_twelve_delegations_make_at_least_150_proposals_of_every_kind() -> None:
    found = submissions()
    assert set(found) == DELEGATIONS
    proposals = [proposal for submission in found.values() for proposal in submission.proposals]
    assert len(proposals) >= 150
    assert {p.kind for p in proposals} >= set(ProposalKind) - {ProposalKind.INSERT_BEFORE}


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_each_submission_is_one_text_and_changes_it(name: str) -> None:
    submission = MAKE.submission(TRUTHS[name], BASE)
    check(BASE, submission)
    for proposal in submission.proposals:
        if proposal.kind is ProposalKind.CHANGE:
            assert proposal.text != BASE.paragraphs[proposal.at].text
    assert [p.text for p in own_text(BASE, submission)] != [p.text for p in BASE.paragraphs]


def test_co_sponsors_propose_the_same() -> None:
    found = submissions()
    joint = 0
    for truth in TRUTHS.values():
        for entry, proposal in zip(truth["proposals"], found[truth["delegation"]].proposals, strict=True):
            for other in entry.get("with", ()):
                joint += 1
                assert said(proposal) in map(said, found[other].proposals), (truth["delegation"], entry)
    assert joint >= 20


def test_delegations_differ_on_the_same_words() -> None:
    texts = defaultdict(set)
    for submission in submissions().values():
        for proposal in submission.proposals:
            if proposal.kind is ProposalKind.CHANGE:
                texts[proposal.at].add(proposal.text)
    assert sum(len(some) > 1 for some in texts.values()) >= 15


def test_the_next_revision_takes_up_some_proposals_word_for_word_and_leaves_others() -> None:
    rev_2 = {p.text for p in segment(read_file(drafts_dir() / "4-rev-2.md")).paragraphs}
    rev_1 = {p.text for p in BASE.paragraphs}
    texts = {
        text
        for submission in submissions().values()
        for proposal in submission.proposals
        for text in (proposal.text, *proposal.parts)
        if text and text not in rev_1
    }
    taken = texts & rev_2
    assert len(taken) >= 30
    assert len(texts - rev_2) >= 60
