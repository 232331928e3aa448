"""What was typed into a form, or stands in an address behind the question mark."""

from datetime import UTC, date, datetime, time
from hashlib import sha256

from flask import request

from gcmtext.errors import InvalidText, NotFound

_NOT_TYPED = frozenset({"csrf_token", "do"})
_MOST_DIGITS = 9  # that an integer of the database holds


def typed(name: str) -> str:
    """Return what was typed into a field; no text of PostgreSQL holds a NUL."""
    return request.form.get(name, "").replace("\0", "").strip()


def asked(name: str) -> str:
    """Return what stands in the address under a name; no text of PostgreSQL holds a NUL."""
    return request.args.get(name, "").replace("\0", "").strip()


def sending() -> str | None:
    """Return what stands for a form and all that is typed into it; None for a form without a nonce.

    It is the same when the form comes twice, whichever of its buttons was pressed, and another one when
    something else has been typed into it meanwhile.
    """
    if not typed("nonce"):
        return None
    said = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_TYPED)
    return sha256(repr(said).encode()).hexdigest()


def day(words: str) -> date | None:
    """Return the day that is given, None if none is; raise InvalidText for what is no day."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise InvalidText(f"{words[:40]} is no date: write it as 2027-01-29.") from None


def end_of(given: date) -> datetime:
    """Return the last moment of a day, UTC."""
    return datetime.combine(given, time.max, UTC)


def number(said: str) -> int:
    """Return the whole number that is written, -1 for all else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else -1


def page_asked() -> int:
    """Return the number of the page that is asked for, 1 by default; raise NotFound for no number."""
    found = number(request.args.get("page", "1"))
    if found < 0:
        raise NotFound("A page is given by its number.")
    return found
