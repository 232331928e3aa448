"""A lineage in a terminal and for programs: what is in doubt first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from gcmtext.cli.terminal import glimpse, new_console
from gcmtext.services.lineage import Step
from gcmtext.services.outline import Outline
from gcmtext.text.compare import is_doubtful
from gcmtext.text.model import Alignment, Link


@dataclass(frozen=True, slots=True)
class ShownLineage:
    """The lineage in force between two versions; paragraphs are named as they are typed, by address."""

    step: Step
    old: Outline
    new: Outline
    alignment: Alignment

    @property
    def doubtful(self) -> list[Link]:
        """The links that a person should look at, the most doubtful first."""
        return sorted(filter(is_doubtful, self.alignment.links), key=lambda link: link.confidence)

    @property
    def certain(self) -> list[Link]:
        """The other links, in the order of the new revision."""
        return [link for link in self.alignment.links if not is_doubtful(link)]


def show_lineage(found: ShownLineage) -> None:
    """Print the links, what is new and gone, and the corrections."""
    console = new_console()
    names = f"{found.old.version.revision.name} → {found.new.version.revision.name}"
    console.print(Text(f"{names} ({found.new.version.language})", "bold"))
    if found.doubtful:
        _head(console, "In doubt, please look")
    for link in found.doubtful:
        console.print(_line(found, link, "yellow"))
        _show_texts(console, found.old, link.old, "-")
        _show_texts(console, found.new, link.new, "+")
    if found.certain:
        _head(console, "Links")
    for link in found.certain:
        console.print(_line(found, link))
    for title, outline, indices in (
        ("New", found.new, found.alignment.inserted),
        ("Deleted", found.old, found.alignment.deleted),
    ):
        if indices:
            _head(console, title)
            console.print(Text(_names(outline, indices)))
    if found.step.decided:
        _head(console, "Corrections")
    for c in found.step.decided:
        words = f"{c.at:%Y-%m-%d} {c.by}: {in_words(found, c.verb, c.old, c.new)}"
        console.print(Text(f"{words} ({c.reason})" if c.reason else words))


def in_words(found: ShownLineage, verb: str, old: Sequence[int], new: Sequence[int]) -> str:
    """Return a decision in a line: "link 12 → 13, 14"."""
    return f"{verb} {' → '.join(filter(None, (_names(found.old, old), _names(found.new, new))))}"


def as_json(found: ShownLineage) -> dict[str, Any]:
    """Return a lineage for programs, in the shape that docs/commands.md names."""
    old, new = found.old.addresses, found.new.addresses
    return {
        "old": found.old.version.revision.slug,
        "new": found.new.version.revision.slug,
        "language": found.new.version.language,
        "algorithm": found.step.stored.algorithm,
        "links": [
            {
                "old": [old[i] for i in link.old],
                "new": [new[j] for j in link.new],
                "kind": link.kind.value,
                "confidence": round(link.confidence, 3),
                "doubtful": is_doubtful(link),
            }
            for link in (*found.doubtful, *found.certain)
        ],
        "inserted": [new[j] for j in found.alignment.inserted],
        "deleted": [old[i] for i in found.alignment.deleted],
        "corrections": [
            {
                "verb": c.verb,
                "old": [old[i] for i in c.old],
                "new": [new[j] for j in c.new],
                "by": c.by,
                "at": c.at.isoformat(),
                "reason": c.reason,
            }
            for c in found.step.decided
        ],
    }


def _head(console: Console, words: str) -> None:
    console.print()
    console.print(Text(words, "bold"))


def _line(found: ShownLineage, link: Link, style: str = "") -> Text:
    names = f"{_names(found.old, link.old)} → {_names(found.new, link.new)}"
    return Text(f"{link.confidence:>4.0%}  {link.kind.value:<7} {names}", style)


def _show_texts(console: Console, outline: Outline, indices: Sequence[int], sign: str) -> None:
    for index in indices:
        console.print(Text(f"      {sign} {glimpse(outline.paragraphs[index].text)}", "dim"))


def _names(outline: Outline, indices: Sequence[int]) -> str:
    return ", ".join(outline.addresses[index] for index in indices)
