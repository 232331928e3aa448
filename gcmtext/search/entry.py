"""What is searched: paragraphs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph as it is searched.

    index: its place in its object. text: its words, in `language`.
    facets: names and values by which results are narrowed and counted ("kind", "numbered"); a name may have
        several values.
    seen_by: the circles of which one must hold who may see it ("public", "negotiation:3").
    day: the ordinal of its date, 0 if it has none. wording: what entries of the same words have in common.
    """

    index: int
    language: str
    text: str
    facets: tuple[tuple[str, str], ...]
    seen_by: tuple[str, ...]
    day: int = 0
    wording: int = 0
