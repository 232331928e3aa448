"""What instructions do to words of a paragraph, and to paragraphs as they stand."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from gcmtext.text.instructions.commands import Command
from gcmtext.text.instructions.draft import Draft
from gcmtext.text.instructions.finder import Doubt
from gcmtext.text.instructions.place import Place
from gcmtext.text.instructions.words import Candidate, Span, spans
from gcmtext.text.instructions.work import Verb, Work
from gcmtext.text.proposals import Proposal, ProposalKind

_FINAL = re.compile(r"[.;:,]$")


def _replace(work: Work, number: int, command: Command) -> None:
    _on_words(work, number, command, lambda draft, span: draft.replace(span, command.new, number))


def _insert_after(work: Work, number: int, command: Command) -> None:
    _on_words(work, number, command, lambda draft, span: draft.insert(span[1], command.new, number, False))


def _insert_before(work: Work, number: int, command: Command) -> None:
    _on_words(work, number, command, lambda draft, span: draft.insert(span[0], command.new, number, True))


def _bracket(work: Work, number: int, command: Command) -> None:
    _on_words(work, number, command, lambda draft, span: draft.wrap(span, number))


def _delete(work: Work, number: int, command: Command) -> None:
    if command.old or command.place.sentence:
        _on_words(work, number, command, lambda draft, span: draft.replace(span, "", number))
        return
    for index in work.find.whole(command.place):
        work.fate(index, number)
        work.propose(number, Proposal(ProposalKind.DELETE, index))


def _delete_both(work: Work, number: int, command: Command) -> None:
    _delete(work, number, command)
    _delete(work, number, replace(command, place=command.to))


def _retain(work: Work, number: int, command: Command) -> None:
    _mark(work, ProposalKind.RETAIN, number, command)


def _reserve(work: Work, number: int, command: Command) -> None:
    _mark(work, ProposalKind.RESERVE, number, command)


def _mark(work: Work, kind: ProposalKind, number: int, command: Command) -> None:
    if command.old or command.place.sentence:
        index, span = work.find.words(command)
        work.propose(number, Proposal(kind, index, span=span))
        return
    index = work.find.one(command.place)
    if kind is ProposalKind.RETAIN:
        work.keep(index, number)
    work.propose(number, Proposal(kind, index))


def _unbracket(work: Work, number: int, command: Command) -> None:
    if command.old is None:
        index = work.find.one(command.place)
        text = work.find.text(index)
        pair = _pair(text, 0)
        if not text.startswith("[") or pair != len(text) - 1:
            raise Doubt("The paragraph does not stand in brackets as a whole.", (Candidate(index),))
        _drop(work, number, index, (0, pair))
        return
    words = command.old.words
    if not words.startswith("["):
        inside = replace(command.old, words=f"[{words}]")
        index, span = work.find.words(replace(command, old=inside))
    else:
        index, span = work.find.words(command)
    text = work.find.text(index)
    if _pair(text, span[0]) != span[1] - 1:
        raise Doubt("The brackets do not belong together.", (Candidate(index, text[slice(*span)]),))
    _drop(work, number, index, (span[0], span[1] - 1))


def _unbracket_all(work: Work, number: int, command: Command) -> None:
    index = work.find.one(command.place)
    text = work.find.text(index)
    places = [at for at, c in enumerate(text) if c in "[]"]
    if not places:
        raise Doubt("There are no brackets in the paragraph.", (Candidate(index),))
    if re.search(r"\]\s*\[", text):
        raise Doubt(
            "The brackets hold alternatives: without them both would stand in the text.",
            (Candidate(index),),
        )
    _drop(work, number, index, places)


def _drop(work: Work, number: int, index: int, at: Sequence[int]) -> None:
    work.touch(index, number, lambda draft: draft.drop(at, number))


def _at_end(work: Work, number: int, command: Command) -> None:
    index = work.find.one(command.place)
    text, new = work.find.text(index), command.new
    span = work.find.sentence(index, command.place.sentence)
    final = text[span[1] - 1] if _FINAL.search(text[: span[1]]) else ""
    if final and new[-1:] != final and new[:1].isupper():
        raise Doubt(
            "It does not say whether the words go before or behind the last mark.", (Candidate(index),)
        )
    if final and not new[:1].isupper():
        new = new[:-1] if new[-1:] == final else new
        work.touch(index, number, lambda draft: draft.insert(span[1] - 1, new, number, False))
    else:
        work.touch(index, number, lambda draft: draft.insert(span[1], new, number, False))


def _at_start(work: Work, number: int, command: Command) -> None:
    index = work.find.one(command.place)
    span = work.find.sentence(index, command.place.sentence)
    work.touch(index, number, lambda draft: draft.insert(span[0], command.new, number, True))


def _on_words(work: Work, number: int, command: Command, change: Callable[[Draft, Span], set[int]]) -> None:
    if command.old is None:
        index = work.find.one(command.place)
        span = work.find.sentence(index, command.place.sentence)
        work.touch(index, number, lambda draft: change(draft, span))
        return
    if command.old.every:
        index = work.find.one(command.place)
        found = spans(work.find.text(index), command.old.words)
        if not found:
            work.find.nowhere(command, Place((index,)))
        for span in found:
            work.touch(index, number, lambda draft, span=span: change(draft, span))  # type: ignore[misc]
        return
    index, span = work.find.words(command)
    work.touch(index, number, lambda draft: change(draft, span))


def _pair(text: str, start: int) -> int:
    """Return where the bracket that opens at a place closes, -1 if nowhere."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "[") - (text[at] == "]")
        if depth == 0:
            return at
    return -1


EDITS: dict[str, Verb] = {
    "replace": _replace,
    "insert-after": _insert_after,
    "insert-before": _insert_before,
    "at-end": _at_end,
    "at-start": _at_start,
    "bracket": _bracket,
    "unbracket": _unbracket,
    "unbracket-all": _unbracket_all,
    "delete": _delete,
    "delete-both": _delete_both,
    "retain": _retain,
    "reserve": _reserve,
}
"""The verbs by the action of a command."""
