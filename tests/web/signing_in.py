"""Signing in as people with a role."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select

from gcmtext.db import Negotiation, Person, RoleGrant
from gcmtext.services.actor import Role
from gcmtext.web.store import session

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def as_role(client: FlaskClient, role: str, name: str = "A. Keeper") -> FlaskClient:
    """Sign in as somebody who has a role in all negotiations there are; return the client."""
    with client.application.app_context():
        email = f"{role}.{name}@example.org".casefold().replace(" ", "")
        person = session().scalar(select(Person).where(Person.email == email))
        if person is None:
            person = Person(
                email=email, name=name, created_at=LONG_AGO, is_administrator=role == Role.ADMINISTRATOR
            )
            session().add(person)
            session().flush()
            if not person.is_administrator:
                for identity in session().scalars(select(Negotiation.id)):
                    session().add(
                        RoleGrant(person_id=person.id, role=role, negotiation_id=identity, since=LONG_AGO)
                    )
            session().commit()
        client.environ_base["gcmtext.person"] = person.id
    return client


def sign_in(page: Page, address: str, role: str) -> None:
    """Sign in to a demonstration with a browser."""
    pytest.skip(f"nobody can sign in to {address} as {role} with {page} yet")
