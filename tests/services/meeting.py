"""A small negotiation for tests of what delegations do in it: a text, delegations, and those who act."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gcmtext.db import Amendment, Delegation, DelegationKind, LanguageVersion, Negotiation, Person, Visibility
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.services.actor import Actor, Grant, Role, operator
from gcmtext.services.amending import draft, submit
from gcmtext.services.calls import call_for_amendments
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.reading import negotiation as find_negotiation
from gcmtext.services.wordings import Wording
from gcmtext.text.proposals import Proposal, ProposalKind

NOW = datetime(2027, 4, 12, 9, 0, tzinfo=UTC)
OPERATOR = operator("tests")

TEXT = """# Draft on lights

1. States shall keep the lights of their coasts.

2. Keepers are to be paid in time, and their families housed.

(a) Towers shall be painted white;

(b) Towers may be striped.

3. The lights shall be inspected every year.
"""


@dataclass
class Meeting:
    """The negotiation and who is in it, by short name."""

    negotiation: Negotiation
    version: LanguageVersion
    delegations: dict[str, Delegation]
    people: dict[str, Person]
    chair: Actor
    session: Session
    now: datetime = field(default=NOW)

    def head(self, name: str) -> Actor:
        """Return the head of a delegation."""
        return self._actor(name, Role.HEAD)

    def delegate(self, name: str) -> Actor:
        """Return somebody of a delegation who is not its head."""
        return self._actor(name, Role.DELEGATE)

    def secretariat(self) -> Actor:
        """Return somebody of the secretariat."""
        return Actor("S. Cretary", grants=(Grant(Role.SECRETARIAT, self.negotiation.id),), at=self.now)

    def later(self) -> datetime:
        """Return a moment after all before it."""
        self.now += timedelta(minutes=1)
        return self.now

    def propose(self, name: str, proposal: Proposal) -> Amendment:
        """Submit a proposal of a delegation."""
        head, delegation = self.head(name), self.delegations[name]
        made = draft(self.session, head, self.version, delegation, Wording(proposal), now=self.later())
        return submit(self.session, head, made, self.later())

    def _actor(self, name: str, role: Role) -> Actor:
        grant = Grant(role, self.negotiation.id, self.delegations[name].id)
        return Actor(f"{role} of {name}", self.people[name].id, "here", (grant,), at=self.now)


def change(at: int, text: str) -> Proposal:
    """Return the proposal of another text for a paragraph."""
    return Proposal(ProposalKind.CHANGE, at, text)


@contextmanager
def meeting(
    engine: Engine, names: Sequence[str] = ("Egypt", "Ghana", "Mexico", "Norway"), text: str = TEXT
) -> Iterator[Meeting]:
    """Give a meeting that has called for amendments to its only revision, in a session that may write."""
    with open_sessions(engine)() as session:
        begin_write(session)
        yield convene(session, names, text)


def convene(session: Session, names: Sequence[str], text: str) -> Meeting:
    """Return a meeting that has called for amendments to its only revision."""
    shown = Visibility.DELEGATIONS
    started = start_negotiation(session, OPERATOR, "Lights", "en", NOW, visibility=shown)
    data = text.encode()
    imported = import_revision(
        session,
        OPERATOR,
        started,
        read_text(data, "lights.md"),
        ("lights.md", data),
        name="Rev.1",
        issued=None,
        visibility=shown,
        now=NOW,
    )
    delegations = {
        name: Delegation(
            negotiation=started,
            kind=DelegationKind.STATE,
            name=name,
            short_name=name,
            address=name.lower(),
            created_at=NOW,
        )
        for name in names
    }
    people = {
        name: Person(email=f"{name.lower()}@example.org", name=f"A. of {name}", created_at=NOW)
        for name in names
    }
    session.add_all([*delegations.values(), *people.values()])
    session.flush()
    found = find_negotiation(session, OPERATOR, started.slug)
    chair = Actor("C. Hair", source="here", grants=(Grant(Role.CO_FACILITATOR, found.id),), at=NOW)
    call_for_amendments(
        session, chair, imported.version.revision, closes_at=None, shown=Visibility.DELEGATIONS, now=NOW
    )
    return Meeting(found, imported.version, delegations, people, chair, session)
