"""Collections of adopted documents as JSON lines: a document a line.

    {"id": symbol, "title", "date", "lang", "body", "session", "status",
     "paras": [{"n": number as printed, "k": "p" or "h" for a heading, "t": text}], "footnotes": [text]}

Of a document only its symbol or title and its paragraphs must be there.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gcmtext.errors import InvalidText, NotFound
from gcmtext.text.model import Block, Role, Source

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson")
MOST_CHARACTERS = 64 * 2**20


def is_json_lines(path: Path) -> bool:
    """Return whether a file is named as one of JSON lines."""
    return path.name.lower().endswith(SUFFIXES)


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not empty, with their numbers; unpacked if it is packed.

    Raises NotFound if there is no such file, InvalidText if it cannot be read.
    """
    opener = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opener(path, "rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(MOST_CHARACTERS + 1), b""), 1):
                if len(line) > MOST_CHARACTERS:
                    raise InvalidText(
                        f"{path.name}, line {number}, is too long: put a document on each line."
                    )
                if line.strip():
                    yield number, line.strip()
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}: check the name and the folder.") from None
    except (OSError, EOFError) as error:
        raise InvalidText(f"{path.name} cannot be read ({error}): ask for it again.") from None


def read_line(data: bytes, where: str) -> tuple[Source, dict[str, str]]:
    """Return the document of a line, and what it states about itself besides: body, session and status.

    Raises InvalidText, with where it is, if it is none.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidText(f"{where} is no JSON: put a document on each line.") from None
    if not isinstance(value, dict) or not isinstance(value.get("paras"), list):
        raise InvalidText(f"{where} holds no document: it needs “paras”, a list of paragraphs.")
    blocks = [_block(each, where) for each in value["paras"]]
    notes = value.get("footnotes", [])
    if isinstance(notes, list):
        blocks += [
            Block(str(note), Role.FOOTNOTE, str(number)) for number, note in enumerate(notes, 1) if note
        ]
    source = Source(
        tuple(blocks),
        title=_text(value, "title"),
        language=_text(value, "lang") or _text(value, "language"),
        symbol=_text(value, "id") or _text(value, "symbol"),
        date=_text(value, "date"),
    )
    return source, {name: _text(value, name) for name in ("body", "session", "status")}


def _block(value: Any, where: str) -> Block:
    if not isinstance(value, dict):
        raise InvalidText(f"{where} has a paragraph that is none: each needs “t”, its text.")
    heading = value.get("k") == "h"
    return Block(
        _text(value, "t"), Role.HEADING if heading else Role.BODY, _text(value, "n").strip(), int(heading)
    )


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""
