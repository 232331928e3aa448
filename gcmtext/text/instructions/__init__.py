"""Lists of instructions, as delegations write them: "In OP5, after 'migrants', insert …", "Delete PP3".

    read_lines      the paragraphs of a list -> commands, by the grammar of its language (data, one file each)
    apply           commands -> proposals on the base, or doubts

    english, french, spanish   the grammars; grammar says how they are written
    quotations, place          what is quoted, and which paragraph is named
    parsing                    a line -> commands
    finder, words              where that is in the base
    edits, fates               what the commands do, to words and to whole paragraphs
    work, draft                what has been placed so far, and by which instruction

An instruction is placed only where there is one way to understand it: it is read by the grammar to its last
word, names one paragraph, and the words it quotes stand there once (or it says which). Whatever else there is
comes back with a reason and with what it could mean.
"""

from dataclasses import dataclass, replace

from gcmtext.text.instructions.apply import Placed, Unplaced, apply
from gcmtext.text.instructions.english import ENGLISH
from gcmtext.text.instructions.french import FRENCH
from gcmtext.text.instructions.grammar import Grammar
from gcmtext.text.instructions.place import Said
from gcmtext.text.instructions.reading import read_lines
from gcmtext.text.instructions.spanish import SPANISH
from gcmtext.text.instructions.words import Candidate
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind

__all__ = ["GRAMMARS", "Candidate", "Instructions", "Placed", "Unplaced", "read_instructions", "read_on"]

_OF_ONE = frozenset({ProposalKind.CHANGE, ProposalKind.DELETE, ProposalKind.RESERVE, ProposalKind.RETAIN})

GRAMMARS: tuple[Grammar, ...] = (ENGLISH, FRENCH, SPANISH)


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a list of instructions comes to.

    placed: proposals in the order of the base, each with the instructions it comes from.
    unplaced: what was not understood or could not be placed, with the reason and candidates.
    remarks: what is no instruction: headings, and reasons that belong to none.
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    remarks: tuple[str, ...]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The proposals that were placed."""
        return tuple(placed.proposal for placed in self.placed)


def read_instructions(document: Document, base: Document) -> Instructions:
    """Return what a list of instructions proposes on a base text, and what of it is in doubt.

    The list may be in English, French or Spanish, or in several of them, whatever the language of the base.
    """
    lines = read_lines(document, _grammars(document.language))
    placed, unplaced = apply(lines.commands, base)
    obscure = tuple(Unplaced(line, "It was not understood.") for line in lines.obscure)
    return Instructions(placed, (*unplaced, *obscure), lines.remarks)


def read_on(instruction: str, base: Document, at: int) -> Proposal | None:
    """Return what an instruction proposes for a paragraph that somebody has chosen, wherever it says it is.

    None if it does not say by itself what becomes of that paragraph.
    """
    line = Document("", base.language, (Paragraph(0, Kind.TEXT, "", 0, instruction),), ())
    lines = read_lines(line, _grammars(base.language))
    chosen = Said("1", operative="1")
    commands = [replace(c, place=replace(chosen, sentence=c.place.sentence)) for c in lines.commands]
    alone = replace(base, paragraphs=(Paragraph(0, Kind.NUMBERED, "1", 0, base.paragraphs[at].text),))
    placed, unplaced = apply(commands, alone)
    if lines.obscure or unplaced or len(placed) != 1 or placed[0].proposal.kind not in _OF_ONE:
        return None
    return replace(placed[0].proposal, at=at)


def _grammars(language: str) -> list[Grammar]:
    """Return the grammars, that of a language first."""
    return sorted(GRAMMARS, key=lambda grammar: not language.startswith(grammar.language))
