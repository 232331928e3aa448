"""The lineage in the store: kept, corrected, carried over, composed."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from gcmtext.db import Correction, LanguageVersion, Negotiation, StoredComparison, StoredLineage
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.errors import Conflict, InvalidText
from gcmtext.services.actor import operator
from gcmtext.services.carrying import left_behind
from gcmtext.services.comparing import alignment_between, compare_versions, compared
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.lineage import correct, find_lineage, steps
from gcmtext.services.reading import negotiation
from gcmtext.services.review import review
from gcmtext.text.compare import summary
from gcmtext.text.corrections import Decision, Verb

NOW = datetime(2027, 2, 1, tzinfo=UTC)
OPERATOR = operator("A. Keeper")
LIGHTS = "States shall keep every light that stands on their coasts."
KEEPERS = "Keepers of lights shall be trained in the mending of lamps and lenses."
REPORTS = "Every light that is out shall be reported to the ships at sea."
CHARTS = "Fees must never exceed a low cost."
TOWERS = "Paint towers red by day."


def take(
    session: Session, into: Negotiation, name: str, *texts: str, before: str | None = None
) -> LanguageVersion:
    lines = [f"{number}. {text}\n" for number, text in enumerate(texts, 1)]
    data = "\n".join(["---\nlanguage: en\n---\n", *lines]).encode()
    return import_revision(
        session,
        OPERATOR,
        into,
        read_text(data, "lights.md"),
        ("lights.md", data),
        name=name,
        issued=date(2027, 1, 29),
        before=before,
        now=NOW,
    ).version


def say(
    session: Session,
    old: LanguageVersion,
    new: LanguageVersion,
    verb: Verb,
    olds: tuple[int, ...],
    news: tuple[int, ...],
    seen: int = 0,
    by: str = "A. Keeper",
) -> Correction:
    decision = Decision(verb, olds, news)
    return correct(session, operator(by), old, new, decision, reason="read both", seen=seen, now=NOW)


def pairs(
    session: Session, negotiation: Negotiation, old: LanguageVersion, new: LanguageVersion
) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(k.old, k.new) for k in alignment_between(session, negotiation, old, new, NOW).links}


def read_again(session: Session) -> None:
    session.expire_all()
    negotiation(session, OPERATOR, "on-lights")


def forget_links(session: Session, old: LanguageVersion, new: LanguageVersion) -> None:
    """Leave a lineage as an early version of the program might have found it: without any link."""
    table = StoredLineage.__table__
    session.execute(
        table.update()
        .where(table.c.old_id == old.id, table.c.new_id == new.id)
        .values(algorithm="align 0", links=[])
    )
    read_again(session)


@pytest.fixture
def lights(session: Session) -> Negotiation:
    return start_negotiation(session, OPERATOR, "On lights", "en", NOW)


@pytest.fixture
def two(session: Session, lights: Negotiation) -> tuple[LanguageVersion, LanguageVersion]:
    old = take(session, lights, "Rev.1", LIGHTS, KEEPERS, REPORTS)
    return old, take(session, lights, "Rev.2", LIGHTS, REPORTS, CHARTS)


def test_a_correction_is_kept_with_who_when_and_why(
    session: Session, lights: Negotiation, two: tuple[LanguageVersion, LanguageVersion]
) -> None:
    assert ((1,), (2,)) not in pairs(session, lights, *two)
    say(session, *two, Verb.LINK, (1,), (2,), by="  A.  Keeper ")
    session.commit()
    (made,) = session.scalars(select(Correction))
    assert (made.by, made.at, made.reason, made.verb) == ("A. Keeper", NOW, "read both", "link")
    assert ((1,), (2,)) in pairs(session, lights, *two)


def test_comparison_and_figures_follow_a_correction(
    session: Session, lights: Negotiation, two: tuple[LanguageVersion, LanguageVersion]
) -> None:
    before = compared(session, lights, *two, NOW).figures
    say(session, *two, Verb.LINK, (1,), (2,))
    after = compared(session, lights, *two, NOW).figures
    assert (before.inserted, before.deleted) == (1, 1)
    assert (after.inserted, after.deleted) == (0, 0)
    assert after == summary(compare_versions(session, lights, *two, NOW))


def test_what_is_taken_back_holds_no_longer_and_stays_on_record(
    session: Session, lights: Negotiation, two: tuple[LanguageVersion, LanguageVersion]
) -> None:
    found = pairs(session, lights, *two)
    say(session, *two, Verb.LINK, (1,), (2,))
    say(session, *two, Verb.WITHDRAW, (1,), (2,), seen=1)
    assert pairs(session, lights, *two) == found
    assert [made.holds for made in review(session, lights, *two, NOW).made] == [False, False]
    with pytest.raises(InvalidText, match="no such decision to take back"):
        say(session, *two, Verb.WITHDRAW, (1,), (2,), seen=2)


def test_who_decides_must_be_up_to_date(
    session: Session, two: tuple[LanguageVersion, LanguageVersion]
) -> None:
    with pytest.raises(InvalidText, match="shorten it"):
        say(session, *two, Verb.LINK, (1,), (2,), by="A" * 201)
    say(session, *two, Verb.LINK, (1,), (2,), by="B. Keeper")
    with pytest.raises(Conflict, match=r"B\. Keeper has corrected this lineage meanwhile"):
        say(session, *two, Verb.UNLINK, (1,), (2,))
    with pytest.raises(InvalidText, match="no such paragraph"):
        say(session, *two, Verb.LINK, (9,), (2,), seen=1)


def test_two_who_decide_at_once_take_turns(
    engine: Engine, session: Session, two: tuple[LanguageVersion, LanguageVersion]
) -> None:
    session.commit()
    identities = [version.id for version in two]
    outcomes = []
    for by in ("A. Keeper", "B. Keeper"):
        with open_sessions(engine)() as own:
            begin_write(own)
            versions = [own.get_one(LanguageVersion, identity) for identity in identities]
            try:
                say(own, *versions, Verb.LINK, (1,), (2,), by=by)  # both have seen none
                own.commit()
                outcomes.append(by)
            except Conflict:
                own.rollback()
    assert outcomes == ["A. Keeper"]


def test_a_lineage_by_another_version_of_the_program_stays_in_force(
    session: Session, lights: Negotiation, two: tuple[LanguageVersion, LanguageVersion]
) -> None:
    old, new = two
    later = take(session, lights, "Rev.3", LIGHTS, REPORTS, TOWERS)
    cited = find_lineage(session, old, new, NOW)
    session.execute(delete(StoredComparison))
    # As an upgrade would find it, with nothing linked at all.
    session.add(StoredLineage(old_id=old.id, new_id=new.id, algorithm="align 99", links=[], found_at=NOW))
    session.flush()
    assert find_lineage(session, old, new, NOW) is cited
    assert ((0,), (0,)) in pairs(session, lights, old, new)
    assert ((0,), (0,)) in pairs(session, lights, old, later)
    assert compare_versions(session, lights, old, new, NOW).alignment.links


def test_what_was_found_by_a_version_that_is_gone_is_not_found_again(
    session: Session, lights: Negotiation
) -> None:
    old = take(session, lights, "Rev.1", LIGHTS)
    new = take(session, lights, "Rev.2", LIGHTS)
    forget_links(session, old, new)
    assert alignment_between(session, lights, old, new, NOW).deleted == (0,)
    assert session.scalar(select(func.count()).select_from(StoredLineage)) == 1


def test_a_comparison_goes_through_a_revision_put_between(session: Session, lights: Negotiation) -> None:
    old = take(session, lights, "Rev.1", LIGHTS, KEEPERS)
    new = take(session, lights, "Rev.3", CHARTS, LIGHTS)
    direct = find_lineage(session, old, new, NOW)
    say(session, old, new, Verb.UNLINK, (0,), (1,))
    middle = take(session, lights, "Rev.2", LIGHTS, KEEPERS, CHARTS, before="rev-3")
    assert [(s.old.id, s.new.id) for s in steps(session, [old, middle, new], NOW)] == [
        (old.id, middle.id),
        (middle.id, new.id),
    ]
    assert find_lineage(session, old, new, NOW) is direct
    with pytest.raises(Conflict, match=r"Rev\.2 stands between Rev\.1 and Rev\.3"):
        say(session, old, new, Verb.LINK, (0,), (1,), seen=1)


def test_corrections_are_carried_to_the_new_steps(session: Session, lights: Negotiation) -> None:
    old = take(session, lights, "Rev.1", LIGHTS, KEEPERS, REPORTS)
    new = take(session, lights, "Rev.3", LIGHTS, CHARTS, REPORTS)
    made = say(session, old, new, Verb.LINK, (1,), (1,))
    taken_back = say(session, old, new, Verb.DELETED, (2,), (), seen=1)
    say(session, old, new, Verb.WITHDRAW, (2,), (), seen=2)
    middle = take(session, lights, "Rev.2", LIGHTS, KEEPERS, REPORTS, TOWERS, before="rev-3")
    first, second = steps(session, [old, middle, new], NOW)
    assert first.decided == ()
    (carried,) = second.decided
    assert (carried.verb, carried.old, carried.new) == ("link", [1], [1])
    assert (carried.by, carried.at, carried.reason) == (made.by, made.at, made.reason)
    assert carried.carried_from_id == made.id != taken_back.id
    assert ((1,), (1,)) in pairs(session, lights, old, new)
    assert left_behind(session, lights, old, middle) == ()


def test_a_correction_that_fits_no_step_is_shown_as_made_on_another(
    session: Session, lights: Negotiation
) -> None:
    old = take(session, lights, "Rev.1", LIGHTS, KEEPERS)
    new = take(session, lights, "Rev.3", LIGHTS, CHARTS)
    made = say(session, old, new, Verb.LINK, (1,), (1,))
    middle = take(session, lights, "Rev.2", LIGHTS, TOWERS, before="rev-3")
    for step in ((old, middle), (middle, new)):
        (left,) = review(session, lights, *step, NOW).elsewhere
        assert (left.correction.id, left.revisions) == (made.id, ("Rev.1", "Rev.3"))
        assert (left.old, left.new) == ("2", "2")
    assert pairs(session, lights, old, new) == {((0,), (0,))}


def test_what_may_belong_together_is_asked_until_somebody_says(session: Session, lights: Negotiation) -> None:
    old = take(session, lights, "Rev.1", CHARTS)
    new = take(session, lights, "Rev.2", CHARTS.replace("low", "fair"))
    forget_links(session, old, new)
    shown = review(session, lights, old, new, NOW)
    (doubt,) = shown.doubts
    assert (doubt.old, doubt.new, doubt.confidence) == ((0,), (0,), None)
    assert shown.opened(doubt).changes
    say(session, old, new, Verb.UNLINK, (0,), (0,))
    assert review(session, lights, old, new, NOW).doubts == ()
    say(session, old, new, Verb.WITHDRAW, (0,), (0,), seen=1)
    assert review(session, lights, old, new, NOW).doubts == (doubt,)
    say(session, old, new, Verb.LINK, (0,), (0,), seen=2)
    assert review(session, lights, old, new, NOW).doubts == ()
    assert pairs(session, lights, old, new) == {((0,), (0,))}


def test_a_comparison_that_is_kept_is_the_one_that_was_made(session: Session, lights: Negotiation) -> None:
    versions = [
        take(session, lights, "Rev.1", LIGHTS, KEEPERS, REPORTS),
        take(session, lights, "Rev.2", LIGHTS, REPORTS, CHARTS),
        take(session, lights, "Rev.3", REPORTS, f"{LIGHTS} {TOWERS}", CHARTS.replace("low", "fair")),
    ]
    for old, new in ((0, 1), (1, 2), (0, 2)):
        session.execute(delete(StoredComparison))
        read_again(session)
        made = compared(session, lights, versions[old], versions[new], NOW)
        session.flush()
        read_again(session)
        assert compared(session, lights, versions[old], versions[new], NOW) == made


def test_a_comparison_that_two_make_at_once_is_right_for_both(
    engine: Engine, session: Session, lights: Negotiation, two: tuple[LanguageVersion, LanguageVersion]
) -> None:
    third = take(session, lights, "Rev.3", LIGHTS, CHARTS)
    first = two[0]
    session.commit()
    with open_sessions(engine)() as one, open_sessions(engine)() as other:
        # Both begin before either has kept anything; one keeps it, and the other finds it kept.
        results = []
        for own in (one, other):
            own.scalars(select(StoredComparison)).all()
        for own in (one, other):
            mine = [own.get_one(LanguageVersion, version.id) for version in (first, third)]
            results.append(compare_versions(own, negotiation(own, OPERATOR, lights.slug), *mine, NOW))
            own.commit()
    assert results[0] == results[1]
