"""Whatever is done in whatever order, each delegation's own text can be read back from what is compiled."""

from contextlib import ExitStack, suppress
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, func, select

from gcmtext.db import Amendment, AmendmentState, StanceKind
from gcmtext.errors import GcmtextError
from gcmtext.services.amending import revise, withdraw
from gcmtext.services.audit import verify
from gcmtext.services.compiling import compiled, compiled_at, entries, submissions
from gcmtext.services.reading import document
from gcmtext.services.stances import take_stance
from gcmtext.services.wordings import Wording
from gcmtext.text.collate import read_back
from gcmtext.text.proposals import FATES, Proposal, ProposalKind, own_text
from services.meeting import Meeting, meeting

NAMES = ("Egypt", "Ghana", "Mexico", "Norway")
PARAGRAPHS = 6
TEXTS = st.lists(
    st.sampled_from(["States", "shall", "keep", "lights", "of", "[all]", "coasts", ",", "and", "pay", "“x”"]),
    min_size=1,
    max_size=9,
).map(" ".join)
PLACES = st.integers(0, PARAGRAPHS - 1)


def proposal(kind: ProposalKind, at: int, texts: list[str], to: int, other: int) -> Proposal:
    match kind:
        case ProposalKind.DELETE | ProposalKind.RESERVE | ProposalKind.RETAIN:
            return Proposal(kind, at)
        case ProposalKind.MOVE:
            return Proposal(kind, at, texts[0], to=to)
        case ProposalKind.SPLIT:
            return Proposal(kind, at, parts=tuple(texts))
        case ProposalKind.MERGE:
            return Proposal(kind, at, texts[0], bases=tuple(sorted({at, other})))
        case _:
            return Proposal(kind, at, texts[0])


PROPOSALS = st.builds(
    proposal,
    st.sampled_from(list(ProposalKind)),
    PLACES,
    st.lists(TEXTS, min_size=2, max_size=3),
    st.integers(0, PARAGRAPHS),
    PLACES,
)


class Acts(RuleBasedStateMachine):
    """Heads of delegations do what they may, and what they may not is refused and leaves nothing behind."""

    engine: Engine
    compiled: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()

    def teardown(self) -> None:
        if hasattr(self, "room"):
            assert list(verify(self.room.session)) == []
            self.compiled.append(len(entries(self.room.session, self.room.chair, self.room.version)))
        self.stack.close()

    @initialize()
    def convene(self) -> None:
        self.room: Meeting = self.stack.enter_context(meeting(self.engine, NAMES))
        self.base = document(self.room.session, self.room.version)

    def amendments(self) -> list[Amendment]:
        return list(self.room.session.scalars(select(Amendment).order_by(Amendment.id)))

    def attempt(self, act: Any) -> None:
        with suppress(GcmtextError), self.room.session.begin_nested():
            act()
        self.room.session.expire_all()

    @rule(name=st.sampled_from(NAMES), said=PROPOSALS)
    def propose(self, name: str, said: Proposal) -> None:
        self.attempt(lambda: self.room.propose(name, said))

    @rule(data=st.data(), said=PROPOSALS)
    def edit(self, data: st.DataObject, said: Proposal) -> None:
        if found := self.amendments():
            one = data.draw(st.sampled_from(found))
            head = self.room.head(one.delegation.short_name)
            self.attempt(
                lambda: revise(
                    self.room.session, head, one, Wording(said), based_on=one.edition, now=self.room.later()
                )
            )

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        if found := self.amendments():
            one = data.draw(st.sampled_from(found))
            head = self.room.head(one.delegation.short_name)
            self.attempt(lambda: withdraw(self.room.session, head, one, self.room.later()))

    @rule(data=st.data(), name=st.sampled_from(NAMES), kind=st.sampled_from([*StanceKind, None]))
    def stand(self, data: st.DataObject, name: str, kind: StanceKind | None) -> None:
        if found := self.amendments():
            one = data.draw(st.sampled_from(found))
            delegation = self.room.delegations[name]
            self.attempt(
                lambda: take_stance(
                    self.room.session, self.room.head(name), one, delegation, kind, self.room.later()
                )
            )

    @invariant()
    def every_text_is_read_back(self) -> None:
        if not hasattr(self, "room"):
            return
        found = compiled(self.room.session, self.room.chair, self.room.version)
        assert read_back(found.compilation, None) == self.base.paragraphs
        for submission in submissions(found.entries):
            own = own_text(self.base, submission)
            assert read_back(found.compilation, submission.delegation) == own

    @invariant()
    def a_paragraph_read_alone_is_that_of_the_whole(self) -> None:
        if not hasattr(self, "room"):
            return
        found = compiled(self.room.session, self.room.chair, self.room.version)
        for index, collated in enumerate(found.compilation.paragraphs):
            alone = compiled_at(self.room.session, self.room.chair, self.room.version, index)
            assert alone.collated == collated
            assert alone.entries == tuple(
                entry for entry in found.entries if index in (entry.proposal.at, *entry.proposal.bases)
            )
            assert alone.open == {p.base.index for p in found.compilation.paragraphs if p.is_open}

    @invariant()
    def numbers_have_no_gap_and_no_paragraph_two_texts(self) -> None:
        if not hasattr(self, "room"):
            return
        session = self.room.session
        given = session.scalars(select(Amendment.number).where(Amendment.number.is_not(None))).all()
        assert sorted(given) == list(range(1, len(given) + 1))
        fated = [
            (entry.delegation, index)
            for entry in entries(session, self.room.chair, self.room.version)
            if entry.proposal.kind in FATES
            for index in {entry.proposal.at, *entry.proposal.bases}
        ]
        assert len(fated) == len(set(fated))
        drafts = session.scalar(
            select(func.count()).where(Amendment.state == AmendmentState.DRAFT, Amendment.number.is_not(None))
        )
        assert drafts == 0


@pytest.mark.parametrize(
    "size", [pytest.param((12, 25), id="few"), pytest.param((40, 40), id="many", marks=pytest.mark.slow)]
)
def test_read_back_at_any_moment(engine: Engine, size: tuple[int, int]) -> None:
    machine = type("ActsHere", (Acts,), {"engine": engine, "compiled": (counts := [])})
    examples, steps = size
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=steps))
    assert sum(counts) >= examples, "hardly anything has been proposed"
