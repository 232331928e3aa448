"""Footnotes of a page: which links refer to them, and which elements hold them.

HTML has no footnotes. A reference is a short link forward ("1", "[2]", "*") that is marked as one
(DPUB-ARIA), is raised, or has the kind of address that Word, LibreOffice, Markdown and wikis give to notes.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from gcmtext.formats.markup import text_of

_MARK = re.compile(r"[\[(]?(\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶]{1,4})[\])]?", re.IGNORECASE)
_BACK = re.compile(r"[\[(]?[↩↑⏎^←]\ufe0e?[\])]?")
_ADDRESS = re.compile(
    r"#_*(?:user-content-)?(?:fn|ftn|edn|footnote|endnote|note|sdfootnote|sdendnote|cite_note)", re.I
)
_ROLES = frozenset({"doc-noteref", "noteref"})
_HOLDERS = frozenset({"li", "p", "div", "aside", "section", "dd", "td"})


class Notes:
    """The footnotes of a page.

    references: the links to notes, which are not printed in the text. holders: the elements that hold a note,
    with its mark. returns: what stands in a note to lead back to the text, or repeats the mark.
    """

    def __init__(self, root: etree._Element) -> None:
        self.references: set[etree._Element] = set()
        self.holders: dict[etree._Element, str] = {}
        self.returns: set[etree._Element] = set()
        self._order = {element: place for place, element in enumerate(root.iter())}
        self._named = {
            name: e for e in reversed(self._order) for name in (e.get("id"), e.get("name")) if name
        }
        for link in self._order:
            if link.tag == "a" and (mark := _MARK.fullmatch(text_of(link))) and _is_marked(link):
                self._add(link, mark[1])
        for holder, printed in self.holders.items():
            self.returns.update(self._returns(holder, printed))

    def _target(self, link: etree._Element) -> etree._Element | None:
        return self._named.get(unquote(link.get("href", "")[1:]))

    def _add(self, link: etree._Element, mark: str) -> None:
        target = self._target(link)
        if target is None or self._order[target] <= self._order[link]:
            return
        holder = _holder(target)
        if holder is None or holder in set(link.iterancestors()):
            return
        if holder not in self.holders:
            is_within = any(ancestor in self.holders for ancestor in holder.iterancestors())
            if is_within or not text_of(holder):
                return
            self.holders[holder] = mark
        self.references.add(link)

    def _returns(self, holder: etree._Element, mark: str) -> Iterator[etree._Element]:
        repeats_mark = text_of(holder).startswith(mark)
        for element in holder.iter("a", "sup"):
            text = text_of(element)
            if element.tag == "a" and element.get("href", "").startswith("#"):
                target = self._target(element)
                is_back = target is not None and self._order[target] < self._order[holder]
                if is_back and (_BACK.fullmatch(text) or _MARK.fullmatch(text)):
                    yield element
            elif element.tag == "sup" and text == mark and repeats_mark:
                repeats_mark = False
                yield element


def _is_marked(link: etree._Element) -> bool:
    """Whether a short link is marked, raised or addressed as references to notes are."""
    if not link.get("href", "").startswith("#"):
        return False
    parent = link.getparent()
    return (
        link.get("role") in _ROLES
        or link.get("epub:type") in _ROLES
        or bool(_ADDRESS.match(link.get("href", "")))
        or (parent is not None and parent.tag == "sup")
        or any(True for _ in link.iter("sup"))
    )


def _holder(target: etree._Element) -> etree._Element | None:
    """Return the element that holds the whole note which begins at the target of a reference."""
    element: etree._Element | None = target
    while element is not None and element.tag not in _HOLDERS:
        element = element.getparent()
    if element is None:
        return None
    parent = element.getparent()
    while parent is not None and parent.tag in ("li", "div", "aside") and _is_first(element, parent):
        if parent.tag == "div" and not _ADDRESS.match(f"#{parent.get('id', '')}"):
            break
        element, parent = parent, parent.getparent()
    return element


def _is_first(element: etree._Element, parent: etree._Element) -> bool:
    return parent[0] is element and not (parent.text or "").strip()
