"""How long the tracker takes to show and to take amendments, where there are many.

The base is a generated text of about 300 paragraphs; 60 delegations propose some 35 things each, a third of
them together with others (`compilation.submissions_on`), all 60 of them other words for one and the same
paragraph, and as many supports, objections and co-sponsorships again. Pages are asked of the application in
this process, without a network, as somebody who acts for a delegation, after a first time that fills what is
kept. "After a start" is the first that a process answers at all, "after a submission" what is asked next when
one more amendment has been submitted. The median is given, of RUNS, and of STARTS processes, of which the
first compiles the templates; in CPU time of the process (without the work of a PostgreSQL server) and on the
clock.
"""

import gc
import os
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from benchmarks.compilation import submissions_on
from benchmarks.generate import as_markdown, generate
from benchmarks.tables import table
from benchmarks.web import postgresql
from gcmtext.app import create_app
from gcmtext.cli import GARBAGE_THRESHOLD
from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Delegation,
    DelegationKind,
    LanguageVersion,
    Person,
    RoleGrant,
    Stance,
    StanceKind,
    Visibility,
    migrate,
)
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.services.actor import Role, operator
from gcmtext.services.calls import call_for_amendments
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.reading import addresses, document, negotiation
from gcmtext.services.signing_in import Browser, begin
from gcmtext.settings import Settings
from gcmtext.text.model import Document
from gcmtext.text.proposals import FATES, Proposal, ProposalKind
from gcmtext.views.proposal_json import proposal_to_json

DELEGATIONS = 60
STANCES = 2000
SEED = 5
RUNS = 9
STARTS = 3
NOW = datetime(2026, 2, 1, tzinfo=UTC)
OPERATOR = operator("benchmarks")
BUSY = 200  # about where the paragraph stands that all would change
WORKING = f"one paragraph, {DELEGATIONS} amendments"
PAGES = {
    "compilation, what is open": "/text/rev-1/compilation",
    "compilation, contested": "/text/rev-1/compilation?shown=contested",
    "compilation, one delegation": "/text/rev-1/compilation?delegation=Delegation+07",
    "compilation, second page": "/text/rev-1/compilation?shown=all&page=2",
    "compilation, JSON": "/text/rev-1/compilation.json",
    "compilation, Word": "/text/rev-1/compilation.docx",
    WORKING: "/text/rev-1/para/{busy}/amendments",
    "list of amendments": "/text/amendments",
    "list, one delegation": "/text/amendments?delegation=Delegation+07",
    "form to propose": "/text/rev-1/para/{busy}/propose",
}


def run() -> str:
    """Return the table."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": measure(f"sqlite:///{folder}/it.sqlite3", Path(folder))}
        if url := os.environ.get("GCMTEXT_TEST_POSTGRESQL_URL"):
            with postgresql(url) as own:
                found["PostgreSQL"] = measure(own, Path(folder))
    head = ["milliseconds", *(f"{name}, {kind}" for name in found for kind in ("CPU", "clock"))]
    rows = [
        [what, *(f"{1000 * value:,.0f}" for times in found.values() for value in times[what])]
        for what in found["SQLite"]
    ]
    return table(head, rows)


def measure(url: str, folder: Path) -> dict[str, tuple[float, float]]:
    """Return the CPU and clock seconds of each page, and of a submission."""
    engine = open_engine(url)
    migrate.upgrade(engine)
    with open_sessions(engine)() as session:
        begin_write(session)
        token, busy = fill(session)
        session.commit()
    engine.dispose()
    addresses = {what: address.format(busy=busy) for what, address in PAGES.items()}
    compiled, working = addresses["compilation, what is open"], addresses[WORKING]
    client = visitor(url, folder, token)
    times = {what: timed(partial(client.get, address), 200) for what, address in addresses.items()}
    submit = submissions(client, f"/text/rev-1/para/{busy}/propose")
    times["submission"] = timed(submit, 303)
    times["compilation, after a submission"] = timed(partial(client.get, compiled), 200, submit)
    times[f"{WORKING}, after a submission"] = timed(partial(client.get, working), 200, submit)
    times["compilation, after a start"] = after_start(url, folder, token, compiled)
    times[f"{WORKING}, after a start"] = after_start(url, folder, token, working)
    client.application.extensions["gcmtext_sessions"].kw["bind"].dispose()
    return times


def visitor(url: str, folder: Path, token: str) -> FlaskClient:
    """Return what asks for pages as the person of a token, of an application that is made as `serve` does."""
    app = create_app(Settings(folder, url, "a key for measuring"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    client.set_cookie(app.config["GCMTEXT_SIGN_IN_COOKIE"], token)
    gc.collect()
    gc.freeze()
    return client


def timed(
    ask: Callable[[], TestResponse], status: int, before: Callable[[], object] | None = None
) -> tuple[float, float]:
    """Return how long an answer takes: CPU and clock, the medians; `before`: what is done before each."""
    assert (answer := ask()).status_code == status, answer.text[:500]
    taken = []
    for _ in range(RUNS):
        if before is not None:
            before()
        taken.append(once(ask))
    return middle(taken)


def once(ask: Callable[[], TestResponse]) -> tuple[float, float]:
    """Return how long one answer takes: CPU and clock."""
    begun = time.process_time(), time.perf_counter()
    ask()
    return time.process_time() - begun[0], time.perf_counter() - begun[1]


def middle(taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the median of CPU times, and that of times on the clock."""
    used, passed = zip(*taken, strict=True)
    return statistics.median(used), statistics.median(passed)


def after_start(url: str, folder: Path, token: str, address: str) -> tuple[float, float]:
    """Return how long the first answer of a process takes."""
    command = [sys.executable, "-m", "benchmarks.amendments", url, str(folder), token, address]
    answers = [subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(STARTS)]
    return middle([tuple(map(float, answer.stdout.split())) for answer in answers])


def submissions(client: FlaskClient, address: str) -> Callable[[], TestResponse]:
    """Return what submits one more new paragraph each time."""
    delegation = client.get(address).text.split('name="delegation" value="')[1].split('"')[0]

    def submit() -> TestResponse:
        nonce = secrets.token_urlsafe(16)
        data = {"kind": "insert-after", "text": f"Lamps are lit, {nonce}.", "do": "submit", "nonce": nonce}
        return client.post(address, data={**data, "delegation": delegation})

    return submit


def fill(session: Session) -> tuple[str, str]:
    """Take in a text and what delegations propose on it.

    Returns the token of a head of delegation, and the address of the paragraph that all would change.
    """
    rng = random.Random(SEED)
    data = as_markdown(generate(SEED, "light").old).encode()
    start_negotiation(session, OPERATOR, "text", "en", NOW, visibility=Visibility.PUBLIC)
    imported = import_revision(
        session,
        OPERATOR,
        negotiation(session, OPERATOR, "text"),
        read_text(data, "text.md"),
        ("text.md", data),
        name="Rev.1",
        issued=None,
        visibility=Visibility.PUBLIC,
        now=NOW,
    )
    version = imported.version
    call_for_amendments(session, OPERATOR, version.revision, closes_at=None, shown=Visibility.PUBLIC, now=NOW)
    delegations = _delegations(session, version)
    base = document(session, version)
    busy = next(p.index for p in base.paragraphs[BUSY:] if len(p.text) > 200)
    amendments = _amendments(base, version, delegations, busy)
    session.add_all(amendments)
    session.flush()
    pairs = {(rng.choice(amendments), rng.choice(delegations)) for _ in range(STANCES)}
    session.add_all(
        Stance(amendment=one, delegation=by, kind=rng.choice([*StanceKind]).value, since=NOW)
        for one, by in sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id))
        if by.id != one.delegation_id
    )
    person = Person(email="head@example.org", name="Head", created_at=NOW)
    session.add(person)
    session.flush()
    grant = {"negotiation_id": version.revision.negotiation_id, "delegation_id": delegations[0].id}
    session.add(RoleGrant(person_id=person.id, role=Role.HEAD.value, since=NOW, **grant))
    token = begin(session, person, Browser("", ""), datetime.now(UTC))
    return token, addresses(session, version)[busy]


def _delegations(session: Session, version: LanguageVersion) -> list[Delegation]:
    made = [
        Delegation(
            negotiation=version.revision.negotiation,
            kind=DelegationKind.STATE,
            name=f"Delegation {n:02}",
            short_name=f"Delegation {n:02}",
            address=f"delegation-{n:02}",
            created_at=NOW,
        )
        for n in range(DELEGATIONS)
    ]
    session.add_all(made)
    session.flush()
    return made


def _amendments(
    base: Document, version: LanguageVersion, delegations: Sequence[Delegation], busy: int
) -> list[Amendment]:
    words = base.paragraphs[busy].text.split()
    found: list[Amendment] = []
    for submission, delegation in zip(submissions_on(base, SEED, DELEGATIONS), delegations, strict=True):
        number = len(found)
        others = [p for p in submission.proposals if p.kind not in FATES or busy not in (p.at, *p.bases)]
        cut = number % (len(words) - 6)
        text = " ".join([*words[:cut], f"as {delegation.short_name} has it", *words[cut + 3 :]])
        for proposal in [*others, Proposal(ProposalKind.CHANGE, busy, text)]:
            found.append(_amendment(version, delegation, proposal, len(found) + 1))
    return found


def _amendment(version: LanguageVersion, by: Delegation, proposal: Proposal, number: int) -> Amendment:
    edition = AmendmentEdition(
        number=1, proposal=proposal_to_json(proposal), rationale="", language="en", written_at=NOW
    )
    return Amendment(
        negotiation_id=by.negotiation_id,
        version=version,
        delegation=by,
        key=f"amendment-{number}",
        number=number,
        kind=proposal.kind.value,
        at=proposal.at,
        state=AmendmentState.SUBMITTED,
        edition=1,
        created_at=NOW,
        submitted_at=NOW,
        editions=[edition],
    )


if __name__ == "__main__":
    gc.set_threshold(GARBAGE_THRESHOLD)
    used, passed = once(partial(visitor(sys.argv[1], Path(sys.argv[2]), sys.argv[3]).get, sys.argv[4]))
    print(used, passed)
