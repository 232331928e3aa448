"""Instructions as delegations write them: each is placed rightly or reported, none is placed wrongly.

The cases stand in files, by language: the instructions (a paragraph on each line), a line with a dot, and
what comes of them. Those "held back" were written before the grammars and were not looked at while these
were made.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gcmtext.formats import read_file
from gcmtext.text.addresses import addresses
from gcmtext.text.instructions import Instructions, read_instructions
from gcmtext.text.model import Block, Document, Source
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, check
from gcmtext.text.segment import segment

HERE = Path(__file__).parent
LANGUAGES = ("english", "french", "spanish")


@cache
def base(language: str) -> Document:
    return segment(read_file(HERE / f"{language}.md"))


def cases(part: str) -> list[tuple[str, str, str]]:
    found = []
    for language in LANGUAGES:
        text = (HERE / f"{language}-{part}.txt").read_text(encoding="utf-8")
        for case in text.strip().split("\n\n"):
            instructions, _, expected = case.partition("\n.\n")
            found.append((language, instructions, expected.strip()))
    return found


def read(language: str, instructions: str) -> Instructions:
    blocks = tuple(Block(line) for line in instructions.split("\n"))
    return read_instructions(segment(Source(blocks, language=base(language).language)), base(language))


def shown(proposal: Proposal, text: Document) -> str:
    names = addresses(text.paragraphs)
    at = names[proposal.at]
    match proposal.kind:
        case ProposalKind.MOVE:
            assert proposal.to is not None
            return f"move {at} before {(*names, 'the end')[proposal.to]}"
        case ProposalKind.MERGE:
            return f"merge {' '.join(names[i] for i in proposal.bases)}: {proposal.text}"
        case ProposalKind.SPLIT:
            return f"split {at}: {' | '.join(proposal.parts)}"
        case _:
            return f"{proposal.kind.value} {at}" + (f": {proposal.text}" if proposal.text else "")


def wanted(line: str, text: Document) -> str:
    """Return an expected line in the form of `shown`: a place "after" is the one before the next."""
    if line.startswith("move ") and " after " in line:
        names = addresses(text.paragraphs)
        head, _, after = line.partition(" after ")
        return f"{head} before {(*names, 'the end')[names.index(after) + 1]}"
    return line


@pytest.mark.parametrize("part", ["development", "held-back"])
def test_each_is_placed_rightly_or_reported(part: str) -> None:
    wrong = []
    for language, instructions, expected in cases(part):
        text = base(language)
        result = read(language, instructions)
        names = addresses(text.paragraphs)
        check(text, Submission("", result.proposals))
        placed = sorted(shown(p, text) for p in result.proposals)
        lines = expected.split("\n")
        right = sorted(wanted(line, text) for line in lines if not line.startswith("reported"))
        reported = [line.split()[1:] for line in lines if line.startswith("reported")]
        found = [{names[c.at] for c in unplaced.candidates} for unplaced in result.unplaced]
        is_reported = len(reported) == len(found) and all(
            set(some) <= offered for some, offered in zip(reported, found, strict=True)
        )
        if placed != right or not is_reported:
            wrong.append((instructions, expected, placed, result.unplaced))
    assert wrong == []


def test_there_are_two_hundred() -> None:
    assert len(cases("development")) == 120
    assert len(cases("held-back")) == 80


ALL = [case for part in ("development", "held-back") for case in cases(part)]
PLACED = [c for c in ALL if "reported" not in c[2] and "\n" not in c[1]]
QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|(?<!\w)'.*?'(?!\w)")


def outcome(language: str, instructions: str) -> list[str]:
    return sorted(shown(p, base(language)) for p in read(language, instructions).proposals)


def without_a_word(instruction: str) -> Iterator[tuple[str, str]]:
    """Yield each word outside quotation marks, and the instruction without it."""
    quoted = [match.span() for match in QUOTATION.finditer(instruction)]
    for match in re.finditer(r"\S+", instruction):
        if not any(start <= match.start() < end for start, end in quoted):
            yield match[0], f"{instruction[: match.start()]}{instruction[match.end() :]}".strip()


def test_with_a_word_left_out_it_means_the_same_or_is_reported() -> None:
    for language, instruction, _ in PLACED:
        meant = outcome(language, instruction)
        for word, mutilated in without_a_word(instruction):
            if word.strip(".:") != "bis":  # without it another paragraph is named
                assert outcome(language, mutilated) in ([], meant), mutilated


def test_with_a_letter_wrong_in_the_words_to_be_found_it_is_reported() -> None:
    for language, instruction, _ in PLACED:
        texts = " ".join(p.text for p in base(language).paragraphs)
        for match in QUOTATION.finditer(instruction):
            words = match[0][1:-1].strip()
            if len(words) > 3 and words in texts:
                wrong = instruction.replace(words, words[:2] + "x" + words[2:])
                found = outcome(language, wrong)
                assert not found or words[:2] + "x" + words[2:] in found[0], wrong


def bare(text: str) -> str:
    """Return the words of a text, without what is around a label."""
    return " ".join(re.findall(r"\w+", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_list_is_lost(language: str) -> None:
    lines = [line for of, text, _ in ALL if of == language for line in text.split("\n")]
    result = read(language, "\n".join(lines))
    accounted = "\n".join(
        [
            *(line for placed in result.placed for line in placed.instructions),
            *(unplaced.instruction for unplaced in result.unplaced),
            *result.remarks,
        ]
    )
    for line in lines:
        assert bare(line) in bare(accounted)


def test_what_is_said_for_a_proposal_is_its_note() -> None:
    result = read("english", "Delete OP8.\nRationale: It is said elsewhere.\nRetain OP6.")
    assert [(p.kind.value, p.note) for p in result.proposals] == [
        ("retain", ""),
        ("delete", "It is said elsewhere."),
    ]


def test_an_instruction_that_is_not_understood_is_not_taken_for_the_text_of_the_one_before() -> None:
    text = "Add a new paragraph after OP8 to read:\nWe thank all.\nStreamline OP4."
    result = read("english", text)
    assert [p.text for p in result.proposals] == ["We thank all."]
    assert [u.instruction for u in result.unplaced] == ["Streamline OP4."]


def test_languages_may_be_mixed() -> None:
    text = "Delete OP8.\nSupprimer le paragraphe 9.\nSuprímase el párrafo 3 bis."
    assert outcome("english", text) == ["delete 3-bis", "delete 8", "delete 9"]


@pytest.mark.parametrize("order", [1, -1])
def test_what_moves_may_be_edited(order: int) -> None:
    lines = ["Move PP3 before PP1.", "In PP3, replace “displace” by “drive out”."]
    [proposal] = read("english", "\n".join(lines[::order])).proposals
    assert (proposal.kind.value, proposal.text) == (
        "move",
        "Noting with concern that floods drive out people in many States, and that many States lack warning "
        "systems,",
    )


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    "lines",
    [
        ["Retain OP2.", "Delete “without delay” in OP2."],
        ["Retain OP2.", "Delete OP2."],
        ["Delete OP2.", "Merge OP1 and OP2."],
        ["In OP2, after “States” insert “and regions”.", "In OP2, after “States” insert “and cities”."],
        ["Reword OP2 to read: “We share.”", "In OP2, delete “without delay”."],
    ],
)
def test_instructions_that_contradict_one_another_are_all_reported(lines: list[str], order: int) -> None:
    result = read("english", "\n".join(lines[::order]))
    assert result.proposals == ()
    assert {unplaced.instruction for unplaced in result.unplaced} == set(lines)
    assert all(unplaced.candidates for unplaced in result.unplaced)


@pytest.mark.parametrize(
    "line",
    [
        "In OP5 delete " + "'a' " * 2000,
        "In OP5 delete 'a " + "b' " * 300,
        "In OP5" + ", " * 5000 + "x",
        "Delete OP5 " + "and delete OP6 " * 600,
        "x " * 20_000,
        "“" * 5000,
    ],
    ids=range(6),
)
def test_what_no_instruction_looks_like_takes_no_time(line: str) -> None:
    result = read("english", line)
    assert result.proposals == ()
    assert len(result.unplaced) == 1
