"""Front matter: what a draft in Markdown states about itself, as YAML between two lines of dashes."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gcmtext.errors import InvalidText
from gcmtext.text.model import Notice

if TYPE_CHECKING:
    import yaml

KEYS = ("title", "revision", "date", "symbol", "language")
NOTE = "note"
MAX_CHARACTERS = 16_384
MAX_DEPTH = 20
_UNPRINTABLE = re.compile(r"[\0-\x1f\x7f\ud800-\udfff]")  # what YAML can write and nothing can store


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values as written; "" for what is not stated. date is in ISO 8601."""

    title: str = ""
    revision: str = ""
    date: str = ""
    symbol: str = ""
    language: str = ""
    notices: tuple[Notice, ...] = ()


def read_front_matter(text: str, first_line: int) -> FrontMatter:
    """Return what the YAML between the dashes states; `first_line` is where it begins in the file.

    Values are read as they are written ("1.10" stays so, "no" is Norwegian). Keys other than KEYS, and a date
    that is not in ISO 8601, are in the notices; so is a note, in its own words, since readers should see it.

    Raises InvalidText, with the line, if this is no YAML of keys and values or a key is given twice.
    """
    if len(text) > MAX_CHARACTERS:
        raise InvalidText(f"The front matter has over {MAX_CHARACTERS} characters: close it with a line ---.")
    values: dict[str, str] = {}
    notices = []
    for key, value in _pairs(text, first_line):
        if key.words == NOTE and value.is_scalar:
            notices.append(Notice("note", value.words))
        elif key.words not in KEYS:
            message = f"The front matter has a key that is not read: {key.words}."
            notices.append(Notice("front-matter", message, f"{key.words}: {value.words}"))
        elif key.words in values:
            raise InvalidText(f"The front matter gives {key.words} twice (line {key.line}): keep one.")
        elif not value.is_scalar:
            raise InvalidText(f"{key.words} in the front matter (line {key.line}) must be one line of text.")
        else:
            values[key.words] = value.words
    date = values.get("date", "")
    if date and not _is_iso(date):
        values["date"] = ""
        message = f"The date in the front matter is not understood ({date}): write it as 2018-02-05."
        notices.append(Notice("front-matter", message, date))
    return FrontMatter(**values, notices=tuple(notices))


@dataclass(frozen=True, slots=True)
class _Node:
    """A key or a value: all words in it, whether it is one scalar, and its line in the file."""

    words: str
    is_scalar: bool
    line: int


def _pairs(text: str, first_line: int) -> Iterator[tuple[_Node, _Node]]:
    """Yield the keys and values of a YAML mapping, in order.

    They are read from the events of the parser: nothing is built that depth or aliases could exhaust.
    """
    import yaml  # here, so that files without front matter do not pay for it

    try:
        events = list(_events(text))
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two from numbers in escapes
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "not YAML"
        raise InvalidText(
            f"The front matter cannot be read at line {line} ({problem}): "
            'write "key: value" on each line, quoted if the value holds a colon.'
        ) from None
    if not events:
        return
    if not isinstance(events[0], yaml.MappingStartEvent):
        raise InvalidText(f'The front matter (line {first_line}) must have "key: value" on each line.')
    nodes = _nodes(events[1:-1], first_line)
    yield from zip(nodes, nodes, strict=True)


def _events(text: str) -> "Iterator[yaml.Event]":
    """Yield the events of nodes. The parser's time grows with depth squared: what is too deep ends it."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise InvalidText(f"The front matter is nested deeper than {MAX_DEPTH} levels: write key: value.")
        if isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
            yield event


def _nodes(events: "Sequence[yaml.Event]", first_line: int) -> Iterator[_Node]:
    """Yield the outermost nodes among the events."""
    import yaml

    words: list[str] = []
    depth = line = 0
    for event in events:
        if depth == 0 and event.start_mark:
            line = event.start_mark.line + first_line
        if isinstance(event, yaml.ScalarEvent):
            words += _UNPRINTABLE.sub(" ", event.value).split()
        elif isinstance(event, yaml.AliasEvent):
            words.append(f"*{event.anchor}")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth == 0:
            yield _Node(" ".join(words), isinstance(event, yaml.ScalarEvent), line)
            words = []


def _is_iso(date: str) -> bool:
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        return False
    return True
