"""How a text opens and closes: its title, the body that speaks, its preamble, its notes."""

import re
from collections.abc import Sequence

from gcmtext.text.model import Kind, Role
from gcmtext.text.segment.item import Item

_PREAMBLE = re.compile(r"(?:preamble|préambule|preámbulo|преамбула|(?:ال)?ديباجة|序言)$", re.I)
# Any other body that speaks: an article, a name, a comma ("The Conference of the Parties,").
_SPEAKER = re.compile(r"(?:the|la|le|les|el|los|las|إن)\s\S|l[’'][^\W\d_]", re.I)
_NUMBERED_NOTE = re.compile(r"(\d{1,3}) (?=\S)")
# What a note opens with that stands alone at the end: what it refers to.
_CITATION = re.compile(
    r"(?:see|cf|ibid|voir|véase|см|انظر|见|參見|参见"
    r"|(?:general assembly |security council |human rights council )?resolution|résolution"
    r"|resolución|резолюция|united nations, treaty series|official records"
    r"|[A-Z]{1,4}(?:/[\w.()-]+)+)(?![^\W_])",
    re.I,
)
_REFERENCE = re.compile(r"[^\W\d_]{4,}[.,;:]?1(?![^\W_]|[.,/]\d)")
_NO_TITLE = (Role.FOOTNOTE, Role.ROW)
_TITLE_WORDS = 60
_FORMULA_WORDS = 14


def title_place(items: Sequence[Item], title: str) -> int | None:
    """Return where the title stands: named by the format, or the line that names the text before its body."""
    for place, item in enumerate(items):
        if item.role is Role.TITLE:
            return place
    body = next(
        (i for i, item in enumerate(items) if item.label or item.is_formula or item.role in _NO_TITLE),
        len(items),
    )
    for place, item in enumerate(items[:body]):
        if title and title.casefold() in item.text.casefold() and not item.ends_sentence:
            return place
    depths = [item.depth for item in items if item.role is Role.HEADING]
    if (
        len(depths) > 1
        and items[0].role is Role.HEADING
        and depths.count(depths[0]) == 1
        and not items[0].label
    ):
        return 0
    body = next((i for i, item in enumerate(items[:body]) if item.role is Role.HEADING), body)
    lines = [i for i in range(body) if items[i].length <= _TITLE_WORDS and not items[i].ends_sentence]
    lines = [i for i in lines if items[i].starts_like_heading]
    if not lines or len(items) < 2:
        return None
    if body < len(items) and items[body].is_formula:
        near = [i for i in lines if all(j in lines for j in range(i, body))]
        return max(near, key=lambda i: (items[i].length, -i)) if near else lines[0]
    return lines[0] if lines[0] == 0 else None


def formula_places(items: Sequence[Item]) -> frozenset[int]:
    """Return where a body begins to speak: "The General Assembly,", "The Conference of the Parties,"."""
    found = set()
    for place, item in enumerate(items):
        if item.is_formula:
            found.add(place)
        elif (
            item.is_plain and item.length <= _FORMULA_WORDS and _SPEAKER.match(item.text) and item.ends_comma
        ):
            after = next((other for other in items[place + 1 : place + 2]), None)
            if after is not None and after.is_plain and after.ends_clause:
                found.add(place)
    return frozenset(found)


def preamble_places(items: Sequence[Item], formulas: frozenset[int], title: int | None) -> dict[int, Kind]:
    """Return which unlabelled items are preambular, and which operative.

    A preamble runs from a formula, from a heading that says so or, without either, from the title, to the
    first number or heading.
    """
    headed = [place for place, item in enumerate(items) if _PREAMBLE.match(item.rest)]
    kinds: dict[int, Kind] = {}
    for start in formulas:
        kinds |= _after_formula(items, start)
    for start in headed:
        kinds |= {place: Kind.PREAMBULAR for place in _zone(items, start) if items[place].ends_sentence}
    if not kinds:
        zone = _zone(items, -1 if title is None else title)
        kinds = {i: Kind.PREAMBULAR for i in zone if items[i].ends_clause and items[i].length > 2}
    return {place: kind for place, kind in kinds.items() if items[place].is_plain and place not in formulas}


def _after_formula(items: Sequence[Item], formula: int) -> dict[int, Kind]:
    """Return the kinds of the items between a formula and the first number or heading.

    A resolution with one operative paragraph does not number it: it is the sentence after the last clause.
    """
    zone = _zone(items, formula)
    after = zone[-1] + 1 if zone else formula + 1
    numbered = after < len(items) and items[after].label is not None
    last = max((place for place in zone if items[place].ends_clause), default=formula)
    return {
        place: Kind.PREAMBULAR if place <= last or numbered else Kind.NUMBERED
        for place in zone
        if place <= last or items[place].ends_sentence
    }


def _zone(items: Sequence[Item], start: int) -> list[int]:
    """Return the places after `start` up to the first numbered paragraph, heading or note."""
    zone = []
    for place in range(start + 1, len(items)):
        item = items[place]
        if item.role is not Role.BODY or item.has_heading_label or item.is_annex:
            break
        if item.label and not item.label.form.startswith(("(", "#)", "PP")):
            break
        zone.append(place)
    return zone


def note_places(items: Sequence[Item]) -> frozenset[int]:
    """Return where a text ends with notes that are numbered without a sign: "1 See …", "2 Ibid.".

    One alone, or more that have more words than all before them, must open as a note does, or be referred to
    by a figure behind a word or a mark: "the lights.1".
    """
    places: list[int] = []
    following = 0
    for place in reversed(range(len(items))):
        number = _NUMBERED_NOTE.match(items[place].text) if items[place].is_plain else None
        if not number or (places and int(number[1]) != following - 1):
            break
        following = int(number[1])
        places.append(place)
    if following != 1:
        return frozenset()
    first = places[-1]
    words, before = (sum(item.length for item in part) for part in (items[first:], items[:first]))
    if (len(places) > 1 and words <= before) or _CITATION.match(items[first].text, 2):
        return frozenset(places)
    referred = any(_REFERENCE.search(item.text) for item in items[:first])
    return frozenset(places) if referred else frozenset()
