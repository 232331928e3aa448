"""What is new, by e-mail: written by `gcmtext digest send` and `gcmtext serve`, in processes of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from time import monotonic, sleep

import pytest
from aiosmtpd.controller import Controller
from databases import Databases
from services.test_mail import free_port
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cli.conftest import Run, runner
from gcmtext.db import Amendment, Negotiation, Often, OutgoingMail, Person
from gcmtext.db.engine import begin_write, open_engine, open_sessions
from gcmtext.services.actor import actor_of
from gcmtext.services.digests import want

NORWAY = "head.norway@example.org"


@pytest.fixture
def told(databases: Databases, demo_template: str) -> Iterator[str]:
    """The demonstration as it was two hours ago, of which the head of Norway wants to be told every hour."""
    before = datetime.now(UTC) - timedelta(hours=2)
    with databases.one(demo_template) as url:
        with opened(url) as session:
            _as_before(session, before)
        yield url


def _as_before(session: Session, before: datetime) -> None:
    begin_write(session)
    session.execute(update(Amendment).where(Amendment.number.is_not(None)).values(submitted_at=before))
    person = session.scalars(select(Person).where(Person.email == NORWAY)).one()
    negotiation = session.scalars(select(Negotiation)).one()
    since = before - timedelta(hours=1)
    want(session, actor_of(session, person, before, "test"), negotiation, Often.HOURLY, since)
    session.commit()


@contextmanager
def opened(url: str) -> Iterator[Session]:
    """Give a session over a database on which other processes work."""
    engine = open_engine(url)
    with open_sessions(engine)() as session:
        yield session
    engine.dispose()


def written(url: str) -> list[OutgoingMail]:
    with opened(url) as session:
        return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def test_it_is_sent_once_to_whom_it_is_of_interest(environment: dict[str, str], told: str) -> None:
    run: Run = runner(
        environment | {"GCMTEXT_DATABASE_URL": told, "GCMTEXT_BASE_URL": "https://texts.example"}
    )
    assert run("digest", "send").stdout == "1 written.\n"
    assert run("digest", "send").stdout == "Nothing new to tell.\n"
    [mail] = written(told)
    assert (mail.to, mail.subject.partition(":")[0]) == (NORWAY, "New")
    assert "New amendments (" in mail.text
    assert "https://texts.example/seafarers/amendments/" in mail.text
    assert mail.text.endswith("you can say there:\nhttps://texts.example/account\n")
    # The drafts of Mexico are no news for Norway.
    assert "Only if the paragraph is opened by others" not in mail.text


def test_it_needs_a_database(bare: Run) -> None:
    assert "run “gcmtext init” first" in bare("digest", "send", code=2).stderr


class Postbox:
    """What a server has taken."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        content = envelope.content  # type: ignore[attr-defined]
        self.taken.append(message_from_bytes(content, policy=policy.default, _class=EmailMessage))
        return "250 OK"


def test_the_server_tells_by_itself(environment: dict[str, str], told: str) -> None:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    process = subprocess.Popen(
        [sys.executable, "-m", "gcmtext", "serve", "--port", "0"],
        env=environment
        | {
            "GCMTEXT_DATABASE_URL": told,
            "GCMTEXT_SMTP_URL": f"smtp://127.0.0.1:{controller.port}",
            "GCMTEXT_MAIL_FROM": "texts@example.org",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = monotonic() + 60
        while not box.taken and monotonic() < until:
            sleep(0.2)
    finally:
        process.terminate()
        process.wait(timeout=20)
        controller.stop()
    [message] = box.taken
    assert message["To"] == NORWAY
    assert "New amendments (" in message.get_content()
    [mail] = written(told)
    assert mail.sent_at is not None
