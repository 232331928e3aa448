"""From commands to proposals on a base text: what can be placed with certainty, and the rest with reasons."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gcmtext.text.addresses import slug
from gcmtext.text.instructions.draft import Draft
from gcmtext.text.instructions.place import Place, Places, Said
from gcmtext.text.instructions.reading import Command, paragraphs_of
from gcmtext.text.instructions.words import Candidate, Span, nearly, sentences, spans
from gcmtext.text.model import HEADS, Document, Kind
from gcmtext.text.places import places
from gcmtext.text.proposals import Proposal, ProposalKind

_MOST = 6
_FINAL = re.compile(r"[.;:,]$")
_SUFFIXES = ("bis", "ter", "quater", "quinquies")


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


class _Doubt(Exception):
    """An instruction cannot be placed."""

    def __init__(
        self, reason: str, candidates: Sequence[Candidate] = (), others: set[int] | None = None
    ) -> None:
        self.reason = reason
        self.candidates = tuple(candidates)
        self.others = others or set()


def apply(commands: Sequence[Command], base: Document) -> tuple[tuple[Placed, ...], tuple[Unplaced, ...]]:
    """Return the proposals, in the order of the base, and the commands that are in doubt.

    Commands that contradict one another are all in doubt, whichever came first; so are all commands of one
    instruction, if one of them is.
    """
    doubts: dict[int, Unplaced] = {}
    while True:
        run = _Run(base)
        fresh = run.all(commands, doubts)
        if not fresh:
            reported = {doubts[number].instruction: doubts[number] for number in sorted(doubts, reverse=True)}
            return run.placed(commands), tuple(reversed(reported.values()))
        doubts |= fresh | {
            number: doubt
            for doubt in fresh.values()
            for number, command in enumerate(commands)
            if command.line == doubt.instruction and number not in fresh
        }


class _Run:
    """One attempt to place all commands that are not in doubt."""

    def __init__(self, base: Document) -> None:
        self._base = base
        self._places = Places(base)
        self._names = places(base)
        self._drafts: dict[int, Draft] = {}
        self._fates: dict[int, int] = {}
        self._kept: dict[int, int] = {}
        self._found: list[tuple[int, Proposal]] = []
        self._labels: set[str] = set()

    def all(self, commands: Sequence[Command], doubts: dict[int, Unplaced]) -> dict[int, Unplaced]:
        """Do all commands; return those newly in doubt, at once where commands contradict one another."""
        fresh: dict[int, Unplaced] = {}
        for number, command in enumerate(commands):
            if number in doubts:
                continue
            try:
                self._do(number, command)
            except _Doubt as doubt:
                fresh[number] = Unplaced(command.line, doubt.reason, doubt.candidates)
                for other in doubt.others - {number}:
                    fresh[other] = Unplaced(commands[other].line, doubt.reason, doubt.candidates)
                if doubt.others:
                    return fresh
        return fresh or self._without_effect(commands)

    def placed(self, commands: Sequence[Command]) -> tuple[Placed, ...]:
        """Return the proposals with the instructions that they come from."""
        found = [(proposal, {number}) for number, proposal in self._found]
        moved = {p.at: k for k, (p, _) in enumerate(found) if p.kind is ProposalKind.MOVE}
        for index, draft in self._drafts.items():
            if index in moved:
                proposal, numbers = found[moved[index]]
                found[moved[index]] = (replace(proposal, text=draft.text), numbers | draft.owners)
            else:
                found.append((Proposal(ProposalKind.CHANGE, index, draft.text), set(draft.owners)))
        order = sorted(range(len(found)), key=lambda k: (found[k][0].at, k))
        return tuple(
            Placed(
                replace(found[k][0], note=_notes(commands, found[k][1])),
                tuple(dict.fromkeys(commands[n].line for n in sorted(found[k][1]))),
            )
            for k in order
        )

    def _without_effect(self, commands: Sequence[Command]) -> dict[int, Unplaced]:
        return {
            number: Unplaced(
                commands[number].line, "It changes nothing in the paragraph.", (Candidate(index),)
            )
            for index, draft in self._drafts.items()
            if draft.text == draft.base
            for number in draft.owners
        }

    def _do(self, number: int, command: Command) -> None:
        verb: Callable[[int, Command], None] = getattr(self, "_" + command.action.replace("-", "_"))
        verb(number, command)

    # -- words in a paragraph

    def _replace(self, number: int, command: Command) -> None:
        self._on_words(number, command, lambda draft, span: draft.replace(span, command.new, number))

    def _insert_after(self, number: int, command: Command) -> None:
        self._on_words(number, command, lambda draft, span: draft.insert(span[1], command.new, number, False))

    def _insert_before(self, number: int, command: Command) -> None:
        self._on_words(number, command, lambda draft, span: draft.insert(span[0], command.new, number, True))

    def _bracket(self, number: int, command: Command) -> None:
        self._on_words(number, command, lambda draft, span: draft.wrap(span, number))

    def _delete(self, number: int, command: Command) -> None:
        if command.old or command.place.sentence:
            self._on_words(number, command, lambda draft, span: draft.replace(span, "", number))
            return
        for index in self._whole(command.place):
            self._fate(index, number)
            self._found.append((number, Proposal(ProposalKind.DELETE, index)))

    def _delete_both(self, number: int, command: Command) -> None:
        self._delete(number, command)
        self._delete(number, replace(command, place=command.to))

    def _retain(self, number: int, command: Command) -> None:
        self._mark(ProposalKind.RETAIN, number, command)

    def _reserve(self, number: int, command: Command) -> None:
        self._mark(ProposalKind.RESERVE, number, command)

    def _mark(self, kind: ProposalKind, number: int, command: Command) -> None:
        if command.old or command.place.sentence:
            index, span = self._words(command)
            self._found.append((number, Proposal(kind, index, span=span)))
            return
        index = self._one(command.place)
        if kind is ProposalKind.RETAIN:
            if others := {self._fates[index]} if index in self._fates else set():
                raise _Doubt(
                    "It contradicts another instruction on this paragraph.", (Candidate(index),), others
                )
            if index in self._drafts:
                raise _Doubt(
                    "It contradicts another instruction on this paragraph.",
                    (Candidate(index),),
                    set(self._drafts[index].owners),
                )
            self._kept[index] = number
        self._found.append((number, Proposal(kind, index)))

    def _unbracket(self, number: int, command: Command) -> None:
        if command.old is None:
            index = self._one(command.place)
            text = self._text(index)
            pair = _pair(text, 0)
            if not text.startswith("[") or pair != len(text) - 1:
                raise _Doubt("The paragraph does not stand in brackets as a whole.", (Candidate(index),))
            self._drop(number, index, (0, pair))
            return
        words = command.old.words
        if not words.startswith("["):
            inside = replace(command.old, words=f"[{words}]")
            index, span = self._words(replace(command, old=inside))
        else:
            index, span = self._words(command)
        text = self._text(index)
        if _pair(text, span[0]) != span[1] - 1:
            raise _Doubt("The brackets do not belong together.", (Candidate(index, text[slice(*span)]),))
        self._drop(number, index, (span[0], span[1] - 1))

    def _unbracket_all(self, number: int, command: Command) -> None:
        index = self._one(command.place)
        text = self._text(index)
        places = [at for at, c in enumerate(text) if c in "[]"]
        if not places:
            raise _Doubt("There are no brackets in the paragraph.", (Candidate(index),))
        if re.search(r"\]\s*\[", text):
            raise _Doubt(
                "The brackets hold alternatives: without them both would stand in the text.",
                (Candidate(index),),
            )
        self._drop(number, index, places)

    def _drop(self, number: int, index: int, at: Sequence[int]) -> None:
        self._touch(index, number, lambda draft: draft.drop(at, number))

    def _at_end(self, number: int, command: Command) -> None:
        index = self._one(command.place)
        text, new = self._text(index), command.new
        span = self._sentence(index, command.place.sentence)
        final = text[span[1] - 1] if _FINAL.search(text[: span[1]]) else ""
        if final and new[-1:] != final and new[:1].isupper():
            raise _Doubt(
                "It does not say whether the words go before or behind the last mark.", (Candidate(index),)
            )
        if final and not new[:1].isupper():
            new = new[:-1] if new[-1:] == final else new
            self._touch(index, number, lambda draft: draft.insert(span[1] - 1, new, number, False))
        else:
            self._touch(index, number, lambda draft: draft.insert(span[1], new, number, False))

    def _at_start(self, number: int, command: Command) -> None:
        index = self._one(command.place)
        span = self._sentence(index, command.place.sentence)
        self._touch(index, number, lambda draft: draft.insert(span[0], command.new, number, True))

    def _on_words(self, number: int, command: Command, change: Callable[[Draft, Span], set[int]]) -> None:
        if command.old is None:
            index = self._one(command.place)
            span = self._sentence(index, command.place.sentence)
            self._touch(index, number, lambda draft: change(draft, span))
            return
        if command.old.every:
            index = self._one(command.place)
            found = spans(self._text(index), command.old.words)
            if not found:
                self._nowhere(command, Place((index,)))
            for span in found:
                self._touch(index, number, lambda draft, span=span: change(draft, span))  # type: ignore[misc]
            return
        index, span = self._words(command)
        self._touch(index, number, lambda draft: change(draft, span))

    def _touch(self, index: int, number: int, change: Callable[[Draft], set[int]]) -> None:
        draft = self._drafts.get(index) or Draft(self._text(index))
        others = change(draft) - {number}
        if index in self._fates and not self._is_moved(index):
            others.add(self._fates[index])
        if index in self._kept:
            others.add(self._kept[index])
        if others:
            raise _Doubt("It contradicts another instruction on the same words.", (Candidate(index),), others)
        self._drafts[index] = draft

    def _is_moved(self, index: int) -> bool:
        return any(p.kind is ProposalKind.MOVE and p.at == index for _, p in self._found)

    def _words(self, command: Command) -> tuple[int, Span]:
        """Return the paragraph and the place of the words that a command points at."""
        pointed = command.old
        place = self._places.find(command.place)
        if pointed is None:
            index = self._one(command.place)
            return index, self._sentence(index, place.sentence)
        if not place.targets:
            self._nowhere(command, place)
        for scope in (place.targets, place.around):
            found = [(i, span) for i in scope for span in self._spans(i, place, pointed.words)]
            if len(found) > 1 and pointed.which and len({i for i, _ in found}) == 1:
                at = pointed.which - 1 if pointed.which > 0 else len(found) + pointed.which
                if at < len(found):
                    return found[at]
            if len(found) > 1 or (found and pointed.which > len(found)):
                raise _Doubt(
                    f"The words “{pointed.words}” stand there {_times(len(found))}: it does not say which.",
                    [Candidate(i, _around(self._text(i), span)) for i, span in found[:_MOST]],
                )
            if found:
                return found[0]
        self._nowhere(command, place)
        raise AssertionError

    def _spans(self, index: int, place: Place, words: str) -> list[Span]:
        start, end = self._sentence(index, place.sentence) if place.sentence else (0, len(self._text(index)))
        return [span for span in spans(self._text(index), words) if start <= span[0] and span[1] <= end]

    def _nowhere(self, command: Command, place: Place) -> None:
        """Raise a doubt for words that do not stand where they should."""
        words = command.old.words if command.old else ""
        near = [
            Candidate(i, like)
            for i in (*place.targets, *place.around)
            if (like := nearly(self._text(i), words))
        ]
        elsewhere = [
            Candidate(p.index, self._text(p.index)[slice(*span)])
            for p in self._base.paragraphs
            if p.index not in place.targets
            for span in spans(p.text, words)[:1]
        ]
        said = command.place.phrase
        if not place.targets:
            what = f"There is no “{said}” in the text" if said else "It names no paragraph"
            also = "; the words stand elsewhere." if elsewhere else "."
            raise _Doubt(what + also, elsewhere[:_MOST])
        if near:
            raise _Doubt(f"The words “{words}” do not stand there, but words like them.", near[:_MOST])
        if elsewhere:
            raise _Doubt(f"The words “{words}” do not stand there, but elsewhere.", elsewhere[:_MOST])
        raise _Doubt(
            f"The words “{words}” do not stand there.", [Candidate(i) for i in place.targets[:_MOST]]
        )

    # -- whole paragraphs

    def _rewrite(self, number: int, command: Command) -> None:
        index = self._one(command.place)
        if command.place.sentence:
            span = self._sentence(index, command.place.sentence)
            self._touch(index, number, lambda draft: draft.replace(span, " ".join(command.texts), number))
            return
        if len(command.texts) > 1:
            raise _Doubt("It gives several paragraphs for one.", (Candidate(index),))
        self._fate(index, number)
        self._found.append((number, Proposal(ProposalKind.CHANGE, index, self._own(index, command.texts[0]))))

    def _alternative(self, number: int, command: Command) -> None:
        index = self._one(command.place)
        if len(command.texts) > 1:
            raise _Doubt("It gives several paragraphs for one.", (Candidate(index),))
        self._fate(index, number)
        text = self._own(index, command.texts[0])
        self._found.append((number, Proposal(ProposalKind.ALTERNATIVE, index, text)))

    def _own(self, index: int, text: str) -> str:
        """Return a text for a paragraph without the label of that paragraph."""
        label, rest = next(iter(paragraphs_of((text,))))
        own = self._base.paragraphs[index].label
        if not label:
            return text
        if slug(label).replace("alt", "").strip("-") == slug(own):
            return rest
        raise _Doubt(f"The text is numbered “{label}”, the paragraph “{own}”.", (Candidate(index),))

    def _new_before(self, number: int, command: Command) -> None:
        index = self._one(command.place)
        if self._base.paragraphs[index].kind in HEADS:
            raise _Doubt("In front of a heading it could belong to either side.", (Candidate(index),))
        self._insert(number, ProposalKind.INSERT_BEFORE, index, index, command)

    def _new_after(self, number: int, command: Command) -> None:
        index = self._one(command.place)
        if self._base.paragraphs[index].kind in HEADS:
            raise _Doubt("It does not say where below the heading.", (Candidate(index),))
        self._insert(number, ProposalKind.INSERT_AFTER, self._end(index), index, command)

    def _new(self, number: int, command: Command) -> None:
        """Insert a paragraph that is named only by its label: 4 bis stands after 4, 4 ter after 4 bis."""
        place = self._labelled(command)
        last = next(name for name in (*reversed(place.subs), place.operative, place.preambular) if name)
        root, _, suffix = last.partition("-")
        if suffix == "alt":
            self._alternative(number, replace(command, place=_named(place, root)))
            return
        if taken := self._places.find(place).targets:
            raise _Doubt(f"There is a paragraph “{command.label}” already.", [Candidate(i) for i in taken])
        index = self._before(place, root, suffix)
        self._labels.add(_key(place))
        label = f"({last.replace('-', ' ')})" if place.subs else last.replace("-", " ")
        self._insert(
            number,
            ProposalKind.INSERT_AFTER,
            self._end(index),
            index,
            command,
            "" if place.preambular else label,
        )

    def _before(self, place: Said, root: str, suffix: str) -> int:
        """Return the paragraph that a new one follows by its label: (f) the last one, 4 ter the one 4 bis."""
        if not suffix:
            if not place.subs or len(root) != 1 or not "b" <= root <= "z":
                raise _Doubt(f"It does not say after which paragraph “{place.phrase}” is to stand.")
            previous = _named(place, chr(ord(root) - 1))
            found = [self._one(previous)]
            for name in _SUFFIXES:
                found += self._places.find(_named(previous, f"{previous.subs[-1]}-{name}")).targets
            return found[-1]
        if suffix not in _SUFFIXES:
            raise _Doubt(f"It does not say after which paragraph “{place.phrase}” is to stand.")
        index = self._one(_named(place, root))
        for name in _SUFFIXES[: _SUFFIXES.index(suffix)]:
            earlier = _named(place, f"{root}-{name}")
            if found_earlier := self._places.find(earlier).targets:
                index = found_earlier[0]
            elif _key(earlier) not in self._labels:
                raise _Doubt(f"There is no paragraph before “{place.phrase}” to follow.", (Candidate(index),))
        return index

    def _labelled(self, command: Command) -> Said:
        """Return the place that a new paragraph names for itself."""
        place = command.to
        if not place.is_whole and command.place.is_whole and place.subs:
            place = place.within(command.place)
        if not (place.preambular or place.operative or (place.division and place.subs)):
            raise _Doubt("It does not say in which paragraph.")
        return place

    def _insert(
        self, number: int, kind: ProposalKind, at: int, like: int, command: Command, label: str = ""
    ) -> None:
        beside = self._base.paragraphs[like]
        for own, text in paragraphs_of(command.texts):
            is_sub = own.startswith("(") or own.endswith(")")
            level = beside.level + (beside.kind is not Kind.SUBPARAGRAPH or 0) if is_sub else beside.level
            proposal = Proposal(
                kind,
                at,
                text,
                paragraph_kind=Kind.SUBPARAGRAPH if is_sub else beside.kind,
                level=level,
                label=own or label,
            )
            self._found.append((number, proposal))

    def _move_before(self, number: int, command: Command) -> None:
        to = self._one(command.to)
        if self._base.paragraphs[to].kind in HEADS:
            raise _Doubt("In front of a heading it could belong to either side.", (Candidate(to),))
        self._move(number, command, to)

    def _move_after(self, number: int, command: Command) -> None:
        self._move(number, command, self._end(self._one(command.to)) + 1)

    def _move(self, number: int, command: Command, to: int) -> None:
        moved = self._whole(command.place)
        if to in range(moved[0], moved[-1] + 2):
            raise _Doubt("The paragraph stands there already.", (Candidate(moved[0]),))
        kinds = {self._base.paragraphs[i].kind for i in moved} & HEADS
        if kinds:
            raise _Doubt("A heading does not move alone.", (Candidate(moved[0]),))
        for index in moved:
            self._fate(index, number)
            self._found.append((number, Proposal(ProposalKind.MOVE, index, to=to)))

    def _merge(self, number: int, command: Command) -> None:
        bases = tuple(sorted({self._one(command.place), self._one(command.to)}))
        if len(bases) < 2 or any(self._places.under(i) for i in bases):
            raise _Doubt("These paragraphs cannot be merged as they are.", [Candidate(i) for i in bases])
        text = command.texts[0] if command.texts else " ".join(self._text(i) for i in bases)
        if len(command.texts) > 1:
            raise _Doubt("It gives several paragraphs for one.", [Candidate(i) for i in bases])
        for index in bases:
            self._fate(index, number)
        self._found.append(
            (number, Proposal(ProposalKind.MERGE, bases[0], self._own(bases[0], text), bases=bases))
        )

    def _split_after(self, number: int, command: Command) -> None:
        index, span = self._words(command)
        self._split(number, index, span[1])

    def _split_before(self, number: int, command: Command) -> None:
        index, span = self._words(command)
        text = self._text(index)
        if command.old is None and span[1] != len(text):
            raise _Doubt("The sentences after it could go with either part.", (Candidate(index),))
        self._split(number, index, span[0])

    def _split(self, number: int, index: int, at: int) -> None:
        text = self._text(index)
        parts = (text[:at].strip(), text[at:].strip())
        if not all(parts) or not parts[1][0].isalnum():
            raise _Doubt("The paragraph cannot be divided there.", (Candidate(index),))
        self._fate(index, number)
        self._found.append((number, Proposal(ProposalKind.SPLIT, index, parts=parts)))

    # -- places

    def _fate(self, index: int, number: int) -> None:
        """Decide what becomes of a paragraph, once."""
        others = {self._fates[index]} if index in self._fates else set()
        if index in self._drafts and not self._is_moved(index):
            others |= self._drafts[index].owners
        if index in self._kept:
            others.add(self._kept[index])
        if others:
            raise _Doubt("It contradicts another instruction on this paragraph.", (Candidate(index),), others)
        self._fates[index] = number

    def _one(self, said: Said) -> int:
        """Return the paragraph that a place is; raise a doubt unless it is exactly one."""
        place = self._places.find(said)
        if len(place.targets) == 1:
            return place.targets[0]
        if not place.targets:
            raise _Doubt(
                f"There is no “{said.phrase}” in the text." if said.phrase else "It names no paragraph."
            )
        raise _Doubt(
            f"“{said.phrase}” can be {len(place.targets)} paragraphs.",
            [Candidate(i) for i in place.targets[:_MOST]],
        )

    def _whole(self, said: Said) -> tuple[int, ...]:
        """Return a paragraph with all that belongs to it."""
        index = self._one(said)
        if said.part:
            return (index,)
        if said.division and not said.subs and not said.operative:
            return self._places.section(index)
        if self._places.actions(index):
            raise _Doubt(
                "It does not say whether the sub-paragraphs are meant as well.",
                [Candidate(index), *(Candidate(i) for i in self._places.actions(index)[: _MOST - 1])],
            )
        return (index, *self._places.under(index))

    def _end(self, index: int) -> int:
        """Return the last paragraph of what belongs to a paragraph."""
        if actions := self._places.actions(index):
            raise _Doubt(
                "It does not say whether that is before or after the sub-paragraphs.",
                (Candidate(index), Candidate(actions[-1])),
            )
        return (index, *self._places.under(index))[-1]

    def _sentence(self, index: int, sentence: int) -> Span:
        text = self._text(index)
        if not sentence:
            return 0, len(text)
        found = sentences(text)
        at = sentence - 1 if sentence > 0 else len(found) + sentence
        if at not in range(len(found)):
            raise _Doubt(f"The paragraph has {len(found)} sentences.", (Candidate(index),))
        return found[at]

    def _text(self, index: int) -> str:
        return self._base.paragraphs[index].text


def _named(place: Said, name: str) -> Said:
    """Return a place with another name for its innermost part."""
    if place.subs:
        return replace(place, subs=(*place.subs[:-1], name))
    return replace(place, preambular=name) if place.preambular else replace(place, operative=name)


def _key(place: Said) -> str:
    return "/".join([place.preambular, place.operative, place.division, *place.subs])


def _pair(text: str, start: int) -> int:
    """Return where the bracket that opens at a place closes, -1 if nowhere."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "[") - (text[at] == "]")
        if depth == 0:
            return at
    return -1


def _around(text: str, span: Span, width: int = 24) -> str:
    """Return words of a text with some of those around them."""
    start = text.rfind(" ", 0, max(span[0] - width, 0)) + 1
    end = text.find(" ", min(span[1] + width, len(text)))
    return text[start : end if end >= 0 else len(text)]


def _notes(commands: Sequence[Command], numbers: set[int]) -> str:
    return "\n".join(dict.fromkeys(commands[n].note for n in sorted(numbers) if commands[n].note))


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"
