"""Amendments and comments are found by those who may read them; nobody else learns that they are there."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gcmtext.db import Amendment, Comment, Visibility
from gcmtext.db.engine import begin_write
from gcmtext.services.actor import Actor, Grant, Role, anonymous
from gcmtext.services.amending import discard, draft, revise, submit, withdraw
from gcmtext.services.calls import call_for_amendments
from gcmtext.services.commenting import Place, comment, reply, resolve
from gcmtext.services.indexing import Differences, follow_commit, rebuild, verify
from gcmtext.services.participants import About, change_delegation
from gcmtext.services.permissions import sees
from gcmtext.services.search_address import FACETS, Search
from gcmtext.services.searching import Results, search
from gcmtext.services.wordings import Wording
from services.meeting import NOW, Meeting, change, meeting


@pytest.fixture
def room(engine: Engine) -> Iterator[Meeting]:
    with meeting(engine) as found:
        yield found


def keep(session: Session) -> None:
    """Commit as pages do, and go on writing."""
    session.commit()
    follow_commit(session)
    begin_write(session)


def find(room: Meeting, actor: Actor, words: str, **other: object) -> Results:
    return search(room.session, actor, Search(words, counted=FACETS, **other))  # type: ignore[arg-type]


def say(
    room: Meeting, name: str, audience: Visibility, words: str, amendment: Amendment | None = None
) -> Comment:
    place = Place(room.version, amendment.at if amendment else 5, amendment=amendment)
    actor, delegation = room.delegate(name), room.delegations[name]
    return comment(room.session, actor, delegation, place, words, audience, now=room.later())


def propose_draft(room: Meeting, name: str, text: str) -> Amendment:
    wording = Wording(change(5, text), "Because of pharology.")
    return draft(
        room.session, room.delegate(name), room.version, room.delegations[name], wording, now=room.later()
    )


def people(room: Meeting) -> dict[str, Actor]:
    """Return somebody in each role, of the delegation that speaks, of another one, and elsewhere."""
    here = room.negotiation.id
    found = {"nobody": anonymous(NOW), "administrator": Actor("A", 1, is_administrator=True, at=NOW)}
    for role in (Role.CO_FACILITATOR, Role.SECRETARIAT):
        found[role] = Actor(role, 1, grants=(Grant(role, here),), at=NOW)
        found[f"{role} elsewhere"] = Actor(role, 1, grants=(Grant(role, here + 1),), at=NOW)
    for role in (Role.HEAD, Role.DELEGATE, Role.OBSERVER):
        for name in ("Ghana", "Egypt"):
            grant = Grant(role, here, room.delegations[name].id)
            found[f"{role} of {name}"] = Actor(role, 1, grants=(grant,), at=NOW)
        found[f"{role} elsewhere"] = Actor(role, 1, grants=(Grant(role, here + 1, 999),), at=NOW)
    return found


AUDIENCES = list(Visibility)
NEARLY = "x"  # added to a word, it is one that nobody uses


@pytest.mark.parametrize(
    ("of_text", "shown"),
    [
        (Visibility.PREPARED, Visibility.PUBLIC),
        (Visibility.DELEGATIONS, Visibility.DELEGATIONS),
        (Visibility.PUBLIC, Visibility.PREPARED),
        (Visibility.PUBLIC, Visibility.PUBLIC),
    ],
)
def test_nobody_learns_of_what_they_may_not_read(
    room: Meeting, of_text: Visibility, shown: Visibility
) -> None:
    session, ghana = room.session, "Ghana"
    held: dict[str, Amendment | Comment] = {
        "quaternion": propose_draft(room, ghana, "A quaternion shall be lit."),
        "hexameter": room.propose("Ghana", change(1, "A hexameter shall be lit.")),
    }
    drafted, submitted = held["quaternion"], held["hexameter"]
    assert isinstance(drafted, Amendment)
    assert isinstance(submitted, Amendment)
    gone = room.propose("Ghana", change(2, "A pentagram shall be lit."))
    withdraw(session, room.head(ghana), gone, room.later())
    held["pentagram"] = gone
    spoken = (
        "zucchini",
        "yardarm",
        "xylophone",
        "walrus",
        "vestibule",
        "umbrella",
        "tabernacle",
        "saxophone",
    )
    for number, audience in enumerate(AUDIENCES):
        held[spoken[number]] = say(room, ghana, audience, f"The {spoken[number]} again.")
        held[spoken[number + 4]] = say(room, ghana, audience, f"A {spoken[number + 4]}.", submitted)
    on_draft = "rhinoceros"
    held[on_draft] = say(room, ghana, Visibility.PUBLIC, f"No {on_draft}.", drafted)
    room.negotiation.visibility = room.version.revision.visibility = of_text
    # The call says who sees what has been submitted; changing it needs no change of the index.
    keep(session)
    call_for_amendments(
        session, room.chair, room.version.revision, closes_at=None, shown=shown, now=room.later()
    )
    session.commit()
    assert verify(session) == Differences((), ())
    drafts = {"quaternion", on_draft}
    for who, actor in people(room).items():
        expected = {word for word, of in held.items() if word not in drafts and sees(actor, of)}
        for word in held:
            found = find(room, actor, word)
            assert (found.total > 0) == (word in expected), (who, word)
            assert len(found.results) == found.total
            assert all(sum(counts.values()) <= found.total * 2 for counts in found.counts.values())
            if word not in expected:
                assert not any(found.counts.values()), (who, word)
            near = find(room, actor, word + NEARLY)
            assert (near.instead == word) == (word in expected), (who, word)
            assert (find(room, actor, f"{word[:5]}*").total > 0) == (word in expected)
        all_of_it = find(room, actor, "in:amendment,comment", limit=100)
        counted = all_of_it.counts["in"].get("comment", 0)
        assert counted == len({word for word in expected if isinstance(held[word], Comment)})
        assert {"Ghana": all_of_it.total} == all_of_it.counts["delegation"] or not all_of_it.total


def test_a_change_is_found_after_its_commit(room: Meeting) -> None:
    head = room.head("Ghana")
    made = propose_draft(room, "Ghana", "The lenses shall be inspected.")
    said = say(room, "Ghana", Visibility.PUBLIC, "Polished, too?", made)
    keep(room.session)
    count: Callable[[str], int] = lambda words: find(room, room.head("Egypt"), words).total  # noqa: E731
    assert (count("lenses"), count("pharology"), count("polished")) == (0, 0, 0)
    submit(room.session, head, made, room.later())
    keep(room.session)
    assert (count("lenses"), count("pharology"), count("polished")) == (1, 1, 1)
    revise(
        room.session,
        head,
        made,
        Wording(change(5, "The prisms are inspected.")),
        based_on=1,
        now=room.later(),
    )
    reply(room.session, head, room.delegations["Ghana"], said, "Varnished.", now=room.later())
    keep(room.session)
    assert (count("lenses"), count("prisms"), count("varnished")) == (0, 1, 1)
    assert count("varnished status:open delegation:ghana") == 1
    resolve(room.session, head, said, True, room.later())
    withdraw(room.session, head, made, room.later())
    keep(room.session)
    assert count("varnished status:resolved") == 1
    assert count("prisms status:withdrawn") == 1
    room.session.commit()
    assert rebuild(room.session)
    assert count("prisms status:withdrawn") == 1
    assert verify(room.session) == Differences((), ())


def test_a_draft_that_is_discarded_stays_unseen(room: Meeting) -> None:
    made = propose_draft(room, "Ghana", "The lenses shall be inspected.")
    said = say(room, "Ghana", Visibility.PUBLIC, "Polished, too?", made)
    discard(room.session, room.delegate("Ghana"), made, room.later())
    assert not sees(room.head("Egypt"), made)
    assert not sees(room.head("Egypt"), said)


def test_hits_say_where_they_stand(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, "The prisms are inspected."))
    said = say(room, "Ghana", Visibility.DELEGATIONS, "Varnished.", made)
    keep(room.session)
    (first,) = find(room, room.head("Egypt"), "prisms").results
    assert (first.found.document, first.found.paragraph) == (f"lights/amendments/{made.number}", "3")
    assert (first.found.delegation, first.found.label) == ("Ghana", "3")
    (second,) = find(room, room.head("Egypt"), "varnished").results
    assert second.found.document == f"lights/comments/{said.key}"


def test_a_delegation_is_found_by_the_name_it_has_now(room: Meeting) -> None:
    room.propose("Ghana", change(5, "The prisms are inspected."))
    keep(room.session)
    about = About(kind="state", name="Gold Coast", short_name="Gold Coast")
    change_delegation(room.session, room.chair, room.delegations["Ghana"], about, room.later())
    keep(room.session)
    assert find(room, room.head("Egypt"), 'prisms delegation:"gold coast"').total == 1
