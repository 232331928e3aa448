"""Reading the audit trail: pages of it, filtered, and all of it as rows for other programs."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gcmtext.db import AuditEvent, Negotiation
from gcmtext.services.audit import canonical, content

PER_PAGE = 50
_AT_ONCE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of one actor, of one action, from one day to another; "" and None for all."""

    actor: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


def page_of(
    session: Session, negotiation: Negotiation | None, wanted: Wanted, before: int | None = None
) -> tuple[Sequence[AuditEvent], bool]:
    """Return the latest events, or those before one with a number; and whether there are more behind them."""
    query = _query(negotiation, wanted).order_by(AuditEvent.number.desc()).limit(PER_PAGE + 1)
    if before is not None:
        query = query.where(AuditEvent.number < before)
    found = session.scalars(query).all()
    return found[:PER_PAGE], len(found) > PER_PAGE


def actors(session: Session, negotiation: Negotiation | None) -> Sequence[str]:
    """Return the names of all who have acted, with one query."""
    query = _of(select(AuditEvent.actor).distinct(), negotiation).order_by(AuditEvent.actor)
    return session.scalars(query).all()


def actions(session: Session, negotiation: Negotiation | None) -> Sequence[str]:
    """Return all that was done, by what the permissions are called, with one query."""
    query = _of(select(AuditEvent.action).distinct(), negotiation).order_by(AuditEvent.action)
    return session.scalars(query).all()


def as_json(event: AuditEvent) -> dict[str, Any]:
    """Return an event with the hashes that chain it, so that others can check them."""
    return content(event) | {"previous": event.previous, "hash": event.hash}


def json_lines(session: Session, negotiation: Negotiation | None, wanted: Wanted) -> Iterator[str]:
    """Give events as JSON, one a line, the oldest first."""
    for event in _all(session, negotiation, wanted):
        yield json.dumps(as_json(event), ensure_ascii=False) + "\n"


def csv_rows(session: Session, negotiation: Negotiation | None, wanted: Wanted) -> Iterator[str]:
    """Give events as CSV, the oldest first; no cell is one that a spreadsheet would compute."""
    names = ("number", "at", "actor", "for", "action", "subject", "before", "after", "source", "hash")
    yield _row(names)
    for event in _all(session, negotiation, wanted):
        said = as_json(event)
        yield _row(
            tuple(canonical(said[n]) if n in ("before", "after") and said[n] else said[n] for n in names)
        )


def _all(session: Session, negotiation: Negotiation | None, wanted: Wanted) -> Iterator[AuditEvent]:
    query = _query(negotiation, wanted).order_by(AuditEvent.number)
    yield from session.scalars(query.execution_options(yield_per=_AT_ONCE))


def _query(negotiation: Negotiation | None, wanted: Wanted) -> Select[AuditEvent]:
    query = _of(select(AuditEvent), negotiation)
    if wanted.actor:
        query = query.where(AuditEvent.actor == wanted.actor)
    if wanted.action:
        query = query.where(AuditEvent.action == wanted.action)
    if wanted.since:
        query = query.where(AuditEvent.at >= _start(wanted.since))
    if wanted.until:
        query = query.where(AuditEvent.at < _start(wanted.until) + timedelta(days=1))
    return query


def _of(query: Select[Any], negotiation: Negotiation | None) -> Select[Any]:
    return query if negotiation is None else query.where(AuditEvent.negotiation_id == negotiation.id)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _row(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_harmless(str(cell)) if cell is not None else "" for cell in cells])
    return line.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
