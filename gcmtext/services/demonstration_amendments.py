"""What delegations propose in the demonstration, and how others stand to it: from files that come with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Amendment, Delegation, LanguageVersion, Negotiation, Person, StanceKind, Visibility
from gcmtext.errors import InvalidText
from gcmtext.formats.submissions import read_submission
from gcmtext.services.actor import Actor, Grant, Role, actor_of
from gcmtext.services.amending import draft, enter, revise, submit, withdraw
from gcmtext.services.calls import call_for_amendments, close_call
from gcmtext.services.commenting import Place, comment, reply, resolve
from gcmtext.services.reading import addresses, document
from gcmtext.services.stances import take_stance
from gcmtext.services.wordings import Wording
from gcmtext.text.proposals import Proposal, ProposalKind

_POSITIONS = "positions.yaml"
_ON = "rev-1"


def load_amendments(
    session: Session, actor: Actor, started: Negotiation, drafts: Path, now: datetime
) -> None:
    """Take in what the delegations of the demonstration have sent on Rev.1, with what others say to it.

    Amendments to the last revision are called for as well, so that one can try.
    """
    revision = next(r for r in started.revisions if r.slug == _ON)
    version = revision.versions[0]
    call_for_amendments(session, actor, revision, closes_at=None, shown=Visibility.PUBLIC, now=now)
    known = {
        delegation.short_name: delegation
        for delegation in session.scalars(select(Delegation).where(Delegation.negotiation_id == started.id))
    }
    base = document(session, version)
    for truth in sorted((drafts / "submissions").glob("*.yaml")):
        name = yaml.safe_load(truth.read_text(encoding="utf-8"))["delegation"]
        file = truth.with_suffix(".docx")
        submission, _ = read_submission(file.read_bytes(), file.name, base, name)
        for proposal in submission.proposals:
            wording = Wording(proposal, proposal.note)
            enter(session, actor, version, known[name], wording, now=now)
    said = _read(drafts)
    positions = _Positions(session, actor, version, known, now)
    for entry in said["stances"]:
        positions.stance(entry)
    for entry in said["amends"]:
        positions.amend(entry)
    for entry in said["comments"]:
        positions.comment(entry)
    close_call(session, actor, revision, now)
    last = started.revisions[-1]
    call_for_amendments(session, actor, last, closes_at=None, shown=Visibility.PUBLIC, now=now)
    latest = _Positions(session, actor, last.versions[0], known, now)
    for entry in said["proposals"]:
        latest.propose(entry)


class _Positions:
    """What the file of positions says about one revision; its places and amendments, as they are named."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        version: LanguageVersion,
        known: Mapping[str, Delegation],
        now: datetime,
    ) -> None:
        self.session, self.actor, self.version, self.known, self.now = session, actor, version, known, now
        self.texts = [paragraph.text for paragraph in document(session, version).paragraphs]
        self.places = {address: index for index, address in enumerate(addresses(session, version))}
        rows = session.scalars(select(Amendment).where(Amendment.version_id == version.id))
        self.amendments = {(a.delegation.short_name, a.at, a.kind): a for a in rows}

    def stance(self, entry: Mapping[str, Any]) -> None:
        for kind in StanceKind:
            for name in entry.get(kind.value, ()):
                delegation = self.known[name]
                head = self._head(delegation)
                take_stance(self.session, head, self._on(entry["amendment"]), delegation, kind, self.now)

    def amend(self, entry: Mapping[str, Any]) -> None:
        parent = self._on(entry["amendment"])
        proposal = Proposal(ProposalKind(parent.kind), parent.at, entry["text"])
        self._draft(entry, proposal, parent)

    def propose(self, entry: Mapping[str, Any]) -> None:
        at, kind = self.places[str(entry["at"])], ProposalKind(entry["kind"])
        text = entry.get("text") or self._replaced(at, entry.get("replace"))
        made = self._draft(entry, Proposal(kind, at, text, span=self._span(at, entry)))
        head = self._head(made.delegation)
        if "then" in entry:
            wording = Wording(Proposal(kind, at, self._replaced(at, entry["then"])), entry.get("why", ""))
            edited = self.now + timedelta(seconds=1)  # what was written before it was submitted is a draft
            revise(self.session, head, made, wording, based_on=made.edition, now=edited)
        if entry.get("withdrawn"):
            withdraw(self.session, head, made, self.now)

    def comment(self, entry: Mapping[str, Any]) -> None:
        amendment = self._on(entry["amendment"]) if "amendment" in entry else None
        at = amendment.at if amendment else self.places[str(entry["at"])]
        speaker, by = self._speaker(entry)
        root = comment(
            self.session,
            speaker,
            by,
            Place(self.version, at, self._span(at, entry), amendment),
            entry["says"],
            Visibility(entry["to"]),
            now=self.now,
        )
        for answer in entry.get("answers", ()):
            speaker, by = self._speaker(answer)
            reply(self.session, speaker, by, root, answer["says"], now=self.now)
        if entry.get("resolved"):
            resolve(self.session, self._speaker(entry)[0], root, True, self.now)

    def _draft(
        self, entry: Mapping[str, Any], proposal: Proposal, parent: Amendment | None = None
    ) -> Amendment:
        by, wording = self.known[entry["by"]], Wording(proposal, entry.get("why", ""))
        head = self._head(by)
        made = draft(self.session, head, self.version, by, wording, parent=parent, now=self.now)
        if not entry.get("draft"):
            submit(self.session, head, made, self.now)
            self.amendments[by.short_name, made.at, made.kind] = made
        return made

    def _head(self, delegation: Delegation) -> Actor:
        grant = Grant(Role.HEAD, delegation.negotiation_id, delegation.id)
        return Actor(
            f"Head of delegation, {delegation.short_name}", source=self.actor.source, grants=(grant,)
        )

    def _on(self, said: Sequence[str]) -> Amendment:
        name, address, kind = said
        return self.amendments[name, self.places[address], kind]

    def _replaced(self, at: int, words: Mapping[str, str] | None) -> str | None:
        if words is None:
            return None
        text = self.texts[at]
        for old, new in words.items():
            start, end = _once(text, old)
            text = text[:start] + new + text[end:]
        return text

    def _span(self, at: int, entry: Mapping[str, Any]) -> tuple[int, int] | None:
        return _once(self.texts[at], entry["words"]) if "words" in entry else None

    def _speaker(self, entry: Mapping[str, Any]) -> tuple[Actor, Delegation | None]:
        email = f"{entry['who']}@example.org"
        person = self.session.scalars(select(Person).where(Person.email == email)).one()
        delegation = self.known[entry["for"]] if "for" in entry else None
        return actor_of(self.session, person, self.now, self.actor.source), delegation


def _once(text: str, words: str) -> tuple[int, int]:
    """Return where words stand in a text; raise InvalidText unless they stand there once."""
    if text.count(words) != 1:
        raise InvalidText(f"“{words}” stands {text.count(words)} times in “{text}”.")
    return text.index(words), text.index(words) + len(words)


def _read(drafts: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((drafts / _POSITIONS).read_text(encoding="utf-8"))
    return read
