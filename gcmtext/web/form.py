"""What was typed into a form."""

from datetime import UTC, date, datetime, time

from flask import request

from gcmtext.errors import InvalidText


def typed(name: str) -> str:
    """Return what was typed into a field; no text of PostgreSQL holds a NUL."""
    return request.form.get(name, "").replace("\0", "").strip()


def day(name: str) -> date | None:
    """Return the day that was given, None if none was; raise InvalidText for what is no day."""
    words = typed(name)
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise InvalidText(f"{words[:40]} is no date: write it as 2027-01-29.") from None


def end_of(given: date) -> datetime:
    """Return the last moment of a day, UTC."""
    return datetime.combine(given, time.max, UTC)
