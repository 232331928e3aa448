"""What delegations say of a text, as it is searched: submitted amendments, and threads of comments.

A draft, and what is said of one, is not in the index at all. What has been submitted is in two circles: that
of all who may see what is proposed on its revision, and that of its delegation. A thread is in the circle of
its audience among those who may see what it is about, and in that of the delegation that opened it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from gcmtext.db import (
    Amendment,
    AmendmentEdition,
    AmendmentState,
    Comment,
    LanguageVersion,
    Revision,
    StoredParagraph,
    Visibility,
)
from gcmtext.search.entry import Entry
from gcmtext.services.actor import Actor
from gcmtext.services.facets import LONGEST_SECTION, facets_of_version, ordinal, pairs, short
from gcmtext.services.permissions import (
    Action,
    Subject,
    amendments_of,
    comments_on,
    may,
    subject_of,
)
from gcmtext.text.model import HEADS, Kind
from gcmtext.text.wording import wording
from gcmtext.views.proposal_json import proposal_from_json

AMENDMENT, COMMENT = "amendment", "comment"
_ON_TEXT, _ON_AMENDMENTS = "text", "amendments"

Texts: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class About:
    """The paragraph that something is about, and the heading above it."""

    kind: str
    label: str
    text: str
    address: str
    section: str


def amendment_entries(session: Session, ids: Iterable[int]) -> dict[int, list[Entry]]:
    """Return the entries of amendments: what each proposes, and why."""
    wanted = list(ids)
    found: dict[int, list[Entry]] = {identity: [] for identity in wanted}
    rows = amendments_by_id(session, wanted)
    abouts = about_of(session, ((amendment.version_id, amendment.at) for amendment, _ in rows))
    for amendment, edition in rows:
        about = abouts[amendment.version_id, amendment.at]
        day = amendment.submitted_at.date() if amendment.submitted_at else None
        facets = pairs(
            facets_of_version(amendment.version)
            | _of_about(about)
            | {
                "in": AMENDMENT,
                "status": amendment.state,
                "delegation": amendment.delegation.short_name,
                "year": str(day.year) if day else "",
            }
        )
        circles = (
            f"amendments:{amendment.version.revision_id}",
            f"amendments-of:{amendment.delegation_id}",
        )
        found[amendment.id] = [
            Entry(index, language, text, facets, circles, ordinal(day), short(wording(text)))
            for index, (language, text) in enumerate(texts_of(amendment, edition, about))
        ]
    return found


def thread_entries(session: Session, ids: Iterable[int]) -> dict[int, list[Entry]]:
    """Return the entries of threads, by their opening comments: a comment each."""
    wanted = list(ids)
    found: dict[int, list[Entry]] = {identity: [] for identity in wanted}
    threads = threads_by_id(session, wanted)
    abouts = about_of(session, ((root.version_id, root.index) for root, *_ in threads.values()))
    for identity, comments in threads.items():
        root = comments[0]
        place = _ON_TEXT if root.amendment_id is None else _ON_AMENDMENTS
        where = f"comments:{place}:{root.version.revision_id}"
        circles = [f"{where}:{root.audience}"]
        if root.delegation_id is not None:
            circles.append(f"{where}:of:{root.delegation_id}")
        common = (
            facets_of_version(root.version)
            | _of_about(abouts[root.version_id, root.index])
            | {"in": COMMENT, "status": "open" if root.resolved_at is None else "resolved", "language": ""}
        )
        for index, one in enumerate(comments):
            own = {
                "delegation": one.delegation.short_name if one.delegation else "",
                "year": str(one.written_at.year),
            }
            day = ordinal(one.written_at.date())
            found[identity].append(
                Entry(
                    index,
                    root.version.language,
                    one.text,
                    pairs(common | own),
                    tuple(circles),
                    day,
                    short(wording(one.text)),
                )
            )
    return found


def amendment_ids(session: Session) -> Sequence[int]:
    """Return the ids of the amendments that have been submitted."""
    submitted = select(Amendment.id).where(Amendment.number.is_not(None))
    return session.scalars(submitted.order_by(Amendment.id)).all()


def thread_ids(session: Session) -> Sequence[int]:
    """Return the ids of the comments that opened a thread, other than on a draft."""
    return session.scalars(_roots().order_by(Comment.id)).all()


def remarks_of(session: Session, delegation_id: int) -> list[tuple[str, int]]:
    """Return the amendments and threads in which a delegation is named, each with its kind."""
    amendments = select(Amendment.id).where(Amendment.delegation_id == delegation_id)
    threads = (
        select(func.coalesce(Comment.root_id, Comment.id))
        .where(Comment.delegation_id == delegation_id)
        .distinct()
    )
    return [
        *((AMENDMENT, identity) for identity in session.scalars(amendments)),
        *((COMMENT, identity) for identity in session.scalars(threads)),
    ]


def amendment_circles(actor: Actor, revisions: Sequence[Revision]) -> Iterator[str]:
    """Yield the circles of amendments that somebody is in."""
    action = Action.AMENDMENT_READ
    for revision in revisions:
        if may(actor, action, amendments_of(actor, revision, None, AmendmentState.SUBMITTED)):
            yield f"amendments:{revision.id}"
    for negotiation, delegation in _own(actor):
        if may(actor, action, Subject(negotiation, Visibility.OWN, frozenset({delegation}))):
            yield f"amendments-of:{delegation}"


def thread_circles(actor: Actor, revisions: Sequence[Revision]) -> Iterator[str]:
    """Yield the circles of threads that somebody is in."""
    own = _own(actor)
    for revision in revisions:
        known = {
            _ON_TEXT: subject_of(actor, revision),
            _ON_AMENDMENTS: amendments_of(actor, revision, None, AmendmentState.SUBMITTED),
        }
        for place, about in known.items():
            if about.visibility == Visibility.OWN:
                continue
            where = f"comments:{place}:{revision.id}"
            for audience in Visibility:
                if may(actor, Action.COMMENT_READ, comments_on(about, audience, None)):
                    yield f"{where}:{audience}"
            for negotiation, delegation in own:
                of = comments_on(about, Visibility.OWN, delegation)
                if negotiation == revision.negotiation_id and may(actor, Action.COMMENT_READ, of):
                    yield f"{where}:of:{delegation}"


def amendments_by_id(session: Session, ids: Iterable[int]) -> list[tuple[Amendment, AmendmentEdition]]:
    """Return the submitted ones of some amendments, with what they say now."""
    rows = session.execute(
        select(Amendment, AmendmentEdition)
        .join(
            AmendmentEdition,
            (AmendmentEdition.amendment_id == Amendment.id) & (AmendmentEdition.number == Amendment.edition),
        )
        .where(Amendment.id.in_(list(ids)), Amendment.number.is_not(None))
        .options(
            joinedload(Amendment.delegation),
            joinedload(Amendment.version)
            .joinedload(LanguageVersion.revision)
            .joinedload(Revision.negotiation),
        )
    )
    return [(amendment, edition) for amendment, edition in rows]


def threads_by_id(session: Session, ids: Iterable[int]) -> dict[int, list[Comment]]:
    """Return threads that are not on drafts, by their opening comments, each in the order of writing."""
    roots = _roots().where(Comment.id.in_(list(ids)))
    comments = session.scalars(
        select(Comment)
        .where(or_(Comment.id.in_(roots), Comment.root_id.in_(roots)))
        .options(
            joinedload(Comment.delegation),
            joinedload(Comment.amendment).joinedload(Amendment.delegation),
            joinedload(Comment.version).joinedload(LanguageVersion.revision).joinedload(Revision.negotiation),
        )
        .order_by(Comment.id)
    )
    threads: dict[int, list[Comment]] = {}
    for comment in comments:
        threads.setdefault(comment.root_id or comment.id, []).append(comment)
    return threads


def texts_of(amendment: Amendment, edition: AmendmentEdition, about: About) -> Texts:
    """Return the texts that an amendment is found by, each with its language.

    They are what it proposes and its rationale; where it proposes no words, those of the paragraph.
    """
    proposal = proposal_from_json(edition.proposal)
    proposed = [text for text in (proposal.text, *proposal.parts) if text] or [about.text]
    texts = [(amendment.version.language, text) for text in proposed]
    if edition.rationale:
        texts.append((edition.language or amendment.version.language, edition.rationale))
    return tuple(texts)


def about_of(session: Session, places: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], About]:
    """Return the paragraphs at places (version, index), each with its heading; takes one query."""
    wanted = set(places)
    rows = session.scalars(
        select(StoredParagraph)
        .where(
            StoredParagraph.version_id.in_({version for version, _ in wanted}),
            or_(
                StoredParagraph.kind.in_([kind.value for kind in HEADS - {Kind.TITLE}]),
                StoredParagraph.index.in_({index for _, index in wanted}),
            ),
        )
        .order_by(StoredParagraph.version_id, StoredParagraph.index)
    ).all()
    held = {(row.version_id, row.index): row for row in rows}
    heads = [place for place, row in held.items() if Kind(row.kind) in HEADS and row.kind != Kind.TITLE]

    def section(place: tuple[int, int]) -> str:
        above = bisect_right(heads, place) - 1
        if above < 0 or heads[above][0] != place[0]:
            return ""
        head = held[heads[above]]
        return " ".join(filter(None, (head.label, head.text)))[:LONGEST_SECTION]

    return {
        place: About(row.kind, row.label, row.text, row.address, section(place))
        if (row := held.get(place))
        else About("", "", "", "", section(place))
        for place in wanted
    }


def _of_about(about: About) -> dict[str, str]:
    return {"kind": about.kind, "label": about.label, "section": about.section}


def _roots() -> Select[int]:
    """Select the ids of the comments that opened a thread, other than on a draft."""
    return (
        select(Comment.id)
        .outerjoin(Amendment, Amendment.id == Comment.amendment_id)
        .where(Comment.root_id.is_(None), or_(Comment.amendment_id.is_(None), Amendment.number.is_not(None)))
    )


def _own(actor: Actor) -> list[tuple[int, int]]:
    """Return the delegations that somebody acts for, each with its negotiation."""
    return sorted(
        {
            (grant.negotiation_id, grant.delegation_id)
            for grant in actor.grants
            if grant.negotiation_id is not None and grant.delegation_id is not None
        }
    )
