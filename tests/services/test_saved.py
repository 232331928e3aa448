"""Searches that are saved: a question, asked anew with the rights of whoever opens it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, func, select

from gcmtext.db import AuditEvent, SavedSearch, SavedSearchLook, Visibility
from gcmtext.db.engine import begin_write
from gcmtext.errors import Conflict, InvalidText, NotAllowed, NotFound
from gcmtext.search.question import Order
from gcmtext.services import saved
from gcmtext.services.actor import Actor, Grant, Role, anonymous
from gcmtext.services.audit import verify
from gcmtext.services.calls import call_for_amendments
from gcmtext.services.commenting import Place, comment, reply
from gcmtext.services.importing import import_revision, read_text
from gcmtext.services.indexing import follow_commit
from gcmtext.services.saved import Held
from gcmtext.services.search_address import Search, query_string, read_query_string
from gcmtext.services.searching import Count, search
from gcmtext.services.showing import show
from services.meeting import NOW, OPERATOR, Meeting, change, meeting


@pytest.fixture
def room(engine: Engine) -> Iterator[Meeting]:
    with meeting(engine) as found:
        yield found


def keep(room: Meeting) -> None:
    """Commit as pages do, and go on writing."""
    room.session.commit()
    follow_commit(room.session)
    begin_write(room.session)


def save(room: Meeting, who: Actor, words: str = "towers", name: str = "") -> SavedSearch:
    return saved.save(room.session, who, name or words, Search(words), room.later())


def only(room: Meeting, who: Actor) -> Held:
    (held,) = saved.listed(room.session, who, room.later())
    return held


def new(room: Meeting, who: Actor) -> int:
    count = only(room, who).count
    assert count is not None
    return count.new


@pytest.mark.parametrize(
    "asked",
    [
        Search("lights"),
        Search('"place of safety" OR =lights', exact=True, once=True, order=Order.OLDEST),
        Search("", filters=(("in", ("corpus",)), ("delegation", ("Côte d'Ivoire", "G77 & China")))),
        Search("الأضواء + 灯 \0"),
    ],
)
def test_a_question_is_kept_as_its_address_says_it(room: Meeting, asked: Search) -> None:
    made = saved.save(room.session, room.delegate("Ghana"), "Mine", asked, room.later())
    keep(room)
    assert read_query_string(made.question) == asked
    assert query_string(read_query_string(made.question)) == made.question


def test_it_is_counted_anew_for_whoever_looks(room: Meeting) -> None:
    session, ghana = room.session, room.delegate("Ghana")
    keep(room)
    made = save(room, ghana)
    assert only(room, ghana).count == Count(2, 0)
    saved.change(session, ghana, made, "Towers", room.delegations["Ghana"], room.later())
    place = Place(room.version, 5)
    own = Visibility.OWN
    comment(session, ghana, room.delegations["Ghana"], place, "Which towers?", own, now=room.later())
    keep(room)
    colleague = replace(room.delegate("Ghana"), person_id=room.people["Norway"].id)
    observer = replace(colleague, grants=(Grant(Role.OBSERVER, room.negotiation.id, made.delegation_id),))
    assert only(room, ghana).count == Count(3, 1)
    assert only(room, colleague).count == only(room, observer).count == Count(3, 0)
    # Of a text that is not shown to delegations any more they find what they have said themselves.
    show(session, room.chair, room.version.revision, Visibility.PREPARED, None, room.later())
    keep(room)
    assert only(room, ghana).count == Count(1, 1)


def test_nobody_else_learns_of_it(room: Meeting) -> None:
    ghana = room.delegate("Ghana")
    made = save(room, ghana)
    keep(room)
    others = {
        "another delegation": room.delegate("Egypt"),
        "a colleague": replace(ghana, person_id=room.people["Norway"].id),
        "the chair": replace(room.chair, person_id=room.people["Mexico"].id),
        "an administrator": Actor("A", room.people["Mexico"].id, is_administrator=True, at=NOW),
        "who has signed in": Actor("A", room.people["Mexico"].id, at=NOW),
    }
    for who, actor in others.items():
        assert saved.listed(room.session, actor, room.later()) == [], who
        with pytest.raises(NotFound):
            saved.find(room.session, actor, made.key)
    with pytest.raises(NotFound):
        saved.find(room.session, ghana, "\0")
    with pytest.raises(NotAllowed, match="Sign in to do this"):
        saved.listed(room.session, anonymous(NOW), room.later())
    saved.change(room.session, ghana, made, made.name, room.delegations["Ghana"], room.later())
    keep(room)
    for who, actor in others.items():
        assert bool(saved.listed(room.session, actor, room.later())) == (who == "a colleague"), who
    with pytest.raises(NotAllowed):
        saved.change(room.session, others["a colleague"], made, "Ours", None, room.later())
    with pytest.raises(NotAllowed):
        saved.delete(room.session, others["a colleague"], made, room.later())


def test_it_is_shown_only_to_a_delegation_one_acts_for(room: Meeting) -> None:
    ghana = room.delegate("Ghana")
    made = save(room, ghana)
    assert saved.delegations(room.session, ghana) == [room.delegations["Ghana"]]
    assert saved.delegations(room.session, room.chair) == []
    with pytest.raises(NotAllowed):
        saved.change(room.session, ghana, made, made.name, room.delegations["Egypt"], room.later())
    saved.change(room.session, ghana, made, made.name, room.delegations["Ghana"], room.later())
    # Whoever acts for nobody any more still renames what is theirs, and can take it back.
    left = replace(ghana, grants=())
    saved.change(room.session, left, made, "Towers", made.delegation, room.later())
    saved.change(room.session, left, made, "Towers", None, room.later())
    assert made.delegation is None


def test_new_is_what_has_come_since_one_looked(room: Meeting) -> None:
    session, ghana, egypt = room.session, room.delegate("Ghana"), room.head("Egypt")
    made = save(room, ghana)
    keep(room)
    assert new(room, ghana) == 0
    proposed = room.propose("Egypt", change(5, "The towers shall be inspected every year."))
    keep(room)
    assert new(room, ghana) == 1
    here = saved.opened(session, ghana, made, room.later())
    assert here.since == made.saved_at
    assert [r.found.number for r in search(session, ghana, here.asked, here.new).results] == [proposed.number]
    keep(room)
    assert new(room, ghana) == 0
    # It stays new on its page as long as one goes on looking, and no longer.
    assert saved.opened(session, ghana, made, room.later()).new == here.new
    keep(room)
    room.now += timedelta(hours=1)
    assert saved.opened(session, ghana, made, room.later()).new == frozenset()
    keep(room)
    place, everybody = Place(room.version, 5, amendment=proposed), Visibility.DELEGATIONS
    said = comment(
        session, egypt, room.delegations["Egypt"], place, "Our towers", everybody, now=room.later()
    )
    reply(session, egypt, room.delegations["Egypt"], said, "All towers.", now=room.later())
    keep(room)
    assert new(room, ghana) == 2


def test_what_is_shown_to_more_people_is_new_to_them(room: Meeting) -> None:
    session, ghana = room.session, room.delegate("Ghana")
    room.propose("Egypt", change(5, "The towers shall be inspected every year."))
    revision = room.version.revision
    conducted = Visibility.PREPARED
    call_for_amendments(session, room.chair, revision, closes_at=None, shown=conducted, now=room.later())
    data = b"# Draft on lights\n\n1. Towers and more towers.\n"
    hidden = import_revision(
        session,
        OPERATOR,
        room.negotiation,
        read_text(data, "lights.md"),
        ("lights.md", data),
        name="Rev.2",
        issued=None,
        visibility=conducted,
        now=room.later(),
    )
    made = save(room, ghana)
    keep(room)
    assert only(room, ghana).count == Count(2, 0)
    show(session, room.chair, hidden.version.revision, Visibility.DELEGATIONS, None, room.later())
    keep(room)
    assert only(room, ghana).count == Count(3, 1)
    call_for_amendments(
        session, room.chair, revision, closes_at=None, shown=Visibility.DELEGATIONS, now=room.later()
    )
    keep(room)
    assert only(room, ghana).count == Count(4, 2)
    saved.opened(session, ghana, made, room.later())
    keep(room)
    # Another deadline makes no amendment new.
    later = room.now + timedelta(days=30)
    call_for_amendments(
        session, room.chair, revision, closes_at=later, shown=Visibility.DELEGATIONS, now=room.later()
    )
    keep(room)
    assert only(room, ghana).count == Count(4, 0)
    day = (room.now + timedelta(days=2)).date()
    show(session, room.chair, room.negotiation, Visibility.PUBLIC, day, room.later())
    saved.opened(session, ghana, made, room.later())
    keep(room)
    room.now += timedelta(days=3)
    assert only(room, ghana).count == Count(4, 4)


def test_a_colleague_has_their_own_looks(room: Meeting) -> None:
    session, ghana = room.session, room.delegate("Ghana")
    made = save(room, ghana)
    saved.change(session, ghana, made, "Towers", room.delegations["Ghana"], room.later())
    keep(room)
    colleague = replace(ghana, person_id=room.people["Norway"].id)
    assert only(room, colleague).since is None
    assert saved.opened(session, colleague, made, room.later()).since is None
    room.propose("Egypt", change(5, "The towers shall be inspected every year."))
    keep(room)
    assert new(room, colleague) == new(room, ghana) == 1


@pytest.mark.parametrize(
    ("name", "asked", "sentence"),
    [
        ("", Search("lights"), "Give it a name"),
        (" \0\n ", Search("lights"), "Give it a name"),
        ("x" * 121, Search("lights"), "121 characters, and 120 are the most"),
        ("Nothing", Search("  ", order=Order.NEWEST), "asks for nothing"),
        ("Long", Search("x" * 4001), "4,000 characters are the most"),
        ("Wide", Search("", filters=(("year", ("2018",) * 101),)), "100 boxes"),
    ],
)
def test_what_cannot_be_saved_is_refused_in_a_sentence(
    room: Meeting, name: str, asked: Search, sentence: str
) -> None:
    with pytest.raises(InvalidText, match=sentence):
        saved.save(room.session, room.delegate("Ghana"), name, asked, room.later())
    assert room.session.scalar(select(func.count(SavedSearch.id))) == 0


def test_there_are_not_more_than_one_can_look_through(room: Meeting) -> None:
    ghana = room.delegate("Ghana")
    for number in range(saved.MOST):
        save(room, ghana, f"towers {number}")
    with pytest.raises(Conflict, match="delete one first"):
        save(room, ghana, "another")
    assert save(room, ghana, "towers 7", "Again").name == "towers 7"
    assert save(room, room.delegate("Egypt"), "another").name == "another"


def test_the_list_takes_as_many_queries_for_ten_as_for_two(room: Meeting, engine: Engine) -> None:
    keep(room)
    ghana = room.delegate("Ghana")

    def queries() -> int:
        keep(room)
        saved.listed(room.session, ghana, room.later())
        counted: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if "gcmtext_search" not in statement and "set_config" not in statement:
                counted.append(statement)

        event.listen(engine, "before_cursor_execute", count)
        saved.listed(room.session, ghana, room.later())
        event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    for number in range(2):
        save(room, ghana, f"towers {number}")
    few = queries()
    for number in range(2, 10):
        save(room, ghana, f"towers {number}")
    assert queries() == few


def test_the_trail_says_what_was_done_and_not_in_which_words(room: Meeting) -> None:
    session, ghana = room.session, room.delegate("Ghana")
    made = save(room, ghana, "pharology", "Secret lamps")
    key = made.key
    saved.change(session, ghana, made, "Secret lamps", None, room.later())  # nothing changes
    saved.change(session, ghana, made, "Lamps", room.delegations["Ghana"], room.later())
    saved.opened(session, ghana, made, room.later())
    saved.delete(session, ghana, made, room.later())
    session.commit()
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "search.save").order_by(AuditEvent.number)
    ).all()
    assert [(e.before is None, e.after is None) for e in events] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert {(e.subject, e.negotiation_id, e.delegation) for e in events} == {
        (f"search/saved/{key}", None, "")
    }
    assert events[1].after["shown to"] == "Ghana"  # type: ignore[index]
    said = " ".join(f"{e.before} {e.after}" for e in events)
    assert "pharology" not in said
    assert "amps" not in said
    assert list(verify(session)) == []
    assert session.scalar(select(func.count()).select_from(SavedSearchLook)) == 0
