"""From commands to proposals on a base text: what can be placed with certainty, and the rest with reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from gcmtext.text.instructions.commands import Command
from gcmtext.text.instructions.edits import EDITS
from gcmtext.text.instructions.fates import FATES
from gcmtext.text.instructions.finder import Doubt, Finder
from gcmtext.text.instructions.words import Candidate
from gcmtext.text.instructions.work import Work
from gcmtext.text.model import Document
from gcmtext.text.proposals import Proposal

_VERBS = EDITS | FATES


@dataclass(frozen=True, slots=True)
class Placed:
    """A proposal and the instructions that it comes from."""

    proposal: Proposal
    instructions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An instruction that could not be placed with certainty: why, and what it could mean."""

    instruction: str
    reason: str
    candidates: tuple[Candidate, ...] = ()


def apply(commands: Sequence[Command], base: Document) -> tuple[tuple[Placed, ...], tuple[Unplaced, ...]]:
    """Return the proposals, in the order of the base, and the commands that are in doubt.

    Commands that contradict one another are all in doubt, whichever came first; so are all commands of one
    instruction, if one of them is.
    """
    find = Finder(base)
    doubts: dict[int, Unplaced] = {}
    while True:
        work = Work(find)
        fresh = _do_all(work, commands, doubts)
        if not fresh:
            reported = {doubts[number].instruction: doubts[number] for number in sorted(doubts, reverse=True)}
            return _placed(work, commands), tuple(reversed(reported.values()))
        doubts |= fresh | {
            number: doubt
            for doubt in fresh.values()
            for number, command in enumerate(commands)
            if command.line == doubt.instruction and number not in fresh
        }


def _do_all(work: Work, commands: Sequence[Command], but: Collection[int]) -> dict[int, Unplaced]:
    """Do all commands but some; return those newly in doubt, as soon as one of them has left something."""
    fresh: dict[int, Unplaced] = {}
    for number, command in enumerate(commands):
        if number in but:
            continue
        try:
            _VERBS[command.action](work, number, command)
        except Doubt as doubt:
            for one in {number, *doubt.others}:
                fresh[one] = Unplaced(commands[one].line, doubt.reason, doubt.candidates)
            if doubt.others or work.is_touched_by(number):
                return fresh
    return fresh or _without_effect(work, commands)


def _without_effect(work: Work, commands: Sequence[Command]) -> dict[int, Unplaced]:
    return {
        number: Unplaced(commands[number].line, "It changes nothing in the paragraph.", (Candidate(index),))
        for index, draft in work.drafts.items()
        if draft.text == draft.base
        for number in draft.owners
    }


def _placed(work: Work, commands: Sequence[Command]) -> tuple[Placed, ...]:
    """Return the proposals with the instructions that they come from, and what is said for them."""
    found = []
    for proposal, numbers in work.proposals():
        those = [commands[number] for number in sorted(numbers)]
        note = "\n".join(dict.fromkeys(command.note for command in those if command.note))
        lines = tuple(dict.fromkeys(command.line for command in those))
        found.append(Placed(replace(proposal, note=note), lines))
    return tuple(found)
