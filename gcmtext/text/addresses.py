"""What stands for a paragraph in an address: short, spoken, one of a kind in its text.

"12-bis" for paragraph 12 bis, "12-bis-a-ii" for its sub-paragraph (a) (ii), "objective-7", "pp3" for the
third preambular paragraph, "note-4" for a footnote, "p45" for the 45th paragraph where there is no better
name. The last form is understood for every paragraph.
"""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

from gcmtext.text.model import Kind, Paragraph

_APART = re.compile(r"[^\w]+")
_BY_INDEX = re.compile(r"p\d+")
_PREAMBULAR = re.compile(r"pp(\d+)")
_AGAIN = re.compile(r"~\d+$")
_BEHIND_A_NUMBER = re.compile(r"bis|ter|quater|alt|\d+")
_MOST = 60
_MOST_TOGETHER = 200


def addresses(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the address of each paragraph, in order; no two are the same.

    The address of a paragraph depends on nothing after it, so that a text that grows at its end keeps them.
    """
    times: dict[str, int] = {}
    found: list[str] = []
    above: list[str] = []
    preambular = 0
    for paragraph in paragraphs:
        preambular += paragraph.kind is Kind.PREAMBULAR
        own = slug(paragraph.label)
        numbered = paragraph.kind in (Kind.NUMBERED, Kind.SUBPARAGRAPH)
        if paragraph.kind in (Kind.HEADING, Kind.ANNEX, Kind.TITLE):
            above = []
        name = own
        if numbered:
            above = [*above[: paragraph.level], *[""] * (paragraph.level - len(above)), own]
            name = "-".join(part for part in above if part) if own else ""
        elif paragraph.kind is Kind.PREAMBULAR:
            name = own or f"pp{preambular}"
        elif paragraph.kind is Kind.FOOTNOTE:
            name = f"note-{own}" if own else ""
        elif paragraph.kind is Kind.TITLE:
            name = "title"
        elif paragraph.kind is Kind.HEADING and not own:
            name = slug(paragraph.text)
        if not name or _BY_INDEX.fullmatch(name):
            found.append(by_index(paragraph.index))
            continue
        name = name[:_MOST_TOGETHER].rstrip("-")
        times[name] = times.get(name, 0) + 1
        found.append(name if times[name] == 1 else f"{name}~{times[name]}")
    return tuple(found)


def spoken(address: str, label: str) -> str:
    """Return what a paragraph is called in its text, by its address and its label alone.

    "12 bis (a)" for (a) under 12 bis, "PP3" for a preambular paragraph without a label, "" for what has no
    name. What it stands under is in its address, though not in which signs: those are put as most texts have
    them.
    """
    if not label:
        counted = _PREAMBULAR.fullmatch(address)
        return f"PP{counted[1]}" if counted else ""
    own = slug(label)
    whole = _AGAIN.sub("", address)
    above = whole.removesuffix(f"-{own}")
    if not own or above in (whole, "note"):
        return label
    first, *others = above.split("-")
    named = [first.upper() if first.startswith(("op", "pp")) else first]
    for part in others:
        named.append(part if _BEHIND_A_NUMBER.fullmatch(part) else f"({part})")
    return " ".join([*named, label])


def slug(text: str, most: int | None = _MOST) -> str:
    """Return letters and digits of any script in lower case, joined by hyphens; "" if there are none.

    Of what is longer only the first `most` characters are given, if not None.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _APART.sub("-", folded).strip("-")[:most].rstrip("-")


def own_slug(text: str) -> str:
    """Return what `slug` does; of what is longer also a digest, so that no other text has the same."""
    short, whole = slug(text), slug(text, None)
    if short == whole:
        return short
    return f"{short}-{blake2b(whole.encode(), digest_size=4).hexdigest()}"


def by_index(index: int) -> str:
    """Return the address that every paragraph has besides its own."""
    return f"p{index + 1}"
