"""Reading a revision: one page of its text, and what became of the one before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gcmtext.db import LanguageVersion, Negotiation
from gcmtext.errors import NotFound
from gcmtext.services.lineage import alignment_of, steps
from gcmtext.services.outline import Outline, outline, stretch
from gcmtext.services.reading import document, neighbours
from gcmtext.text.model import Alignment, Paragraph
from gcmtext.text.sections import pages


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one version to the next: the outlines of both, and the lineage in force."""

    old: Outline
    new: Outline
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Passage:
    """A page of a version.

    pages: the stretches of the whole text that are shown by themselves. page: which of them this is, from 0.
    paragraphs: those of this page, with their whole texts. step: the way from the version before, if any.
    before, after: the neighbours in the same language.
    """

    outline: Outline
    pages: tuple[range, ...]
    page: int
    paragraphs: tuple[Paragraph, ...]
    step: Step | None
    before: LanguageVersion | None
    after: LanguageVersion | None


def read_passage(
    session: Session,
    negotiation: Negotiation,
    version: LanguageVersion,
    now: datetime,
    *,
    page: int = 0,
    at: str = "",
) -> Passage:
    """Return the page of a version with a number from 0, or the page with the paragraph at an address.

    Raises NotFound for a page or a paragraph that is not there.
    """
    new = outline(session, version)
    cut = pages(new.paragraphs)
    if at:
        index = new.find(at)
        page = next(number for number, part in enumerate(cut) if index in part)
    if not 0 <= page < len(cut):
        raise NotFound(f"{version.revision.name} has {len(cut)} pages; there is no page {page + 1}.")
    before, after = neighbours(negotiation, version.revision, version.language)
    return Passage(
        outline=new,
        pages=cut,
        page=page,
        paragraphs=stretch(session, version, cut[page]),
        step=step_between(session, outline(session, before), new, now) if before else None,
        before=before,
        after=after,
    )


def step_between(session: Session, old: Outline, new: Outline, now: datetime) -> Step:
    """Return the way from one version to the next."""
    (found,) = steps(session, (old.version, new.version), now)
    # A decision is applied to whole texts: it says of some links whether their words are the same.
    texts = [document(session, o.version) if found.decided else o.document for o in (old, new)]
    return Step(old, new, alignment_of(found.stored, found.decided, *texts))
