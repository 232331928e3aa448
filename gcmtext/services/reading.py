"""Finding what is stored, and reading it back as values of the text core."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gcmtext.db import LanguageVersion, Negotiation, Revision, StoredParagraph
from gcmtext.errors import NotFound
from gcmtext.services.actor import Actor
from gcmtext.services.shown import shown_negotiations, shown_revisions
from gcmtext.text.mistakes import Issue
from gcmtext.text.model import Document, Kind, Notice, Paragraph


def negotiations(session: Session, actor: Actor) -> Sequence[Negotiation]:
    """Return the negotiations that somebody may know of, by title, with the revisions that they may see."""
    return session.scalars(_shown_to(actor).order_by(Negotiation.title)).all()


def negotiation(session: Session, actor: Actor, slug: str) -> Negotiation:
    """Return a negotiation with the revisions that somebody may see, and their versions.

    All that is read of it goes by these: what one may not see does not exist. Raises NotFound for a
    negotiation that is not there, or that they may not know of.
    """
    # No text of PostgreSQL holds a NUL, and asking for one is an error there.
    wanted = slug.replace("\0", "�")
    found = session.scalar(_shown_to(actor).where(Negotiation.slug == wanted))
    if found is None:
        raise NotFound(f"There is no negotiation “{slug}”.")
    return found


def revision(negotiation: Negotiation, slug: str) -> Revision:
    """Return a revision of a negotiation; raise NotFound if there is none."""
    found = next((r for r in negotiation.revisions if r.slug == slug), None)
    if found is None:
        raise NotFound(f"“{negotiation.title}” has no revision “{slug}”.")
    return found


def version(negotiation: Negotiation, revision: Revision, language: str = "") -> LanguageVersion:
    """Return a revision in a language, by default the working language, else the first it was issued in.

    Raises NotFound if it was not issued in that language.
    """
    by_language = {v.language: v for v in revision.versions}
    if language:
        if language not in by_language:
            raise NotFound(f"{revision.name} has not been issued in this language ({language}).")
        return by_language[language]
    return by_language.get(negotiation.language) or revision.versions[0]


def neighbours(
    negotiation: Negotiation, revision: Revision, language: str
) -> tuple[LanguageVersion | None, LanguageVersion | None]:
    """Return the versions in a language before and after a revision, None where there is none."""
    chain = versions_in(negotiation, language)
    before = [v for r, v in chain if r.position < revision.position]
    after = [v for r, v in chain if r.position > revision.position]
    return (before[-1] if before else None), (after[0] if after else None)


def versions_in(negotiation: Negotiation, language: str) -> list[tuple[Revision, LanguageVersion]]:
    """Return the revisions that were issued in a language, in their order, with that version."""
    return [(r, v) for r in negotiation.revisions for v in r.versions if v.language == language]


def latest_step(negotiation: Negotiation) -> tuple[Revision, Revision] | None:
    """Return the latest revision in its first language and the one before; None if there is none before."""
    if not negotiation.revisions:
        return None
    language = version(negotiation, negotiation.revisions[-1]).language
    chain = versions_in(negotiation, language)
    return (chain[-2][0], chain[-1][0]) if len(chain) > 1 else None


def document(session: Session, version: LanguageVersion) -> Document:
    """Return a version as a text."""
    return documents(session, [version])[version.id]


def documents(session: Session, versions: Iterable[LanguageVersion]) -> dict[int, Document]:
    """Return versions as texts by their ids, with one query."""
    by_id = {version.id: version for version in versions}
    paragraphs: dict[int, list[Paragraph]] = {identity: [] for identity in by_id}
    rows = session.execute(
        select(
            StoredParagraph.version_id,
            StoredParagraph.index,
            StoredParagraph.kind,
            StoredParagraph.label,
            StoredParagraph.level,
            StoredParagraph.text,
        )
        .where(StoredParagraph.version_id.in_(by_id))
        .order_by(StoredParagraph.version_id, StoredParagraph.index)
    )
    for identity, index, kind, label, level, text in rows:
        paragraphs[identity].append(Paragraph(index, Kind(kind), label, level, text))
    return {
        identity: Document(
            title=version.title,
            language=version.language,
            paragraphs=tuple(paragraphs[identity]),
            notices=tuple(Notice(**notice) for notice in version.notices),
            symbol=version.revision.symbol,
            revision=version.revision.name,
            date=version.revision.issued.isoformat() if version.revision.issued else "",
        )
        for identity, version in by_id.items()
    }


def stated(version: LanguageVersion) -> Issue:
    """Return what a version states about itself."""
    revision = version.revision
    date = revision.issued.isoformat() if revision.issued else ""
    return Issue(revision.name, revision.name, revision.symbol, date)


def addresses(session: Session, version: LanguageVersion) -> tuple[str, ...]:
    """Return the address of each paragraph of a version, in order."""
    rows = session.scalars(
        select(StoredParagraph.address)
        .where(StoredParagraph.version_id == version.id)
        .order_by(StoredParagraph.index)
    )
    return tuple(rows)


def _shown_to(actor: Actor) -> Select[Negotiation]:
    # What this session has read before, perhaps for another actor, does not count.
    seen = selectinload(Negotiation.revisions.and_(shown_revisions(actor))).options(
        selectinload(Revision.versions), joinedload(Revision.call)
    )
    query = select(Negotiation).where(shown_negotiations(actor)).options(seen)
    return query.execution_options(populate_existing=True)
