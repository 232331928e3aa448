"""Writing what is new, and delivering e-mail, beside the pages."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.orm import Session, sessionmaker

from gcmtext.services.digests import due_at, send_due
from gcmtext.services.mail import deliver
from gcmtext.settings import Settings

_SECONDS = 3.0
_log = logging.getLogger(__name__)


@contextmanager
def dispatching(sessions: sessionmaker[Session], settings: Settings) -> Iterator[None]:
    """Write and deliver what is due every few seconds, in a thread that ends with the block.

    Without a server for e-mail nothing is done.
    """
    if not settings.smtp_url:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_deliver_until, args=(over, sessions, settings), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(_SECONDS)


def _deliver_until(over: threading.Event, sessions: sessionmaker[Session], settings: Settings) -> None:
    while not over.wait(_SECONDS):
        try:
            now = datetime.now(UTC)
            send_due(sessions, settings, due_at(now, settings.digest_hour), now)
            deliver(sessions, settings, now)
        except Exception:  # whatever it was, the next message must not wait for a new start
            _log.exception("E-mail could not be delivered")
