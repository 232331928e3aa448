"""Finding in a base text what an instruction names, or saying why it cannot be found."""

from collections.abc import Sequence

from gcmtext.text.instructions.commands import Command
from gcmtext.text.instructions.place import Place, Places, Said
from gcmtext.text.instructions.words import Candidate, Span, nearly, sentences, spans
from gcmtext.text.model import Document

_MOST = 6


class Doubt(Exception):
    """An instruction cannot be placed with certainty.

    others: the instructions that it contradicts, by their numbers.
    """

    def __init__(
        self, reason: str, candidates: Sequence[Candidate] = (), others: set[int] | None = None
    ) -> None:
        self.reason = reason
        self.candidates = tuple(candidates)
        self.others = others or set()


class Finder:
    """Finds paragraphs and words of a base text; raises Doubt where there is not exactly one to be found."""

    def __init__(self, base: Document) -> None:
        self.base = base
        self.places = Places(base)

    def one(self, said: Said) -> int:
        """Return the paragraph that a place is; raise a doubt unless it is exactly one."""
        place = self.places.find(said)
        if len(place.targets) == 1:
            return place.targets[0]
        if not place.targets:
            raise Doubt(
                f"There is no “{said.phrase}” in the text." if said.phrase else "It names no paragraph."
            )
        raise Doubt(
            f"“{said.phrase}” can be {len(place.targets)} paragraphs.",
            [Candidate(i) for i in place.targets[:_MOST]],
        )

    def whole(self, said: Said) -> tuple[int, ...]:
        """Return a paragraph with all that belongs to it."""
        index = self.one(said)
        if said.part:
            return (index,)
        if said.division and not said.subs and not said.operative:
            return self.places.section(index)
        if self.places.actions(index):
            raise Doubt(
                "It does not say whether the sub-paragraphs are meant as well.",
                [Candidate(index), *(Candidate(i) for i in self.places.actions(index)[: _MOST - 1])],
            )
        return (index, *self.places.under(index))

    def end(self, index: int) -> int:
        """Return the last paragraph of what belongs to a paragraph."""
        if actions := self.places.actions(index):
            raise Doubt(
                "It does not say whether that is before or after the sub-paragraphs.",
                (Candidate(index), Candidate(actions[-1])),
            )
        return (index, *self.places.under(index))[-1]

    def sentence(self, index: int, sentence: int) -> Span:
        """Return where a sentence stands in a paragraph: the first is 1, the last -1, 0 is all of it."""
        text = self.text(index)
        if not sentence:
            return 0, len(text)
        found = sentences(text)
        at = sentence - 1 if sentence > 0 else len(found) + sentence
        if at not in range(len(found)):
            count = f"{len(found)} sentences" if len(found) > 1 else "one sentence"
            raise Doubt(f"The paragraph has {count}.", (Candidate(index),))
        return found[at]

    def text(self, index: int) -> str:
        """Return the words of a paragraph."""
        return self.base.paragraphs[index].text

    def words(self, command: Command) -> tuple[int, Span]:
        """Return the paragraph and the place of the words that a command points at."""
        pointed = command.old
        place = self.places.find(command.place)
        if pointed is None:
            index = self.one(command.place)
            return index, self.sentence(index, place.sentence)
        if not place.targets:
            self.nowhere(command, place)
        for scope in (place.targets, place.around):
            found = [(i, span) for i in scope for span in self._spans(i, place, pointed.words)]
            if len(found) > 1 and pointed.which and len({i for i, _ in found}) == 1:
                at = pointed.which - 1 if pointed.which > 0 else len(found) + pointed.which
                if at < len(found):
                    return found[at]
            if len(found) > 1 or (found and pointed.which > len(found)):
                raise Doubt(
                    f"The words “{pointed.words}” stand there {_times(len(found))}: it does not say which.",
                    [Candidate(i, _around(self.text(i), span)) for i, span in found[:_MOST]],
                )
            if found:
                return found[0]
        self.nowhere(command, place)
        raise AssertionError

    def _spans(self, index: int, place: Place, words: str) -> list[Span]:
        start, end = self.sentence(index, place.sentence) if place.sentence else (0, len(self.text(index)))
        return [span for span in spans(self.text(index), words) if start <= span[0] and span[1] <= end]

    def nowhere(self, command: Command, place: Place) -> None:
        """Raise a doubt for words that do not stand where they should."""
        words = command.old.words if command.old else ""
        near = [
            Candidate(i, like)
            for i in (*place.targets, *place.around)
            if (like := nearly(self.text(i), words))
        ]
        elsewhere = [
            Candidate(p.index, self.text(p.index)[slice(*span)])
            for p in self.base.paragraphs
            if p.index not in place.targets
            for span in spans(p.text, words)[:1]
        ]
        said = command.place.phrase
        if not place.targets:
            what = f"There is no “{said}” in the text" if said else "It names no paragraph"
            also = "; the words stand elsewhere." if elsewhere else "."
            raise Doubt(what + also, elsewhere[:_MOST])
        if near:
            raise Doubt(f"The words “{words}” do not stand there, but words like them.", near[:_MOST])
        if elsewhere:
            raise Doubt(f"The words “{words}” do not stand there, but elsewhere.", elsewhere[:_MOST])
        raise Doubt(f"The words “{words}” do not stand there.", [Candidate(i) for i in place.targets[:_MOST]])


def _around(text: str, span: Span, width: int = 24) -> str:
    """Return words of a text with some of those around them."""
    start = text.rfind(" ", 0, max(span[0] - width, 0)) + 1
    end = text.find(" ", min(span[1] + width, len(text)))
    return text[start : end if end >= 0 else len(text)]


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"
