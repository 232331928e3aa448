"""What the tests of several pages do: read them as trees, count queries, take texts in."""

from datetime import date

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from sqlalchemy import Engine, event

from gcmtext.db import Visibility
from gcmtext.services import reading
from gcmtext.services.actor import operator
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.web.clock import now
from gcmtext.web.store import session

OPERATOR = operator("tests")


def page(client: FlaskClient, address: str, status: int = 200) -> HtmlElement:
    """Return a page as a tree; fail if it is answered in another way."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:2000]
    return lxml.html.document_fromstring(answer.text)


def words(element: HtmlElement) -> str:
    """Return the words of a part of a page, white space folded."""
    return " ".join(element.text_content().split())


def take(app: Flask, name: str, *texts: str, language: str = "en", issued: date | None = None) -> str:
    """Take texts in as the revisions Rev.1, Rev.2 … of a new negotiation; return its slug."""
    with app.app_context():
        negotiation = start_negotiation(
            session(), OPERATOR, name, language, now(), visibility=Visibility.PUBLIC
        )
        session().commit()
    for number, text in enumerate(texts, 1):
        add(app, negotiation.slug, f"Rev.{number}", text, issued)
    return negotiation.slug


def add(app: Flask, slug: str, name: str, text: str, issued: date | None = None) -> None:
    """Take a text in as a revision of a negotiation."""
    with app.app_context():
        data = text.encode()
        import_revision(
            session(),
            OPERATOR,
            reading.negotiation(session(), OPERATOR, slug),
            read_text(data, "text.md"),
            ("text.md", data),
            name=name,
            issued=issued,
            visibility=Visibility.PUBLIC,
            now=now(),
        )
        session().commit()


def queries(app: Flask, address: str, client: FlaskClient | None = None) -> int:
    """Return how many queries a page takes once all that is kept for it has been made.

    client: of somebody who has signed in; by default nobody has.
    """
    client = client or app.test_client()
    client.get(address)
    counted = []

    def count(*_: object) -> None:
        counted.append(1)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return len(counted)


def long_text(count: int, changed: int = 0, heading: int = 50) -> str:
    """Return a text of numbered paragraphs with headings between; of `changed` one has other words."""
    lines = ["---\nlanguage: en\n---\n"]
    for n in range(count):
        if n % heading == 0:
            lines.append(f"## OBJECTIVE {n // heading + 1}: Light {n}\n")
        more = " and of all the islands" if changed and n % changed == 0 else ""
        lines.append(f"{n + 1}. Keep lamp {n} of tower {n * 7} on coast {n * 13}{more}.\n")
    return "\n".join(lines)
