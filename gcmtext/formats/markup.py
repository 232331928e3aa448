"""One pass over the elements of a document in markup: what is text goes into a flow, the rest is named."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from lxml import etree

from gcmtext.formats.flow import Flow
from gcmtext.text.model import Notice


def text_of(element: etree._Element) -> str:
    """Return the words in an element."""
    return " ".join("".join(map(str, element.itertext())).split())


class MarkupReader(ABC):
    """What a format of markup has of its own: which elements begin what, and which are left out.

    flow: the blocks read. reasons: the message for each code of notice, in the order in which they are given.
    """

    def __init__(self, root: etree._Element, reasons: Mapping[str, str]) -> None:
        self.flow = Flow()
        self.root = root
        self._reasons = reasons
        self._left_out: dict[str, list[str]] = {code: [] for code in reasons}

    @abstractmethod
    def reason_to_leave_out(self, element: etree._Element) -> str | None:
        """Return why an element is left out: a code, or "" if it is no text; None if it is read."""

    @abstractmethod
    def start(self, element: etree._Element) -> None:
        """Begin what an element begins."""

    @abstractmethod
    def end(self, element: etree._Element) -> None:
        """End what an element began."""

    @abstractmethod
    def is_changed(self) -> bool:
        """Whether the document marks insertions, so that the notice on changes stands without deletions."""

    def write(self, text: str | None) -> None:
        """Take text that stands between elements."""
        self.flow.write(text)

    def read(self) -> None:
        """Read the document, without recursion: it may be nested deeper than Python's stack."""
        walk = etree.iterwalk(self.root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "start":
                code = self.reason_to_leave_out(element)
                if code is None:
                    self.start(element)
                    self.write(element.text)
                    continue
                if code:
                    self._left_out[code] += [*map(str, element.itertext()), " "]
                skipped = element
                walk.skip_subtree()
                continue
            if element is not skipped:
                self.end(element)
            if element is not self.root:
                self.write(element.tail)

    def notices(self) -> tuple[Notice, ...]:
        """Return what was left out, and why."""
        words = {code: " ".join("".join(texts).split()) for code, texts in self._left_out.items()}
        return tuple(
            Notice(code, message, words[code])
            for code, message in self._reasons.items()
            if words[code] or (code == "tracked-changes" and self.is_changed())
        )
