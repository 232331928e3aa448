"""What has been placed so far, and which instruction each part of it is from."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from gcmtext.text.instructions.commands import Command
from gcmtext.text.instructions.draft import Draft
from gcmtext.text.instructions.finder import Doubt, Finder
from gcmtext.text.instructions.words import Candidate
from gcmtext.text.proposals import Proposal, ProposalKind


class Work:
    """Proposals in the making. Two instructions may not decide about the same words or the same paragraph."""

    def __init__(self, find: Finder) -> None:
        self.find = find
        self.labels: set[str] = set()  # of new paragraphs
        self.drafts: dict[int, Draft] = {}
        self.fates: dict[int, int] = {}  # which instruction decided about a paragraph as a whole
        self.kept: dict[int, int] = {}  # and which said that it is to stay
        self._found: list[tuple[int, Proposal]] = []

    def propose(self, number: int, proposal: Proposal) -> None:
        """Add what an instruction proposes."""
        self._found.append((number, proposal))

    def touch(self, index: int, number: int, change: Callable[[Draft], set[int]]) -> None:
        """Change words of a paragraph; raise Doubt where other instructions have."""
        draft = self.drafts.get(index) or Draft(self.find.text(index))
        others = change(draft) - {number}
        if not self._is_moved(index):
            others |= {*self._of(self.fates, index), *self._of(self.kept, index)}
        self._agree(index, others)
        self.drafts[index] = draft

    def fate(self, index: int, number: int, may_be_edited: bool = False) -> None:
        """Decide what becomes of a paragraph, once; raise Doubt where other instructions have."""
        self._agree(index, self._deciding(index, may_be_edited))
        self.fates[index] = number

    def keep(self, index: int, number: int) -> None:
        """Have a paragraph stay as it is; raise Doubt where other instructions do anything to it."""
        self._agree(index, self._deciding(index, False))
        self.kept[index] = number

    def is_touched_by(self, number: int) -> bool:
        """Whether an instruction has left anything here."""
        owners = (draft.owners for draft in self.drafts.values())
        return any(n == number for n, _ in self._found) or any(number in some for some in owners)

    def proposals(self) -> list[tuple[Proposal, set[int]]]:
        """Return the proposals in the order of the base, with the numbers of their instructions."""
        found = [(proposal, {number}) for number, proposal in self._found]
        moved = {p.at: k for k, (p, _) in enumerate(found) if p.kind is ProposalKind.MOVE}
        for index, draft in self.drafts.items():
            if index in moved:
                proposal, numbers = found[moved[index]]
                found[moved[index]] = (replace(proposal, text=draft.text), numbers | draft.owners)
            else:
                found.append((Proposal(ProposalKind.CHANGE, index, draft.text), set(draft.owners)))
        return sorted(found, key=lambda one: one[0].at)

    def _deciding(self, index: int, may_be_edited: bool) -> set[int]:
        """Return the instructions that decided about a paragraph."""
        others = {*self._of(self.fates, index), *self._of(self.kept, index)}
        if index in self.drafts and not may_be_edited:
            others |= self.drafts[index].owners
        return others

    def _of(self, decided: dict[int, int], index: int) -> tuple[int, ...]:
        return (decided[index],) if index in decided else ()

    def _agree(self, index: int, others: set[int]) -> None:
        if others:
            raise Doubt("It contradicts another instruction on this paragraph.", (Candidate(index),), others)

    def _is_moved(self, index: int) -> bool:
        return any(p.kind is ProposalKind.MOVE and p.at == index for _, p in self._found)


Verb: TypeAlias = Callable[[Work, int, Command], None]
"""Does what a command says; raises Doubt if that is not certain."""
