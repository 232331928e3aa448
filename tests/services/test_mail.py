"""E-mail goes out, to a real server, once what it tells of has been stored; nobody adds to its head."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gcmtext.db import OutgoingMail
from gcmtext.db.engine import open_sessions
from gcmtext.errors import InvalidText
from gcmtext.services.mail import MOST_TRIES, checked_address, deliver, outbox, send
from gcmtext.settings import Settings

NOW = datetime(2027, 7, 12, 9, 30, tzinfo=UTC)


class Postbox:
    """What a server has taken; refuses as long as it is told to."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refusal = ""

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        self.taken.append(
            message_from_bytes(envelope.content, policy=policy.default, _class=EmailMessage)  # type: ignore[attr-defined]
        )
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, Settings]]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield (
            box,
            Settings(
                Path(),
                "",
                smtp_url=f"smtp://127.0.0.1:{controller.port}",
                mail_from="Secretariat <texts@example.org>",
            ),
        )
    finally:
        controller.stop()


def test_a_message_goes_out_once(engine: Engine, session: Session, postbox: tuple[Postbox, Settings]) -> None:
    box, settings = postbox
    send(session, "Amina@Example.org ", "Révision 2", "La révision 2 est publiée.\n", NOW)
    assert deliver(open_sessions(engine), settings, NOW) == (0, 0)
    session.commit()
    assert deliver(open_sessions(engine), settings, NOW) == (1, 0)
    assert deliver(open_sessions(engine), settings, NOW + timedelta(days=1)) == (0, 0)
    [message] = box.taken
    assert message["To"] == "amina@example.org"
    assert message["From"] == "Secretariat <texts@example.org>"
    assert message["Subject"] == "Révision 2"
    assert message["Message-ID"].endswith("@example.org>")
    assert message.get_content().strip() == "La révision 2 est publiée."
    session.expire_all()
    [kept] = outbox(session)
    assert (kept.text, kept.sent_at) == ("", NOW)


def test_nothing_goes_out_of_what_did_not_happen(
    engine: Engine, session: Session, postbox: tuple[Postbox, Settings]
) -> None:
    box, settings = postbox
    send(session, "amina@example.org", "Rev.2", "Rev.2 is out.", NOW)
    session.rollback()
    assert deliver(open_sessions(engine), settings, NOW) == (0, 0)
    assert not box.taken


def test_what_is_refused_is_tried_again_and_given_up_in_the_end(
    engine: Engine, session: Session, postbox: tuple[Postbox, Settings]
) -> None:
    box, settings = postbox
    send(session, "amina@example.org", "Rev.2", "Rev.2 is out.", NOW)
    session.commit()
    box.refusal = "451 Come back later"
    now = NOW
    assert deliver(open_sessions(engine), settings, now) == (0, 1)
    assert deliver(open_sessions(engine), settings, now) == (0, 0)
    for _ in range(MOST_TRIES - 1):
        now += timedelta(days=1)
        assert deliver(open_sessions(engine), settings, now) == (0, 1)
    session.expire_all()
    [kept] = outbox(session)
    assert kept.due_at is None
    assert "Come back later" in kept.fault
    assert kept.text == "Rev.2 is out."


def test_a_server_that_is_away_loses_nothing(engine: Engine, session: Session) -> None:
    send(session, "amina@example.org", "Rev.2", "Rev.2 is out.", NOW)
    session.commit()
    settings = Settings(Path(), "", smtp_url="smtp://127.0.0.1:9", mail_from="texts@example.org")
    assert deliver(open_sessions(engine), settings, NOW) == (0, 1)
    session.expire_all()
    assert outbox(session)[0].text == "Rev.2 is out."


def test_without_a_server_all_stays_in_the_outbox(engine: Engine, session: Session) -> None:
    send(session, "amina@example.org", "Rev.2", "Rev.2 is out.", NOW)
    session.commit()
    assert deliver(open_sessions(engine), Settings(Path(), ""), NOW) == (0, 0)
    assert outbox(session)[0].tries == 0


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028"])
def test_a_subject_adds_no_header(
    engine: Engine, session: Session, postbox: tuple[Postbox, Settings], end: str
) -> None:
    box, settings = postbox
    send(session, "amina@example.org", f"Rev.2{end}Bcc: eve@example.org", "Rev.2 is out.", NOW)
    session.commit()
    assert deliver(open_sessions(engine), settings, NOW) == (1, 0)
    assert "Bcc" not in box.taken[0]
    assert session.get_one(OutgoingMail, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "amina",
        "amina@example",
        "amina@example.org\r\nBcc: eve@example.org",
        "amina@example.org, eve@example.org",
        "Amina <amina@example.org>",
        "amina@exam ple.org",
        f"{'a' * 65}@example.org",
        "\0@example.org",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidText):
        checked_address(typed)
