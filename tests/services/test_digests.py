"""What is new, by e-mail: to those who want it, and never a word that they may not see."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from gcmtext.db import (
    AuditEvent,
    Delegation,
    DelegationKind,
    Often,
    OutgoingMail,
    Person,
    Role,
    RoleGrant,
    Visibility,
)
from gcmtext.db.engine import open_sessions
from gcmtext.errors import NotFound
from gcmtext.services.actor import Actor, Grant, anonymous
from gcmtext.services.amending import draft, enter, revise, withdraw
from gcmtext.services.calls import call_for_amendments
from gcmtext.services.commenting import Place, comment
from gcmtext.services.digests import due_at, news, send_due, want, wanted
from gcmtext.services.wordings import Wording
from gcmtext.settings import Settings
from services.meeting import NOW, Meeting, change, meeting

ODD = "Keepers are to be paid in gold."
AUDIENCES = list(Visibility)


@pytest.fixture
def lights(engine: Engine) -> Iterator[Meeting]:
    with meeting(engine) as found:
        found.now = NOW + timedelta(hours=1)
        yield found


def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, "sqlite://", base_url="https://texts.example.org")


def grant(lights: Meeting, name: str, role: Role = Role.HEAD) -> Person:
    person, delegation = lights.people[name], lights.delegations[name]
    lights.session.add(
        RoleGrant(
            person_id=person.id,
            role=role.value,
            negotiation_id=lights.negotiation.id,
            delegation_id=delegation.id,
            since=NOW,
        )
    )
    lights.session.flush()
    return person


def tell(lights: Meeting, engine: Engine, tmp_path: Path, now: datetime) -> list[OutgoingMail]:
    """Send what is due, in other sessions; return the messages."""
    lights.session.commit()
    send_due(open_sessions(engine), settings(tmp_path), dict.fromkeys(Often, now), now)
    with open_sessions(engine)() as session:
        return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def test_who_wants_it_is_told_once_of_what_is_new(lights: Meeting, engine: Engine, tmp_path: Path) -> None:
    grant(lights, "Ghana")
    want(lights.session, lights.head("Ghana"), lights.negotiation, Often.DAILY, NOW)
    made = lights.propose("Egypt", change(2, ODD))
    later = lights.now + timedelta(hours=1)
    [mail] = tell(lights, engine, tmp_path, later)
    assert (mail.to, mail.subject) == ("ghana@example.org", "New: Lights")
    assert "New amendments (1)" in mail.text
    assert f"- {made.number}, Egypt: change paragraph 2 (Rev.1)" in mail.text
    assert f"https://texts.example.org/lights/amendments/{made.number}" in mail.text
    assert len(tell(lights, engine, tmp_path, later + timedelta(hours=1))) == 1


def test_nobody_is_told_who_does_not_want_it_or_where_nothing_is_new(
    lights: Meeting, engine: Engine, tmp_path: Path
) -> None:
    grant(lights, "Ghana")
    head = lights.head("Ghana")
    want(lights.session, head, lights.negotiation, Often.DAILY, NOW)
    assert wanted(lights.session, head) == {lights.negotiation.id: Often.DAILY}
    assert tell(lights, engine, tmp_path, lights.now) == []
    want(lights.session, head, lights.negotiation, None, NOW)
    assert wanted(lights.session, head) == {}
    lights.propose("Egypt", change(2, ODD))
    assert tell(lights, engine, tmp_path, lights.now + timedelta(hours=1)) == []
    with pytest.raises(NotFound):
        want(lights.session, anonymous(NOW), lights.negotiation, Often.DAILY, NOW)


def test_edited_and_withdrawn_are_told_and_what_one_did_oneself_is_not(lights: Meeting) -> None:
    first, second = lights.propose("Egypt", change(2, ODD)), lights.propose("Mexico", change(2, ODD))
    gone = lights.propose("Norway", change(5, ODD))
    since = lights.later()
    words = Wording(change(2, f"{ODD} Always."))
    revise(lights.session, lights.head("Egypt"), first, words, based_on=1, now=lights.later())
    withdraw(lights.session, lights.head("Norway"), gone, lights.later())
    brief = lights.propose("Norway", change(3, ODD))
    withdraw(lights.session, lights.head("Norway"), brief, lights.later())
    until = lights.later()
    found = news(lights.session, lights.head("Ghana"), lights.negotiation, since, until)
    assert (found.submitted, found.edited, found.withdrawn) == ((), (first,), (gone,))
    own = news(lights.session, lights.head("Egypt"), lights.negotiation, since, until)
    assert own.edited == ()
    assert second.edition == 1


def test_a_mention_of_ones_delegation_comes_first(lights: Meeting, engine: Engine, tmp_path: Path) -> None:
    grant(lights, "Ghana")
    want(lights.session, lights.head("Ghana"), lights.negotiation, Often.DAILY, NOW)
    for text in ("Gold is heavy.", "@Ghana, would silver do?"):
        comment(
            lights.session,
            lights.head("Egypt"),
            lights.delegations["Egypt"],
            Place(lights.version, 2),
            text,
            Visibility.DELEGATIONS,
            now=lights.later(),
        )
    lights.propose("Mexico", change(3, ODD))
    [mail] = tell(lights, engine, tmp_path, lights.now + timedelta(hours=1))
    order = ["Your delegation is mentioned (1)", "would silver do?", "New amendments (1)", "Gold is heavy."]
    places = [mail.text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_word_of_a_comment_reaches_somebody_it_is_not_for(lights: Meeting, audience: Visibility) -> None:
    comment(
        lights.session,
        lights.head("Egypt"),
        lights.delegations["Egypt"],
        Place(lights.version, 2),
        "A word for a few.",
        audience,
        now=lights.later(),
    )
    told = {
        name
        for name, actor in _everybody(lights).items()
        if news(lights.session, actor, lights.negotiation, NOW, lights.later()).comments
    }
    assert (
        told
        == {
            Visibility.OWN: {"own"},
            Visibility.PREPARED: {"own", "chair"},
            Visibility.DELEGATIONS: {"own", "chair", "other", "observer"},
            Visibility.PUBLIC: {"own", "chair", "other", "observer"},
        }[audience]
    )


@pytest.mark.parametrize("shown", [v for v in Visibility if v is not Visibility.OWN])
def test_no_amendment_is_told_to_somebody_to_whom_the_call_does_not_show_it(
    lights: Meeting, shown: Visibility
) -> None:
    call_for_amendments(
        lights.session, lights.chair, lights.version.revision, closes_at=None, shown=shown, now=lights.now
    )
    lights.propose("Egypt", change(2, ODD))
    told = {
        name
        for name, actor in _everybody(lights).items()
        if news(lights.session, actor, lights.negotiation, NOW, lights.later()).submitted
    }
    everybody = {"own", "chair", "other", "observer"}
    assert told == ({"own", "chair"} if shown is Visibility.PREPARED else everybody)


def test_a_draft_is_told_to_nobody(lights: Meeting) -> None:
    draft(
        lights.session,
        lights.head("Egypt"),
        lights.version,
        lights.delegations["Egypt"],
        Wording(change(2, ODD)),
        now=lights.later(),
    )
    for actor in _everybody(lights).values():
        assert not news(lights.session, actor, lights.negotiation, NOW, lights.later())


def test_who_has_no_account_any_more_or_no_second_factor_is_told_no_more_than_the_public(
    lights: Meeting, engine: Engine, tmp_path: Path
) -> None:
    person = grant(lights, "Ghana")
    want(lights.session, lights.head("Ghana"), lights.negotiation, Often.DAILY, NOW)
    secretary = lights.people["Norway"]
    lights.session.add(
        RoleGrant(
            person_id=secretary.id,
            role=Role.SECRETARIAT.value,
            negotiation_id=lights.negotiation.id,
            since=NOW,
        )
    )
    lights.session.flush()
    actor = Actor(secretary.name, secretary.id, grants=(Grant(Role.SECRETARIAT, lights.negotiation.id),))
    want(lights.session, actor, lights.negotiation, Often.DAILY, NOW)
    person.disabled_at = lights.now
    lights.propose("Egypt", change(2, ODD))
    assert tell(lights, engine, tmp_path, lights.now + timedelta(hours=1)) == []


def test_it_is_due_every_hour_or_once_a_day() -> None:
    moment = NOW + timedelta(minutes=1)
    assert due_at(moment, 5) == {Often.HOURLY: NOW, Often.DAILY: NOW.replace(hour=5)}
    assert due_at(moment, 22)[Often.DAILY] == NOW.replace(day=NOW.day - 1, hour=22)
    assert due_at(moment, NOW.hour)[Often.DAILY] == NOW


def test_who_wants_it_every_hour_is_told_before_those_who_want_it_once_a_day(
    lights: Meeting, engine: Engine, tmp_path: Path
) -> None:
    for name, often in (("Ghana", Often.DAILY), ("Norway", Often.HOURLY)):
        grant(lights, name)
        want(lights.session, lights.head(name), lights.negotiation, often, NOW)
    lights.propose("Egypt", change(2, ODD))
    lights.session.commit()
    told: list[str] = []
    for hours in (2, 3, 24):
        moment = NOW + timedelta(hours=hours, minutes=1)
        send_due(open_sessions(engine), settings(tmp_path), due_at(moment, NOW.hour), moment)
        with open_sessions(engine)() as session:
            told.append(" ".join(session.scalars(select(OutgoingMail.to).order_by(OutgoingMail.id))))
    assert told == ["norway@example.org", "norway@example.org", "norway@example.org ghana@example.org"]


@pytest.mark.parametrize("hourly", [False, True], ids=["at once", "at the hour"])
def test_what_has_just_come_is_told_the_next_time(
    lights: Meeting, engine: Engine, tmp_path: Path, hourly: bool
) -> None:
    grant(lights, "Ghana")
    want(lights.session, lights.head("Ghana"), lights.negotiation, Often.HOURLY, NOW)
    just_before = NOW + timedelta(hours=2, seconds=-20)
    egypt = lights.delegations["Egypt"]
    enter(
        lights.session, lights.head("Egypt"), lights.version, egypt, Wording(change(2, ODD)), now=just_before
    )
    lights.session.commit()
    for now in (NOW + timedelta(hours=2, seconds=20), NOW + timedelta(hours=3, seconds=70)):
        due = due_at(now, 9) if hourly else dict.fromkeys(Often, now)
        send_due(open_sessions(engine), settings(tmp_path), due, now)
    with open_sessions(engine)() as session:
        [mail] = session.scalars(select(OutgoingMail))
    assert "New amendments (1)" in mail.text


def test_who_withdraws_an_amendment_is_not_told_of_it(lights: Meeting) -> None:
    made = lights.propose("Egypt", change(2, ODD))
    since = lights.later()
    withdraw(lights.session, lights.head("Egypt"), made, lights.later())
    until = lights.later()
    found = {
        name: news(lights.session, lights.head(name), lights.negotiation, since, until).withdrawn
        for name in ("Egypt", "Ghana")
    }
    assert found == {"Egypt": (), "Ghana": (made,)}


def test_what_somebody_wants_is_in_the_audit_trail_once(lights: Meeting) -> None:
    head = lights.head("Ghana")
    for often in (Often.DAILY, Often.DAILY, Often.HOURLY, None, None):
        want(lights.session, head, lights.negotiation, often, lights.later())
    events = lights.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "account.use").order_by(AuditEvent.number)
    ).all()
    assert [(event.actor, event.before, event.after) for event in events] == [
        (head.name, {"told of lights": before}, {"told of lights": after})
        for before, after in (("never", "daily"), ("daily", "hourly"), ("hourly", "never"))
    ]
    assert {event.negotiation_id for event in events} == {None}


def _everybody(lights: Meeting) -> dict[str, Actor]:
    """Return one of each: another person of the delegation, the chair, another delegation, an observer."""
    observer = Delegation(
        negotiation=lights.negotiation,
        kind=DelegationKind.OBSERVER,
        name="Gulls",
        short_name="Gulls",
        address="gulls",
        created_at=NOW,
    )
    lights.session.add(observer)
    lights.session.flush()
    own = Grant(Role.DELEGATE, lights.negotiation.id, lights.delegations["Egypt"].id)
    seen = Grant(Role.OBSERVER, lights.negotiation.id, observer.id)
    return {
        "own": Actor("E. Gypt", 901, grants=(own,), at=lights.now),
        "chair": lights.chair,
        "other": lights.head("Ghana"),
        "observer": Actor("G. Ull", 902, grants=(seen,), at=lights.now),
    }
