"""The submissions of the demonstration: what delegations propose on Rev.1, and the files they send."""

import importlib.util
from collections import defaultdict
from io import BytesIO
from types import ModuleType
from zipfile import ZipFile

import pytest

from gcmtext.formats import read_file
from gcmtext.formats.submissions import read_submission
from gcmtext.resources import drafts_dir
from gcmtext.text.addresses import addresses
from gcmtext.text.collate import collate, read_back
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


def sent(name: str) -> bytes:
    return (SUBMISSIONS / f"{name}.docx").read_bytes()


def text(submission: Submission) -> list[tuple[str, str]]:
    return [(p.label, p.text) for p in own_text(BASE, submission)]


def by_form(*forms: str) -> list[str]:
    return [name for name, truth in TRUTHS.items() if truth["form"] in forms]


TRACKED = by_form("tracked changes", "tracked changes, one of them untracked", "bold and struck words")
IN_WORD = [*TRACKED, *by_form("clean text")]


def read(name: str) -> tuple[Submission, list[str]]:
    submission, notices = read_submission(sent(name), f"{name}.docx", BASE, TRUTHS[name]["delegation"])
    return submission, [notice.code for notice in notices]


def test_delegations_send_files_of_each_form() -> None:
    assert len(TRACKED) >= 8
    assert len(by_form("clean text")) == 1
    assert len(by_form("list of instructions")) == 1
    assert len(by_form("bold and struck words")) == 1
    assert sum(len(sent(name)) for name in TRUTHS) < 300_000


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_the_file_is_the_one_that_the_script_makes(name: str) -> None:
    def parts(data: bytes) -> dict[str, bytes]:
        with ZipFile(BytesIO(data)) as package:
            return {part: package.read(part) for part in package.namelist()}

    assert parts(sent(name)) == parts(MAKE.file_of(TRUTHS[name], BASE))


@pytest.mark.parametrize("name", IN_WORD)
def test_a_word_file_says_what_its_delegation_proposes(name: str) -> None:
    truth = MAKE.submission(TRUTHS[name], BASE)
    found, notices = read(name)
    assert text(found) == text(truth)
    assert {said(p) for p in found.proposals} == {said(p) for p in truth.proposals}
    assert ("untracked" in notices) == ("one of them untracked" in TRUTHS[name]["form"])


@pytest.mark.parametrize("name", TRACKED)
def test_what_is_said_for_a_proposal_is_a_comment(name: str) -> None:
    truth = MAKE.submission(TRUTHS[name], BASE)
    found, _ = read(name)
    notes = [p.note for p in found.proposals if p.note]
    assert sorted(notes) == sorted(p.note for p in truth.proposals if p.note)
    assert found.remarks == ()


@pytest.mark.parametrize("name", by_form("list of instructions"))
def test_a_list_of_instructions_says_what_its_delegation_proposes(name: str) -> None:
    truth = MAKE.submission(TRUTHS[name], BASE)
    found, notices = read(name)
    assert notices == []
    assert {(said(p), p.note) for p in found.proposals} == {(said(p), p.note) for p in truth.proposals}
    assert text(found) == text(truth)


def test_each_text_is_read_back_from_the_compilation_of_all_files() -> None:
    compilation = collate(BASE, [read(name)[0] for name in TRUTHS])
    assert set(compilation.delegations) == DELEGATIONS
    for name, truth in TRUTHS.items():
        wanted = own_text(BASE, MAKE.submission(truth, BASE))
        assert list(read_back(compilation, truth["delegation"])) == list(wanted), name


def test_the_names_are_those_of_the_delegations() -> None:
    names = MAKE.yaml.safe_load((SUBMISSIONS / "names.yml").read_text(encoding="utf-8"))
    assert names["files"] == {f"{name}.docx": truth["delegation"] for name, truth in TRUTHS.items()}
    assert names["short"].keys() <= DELEGATIONS
