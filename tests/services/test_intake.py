"""Files that delegations send, becoming amendments."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from flask import Flask
from formats.libreoffice import kept_by_libreoffice
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from gcmtext.db import Amendment, AmendmentState, Delegation, LanguageVersion, RoleGrant, Visibility
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.errors import Closed, Conflict, InvalidText, NotAllowed, NotFound
from gcmtext.formats.docx_tracked import write_compilation
from gcmtext.formats.submissions import Received, read_received
from gcmtext.resources import drafts_dir
from gcmtext.services import batches, intake, reading
from gcmtext.services.actor import Actor, operator
from gcmtext.services.amending import draft, enter, submit, withdraw
from gcmtext.services.audit import record
from gcmtext.services.calls import call_for_amendments, close_call
from gcmtext.services.compiling import compiled
from gcmtext.services.entering import confirm, outlook
from gcmtext.services.intake import Batch
from gcmtext.services.permissions import Action
from gcmtext.services.wordings import Wording, wording_of
from gcmtext.text.collate import read_back
from gcmtext.text.model import Document
from gcmtext.text.proposals import Proposal, ProposalKind, own_text
from gcmtext.web.store import session as web_session
from services.meeting import OPERATOR, Meeting, change, meeting

CLEAN = """# Draft on lights

1. States shall keep the lights of their coasts.

2. Keepers shall be paid in time, and their families housed.

(a) Towers shall be painted white;

(b) Towers may be striped.

3. The lights shall be inspected twice a year.
"""

LIST = """In paragraph 2, replace "are to be" with "shall be".

Replace "Towers" with "Lighthouses".

Be nice to gulls.
"""


@pytest.fixture
def lights(engine: Engine) -> Iterator[Meeting]:
    with meeting(engine) as found:
        yield found


def base(lights: Meeting) -> Document:
    return reading.document(lights.session, lights.version)


def take_in(
    lights: Meeting, actor: Actor, text: str, name: str = "egypt.md", of: str | None = "Egypt"
) -> Batch:
    data = text.encode()
    delegation = lights.delegations[of] if of else None
    read = read_received(data, name, base(lights), "")
    return intake.hold(lights.session, actor, lights.version, delegation, (name, data), read, lights.later())


def amendments(lights: Meeting, *states: AmendmentState) -> list[Amendment]:
    rows = lights.session.scalars(select(Amendment).order_by(Amendment.id))
    return [row for row in rows if row.state in (states or (AmendmentState.SUBMITTED,))]


def outcomes(batch: Batch) -> list[str]:
    return [item.outcome for item in batches.items(batch)]


def test_a_head_sends_a_clean_copy_and_confirms_it(lights: Meeting) -> None:
    batch = take_in(lights, lights.head("Egypt"), CLEAN)
    assert not amendments(lights)
    confirm(lights.session, lights.head("Egypt"), batch, lights.later())
    first, second = amendments(lights)
    assert [wording_of(a).proposal.text for a in (first, second)] == [
        "Keepers shall be paid in time, and their families housed.",
        "The lights shall be inspected twice a year.",
    ]
    assert {first.batch_id, second.batch_id} == {batch.id}
    assert batch.original.data == CLEAN.encode()
    confirm(lights.session, lights.head("Egypt"), batch, lights.later())
    assert len(amendments(lights)) == 2


def test_the_same_file_twice_changes_nothing(lights: Meeting) -> None:
    head = lights.head("Egypt")
    batch = take_in(lights, head, CLEAN)
    assert take_in(lights, head, CLEAN).id == batch.id
    confirm(lights.session, head, batch, lights.later())
    again = take_in(lights, head, CLEAN)
    assert again.id != batch.id
    assert again.original_id == batch.original_id
    assert [p.fate for p in outlook(lights.session, head, again).prospects] == ["same", "same"]
    confirm(lights.session, head, again, lights.later())
    assert outcomes(again) == ["same", "same"]
    assert [a.edition for a in amendments(lights)] == [1, 1]


def test_other_words_for_a_paragraph_edit_the_amendment_that_is_there(lights: Meeting) -> None:
    head = lights.head("Egypt")
    confirm(lights.session, head, take_in(lights, head, CLEAN), lights.later())
    other = CLEAN.replace("twice a year", "three times a year").replace(
        "shall be paid in time", "are to be paid in time"
    )
    batch = take_in(lights, head, other)
    found = outlook(lights.session, head, batch)
    assert [p.fate for p in found.prospects] == ["edited"]
    assert [a.at for a in found.unsaid] == [2]  # what is no longer in the file stays
    confirm(lights.session, head, batch, lights.later())
    assert [a.edition for a in amendments(lights)] == [1, 2]
    assert outcomes(batch) == ["edited"]


def test_the_secretariat_edits_in_the_name_of_a_delegation(lights: Meeting) -> None:
    secretariat = lights.secretariat()
    confirm(lights.session, secretariat, take_in(lights, secretariat, CLEAN), lights.later())
    batch = take_in(lights, secretariat, CLEAN.replace("twice", "thrice"))
    confirm(lights.session, secretariat, batch, lights.later())
    assert sorted(outcomes(batch)) == ["edited", "same"]
    assert {a.delegation.short_name for a in amendments(lights)} == {"Egypt"}


def test_a_delegate_gets_drafts(lights: Meeting) -> None:
    delegate = lights.delegate("Egypt")
    for _ in range(2):
        confirm(lights.session, delegate, take_in(lights, delegate, CLEAN), lights.later())
    assert not amendments(lights)
    assert len(amendments(lights, AmendmentState.DRAFT)) == 2


def test_what_was_submitted_is_not_drafted_anew(lights: Meeting) -> None:
    head, delegate = lights.head("Egypt"), lights.delegate("Egypt")
    confirm(lights.session, head, take_in(lights, head, CLEAN), lights.later())
    batch = take_in(lights, delegate, CLEAN.replace("twice", "thrice"))
    confirm(lights.session, delegate, batch, lights.later())
    assert sorted(outcomes(batch)) == ["new", "same"]
    [draft] = amendments(lights, AmendmentState.DRAFT)
    assert draft.at == 5


def test_a_proposal_is_left_out_or_given_other_words(lights: Meeting) -> None:
    head = lights.head("Egypt")
    batch = take_in(lights, head, CLEAN)
    intake.correct(
        lights.session,
        head,
        batch,
        base(lights),
        chosen={0: False},
        texts={1: "The lights shall be inspected every month."},
        delegation=None,
        now=lights.later(),
    )
    confirm(lights.session, head, batch, lights.later())
    [made] = amendments(lights)
    assert wording_of(made).proposal.text == "The lights shall be inspected every month."
    with pytest.raises(Closed):
        intake.discard(lights.session, head, batch, lights.later())


def test_what_has_no_place_waits_in_the_tray_until_it_is_placed_or_dismissed(lights: Meeting) -> None:
    head = lights.head("Egypt")
    batch = take_in(lights, head, LIST, "instructions.md")
    assert [item.proposal.at for item in batches.items(batch)] == [2]
    towers, gulls = batches.doubts(batch)
    assert {candidate.at for candidate in towers.candidates} == {3, 4}
    confirm(lights.session, head, batch, lights.later())
    assert intake.place(lights.session, head, batch, base(lights), 0, 4, "", lights.later())
    confirm(lights.session, head, batch, lights.later())
    assert [wording_of(a).proposal.text for a in amendments(lights)] == [
        "Keepers shall be paid in time, and their families housed.",
        "Lighthouses may be striped.",
    ]
    with pytest.raises(Conflict, match=r"^Somebody has placed or dismissed this instruction already\.$"):
        intake.place(lights.session, head, batch, base(lights), 0, 3, "", lights.later())
    assert not intake.place(lights.session, head, batch, base(lights), 1, 3, "", lights.later())
    intake.dismiss(lights.session, head, batch, 1, lights.later())
    assert [doubt.state for doubt in batches.doubts(batch)] == ["placed", "dismissed"]
    assert gulls.instruction.startswith("Be nice")


def test_an_instruction_that_does_not_speak_for_itself_is_placed_with_its_words(lights: Meeting) -> None:
    head = lights.head("Egypt")
    batch = take_in(lights, head, LIST, "instructions.md")
    with pytest.raises(InvalidText, match="change it as the instruction says"):
        intake.place(
            lights.session, head, batch, base(lights), 1, 3, "Towers shall be painted white;", lights.later()
        )
    kind = "Towers shall be painted white, out of kindness to gulls;"
    assert intake.place(lights.session, head, batch, base(lights), 1, 3, kind, lights.later())
    assert batches.items(batch)[-1].proposal == change(3, kind)


def test_one_refused_proposal_does_not_stop_the_others(lights: Meeting) -> None:
    head = lights.head("Egypt")
    batch = take_in(lights, head, CLEAN)
    intake.correct(
        lights.session,
        head,
        batch,
        base(lights),
        chosen={},
        texts={0: "  "},
        delegation=None,
        now=lights.later(),
    )
    confirm(lights.session, head, batch, lights.later())
    assert outcomes(batch) == ["refused", "new"]
    assert batches.items(batch)[0].why.startswith("The proposed text is empty")


def test_nobody_else_sees_what_a_delegation_takes_in(lights: Meeting) -> None:
    batch = take_in(lights, lights.delegate("Egypt"), CLEAN)
    for other in (lights.head("Ghana"), lights.chair, lights.secretariat(), operator("root")):
        assert batches.taken_in(lights.session, other, lights.version) == []
        with pytest.raises(NotFound):
            batches.find(lights.session, other, lights.version, batch.key)
    assert batches.taken_in(lights.session, lights.head("Egypt"), lights.version) == [batch]


def test_what_the_secretariat_takes_in_the_delegation_sees_as_well_and_no_other(lights: Meeting) -> None:
    batch = take_in(lights, lights.secretariat(), CLEAN)
    assert batches.taken_in(lights.session, lights.head("Egypt"), lights.version) == [batch]
    assert batches.taken_in(lights.session, lights.head("Ghana"), lights.version) == []
    with pytest.raises(NotFound):
        batches.find(lights.session, lights.head("Ghana"), lights.version, batch.key)
    with pytest.raises(NotAllowed):
        batches.find(lights.session, lights.chair, lights.version, batch.key)


def test_a_delegation_sends_for_itself_alone(lights: Meeting) -> None:
    with pytest.raises(NotAllowed):
        take_in(lights, lights.head("Egypt"), CLEAN, of="Ghana")
    with pytest.raises(InvalidText, match="Choose the delegation"):
        take_in(lights, lights.head("Egypt"), CLEAN, of=None)


def test_whose_a_file_is_can_be_left_open_and_said_later(lights: Meeting) -> None:
    secretariat = lights.secretariat()
    batch = take_in(lights, secretariat, CLEAN, "final-2.md", of=None)
    with pytest.raises(InvalidText, match=r"^Choose the delegation that sent the file\.$"):
        confirm(lights.session, secretariat, batch, lights.later())
    intake.correct(
        lights.session,
        secretariat,
        batch,
        base(lights),
        chosen={},
        texts={},
        delegation=lights.delegations["Ghana"],
        now=lights.later(),
    )
    confirm(lights.session, secretariat, batch, lights.later())
    assert {a.delegation.short_name for a in amendments(lights)} == {"Ghana"}


def test_nothing_is_taken_in_where_no_amendments_are_taken(lights: Meeting) -> None:
    batch = take_in(lights, lights.head("Egypt"), CLEAN)
    close_call(lights.session, lights.chair, lights.version.revision, lights.later())
    with pytest.raises(Closed):
        take_in(lights, lights.head("Ghana"), CLEAN, of="Ghana")
    with pytest.raises(Closed):
        confirm(lights.session, lights.head("Egypt"), batch, lights.later())


def test_files_that_wait_are_few_and_do_not_wait_for_ever(lights: Meeting) -> None:
    head = lights.head("Egypt")
    for number in range(intake.MOST):
        take_in(lights, head, CLEAN.replace("twice", f"{number + 3} times"))
    with pytest.raises(Conflict, match="wait to be confirmed already"):
        take_in(lights, head, CLEAN)
    lights.now += intake.LIFETIME
    assert take_in(lights, head, CLEAN)
    assert len(batches.taken_in(lights.session, head, lights.version)) == 1


def test_a_file_that_proposes_nothing_is_refused(lights: Meeting) -> None:
    same = CLEAN.replace("shall be paid", "are to be paid").replace("twice a year", "every year")
    with pytest.raises(InvalidText, match=r"^egypt\.md proposes nothing: its text is that of Rev\.1\.$"):
        intake.read(same.encode(), "egypt.md", base(lights))


def test_a_withdrawn_amendment_is_proposed_anew(lights: Meeting) -> None:
    head = lights.head("Egypt")
    confirm(lights.session, head, take_in(lights, head, CLEAN), lights.later())
    withdraw(lights.session, head, amendments(lights)[0], lights.later())
    batch = take_in(lights, head, CLEAN)
    confirm(lights.session, head, batch, lights.later())
    assert outcomes(batch) == ["new", "same"]


@pytest.mark.slow
def test_the_compilation_taken_home_and_sent_back_changes_nothing(lights: Meeting, tmp_path: Path) -> None:
    """In LibreOffice the changes of one author are accepted and the others' rejected."""
    lights.propose("Egypt", change(2, "Keepers shall be paid in time, and their families housed well."))
    lights.propose("Egypt", Proposal(ProposalKind.DELETE, 4))
    lights.propose("Egypt", Proposal(ProposalKind.INSERT_AFTER, 5, "Gulls are left in peace.", label="3 bis"))
    lights.propose("Ghana", change(2, "Keepers are to be paid in gold, and their families housed."))
    lights.propose("Ghana", change(5, "The lights shall be inspected twice a year."))
    head = lights.head("Egypt")
    found = compiled(lights.session, head, lights.version)
    data = kept_by_libreoffice(write_compilation(found.compilation, lights.now), "Egypt", tmp_path)
    read = read_received(data, "egypt.docx", base(lights), "")
    batch = intake.hold(
        lights.session,
        head,
        lights.version,
        lights.delegations["Egypt"],
        ("egypt.docx", data),
        read,
        lights.later(),
    )
    confirm(lights.session, head, batch, lights.later())
    assert outcomes(batch) == ["same", "same", "same"]
    assert outlook(lights.session, head, batch).unsaid == ()
    assert [a.edition for a in amendments(lights)] == [1] * 5


@pytest.mark.slow
def test_the_files_of_the_demonstration_give_each_delegation_its_own_text(own_demo: Flask) -> None:
    """Dropped as the secretariat, delegations guessed: from the compilation each text comes back."""
    folder = drafts_dir() / "submissions"
    with own_demo.app_context():
        session = web_session()
        begin_write(session)
        actor = operator("secretariat")
        negotiation = reading.negotiation(session, actor, "seafarers")
        version = next(v for r in negotiation.revisions if r.slug == "rev-1" for v in r.versions)
        now = version.created_at
        for old in session.scalars(select(Amendment).where(Amendment.version_id == version.id)):
            old.state = AmendmentState.WITHDRAWN
        call_for_amendments(
            session, actor, version.revision, closes_at=None, shown=Visibility.PUBLIC, now=now
        )
        text = reading.document(session, version)
        wanted = {}
        for file in sorted(folder.glob("*.docx")):
            read, batch = _take_in_as_it_says(session, actor, version, text, file, now)
            assert batch.delegation is not None
            truth = yaml.safe_load(file.with_suffix(".yaml").read_text(encoding="utf-8"))
            assert batch.delegation.short_name == truth["delegation"]
            confirm(session, actor, batch, now)
            assert {item.outcome for item in batches.items(batch)} == {"new"}
            wanted[batch.delegation.short_name] = own_text(text, read.submission)
        assert len(wanted) == 12
        found = compiled(session, actor, version).compilation
        for name, paragraphs in wanted.items():
            assert [p.text for p in read_back(found, name)] == [p.text for p in paragraphs]


def _take_in_as_it_says(
    session: Session, actor: Actor, version: LanguageVersion, text: Document, file: Path, now: datetime
) -> tuple[Received, Batch]:
    data = file.read_bytes()
    read = intake.read(data, file.name, text)
    identity = intake.sender(session, actor, version, file.name, read)
    delegation = session.get(Delegation, identity)
    return read, intake.hold(session, actor, version, delegation, (file.name, data), read, now)


def test_a_file_is_corrected_and_confirmed_while_others_submit(lights: Meeting, engine: Engine) -> None:
    """Whoever has corrected waits for nobody who waits for them."""
    key = take_in(lights, lights.head("Egypt"), CLEAN).key
    egypt, ghana = lights.head("Egypt"), lights.head("Ghana")
    version_id, ghana_id = lights.version.id, lights.delegations["Ghana"].id
    when, later = lights.later(), lights.later()
    lights.session.commit()
    sessions = open_sessions(engine)

    def submits() -> None:
        with sessions() as other:
            begin_write(other)
            version = other.get_one(LanguageVersion, version_id)
            delegation = other.get_one(Delegation, ghana_id)
            made = draft(other, ghana, version, delegation, Wording(change(5, "No more lights.")), now=when)
            submit(other, ghana, made, when)
            other.commit()

    with sessions() as one, ThreadPoolExecutor(1) as pool:
        begin_write(one)
        version = one.get_one(LanguageVersion, version_id)
        batch = batches.find(one, egypt, version, key, lock=True)
        text = reading.document(one, version)
        texts = {0: "Keepers shall be paid at once, and their families housed."}
        intake.correct(one, egypt, batch, text, chosen={}, texts=texts, delegation=None, now=when)
        waiting = pool.submit(submits)
        wait([waiting], timeout=0.5)
        confirm(one, egypt, batch, later)
        one.commit()
        waiting.result(timeout=20)
    lights.session.expire_all()
    assert sorted(a.delegation.short_name for a in amendments(lights)) == ["Egypt", "Egypt", "Ghana"]


def test_somebody_is_given_a_role_while_others_submit(lights: Meeting, engine: Engine) -> None:
    """As by an invitation, which is recorded before it: nobody waits for the row of the negotiation."""
    ghana, when = lights.head("Ghana"), lights.later()
    version_id, ghana_id = lights.version.id, lights.delegations["Ghana"].id
    person_id, negotiation_id = lights.people["Egypt"].id, lights.negotiation.id
    lights.session.commit()
    sessions = open_sessions(engine)

    def submits() -> None:
        with sessions() as other:
            begin_write(other)
            version = other.get_one(LanguageVersion, version_id)
            delegation = other.get_one(Delegation, ghana_id)
            enter(other, ghana, version, delegation, Wording(change(5, "No more lights.")), now=when)
            other.commit()

    with sessions() as one, ThreadPoolExecutor(1) as pool:
        begin_write(one)
        record(one, OPERATOR, Action.PEOPLE_MANAGE, "people/1", None, {}, when)
        waiting = pool.submit(submits)
        wait([waiting], timeout=0.5)
        one.add(RoleGrant(person_id=person_id, role="observer", negotiation_id=negotiation_id, since=when))
        one.commit()
        waiting.result(timeout=20)
    assert [a.delegation.short_name for a in amendments(lights)] == ["Ghana"]


def test_a_delegate_does_not_confirm_what_the_secretariat_takes_in(lights: Meeting) -> None:
    """It would become drafts, and what has become of the file is seen by the secretariat."""
    batch = take_in(lights, lights.secretariat(), CLEAN)
    with pytest.raises(NotAllowed, match="the head of your delegation"):
        confirm(lights.session, lights.delegate("Egypt"), batch, lights.later())
    assert not amendments(lights, AmendmentState.DRAFT, AmendmentState.SUBMITTED)
    confirm(lights.session, lights.head("Egypt"), batch, lights.later())
    assert len(amendments(lights)) == 2
