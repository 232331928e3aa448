"""What delegations propose in the demonstration, and how others stand to it: from files that come with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import Amendment, Delegation, LanguageVersion, Negotiation, Person, StanceKind, Visibility
from gcmtext.formats.submissions import read_submission
from gcmtext.services.actor import Actor, Grant, Role
from gcmtext.services.amending import Wording, draft, enter, submit
from gcmtext.services.calls import call_for_amendments, close_call
from gcmtext.services.commenting import Place, comment, reply
from gcmtext.services.reading import addresses, document
from gcmtext.services.stances import take_stance
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
    _Positions(session, actor, version, known, now).load(_read(drafts))
    close_call(session, actor, revision, now)
    last = started.revisions[-1]
    call_for_amendments(session, actor, last, closes_at=None, shown=Visibility.PUBLIC, now=now)


class _Positions:
    """Supports, objections, amendments to amendments and comments, as the file names them."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        version: LanguageVersion,
        known: Mapping[str, Delegation],
        now: datetime,
    ) -> None:
        self.session, self.actor, self.version, self.known, self.now = session, actor, version, known, now
        self.places = {address: index for index, address in enumerate(addresses(session, version))}
        rows = session.scalars(select(Amendment).where(Amendment.version_id == version.id))
        self.amendments = {(a.delegation.short_name, a.at, a.kind): a for a in rows}

    def load(self, said: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        for entry in said["stances"]:
            for kind in StanceKind:
                for name in entry.get(kind.value, ()):
                    delegation = self.known[name]
                    head = self._head(delegation)
                    take_stance(self.session, head, self._on(entry["on"]), delegation, kind, self.now)
        for entry in said["amends"]:
            parent = self._on(entry["on"])
            proposal = Proposal(ProposalKind(parent.kind), parent.at, entry["text"])
            by, why = self.known[entry["by"]], Wording(proposal, entry.get("why", ""))
            made = draft(self.session, self._head(by), self.version, by, why, parent=parent, now=self.now)
            submit(self.session, self._head(by), made, self.now)
        for entry in said["comments"]:
            self._comment(entry)

    def _head(self, delegation: Delegation) -> Actor:
        grant = Grant(Role.HEAD, delegation.negotiation_id, delegation.id)
        return Actor(
            f"Head of delegation, {delegation.short_name}", source=self.actor.source, grants=(grant,)
        )

    def _on(self, said: Sequence[str]) -> Amendment:
        name, address, kind = said
        return self.amendments[name, self.places[str(address)], kind]

    def _comment(self, entry: Mapping[str, Any]) -> None:
        amendment = self._on(entry["on"]) if "on" in entry else None
        at = amendment.at if amendment else self.places[str(entry["at"])]
        speaker, by = self._speaker(entry)
        root = comment(
            self.session,
            speaker,
            by,
            Place(self.version, at, amendment=amendment),
            entry["says"],
            Visibility(entry.get("to", Visibility.DELEGATIONS)),
            now=self.now,
        )
        for answer in entry.get("answers", ()):
            speaker, by = self._speaker(answer)
            reply(self.session, speaker, by, root, answer["says"], now=self.now)

    def _speaker(self, entry: Mapping[str, Any]) -> tuple[Actor, Delegation | None]:
        email = f"{entry['who']}@example.org"
        person = self.session.scalars(select(Person).where(Person.email == email)).one()
        delegation = self.known[entry["for"]] if "for" in entry else None
        return Actor(person.name, person.id, self.actor.source, is_administrator=True), delegation


def _read(drafts: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((drafts / _POSITIONS).read_text(encoding="utf-8"))
    return read
