"""Amendments: drafted, submitted, edited, withdrawn, supported; who sees them; what is refused."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select, update

from gcmtext.db import (
    Amendment,
    AmendmentState,
    AuditEvent,
    Delegation,
    DelegationKind,
    StanceKind,
    Visibility,
)
from gcmtext.errors import Closed, Conflict, InvalidText, NotAllowed, NotFound
from gcmtext.services.actor import Actor, Grant, Role, anonymous
from gcmtext.services.amending import discard, draft, enter, revise, submit, withdraw
from gcmtext.services.amendments import editions_of, find
from gcmtext.services.audit import verify
from gcmtext.services.calls import call_for_amendments, close_call
from gcmtext.services.compiling import compiled, entries
from gcmtext.services.importing import start_negotiation
from gcmtext.services.stances import held_now, spoken_before, take_stance
from gcmtext.services.wordings import Wording, wording_of
from gcmtext.text.collate import Unit
from gcmtext.text.proposals import Proposal, ProposalKind
from services.meeting import NOW, OPERATOR, Meeting, change, meeting

DAILY = "The lights shall be inspected every day."
MONTHLY = "The lights shall be inspected every month."


@pytest.fixture
def room(engine: Engine) -> Iterator[Meeting]:
    with meeting(engine) as found:
        yield found


def test_a_draft_is_seen_by_its_delegation_alone(room: Meeting) -> None:
    delegate = room.delegate("Ghana")
    made = draft(
        room.session, delegate, room.version, room.delegations["Ghana"], Wording(change(5, DAILY)), now=NOW
    )
    assert (made.number, made.state) == (None, AmendmentState.DRAFT)
    assert find(room.session, room.head("Ghana"), room.negotiation, made.key) is made
    for other in (room.head("Egypt"), room.chair, room.secretariat(), anonymous(NOW)):
        with pytest.raises(NotFound):
            find(room.session, other, room.negotiation, made.key)
        assert entries(room.session, other, room.version) == ()


def test_a_draft_leaves_no_word_in_the_trail_of_the_negotiation(room: Meeting) -> None:
    wording = Wording(change(5, DAILY), "Every night counts.")
    draft(room.session, room.delegate("Ghana"), room.version, room.delegations["Ghana"], wording, now=NOW)
    events = room.session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert events[-1].negotiation_id is None
    assert events[-1].delegation == ""
    assert DAILY not in str(events[-1].after)


def test_a_delegate_drafts_and_the_head_submits(room: Meeting) -> None:
    delegate = room.delegate("Ghana")
    made = draft(
        room.session, delegate, room.version, room.delegations["Ghana"], Wording(change(5, DAILY)), now=NOW
    )
    with pytest.raises(NotAllowed):
        submit(room.session, delegate, made, NOW)
    submit(room.session, room.head("Ghana"), made, NOW)
    assert (made.number, made.state) == (1, AmendmentState.SUBMITTED)
    assert find(room.session, room.head("Egypt"), room.negotiation, "1") is made
    submit(room.session, room.head("Ghana"), made, NOW)
    assert made.number == 1


def test_what_is_submitted_is_compiled(room: Meeting) -> None:
    room.propose("Ghana", change(5, DAILY))
    room.propose("Egypt", change(5, DAILY))
    room.propose("Mexico", change(5, MONTHLY))
    found = compiled(room.session, room.head("Norway"), room.version).compilation
    (unit,) = [piece for piece in found.paragraphs[5].pieces if isinstance(piece, Unit)]
    assert [(r.text, r.delegations) for r in unit.readings] == [
        ("day", ("Egypt", "Ghana")),
        ("month", ("Mexico",)),
    ]


def test_the_same_form_sent_twice_makes_one_amendment(room: Meeting) -> None:
    ghana, wording = room.delegations["Ghana"], Wording(change(5, DAILY))
    one, two = (
        draft(room.session, room.head("Ghana"), room.version, ghana, wording, now=NOW, nonce="form 1")
        for _ in range(2)
    )
    assert one is two
    assert room.session.scalar(select(func.count()).select_from(Amendment)) == 1


def test_an_edition_is_kept_when_another_is_written(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    revise(
        room.session,
        room.head("Ghana"),
        made,
        Wording(change(5, MONTHLY), "More modest."),
        based_on=1,
        now=NOW,
    )
    assert (made.number, made.edition) == (1, 2)
    assert [wording_of(made, n).proposal.text for n in (1, 2)] == [DAILY, MONTHLY]
    assert wording_of(made).rationale == "More modest."
    with pytest.raises(NotFound):
        wording_of(made, 3)


def test_the_same_words_again_are_no_new_edition(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    revise(room.session, room.head("Ghana"), made, Wording(change(5, f" {DAILY}\n")), based_on=1, now=NOW)
    assert made.edition == 1


def test_who_writes_on_an_older_edition_is_told_and_nothing_is_overwritten(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    revise(room.session, room.head("Ghana"), made, Wording(change(5, MONTHLY)), based_on=1, now=NOW)
    with pytest.raises(Conflict, match="both texts are shown"):
        revise(room.session, room.head("Ghana"), made, Wording(change(5, "Never.")), based_on=1, now=NOW)
    assert wording_of(made).proposal.text == MONTHLY


def test_a_withdrawn_amendment_is_read_and_no_longer_compiled(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    withdraw(room.session, room.head("Ghana"), made, room.later())
    withdraw(room.session, room.head("Ghana"), made, room.later())
    assert find(room.session, room.head("Egypt"), room.negotiation, "1").state == AmendmentState.WITHDRAWN
    assert entries(room.session, room.head("Egypt"), room.version) == ()
    with pytest.raises(Closed, match="propose it anew"):
        revise(room.session, room.head("Ghana"), made, Wording(change(5, MONTHLY)), based_on=1, now=NOW)


def test_a_discarded_draft_is_gone_for_all(room: Meeting) -> None:
    ghana = room.delegations["Ghana"]
    made = draft(room.session, room.head("Ghana"), room.version, ghana, Wording(change(5, DAILY)), now=NOW)
    discard(room.session, room.head("Ghana"), made, NOW)
    with pytest.raises(NotFound):
        find(room.session, room.head("Ghana"), room.negotiation, made.key)


def test_a_delegation_has_one_text_for_a_paragraph(room: Meeting) -> None:
    room.propose("Ghana", change(5, DAILY))
    with pytest.raises(Conflict, match="in amendment 1"):
        room.propose("Ghana", Proposal(ProposalKind.DELETE, 5))
    room.session.expire_all()
    room.propose("Egypt", Proposal(ProposalKind.DELETE, 5))


def test_new_paragraphs_are_as_many_as_wanted(room: Meeting) -> None:
    for text in ("Keepers shall be relieved.", "Keepers shall be thanked."):
        room.propose("Ghana", Proposal(ProposalKind.INSERT_AFTER, 2, text))
    found = compiled(room.session, room.chair, room.version).compilation
    assert [addition.versions[0].text for addition in found.additions[3]] == [
        "Keepers shall be relieved.",
        "Keepers shall be thanked.",
    ]


@pytest.mark.parametrize(
    ("proposal", "sentence"),
    [
        (change(5, "The lights shall be  inspected every year.\n"), "is the text of the revision"),
        (change(5, " \u200b "), "is empty"),
        (change(5, "word " * 10_000), "more than 30,000 characters"),
        (change(99, "Nothing."), "is not there"),
        (Proposal(ProposalKind.MOVE, 3, to=3), "is the text of the revision"),
        (Proposal(ProposalKind.SPLIT, 3, parts=("One.",)), "does not say what is needed"),
    ],
)
def test_what_cannot_stand_is_refused_in_a_sentence(room: Meeting, proposal: Proposal, sentence: str) -> None:
    with pytest.raises(InvalidText, match=sentence):
        room.propose("Ghana", proposal)


def test_markup_and_signs_are_words(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, "<script>alert(1)</script> & [*lights*]\x07"))
    assert wording_of(made).proposal.text == "<script>alert(1)</script> & [*lights*]"


def test_only_states_and_groups_amend(room: Meeting) -> None:
    room.delegations["Norway"].kind = DelegationKind.STAKEHOLDER
    with pytest.raises(InvalidText, match="write a comment instead"):
        room.propose("Norway", change(5, DAILY))


def test_the_secretariat_enters_what_has_been_sent(room: Meeting) -> None:
    made = enter(
        room.session,
        room.secretariat(),
        room.version,
        room.delegations["Ghana"],
        Wording(change(5, DAILY)),
        now=NOW,
    )
    assert (made.number, made.delegation.short_name) == (1, "Ghana")
    event = room.session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event is not None
    assert (event.actor, event.delegation, event.action) == ("S. Cretary", "Ghana", "amendment.enter")
    with pytest.raises(NotAllowed):
        enter(
            room.session,
            room.head("Egypt"),
            room.version,
            room.delegations["Ghana"],
            Wording(change(2, "No.")),
            now=NOW,
        )


def test_after_the_deadline_nothing_is_taken(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    close_call(room.session, room.chair, room.version.revision, room.later())
    with pytest.raises(Closed, match="no longer taken"):
        room.propose("Egypt", change(5, MONTHLY))
    with pytest.raises(Closed):
        revise(room.session, room.head("Ghana"), made, Wording(change(5, MONTHLY)), based_on=1, now=room.now)
    withdraw(room.session, room.head("Ghana"), made, room.later())


def test_a_deadline_in_the_past_is_refused(room: Meeting) -> None:
    with pytest.raises(InvalidText, match="over already"):
        call_for_amendments(
            room.session,
            room.chair,
            room.version.revision,
            closes_at=NOW - timedelta(days=1),
            shown=Visibility.DELEGATIONS,
            now=NOW,
        )


def test_the_call_says_who_sees_what_is_submitted(room: Meeting) -> None:
    room.propose("Ghana", change(5, DAILY))
    room.propose("Egypt", change(5, MONTHLY))
    call_for_amendments(
        room.session, room.chair, room.version.revision, closes_at=None, shown=Visibility.PREPARED, now=NOW
    )
    seen = {
        name: [e.delegation for e in entries(room.session, room.head(name), room.version)]
        for name in ("Ghana", "Egypt", "Norway")
    }
    assert seen == {"Ghana": ["Ghana"], "Egypt": ["Egypt"], "Norway": []}
    assert len(entries(room.session, room.chair, room.version)) == 2
    with pytest.raises(NotFound):
        find(room.session, room.head("Norway"), room.negotiation, "1")


def test_support_is_given_changed_and_taken_back(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    egypt, head = room.delegations["Egypt"], room.head("Egypt")
    for kind in (StanceKind.SUPPORT, StanceKind.SUPPORT, StanceKind.OPPOSE):
        take_stance(room.session, head, made, egypt, kind, room.later())
    assert [d.short_name for d in held_now(made, StanceKind.OPPOSE)] == ["Egypt"]
    assert held_now(made, StanceKind.SUPPORT) == []
    take_stance(room.session, head, made, egypt, None, room.later())
    assert held_now(made, StanceKind.OPPOSE) == []
    assert [(s.kind, s.until is None) for s in made.stances] == [("support", False), ("oppose", False)]


def test_a_sponsor_has_the_words_as_its_own_where_it_has_none(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    for name in ("Egypt", "Mexico"):
        take_stance(
            room.session, room.head(name), made, room.delegations[name], StanceKind.SPONSOR, room.later()
        )
    room.propose("Mexico", change(5, MONTHLY))
    (unit,) = compiled(room.session, room.chair, room.version).compilation.paragraphs[5].units
    assert [(r.text, r.delegations) for r in unit.readings] == [
        ("day", ("Egypt", "Ghana")),
        ("month", ("Mexico",)),
    ]


def test_nobody_supports_what_is_its_own_or_not_there(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    ghana, egypt = room.delegations["Ghana"], room.delegations["Egypt"]
    with pytest.raises(InvalidText, match="your own"):
        take_stance(room.session, room.head("Ghana"), made, ghana, StanceKind.SUPPORT, NOW)
    with pytest.raises(NotAllowed):
        take_stance(room.session, room.head("Ghana"), made, egypt, StanceKind.SUPPORT, NOW)
    withdraw(room.session, room.head("Ghana"), made, NOW)
    with pytest.raises(Closed):
        take_stance(room.session, room.head("Egypt"), made, egypt, StanceKind.SUPPORT, NOW)


def test_an_amendment_to_an_amendment_names_it(room: Meeting) -> None:
    first = room.propose("Ghana", change(5, DAILY))
    wording = Wording(change(5, "The lights shall be inspected every day, weather permitting."))
    made = draft(
        room.session,
        room.head("Egypt"),
        room.version,
        room.delegations["Egypt"],
        wording,
        now=NOW,
        parent=first,
    )
    submit(room.session, room.head("Egypt"), made, NOW)
    assert [e.parent for e in entries(room.session, room.chair, room.version)] == [None, 1]


def test_every_act_is_in_a_trail_that_holds(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    revise(room.session, room.head("Ghana"), made, Wording(change(5, MONTHLY)), based_on=1, now=NOW)
    take_stance(room.session, room.head("Egypt"), made, room.delegations["Egypt"], StanceKind.SUPPORT, NOW)
    withdraw(room.session, room.head("Ghana"), made, NOW)
    actions = room.session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)).all()
    assert list(actions[-5:]) == [
        "amendment.draft",
        "amendment.submit",
        "amendment.submit",
        "stance.take",
        "amendment.submit",
    ]
    assert list(verify(room.session)) == []


def test_what_was_drafted_before_it_was_submitted_is_read_by_its_delegation_alone(room: Meeting) -> None:
    ghana, delegate = room.delegations["Ghana"], room.delegate("Ghana")
    bottom_line = Wording(change(5, "The lights shall be inspected every other year."), "Our last offer.")
    made = draft(room.session, delegate, room.version, ghana, bottom_line, now=room.later())
    for text in (DAILY, MONTHLY):
        revise(
            room.session, delegate, made, Wording(change(5, text)), based_on=made.edition, now=room.later()
        )
    submit(room.session, room.head("Ghana"), made, room.later())
    weekly = Wording(change(5, "The lights shall be inspected every week."))
    revise(room.session, room.head("Ghana"), made, weekly, based_on=3, now=room.later())
    for other in (room.head("Egypt"), room.chair, room.secretariat(), anonymous(NOW)):
        assert [edition.number for edition in editions_of(other, made)] == [3, 4]
    assert [edition.number for edition in editions_of(delegate, made)] == [1, 2, 3, 4]


def test_a_delegate_does_not_edit_what_the_head_has_submitted_meanwhile(room: Meeting) -> None:
    ghana, delegate = room.delegations["Ghana"], room.delegate("Ghana")
    made = draft(room.session, delegate, room.version, ghana, Wording(change(5, DAILY)), now=NOW)
    # By another process, while this one holds what it has read before.
    submitted = {"state": AmendmentState.SUBMITTED.value, "number": 1, "submitted_at": NOW}
    room.session.execute(
        update(Amendment)
        .where(Amendment.id == made.id)
        .values(submitted)
        .execution_options(synchronize_session=False)
    )
    assert made.state == AmendmentState.DRAFT
    with pytest.raises(NotAllowed):
        revise(room.session, delegate, made, Wording(change(5, MONTHLY)), based_on=1, now=room.later())
    assert wording_of(made).proposal.text == DAILY


def test_a_delegation_of_another_negotiation_has_no_say(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    other = start_negotiation(room.session, OPERATOR, "Buoys", "en", NOW, visibility=Visibility.PUBLIC)
    elsewhere = Delegation(
        negotiation=other,
        kind=DelegationKind.STATE,
        name="Chile",
        short_name="Chile",
        address="chile",
        created_at=NOW,
    )
    room.session.add(elsewhere)
    room.session.flush()
    grants = (
        Grant(Role.OBSERVER, room.negotiation.id, room.delegations["Egypt"].id),
        Grant(Role.HEAD, other.id, elsewhere.id),
    )
    head = Actor("C. Hile", room.people["Egypt"].id, grants=grants, at=NOW)
    with pytest.raises(NotFound):
        take_stance(room.session, head, made, elsewhere, StanceKind.SUPPORT, NOW)


def test_what_one_may_not_see_is_refused_as_what_is_not_there(room: Meeting) -> None:
    """Otherwise one could count what others have submitted, by trying numbers."""
    room.propose("Ghana", change(5, DAILY))
    call_for_amendments(
        room.session, room.chair, room.version.revision, closes_at=None, shown=Visibility.PREPARED, now=NOW
    )
    said = []
    for number in ("1", "2"):
        with pytest.raises(NotFound) as refused:
            find(room.session, room.head("Norway"), room.negotiation, number)
        said.append(str(refused.value).replace(number, "N"))
    assert said[0] == said[1]


def test_who_spoke_on_other_words_is_named(room: Meeting) -> None:
    made = room.propose("Ghana", change(5, DAILY))
    for name, kind in (("Egypt", StanceKind.SPONSOR), ("Mexico", StanceKind.SUPPORT)):
        take_stance(room.session, room.head(name), made, room.delegations[name], kind, room.later())
    assert spoken_before(made) == []
    revise(room.session, room.head("Ghana"), made, Wording(change(5, MONTHLY)), based_on=1, now=room.later())
    assert [d.short_name for d in spoken_before(made)] == ["Egypt", "Mexico"]
    for kind in (None, StanceKind.SUPPORT):
        take_stance(room.session, room.head("Mexico"), made, room.delegations["Mexico"], kind, room.later())
    assert [d.short_name for d in spoken_before(made)] == ["Egypt"]
