"""How often a visitor may do what costs much, or what guesses at secrets.

What is counted is committed at once, in a session of its own: it counts although the request is refused.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from flask import request

from gcmtext.db.engine import begin_write
from gcmtext.services import rates
from gcmtext.web.clock import now
from gcmtext.web.store import session, sessions

# What costs much: how often within ten minutes, from one address.
_WORK = {"import": 120, "intake": 600, "comparison": 300, "export": 300}
WHILE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Bound:
    """How often something may be done within a time."""

    key: str
    most: int
    per: timedelta


def count(*bounds: Bound) -> None:
    """Count one more for each bound; raise TooMany, with status 429, if that is too many for any of them.

    Must come before the session of the request begins to write: on SQLite one would wait for the other. What
    it has read so far it reads again, lest it can no longer write after this.
    """
    session().rollback()
    with sessions()() as own:
        begin_write(own)
        for bound in bounds:
            rates.limit(own, bound.key, bound.most, bound.per, now())
        own.commit()


def forget(*bounds: Bound) -> None:
    """Take back one that was counted just now for each bound; the same must hold as for `count`."""
    session().rollback()
    with sessions()() as own:
        begin_write(own)
        for bound in bounds:
            rates.forget(own, bound.key, bound.per, now())
        own.commit()


def work(kind: str) -> None:
    """Count one more import, comparison or export; raise TooMany, with status 429, if it is one too many."""
    count(Bound(f"{kind} {network()}", _WORK[kind], WHILE))


def network() -> str:
    """Return where a request comes from: an address, of IPv6 the network that one household has."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 (stands for none)
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)
