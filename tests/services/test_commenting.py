"""Comments: for whom they are, who answers, who resolves; what is refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from gcmtext.db import AuditEvent, Comment, Delegation, LanguageVersion, Visibility
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.errors import Closed, InvalidText, NotAllowed, NotFound
from gcmtext.services.actor import Actor, Grant, Role, anonymous
from gcmtext.services.amending import draft
from gcmtext.services.commenting import (
    Place,
    comment,
    counts,
    find,
    mentioned,
    reply,
    resolve,
    since,
    threads,
)
from gcmtext.services.permissions import Action, may
from gcmtext.services.wordings import Wording
from services.meeting import NOW, Meeting, change, meeting


@pytest.fixture
def room(engine: Engine) -> Iterator[Meeting]:
    with meeting(engine) as found:
        yield found


def say(
    room: Meeting, name: str, audience: Visibility, words: str = "Is this enough?", place: Place | None = None
) -> Comment:
    return comment(
        room.session,
        room.delegate(name),
        room.delegations[name],
        place or Place(room.version, 5),
        words,
        audience,
        now=room.later(),
    )


def chair(room: Meeting) -> Actor:
    person = room.people["Norway"]
    return Actor("C. Hair", person.id, "here", (Grant(Role.CO_FACILITATOR, room.negotiation.id),), at=NOW)


def readers(room: Meeting) -> set[str]:
    actors = {name: room.head(name) for name in room.delegations} | {
        "chair": room.chair,
        "anybody": anonymous(NOW),
    }
    return {name for name, actor in actors.items() if threads(room.session, actor, room.version)}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Visibility.OWN, {"Ghana"}),
        (Visibility.PREPARED, {"Ghana", "chair"}),
        (Visibility.DELEGATIONS, {"Egypt", "Ghana", "Mexico", "Norway", "chair"}),
    ],
)
def test_a_comment_is_read_by_those_it_is_for(
    room: Meeting, audience: Visibility, expected: set[str]
) -> None:
    say(room, "Ghana", audience)
    assert readers(room) == expected


def test_a_public_comment_is_read_by_all_who_read_the_text(room: Meeting) -> None:
    say(room, "Ghana", Visibility.PUBLIC)
    assert "anybody" not in readers(room)
    room.negotiation.visibility = room.version.revision.visibility = Visibility.PUBLIC
    assert "anybody" in readers(room)


def test_what_is_said_of_a_draft_is_for_its_delegation_alone(room: Meeting) -> None:
    made = draft(
        room.session,
        room.delegate("Ghana"),
        room.version,
        room.delegations["Ghana"],
        Wording(change(5, "The lights shall be inspected.")),
        now=NOW,
    )
    say(room, "Ghana", Visibility.DELEGATIONS, place=Place(room.version, 5, amendment=made))
    assert readers(room) == {"Ghana"}
    with pytest.raises(NotFound):
        say(room, "Egypt", Visibility.DELEGATIONS, place=Place(room.version, 5, amendment=made))


def test_the_co_facilitators_answer_a_delegation_and_nobody_else_sees_it(room: Meeting) -> None:
    root = say(room, "Ghana", Visibility.PREPARED)
    reply(room.session, chair(room), None, root, "It is, we think.", now=room.later())
    assert readers(room) == {"Ghana", "chair"}
    (thread,) = threads(room.session, room.head("Ghana"), room.version)
    assert [r.text for r in thread.replies] == ["It is, we think."]
    with pytest.raises(NotFound):
        reply(room.session, room.delegate("Egypt"), room.delegations["Egypt"], root, "No.", now=NOW)


def test_a_thread_is_resolved_and_reopened(room: Meeting) -> None:
    root = say(room, "Ghana", Visibility.DELEGATIONS)
    with pytest.raises(NotAllowed):
        resolve(room.session, room.delegate("Egypt"), root, True, NOW)
    resolve(room.session, room.delegate("Ghana"), root, True, NOW)
    assert counts(room.session, room.head("Egypt"), room.version) == {}
    with pytest.raises(Closed, match="reopen"):
        reply(room.session, room.delegate("Egypt"), room.delegations["Egypt"], root, "But …", now=NOW)
    resolve(room.session, chair(room), root, False, NOW)
    assert counts(room.session, room.head("Egypt"), room.version) == {5: 1}


def test_a_passage_is_quoted(room: Meeting) -> None:
    say(room, "Ghana", Visibility.DELEGATIONS, place=Place(room.version, 5, (0, 10)))
    (thread,) = threads(room.session, room.head("Egypt"), room.version, index=5)
    assert thread.quoted == "The lights"
    for span in ((5, 5), (0, 999), (-1, 3)):
        with pytest.raises(InvalidText):
            say(room, "Ghana", Visibility.DELEGATIONS, place=Place(room.version, 5, span))


@pytest.mark.parametrize("words", ["", " \n ", "\0", "word " * 2_100])
def test_no_words_and_too_many_are_refused(room: Meeting, words: str) -> None:
    with pytest.raises(InvalidText):
        say(room, "Ghana", Visibility.DELEGATIONS, words)


def test_the_same_form_sent_twice_makes_one_comment(room: Meeting) -> None:
    actor, ghana = room.delegate("Ghana"), room.delegations["Ghana"]
    one, two = (
        comment(
            room.session,
            actor,
            ghana,
            Place(room.version, 5),
            "Once.",
            Visibility.DELEGATIONS,
            now=NOW,
            nonce="form",
        )
        for _ in range(2)
    )
    assert one is two


def test_what_a_delegation_says_to_itself_is_in_no_trail_that_others_read(room: Meeting) -> None:
    say(room, "Ghana", Visibility.OWN, "Between us: we can live without this.")
    event = room.session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event is not None
    assert (event.negotiation_id, event.delegation) == (None, "")
    assert "live without" not in str(event.after)


def test_what_is_new_is_found_by_those_who_may_read_it(room: Meeting) -> None:
    say(room, "Ghana", Visibility.OWN)
    moment = room.later()
    for audience in (Visibility.OWN, Visibility.DELEGATIONS):
        say(room, "Ghana", audience, f"For {audience}.")
    found = [c.text for c in since(room.session, room.head("Egypt"), room.negotiation, moment)]
    assert found == ["For delegations."]
    key = since(room.session, room.head("Ghana"), room.negotiation, moment)[0].key
    assert find(room.session, room.head("Ghana"), room.negotiation, key).text == "For own."
    with pytest.raises(NotFound):
        find(room.session, room.head("Egypt"), room.negotiation, key)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ghana, could you live with this?", ["Ghana"]),
        ("See @mexico and @Egypt.", ["Egypt", "Mexico"]),
        ("@Ghanaian friends, and egypt@example.org", []),
        ("@Norway", ["Norway"]),
        ("", []),
    ],
)
def test_delegations_are_mentioned_by_name(room: Meeting, text: str, names: list[str]) -> None:
    assert [d.short_name for d in mentioned(text, room.delegations.values())] == names


def test_what_is_said_of_a_draft_is_in_no_trail_that_others_read(room: Meeting) -> None:
    wording = Wording(change(5, "The lights shall be inspected."))
    made = draft(
        room.session, room.delegate("Ghana"), room.version, room.delegations["Ghana"], wording, now=NOW
    )
    on_it = Place(room.version, 5, amendment=made)
    root = say(room, "Ghana", Visibility.DELEGATIONS, "To be said once it is submitted.", on_it)
    reply(room.session, room.head("Ghana"), room.delegations["Ghana"], root, "Good.", now=room.later())
    resolve(room.session, room.head("Ghana"), root, True, room.later())
    events = room.session.scalars(
        select(AuditEvent).where(AuditEvent.action.startswith("comment")).order_by(AuditEvent.number)
    ).all()
    assert [(event.negotiation_id, event.delegation) for event in events] == [(None, "")] * 3


def test_those_who_conduct_resolve_what_they_have_opened_and_no_delegation_does(room: Meeting) -> None:
    place = Place(room.version, 5)
    root = comment(room.session, chair(room), None, place, "Any views?", Visibility.DELEGATIONS, now=NOW)
    with pytest.raises(NotAllowed):
        resolve(room.session, room.head("Egypt"), root, True, NOW)
    assert not may(room.head("Egypt"), Action.COMMENT_RESOLVE, root)
    resolve(room.session, chair(room), root, True, NOW)
    assert root.resolved_at == NOW


def test_only_those_who_conduct_speak_for_no_delegation(room: Meeting) -> None:
    place = Place(room.version, 5)
    root = say(room, "Ghana", Visibility.DELEGATIONS)
    for act in (
        lambda: comment(
            room.session, room.head("Egypt"), None, place, "So be it.", Visibility.DELEGATIONS, now=NOW
        ),
        lambda: reply(room.session, room.head("Egypt"), None, root, "So be it.", now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_answer_is_not_resolved_by_itself(room: Meeting) -> None:
    root = say(room, "Ghana", Visibility.DELEGATIONS)
    answer = reply(room.session, room.head("Egypt"), room.delegations["Egypt"], root, "Yes.", now=NOW)
    with pytest.raises(InvalidText, match="opened the thread"):
        resolve(room.session, room.head("Ghana"), answer, True, NOW)


def test_a_comment_on_an_amendment_is_on_its_paragraph(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, "The lights shall be inspected."))
    with pytest.raises(InvalidText, match="another paragraph"):
        say(room, "Egypt", Visibility.DELEGATIONS, place=Place(room.version, 2, amendment=made))


def test_a_comment_sent_twice_at_once_is_stored_once(room: Meeting, engine: Engine) -> None:
    version_id, ghana_id, actor = room.version.id, room.delegations["Ghana"].id, room.delegate("Ghana")
    room.session.commit()
    sessions = open_sessions(engine)

    def once(session: Session) -> str:
        begin_write(session)
        version = session.get_one(LanguageVersion, version_id)
        delegation = session.get_one(Delegation, ghana_id)
        place = Place(version, 5)
        made = comment(
            session, actor, delegation, place, "Once.", Visibility.DELEGATIONS, now=NOW, nonce="form"
        )
        return made.key

    def again() -> str:
        with sessions() as other:
            key = once(other)
            other.commit()
            return key

    with sessions() as one, ThreadPoolExecutor(1) as pool:
        key = once(one)
        waiting = pool.submit(again)
        wait([waiting], timeout=0.3)
        one.commit()
        assert waiting.result(timeout=20) == key


def test_what_is_new_takes_as_many_queries_for_many_threads(room: Meeting, engine: Engine) -> None:
    roots = [say(room, "Ghana", Visibility.DELEGATIONS) for _ in range(6)]
    moment = room.later()

    def queries(threads_answered: int) -> int:
        for root in roots[:threads_answered]:
            reply(room.session, room.head("Egypt"), room.delegations["Egypt"], root, "Yes.", now=room.later())
        room.session.flush()
        room.session.expire_all()
        counted: list[str] = []
        count = lambda *args: counted.append(args[2])  # noqa: E731
        actor = room.head("Norway")
        event.listen(engine, "before_cursor_execute", count)
        since(room.session, actor, room.negotiation, moment)
        event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    assert queries(1) == queries(6)
