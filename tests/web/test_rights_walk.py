"""Every route as everybody: what the table of permissions says is what happens, and nothing leaks.

own: people with a role in the negotiation. other: with the same role in another one. And people with no role,
and who is not signed in.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule as Route

from gcmtext.db import (
    AmendmentEdition,
    CorpusParagraph,
    Delegation,
    Negotiation,
    Person,
    Revision,
    RoleGrant,
    StoredParagraph,
    Visibility,
)
from gcmtext.db.engine import begin_write
from gcmtext.services.actor import DELEGATED, Actor, Role, actor_of, anonymous, operator
from gcmtext.services.importing import start_negotiation
from gcmtext.services.permissions import RULES, Action, Subject, may
from gcmtext.services.roles import GRANTED
from gcmtext.services.signing_in import Browser, begin
from gcmtext.web.clock import now
from gcmtext.web.store import session

from .signing_in import LONG_AGO, SECRET

HOME = "seafarers"
# What needs no permission: files of the program, and whether a page is light or dark.
FREE = {"static", "appearance.choose"}
VALUES = {
    "negotiation": HOME,
    "revision": "rev-1",
    "old": "rev-1",
    "new": "rev-2",
    "token": "no-such-token",
    "identity": "99999",
    "amendment": "99999",
    "comment": "no-such-comment",
    "key": "no-such-key",
    "delegation": "mexico",
    "filename": "gcmtext.css",
}


@dataclass(frozen=True)
class Somebody:
    """One who asks: who that is to the program, and the browser that asks."""

    name: str
    client: FlaskClient
    actor: Actor


def routes(app: Flask) -> list[tuple[Route, str, Action]]:
    """Return each route with each of its methods and the action that it declares."""
    return [
        (route, method, app.view_functions[route.endpoint].action)
        for route in app.url_map.iter_rules()
        if route.endpoint not in FREE
        for method in sorted((route.methods or set()) & {"GET", "POST"})
    ]


def address_of(route: Route) -> str:
    values = dict(VALUES)
    values["address"] = "9-bis" if "/para/" in route.rule else "mexico"
    built = route.build({name: values[name] for name in route.arguments}, append_unknown=False)
    assert built is not None
    return built[1]


@pytest.fixture
def everybody(own_demo: Flask) -> list[Somebody]:
    with own_demo.app_context():
        begin_write(session())
        home = session().scalars(select(Negotiation).where(Negotiation.slug == HOME)).one()
        away = start_negotiation(
            session(), operator("tests"), "On beacons", "en", now(), visibility=Visibility.PUBLIC
        )
        mexico = session().scalars(select(Delegation).where(Delegation.address == "mexico")).one()
        chile = Delegation(negotiation=away, kind="state", name="Chile", short_name="Chile", address="chile")
        chile.created_at = LONG_AGO
        session().add(chile)
        session().flush()
        found = [_somebody(own_demo, "administrator", None, None, None)]
        for role in GRANTED:
            acts = role in DELEGATED
            found.append(_somebody(own_demo, f"{role}, own", role, home, mexico if acts else None))
            found.append(_somebody(own_demo, f"{role}, other", role, away, chile if acts else None))
        found.append(_somebody(own_demo, "person", None, None, None))
        session().commit()
    found.append(Somebody("nobody", own_demo.test_client(), anonymous(now())))
    return found


def _somebody(
    app: Flask, name: str, role: Role | None, of: Negotiation | None, whom: Delegation | None
) -> Somebody:
    person = Person(
        email=f"{name}@example.net".replace(" ", ""),
        name=name,
        totp_secret=SECRET,
        created_at=LONG_AGO,
        language="",
        is_administrator=name == "administrator",
    )
    session().add(person)
    session().flush()
    if role is not None and of is not None:
        session().add(
            RoleGrant(
                person_id=person.id,
                role=role.value,
                negotiation_id=of.id,
                delegation_id=whom.id if whom else None,
                since=LONG_AGO,
            )
        )
        session().flush()
    client = app.test_client()
    client.set_cookie(app.config["GCMTEXT_SIGN_IN_COOKIE"], begin(session(), person, Browser("", ""), now()))
    return Somebody(name, client, actor_of(session(), person, now()))


def test_every_route_has_a_rule(app: Flask) -> None:
    without = [
        route.rule
        for route in app.url_map.iter_rules()
        if route.endpoint not in FREE and not hasattr(app.view_functions[route.endpoint], "action")
    ]
    assert without == []
    assert {action for _, _, action in routes(app)} <= set(RULES)


def set_shown(app: Flask, visibility: Visibility, revisions: list[str] | None = None) -> int:
    """Show the negotiation, or some of its revisions, only so far; return its id."""
    with app.app_context():
        begin_write(session())
        found = session().scalars(select(Negotiation).where(Negotiation.slug == HOME)).one()
        if revisions is None:
            found.visibility = visibility.value
        else:
            of = Revision.negotiation_id == found.id, Revision.slug.in_(revisions)
            for revision in session().scalars(select(Revision).where(*of)):
                revision.visibility = visibility.value
        session().commit()
        return found.id


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.DELEGATIONS, Visibility.PREPARED])
def test_who_may_not_is_refused_everywhere(
    own_demo: Flask, everybody: list[Somebody], visibility: Visibility
) -> None:
    """What the table does not allow is refused, and what one may not see is not there."""
    identity = set_shown(own_demo, visibility)
    asked = 0
    for route, method, action in routes(own_demo):
        address = address_of(route)
        here = Subject(identity, visibility) if "negotiation" in route.arguments else Subject()
        for who in everybody:
            if may(who.actor, action, here):
                continue
            sees = may(who.actor, Action.NEGOTIATION_READ, here)
            answer = who.client.open(address, method=method)
            assert answer.status_code == (403 if sees else 404), (method, address, who.name)
            asked += 1
    assert asked > 300


def test_who_may_is_let_in(own_demo: Flask, everybody: list[Somebody]) -> None:
    """Pages are shown to the two that may least of those who may; forms are taken, though they are empty."""
    identity = set_shown(own_demo, Visibility.PUBLIC)
    for route, method, action in routes(own_demo):
        here = Subject(identity) if "negotiation" in route.arguments else Subject()
        if method == "POST" and action in (Action.SIGN_IN, Action.ACCOUNT_USE):
            continue  # would end what those who ask are signed in with
        allowed = [who for who in everybody if may(who.actor, action, here)]
        assert allowed, action
        for who in allowed[-2:] if method == "GET" else allowed[:1]:
            answer = who.client.open(address_of(route), method=method, buffered=True)
            own = RULES[action].own or method == "POST"
            assert answer.status_code < 500, (method, route.rule, who.name)
            assert answer.status_code != 403 or own, (method, route.rule, who.name)


HIDDEN = ["rev-2", "final-draft"]
OTHER_VALUES = (("revision", "rev-2"), ("revision", "rev-3"), ("old", "rev-2"), ("new", "final-draft"))


@pytest.fixture
def secrets(own_demo: Flask) -> list[str]:
    """What only the hidden revisions hold: their addresses, and words that stand in no other revision."""
    with own_demo.app_context():
        rows = session().execute(
            select(Revision.slug, StoredParagraph.text)
            .join(Revision.versions)
            .join(StoredParagraph)
            .join(Negotiation, Negotiation.id == Revision.negotiation_id)
            .where(Negotiation.slug == HOME)
        )
        hidden: set[str] = set()
        shown = ""
        for slug, text in rows:
            parts = text.split()
            if slug in HIDDEN:
                hidden |= {" ".join(parts[i : i + 5]) for i in range(len(parts) - 4)}
            else:
                shown += " ".join(parts) + "\n"
        # What delegations proposed on revisions that are shown is theirs, though it was taken up later.
        for edition in session().scalars(select(AmendmentEdition)):
            proposed = json.dumps(edition.proposal, ensure_ascii=False)
            shown += " ".join(f"{proposed} {edition.rationale}".split()) + "\n"
        for adopted in session().scalars(select(CorpusParagraph.text)):
            shown += " ".join(adopted.split()) + "\n"
    # A compilation makes brackets of its own.
    only = sorted(words for words in hidden if words not in shown and not set("[]") & set(words))
    assert len(only) > 100
    return ["Rev.2", "rev-2", "Final draft", "final-draft", *only]


def words_of(data: bytes) -> str:
    """Return what an answer says; of a Word file, what all its parts say."""
    if not data.startswith(b"PK"):
        return data.decode()
    with ZipFile(BytesIO(data)) as file:
        parts = [file.read(name).decode(errors="replace") for name in file.namelist()]
    return re.sub("<[^>]*>", "", "".join(parts))


def test_nothing_of_a_hidden_revision_is_in_any_answer(
    own_demo: Flask, everybody: list[Somebody], secrets: list[str]
) -> None:
    set_shown(own_demo, Visibility.PREPARED, HIDDEN)
    blind = [who for who in everybody if who.name in ("observer, own", "co-facilitator, other", "nobody")]
    for address in _addresses(own_demo):
        for who in blind[:1] if "compare" in address else blind:
            answer = who.client.get(address, buffered=True)
            said = words_of(answer.get_data())
            # What was asked for may be named: whoever asks has said it.
            leaked = [secret for secret in secrets if secret in said and secret not in address]
            assert not leaked, (address, who.name, answer.status_code, leaked[:3])
            if any(f"/{slug}" in address for slug in HIDDEN):
                assert answer.status_code == 404, (address, who.name)


def _addresses(app: Flask) -> Iterator[str]:
    """Give the addresses of all pages, of shown and of hidden revisions, and wrong ones near to them."""
    for route, method, _ in routes(app):
        if method != "GET":
            continue
        yield address_of(route)
        for name, value in OTHER_VALUES:
            if name in route.arguments:
                kept = VALUES[name]
                VALUES[name] = value
                yield address_of(route)
                VALUES[name] = kept
    yield f"/{HOME}/compare/rev-1/rev-3"
    yield f"/{HOME}/compare/rev-1/rev-3.json"
    yield f"/{HOME}/lineage/rev-1/rev-3"
    yield f"/{HOME}/rev-2x"
    yield f"/{HOME}/rev-3/para/9-biss"
