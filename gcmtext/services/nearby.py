"""What may have been meant by an address at which there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation, Revision, StoredParagraph
from gcmtext.errors import NotFound
from gcmtext.services import reading
from gcmtext.services.actor import Actor
from gcmtext.text.addresses import slug

_MOST = 5


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is nearest to an address of a negotiation.

    revision: the one that was named, if it is there.
    address: what was meant for a paragraph, "" if nothing was.
    paragraphs: addresses in the revision that are much like it.
    elsewhere: the revisions that have a paragraph at that address.
    """

    negotiation: Negotiation
    revision: Revision | None = None
    address: str = ""
    paragraphs: tuple[str, ...] = ()
    elsewhere: tuple[Revision, ...] = ()


def nearby(session: Session, actor: Actor, slugs: Sequence[str]) -> Nearby | None:
    """Return what is nearest to an address, given part by part; None outside of a negotiation.

    Takes at most six queries.
    """
    try:
        negotiation = reading.negotiation(session, actor, slugs[0] if slugs else "")
    except NotFound:
        return None
    revision = next((r for r in negotiation.revisions if r.slug in slugs[1:2]), None)
    address = _paragraph(slugs)
    if not address:
        return Nearby(negotiation, revision)
    known = reading.addresses(session, reading.version(negotiation, revision)) if revision else ()
    found = session.scalars(
        select(LanguageVersion.revision_id)
        .join(StoredParagraph)
        .join(Revision)
        .where(Revision.id.in_([r.id for r in negotiation.revisions]), StoredParagraph.address == address)
    )
    holding = frozenset(found)
    return Nearby(
        negotiation,
        revision,
        address,
        tuple(_like(address, known)),
        tuple(r for r in negotiation.revisions if r.id in holding and r is not revision),
    )


def _paragraph(slugs: Sequence[str]) -> str:
    """Return what stands for a paragraph in an address of a negotiation, with "para" before it or without."""
    meant = slugs[3:4] if slugs[2:3] == ["para"] else slugs[2:3]
    return slug(meant[0]) if meant else ""


def _like(address: str, known: Sequence[str]) -> list[str]:
    """Return the known address that goes furthest the same way, then those that are spelt much alike."""
    parts = address.split("-")
    ways = ("-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    above = next((way for way in ways if way in known), "")
    return list(dict.fromkeys(filter(None, [above, *get_close_matches(address, known, _MOST, 0.7)])))
