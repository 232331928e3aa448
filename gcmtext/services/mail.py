"""E-mail: written with what it tells of, in the same transaction; delivered once that is committed."""

import re
import secrets
import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from gcmtext.db import OutgoingMail
from gcmtext.db.engine import begin_write
from gcmtext.errors import InvalidText
from gcmtext.settings import LOOPBACK, Settings
from gcmtext.text.normalise import clean

# After each failure it is tried again later: 1, 2, 4 … minutes, for about a day.
MOST_TRIES = 11
_FIRST_WAIT = timedelta(minutes=1)
_CLAIM = timedelta(minutes=5)
_SECONDS = 30
_KEPT = timedelta(days=30)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def checked_address(typed: str) -> str:
    """Return an e-mail address in the one form in which it is kept; raise InvalidText for what is none."""
    address = typed.strip().casefold()
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise InvalidText("This is no e-mail address: write it as name@example.org.")
    return address


def send(session: Session, to: str, subject: str, text: str, now: datetime) -> OutgoingMail:
    """Put a message into the outbox; it goes out once the caller has committed.

    Raises InvalidText for what is no address.
    """
    message = OutgoingMail(
        identity=secrets.token_urlsafe(24),
        to=checked_address(to),
        subject=clean(subject)[:200],
        text=text,
        created_at=now,
        due_at=now,
    )
    session.add(message)
    session.flush()
    return message


def outbox(session: Session, most: int = 200) -> Sequence[OutgoingMail]:
    """Return the messages of the last 30 days, the latest first."""
    return session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(most)).all()


def deliver(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> tuple[int, int]:
    """Deliver what is due; return how many messages went out, and how many did not.

    Each is claimed first, so that of several processes one sends it, and marked afterwards: should the
    machine stop in between, it goes out once more, under the same Message-ID. Without a server all stays.
    """
    if not settings.smtp_url:
        return 0, 0
    went, stayed = 0, 0
    while claimed := _claim(sessions, now):
        fault = _transmit(claimed, settings)
        with sessions() as session:
            begin_write(session)
            message = session.get_one(OutgoingMail, claimed.id)
            message.fault = fault
            if fault:
                wait = _FIRST_WAIT * 2 ** (message.tries - 1)
                message.due_at = now + wait if message.tries < MOST_TRIES else None
                stayed += 1
            else:
                # What it said may open a door: it is kept no longer than it is needed.
                message.sent_at, message.due_at, message.text = now, None, ""
                went += 1
            session.commit()
    return went, stayed


def _claim(sessions: sessionmaker[Session], now: datetime) -> OutgoingMail | None:
    """Return a message that is due, which nobody else will take for some minutes."""
    with sessions() as session:
        due = OutgoingMail.due_at <= now
        if session.scalar(select(OutgoingMail.id).where(due).limit(1)) is None:
            return None
        session.rollback()
        begin_write(session)
        session.execute(delete(OutgoingMail).where(OutgoingMail.created_at < now - _KEPT))
        message = session.scalar(
            select(OutgoingMail)
            .where(due)
            .order_by(OutgoingMail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if message is not None:
            message.due_at = now + _CLAIM
            message.tries += 1
        session.commit()
        return message


def _transmit(message: OutgoingMail, settings: Settings) -> str:
    """Give a message to the server; return why it was not taken, "" if it was."""
    parts = urlsplit(settings.smtp_url)
    host, context = parts.hostname or "", ssl.create_default_context()
    try:
        with _connected(parts.scheme, host, parts.port, context) as server:
            if parts.scheme == "smtp" and host not in LOOPBACK:
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(_written(message, settings))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return f"{type(error).__name__}: {error}"[:500]
    return ""


def _connected(scheme: str, host: str, port: int | None, context: ssl.SSLContext) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=context)
    return smtplib.SMTP(host, port or 25, timeout=_SECONDS)


def _written(message: OutgoingMail, settings: Settings) -> EmailMessage:
    written = EmailMessage()
    written["From"] = settings.mail_from
    written["To"] = message.to
    written["Subject"] = message.subject
    written["Date"] = format_datetime(message.created_at)
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    written["Message-ID"] = f"<{message.identity}@{domain}>"
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(message.text)
    return written
