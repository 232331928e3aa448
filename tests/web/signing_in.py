"""Signing in as people with a role."""

from datetime import UTC, datetime
from urllib.parse import urljoin

from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select

from gcmtext.db import Negotiation, Person, RoleGrant
from gcmtext.db.engine import begin_write
from gcmtext.services.accounts import DEMONSTRATION_PASSWORD
from gcmtext.services.actor import Role
from gcmtext.services.signing_in import Browser, begin
from gcmtext.web.clock import now
from gcmtext.web.store import session

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def as_role(client: FlaskClient, role: str, name: str = "A. Keeper") -> FlaskClient:
    """Sign in as somebody who has a role in all negotiations there are; return the client."""
    with client.application.app_context():
        begin_write(session())
        email = f"{role}.{name}@example.net".casefold().replace(" ", "")
        person = session().scalar(select(Person).where(Person.email == email))
        if person is None:
            person = Person(
                email=email,
                name=name,
                totp_secret=SECRET,
                created_at=LONG_AGO,
                is_administrator=role == Role.ADMINISTRATOR,
            )
            session().add(person)
            session().flush()
            if not person.is_administrator:
                for identity in session().scalars(select(Negotiation.id)):
                    session().add(
                        RoleGrant(person_id=person.id, role=role, negotiation_id=identity, since=LONG_AGO)
                    )
        token = begin(session(), person, Browser("", ""), now())
        session().commit()
    client.set_cookie(client.application.config["GCMTEXT_SIGN_IN_COOKIE"], token)
    return client


def sign_in(page: Page, address: str, role: str) -> None:
    """Sign in to a demonstration with a browser; `address` is that of any of its pages."""
    page.goto(urljoin(address, "/sign-in"))
    page.get_by_label("E-mail address").fill(f"{role}@example.org")
    page.get_by_label("Password").fill(DEMONSTRATION_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


def as_person(client: FlaskClient, name: str) -> FlaskClient:
    """Sign in as a person of the demonstration, by the name before the @; return the client."""
    with client.application.app_context():
        begin_write(session())
        person = session().scalars(select(Person).where(Person.email == f"{name}@example.org")).one()
        person.totp_secret = SECRET  # who conducts a negotiation may do nothing without a second factor
        token = begin(session(), person, Browser("", ""), now())
        session().commit()
    client.set_cookie(client.application.config["GCMTEXT_SIGN_IN_COOKIE"], token)
    return client
