"""What is compared before the right to write is taken, so that nobody waits for it.

On SQLite all who write take turns, and a comparison of a long text takes longer than anybody waits. So it is
made first, on what is there then; whoever stores the text afterwards takes it only where it still fits.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeAlias

from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.services.digest import digest_of
from gcmtext.services.reading import document, neighbours, versions_in
from gcmtext.text.compare import Comparison, compare
from gcmtext.text.model import Document

Ready: TypeAlias = Mapping[tuple[str, str], Comparison]
"""Comparisons by the digests of the old and the new text, which say all that a comparison depends on."""


def made_ready(
    session: Session,
    negotiation: Negotiation | None,
    texts: Iterable[tuple[str, Document]],
    before: str | None = None,
) -> Ready:
    """Return the comparisons that are needed to store texts one after the other, in one language.

    texts: each with the address of its revision; those that are there already need nothing. `before` is the
    address of the revision that they are to be put before. The negotiation may be one that is still to come.
    """
    held = {v.digest for r in negotiation.revisions for v in r.versions} if negotiation else set()
    new = [(address, text, digest) for address, text in texts if (digest := digest_of(text)) not in held]
    if not new:
        return {}
    address, first, _ = new[0]
    earlier, later = _around(negotiation, address, first.language, before) if negotiation else (None, None)
    line = [(text, digest) for _, text, digest in new]
    if earlier is not None:
        line.insert(0, (document(session, earlier), earlier.digest))
    if later is not None:
        line.append((document(session, later), later.digest))
    return {(a, b): compare(old, young) for (old, a), (young, b) in pairwise(line)}


def _around(
    negotiation: Negotiation, address: str, language: str, before: str | None
) -> tuple[LanguageVersion | None, LanguageVersion | None]:
    """Return the versions between which a text would stand."""
    language = language or negotiation.language
    revisions = {revision.slug: revision for revision in negotiation.revisions}
    if address in revisions:
        return neighbours(negotiation, revisions[address], language)
    chain = versions_in(negotiation, language)
    place = revisions[before].position if before in revisions else None
    earlier = [v for r, v in chain if place is None or r.position < place]
    later = [v for r, v in chain if place is not None and r.position >= place]
    return (earlier[-1] if earlier else None), (later[0] if later else None)
