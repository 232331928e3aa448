"""What a reader has chosen of the amendments to a revision, on each page that shows many of them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from gcmtext.db import AmendmentState
from gcmtext.errors import NotFound
from gcmtext.services.compiling import Entry
from gcmtext.services.groups import Group, heard
from gcmtext.text.collate import in_order
from gcmtext.text.model import Document
from gcmtext.text.proposals import INSERTS, ProposalKind
from gcmtext.text.sections import Section, sections
from gcmtext.web.form import number

NEW = "new"
"""The kind of what would be a new paragraph, before or after another one."""

KINDS: Mapping[str, frozenset[ProposalKind]] = {
    ProposalKind.CHANGE.value: frozenset({ProposalKind.CHANGE}),
    ProposalKind.DELETE.value: frozenset({ProposalKind.DELETE}),
    NEW: INSERTS,
    **{
        kind.value: frozenset({kind})
        for kind in ProposalKind
        if kind not in INSERTS | {ProposalKind.CHANGE, ProposalKind.DELETE}
    },
}
"""What can be chosen by kind, in order."""

STATES = (AmendmentState.SUBMITTED, AmendmentState.WITHDRAWN)
"""What can be chosen where there is a choice: drafts are listed apart, for their delegation alone."""

_MOST_SECTIONS = 60

Voices = Callable[[Entry], Iterable[str]]
"""The delegations that count as speaking in an amendment."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which amendments a reader has chosen; "" where it does not matter.

    section: the paragraph with which it begins, -1 for the whole text. group: what it proposes itself, and
    what those propose who belong to it when they do. kind: a key of KINDS. state: one of STATES.
    """

    delegation: str = ""
    group: str = ""
    kind: str = ""
    section: int = -1
    state: AmendmentState = AmendmentState.SUBMITTED

    @classmethod
    def of(cls, said: Mapping[str, str], *, with_state: bool = False) -> "Filter":
        """Return what an address asks for; raise NotFound for a kind or a state that does not exist.

        A delegation or a group of which nothing can be seen is like one that does not exist. with_state:
        whether there is a choice; where all is submitted, a state is not read.
        """
        kind, state = said.get("kind", ""), said.get("state", "") if with_state else ""
        if kind in INSERTS:
            kind = NEW
        return cls(
            said.get("delegation", ""),
            said.get("group", ""),
            _among(KINDS, kind, "kind of amendment") if kind else "",
            number(said.get("section", "")),
            AmendmentState(_among(STATES, state, "state") if state else AmendmentState.SUBMITTED),
        )

    @property
    def said(self) -> dict[str, Any]:
        """What addresses say of it: nothing of what does not matter."""
        return {
            field.name: str(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(NONE, field.name)
        }

    def without(self, name: str) -> "Filter":
        """Return the same without one of its parts."""
        return replace(self, **{name: getattr(NONE, name)})

    @property
    def asks_who_or_what(self) -> bool:
        """Whether it depends on more than the place in the text."""
        return bool(self.delegation or self.group or self.kind)

    def chosen(self, found: Iterable[Entry], groups: Iterable[Group], voices: Voices) -> tuple[Entry, ...]:
        """Return those of some amendments that are chosen, wherever in the text they are."""
        kinds = KINDS[self.kind] if self.kind else None
        group = next((group for group in groups if group.short_name == self.group), None)
        return tuple(
            entry
            for entry in found
            if (not self.delegation or self.delegation in voices(entry))
            and (not self.group or (group is not None and _is_by(entry, group)))
            and (kinds is None or entry.proposal.kind in kinds)
        )


NONE = Filter()
"""All that has been submitted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section that can be chosen. name: its heading, "" before the first one."""

    start: int
    stop: int
    name: str

    def holds(self, place: int) -> bool:
        """Return whether a paragraph is in it."""
        return self.start <= place < self.stop


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen, as far as the reader sees anything of it."""

    delegations: tuple[str, ...]
    groups: tuple[str, ...]
    parts: tuple[Part, ...]
    kinds: tuple[str, ...] = tuple(KINDS)

    def part(self, start: int) -> Part | None:
        """Return a section, None for the whole text; raise NotFound where none begins there."""
        found = next((part for part in self.parts if part.start == start), None)
        if start >= 0 and found is None:
            raise NotFound("There is no such section in this revision.")
        return found


def offered(found: Sequence[Entry], groups: Iterable[Group], base: Document, voices: Voices) -> Offered:
    """Return what can be chosen of some amendments, all that the reader sees."""
    return Offered(
        in_order(name for entry in found for name in voices(entry)),
        heard(groups, ((entry.delegation_id, entry.submitted_at.date()) for entry in found)),
        tuple(
            Part(section.start, section.stop, _name(base, section))
            for section in sections(base.paragraphs, _MOST_SECTIONS)
        ),
    )


def authors(entry: Entry) -> tuple[str, ...]:
    """Return whose an amendment is."""
    return entry.delegation, *entry.sponsors


def speakers(entry: Entry) -> tuple[str, ...]:
    """Return all that say how they stand to an amendment."""
    return *authors(entry), *entry.supporters, *entry.opponents


def _is_by(entry: Entry, group: Group) -> bool:
    return group.holds(entry.delegation_id, entry.submitted_at.date())


def _name(base: Document, section: Section) -> str:
    heads = [base.paragraphs[index] for index in section.heads[:1]]
    return " ".join(f"{head.label} {head.text}".strip() for head in heads)


def _among(known: Collection[str], said: str, what: str) -> str:
    if said not in known:
        raise NotFound(f"There is no {what} “{said[:40]}”: choose one of {', '.join(known)}.")
    return said
