"""Numbers of list items as browsers print them: start, reversed, type and value, CSS counter styles."""

import re
from dataclasses import dataclass

from lxml import etree

LISTS = frozenset({"ol", "ul", "menu", "dir"})

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z-]+)\b", re.IGNORECASE)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MAX_NUMBER = 10**9


@dataclass(slots=True)
class _List:
    """A list that is open. style: of its numbers, "none" if it has none. value: of its next item."""

    style: str
    value: int
    step: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item that is open. is_hollow: whether it begins with a list of its own instead of words."""

    is_numbered: bool
    is_hollow: bool


class Lists:
    """The lists and items that are open at one place of a page."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._items: list[_Item] = []

    @property
    def depth(self) -> int:
        """How many items stand around, without an outermost one that is numbered."""
        items = [item for item in self._items if not item.is_hollow]
        return len(items) - bool(items and items[0].is_numbered)

    def open_list(self, element: etree._Element) -> None:
        """Begin a list."""
        step = -1 if element.get("reversed") is not None else 1
        count = sum(child.tag == "li" for child in element) if step < 0 else 1
        is_numbered = element.tag == "ol"
        style = _style(element) or ("decimal" if is_numbered else "none")
        self._lists.append(
            _List(style if is_numbered else "none", _number(element.get("start"), count), step)
        )

    def close_list(self) -> None:
        """End the list that was opened last."""
        self._lists.pop()

    def open_item(self, element: etree._Element) -> str:
        """Begin an item and return its number, as "3." or "c."; "" if none is printed."""
        items = self._lists[-1] if self._lists else _List("none", 1, 1)
        style = (_style(element) or items.style) if items.style != "none" else "none"
        value = _number(element.get("value"), items.value)
        items.value = value + items.step
        is_hollow = not (element.text or "").strip() and len(element) > 0 and element[0].tag in LISTS
        self._items.append(_Item(style != "none", is_hollow))
        return "" if style == "none" else f"{printed(value, style)}."

    def close_item(self) -> None:
        """End the item that was opened last."""
        self._items.pop()


def printed(value: int, style: str) -> str:
    """Return a number in a CSS counter style, as a decimal if the style does not reach it or is unknown."""
    if style.endswith(("-alpha", "-latin")) and value > 0:
        letters = ""
        while value:
            value, rest = divmod(value - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if style.startswith("upper") else letters
    if style.endswith("-roman") and 0 < value < 4000:
        numeral = ""
        for unit, sign in _ROMAN:
            count, value = divmod(value, unit)
            numeral += sign * count
        return numeral.upper() if style.startswith("upper") else numeral
    return f"{value:02d}" if style == "decimal-leading-zero" else str(value)


def _style(element: etree._Element) -> str:
    if match := _STYLE.search(element.get("style", "")):
        return match[1].lower()
    return _TYPES.get(element.get("type", ""), "")


def _number(text: str | None, default: int) -> int:
    match = re.match(r"\s*([+-]?\d{1,9})", text or "")
    return max(-_MAX_NUMBER, min(int(match[1]) if match else default, _MAX_NUMBER))
