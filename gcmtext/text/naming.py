"""Finding the paragraphs that somebody means: by label, by address, or by number in the text."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from gcmtext.errors import InvalidText
from gcmtext.text.addresses import by_index, slug
from gcmtext.text.model import Document, Kind
from gcmtext.text.places import places

_APART = re.compile(r"[,;،؛，、；]")
_SOME = 4


def find_named(said: str, document: Document, addresses: Sequence[str]) -> tuple[int, ...]:
    """Return the indices, ascending, of the paragraphs that are named, separated by commas.

    Understood are labels as printed ("12 bis", "12 (a)", "OBJECTIVE 7 (a)"), the same in words ("preambular
    paragraph 3"), addresses ("12-bis-a", "pp3") and "p45" for the 45th paragraph. Raises InvalidText for a
    name that means none, or several.
    """
    names = _Names(document, addresses)
    parts = (part.strip() for part in _APART.split(said))
    return tuple(sorted({names.find(part) for part in parts if part}))


class _Names:
    """All names of the paragraphs of a text, the surest first: number, printed label, address, place."""

    def __init__(self, document: Document, addresses: Sequence[str]) -> None:
        self._places = places(document)
        self._where = document.revision or "this revision"
        numbered: dict[str, list[int]] = {by_index(p.index): [p.index] for p in document.paragraphs}
        printed: defaultdict[str, list[int]] = defaultdict(list)
        spoken: defaultdict[str, list[int]] = defaultdict(list)
        for paragraph, place in zip(document.paragraphs, self._places, strict=True):
            if paragraph.kind is not Kind.FOOTNOTE:
                printed[paragraph.label].append(paragraph.index)
            names = (paragraph.label, place.name, place.full_name, place.spoken)
            for name in {*map(slug, names)} - {""}:
                spoken[name].append(paragraph.index)
        self._tables: tuple[Mapping[str, list[int]], ...] = (
            numbered,
            printed,
            {address: [index] for index, address in enumerate(addresses)},
            spoken,
        )

    def find(self, said: str) -> int:
        """Return the paragraph of a name; raise InvalidText unless there is exactly one."""
        forms = (said, said, slug(said), slug(said))
        found = next((t[f] for t, f in zip(self._tables, forms, strict=True) if f in t), [])
        if len(found) == 1:
            return found[0]
        if not found:
            raise InvalidText(
                f"There is no paragraph “{said}” in {self._where}: write its label as printed, such as "
                "“12 bis (a)”, or its number in the text, such as “p45”."
            )
        some = ", ".join(f"{by_index(index)} ({self._places[index].full_name})" for index in found[:_SOME])
        raise InvalidText(
            f"“{said}” stands {len(found)} times in {self._where}: write its number in the text instead, "
            f"such as {some}."
        )
