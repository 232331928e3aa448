"""What an entry of the index says of where its words stand."""

from collections.abc import Iterator, Mapping
from datetime import date

from gcmtext.db import LanguageVersion
from gcmtext.text.model import HEADS, Kind

LONGEST_SECTION = 120


def facets_of_version(version: LanguageVersion) -> dict[str, str]:
    """Return where a language version belongs."""
    revision = version.revision
    return {
        "document": f"{revision.negotiation.title}, {revision.name}",
        "negotiation": revision.negotiation.slug,
        "revision": revision.name,
        "symbol": revision.symbol,
        "language": version.language,
    }


def pairs(facets: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return facets as entries have them, without those that say nothing."""
    return tuple((name, value) for name, value in facets.items() if value)


def year(day: date | None) -> str:
    """Return a year as it is counted."""
    return str(day.year) if day else ""


class Sections:
    """Tells the facets that depend on what stands above a paragraph; paragraphs come in order."""

    def __init__(self) -> None:
        self._object = 0
        self._heading = ""

    def facets(self, identity: int, kind: str, label: str, text: str) -> Iterator[tuple[str, str]]:
        """Yield the kind, label and section of the next paragraph of an object."""
        if identity != self._object:
            self._object, self._heading = identity, ""
        if Kind(kind) in HEADS and kind != Kind.TITLE:
            self._heading = " ".join(filter(None, (label, text)))[:LONGEST_SECTION]
        yield "kind", kind
        if label:
            yield "label", label
        if self._heading:
            yield "section", self._heading


def short(wording: str) -> int:
    """Return a wording as a number of 64 bits."""
    return int.from_bytes(bytes.fromhex(wording[:16]), signed=True)


def ordinal(day: date | None) -> int:
    """Return a day as a number, 0 for none."""
    return day.toordinal() if day else 0
