"""What an import promises: nothing twice, nothing changed, nothing half, on either database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gcmtext.db import (
    LanguageVersion,
    Negotiation,
    Original,
    Revision,
    StoredComparison,
    StoredLineage,
    StoredParagraph,
)
from gcmtext.errors import Conflict, InvalidText, NotFound
from gcmtext.services.actor import operator
from gcmtext.services.comparing import compare_versions
from gcmtext.services.importing import (
    Edit,
    Imported,
    import_revision,
    predecessor,
    read_text,
    start_negotiation,
)
from gcmtext.services.lineage import correct, steps
from gcmtext.services.reading import addresses, document, negotiation, versions_in
from gcmtext.text.corrections import Decision, Verb
from gcmtext.text.model import Document, Kind, Notice, Paragraph

NOW = datetime(2027, 2, 1, tzinfo=UTC)
OPERATOR = operator("A. Keeper")
TABLES = [
    Negotiation,
    Revision,
    LanguageVersion,
    StoredParagraph,
    Original,
    StoredLineage,
    StoredComparison,
]
LIGHTS = [
    "States shall keep every light that stands on their coasts.",
    "Keepers of lights shall be trained in the mending of lamps and lenses.",
    "Every light that is out shall be reported to the ships at sea.",
    "Towers shall be painted in colours that can be seen by day.",
]


def file_of(*texts: str, language: str = "en") -> bytes:
    lines = [f"{number}. {text}" for number, text in enumerate(texts, 1)]
    return "\n\n".join([f"---\nlanguage: {language}\n---", "# On lights", *lines, ""]).encode()


def take(
    session: Session,
    into: Negotiation,
    name: str,
    *texts: str,
    before: str | None = None,
    language: str = "en",
) -> Imported:
    data = file_of(*texts, language=language)
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
    )


def counts(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def lineages(session: Session) -> set[tuple[int, int]]:
    """Return between which versions lineages are stored."""
    return {(stored.old_id, stored.new_id) for stored in session.scalars(select(StoredLineage))}


@pytest.fixture
def lights(session: Session) -> Negotiation:
    return start_negotiation(session, OPERATOR, "On lights", "en", NOW)


def test_a_text_is_read_back_as_it_was(session: Session, lights: Negotiation) -> None:
    taken = take(session, lights, "Zero draft", *LIGHTS)
    session.commit()
    session.expunge_all()
    version = session.get_one(LanguageVersion, taken.version.id)
    read = read_text(file_of(*LIGHTS), "lights.md")
    assert document(session, version) == replace(read, revision="Zero draft", date="2027-01-29")
    assert addresses(session, version) == ("title", "1", "2", "3", "4")
    assert version.revision.issued == date(2027, 1, 29)
    assert version.created_at == NOW


WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(Kind), WORDS, st.integers(0, 6), WORDS), min_size=1, max_size=6),
    WORDS,
)
def test_whatever_a_format_reads_is_stored_word_for_word(
    session: Session, rows: list[tuple[Kind, str, int, str]], title: str
) -> None:
    text = Document(
        title=title,
        language="",
        paragraphs=tuple(Paragraph(i, *row) for i, row in enumerate(rows)),
        notices=(Notice("unread", title, title),),
    )
    try:
        into = start_negotiation(session, OPERATOR, "Texts", "fr", NOW)
        taken = import_revision(session, OPERATOR, into, text, ("a.md", b"a"), name="1", issued=None, now=NOW)
        session.flush()
        session.expire_all()
        stored = document(session, taken.version)
        assert (stored.title, stored.paragraphs, stored.notices) == (title, text.paragraphs, text.notices)
        assert stored.language == "fr"
    finally:
        session.rollback()


def test_the_same_file_twice_makes_nothing_new(session: Session, lights: Negotiation) -> None:
    first = take(session, lights, "Rev.1", *LIGHTS)
    session.commit()
    before = counts(session)
    again = take(session, lights, "rev 1", *LIGHTS)
    session.commit()
    assert (first.created, again.created) == (True, False)
    assert again.version is first.version
    assert counts(session) == before


def test_another_text_under_an_issued_name_is_refused(session: Session, lights: Negotiation) -> None:
    take(session, lights, "Rev.1", *LIGHTS)
    session.commit()
    before = counts(session)
    with pytest.raises(Conflict, match=r"^Rev\.1 has been issued with another text"):
        take(session, lights, "Rev.1", *LIGHTS[:3])
    session.rollback()
    assert counts(session) == before


def test_a_draft_found_later_is_put_between(session: Session, lights: Negotiation) -> None:
    old = take(session, lights, "Zero draft", *LIGHTS[:2]).version
    new = take(session, lights, "Rev.2", LIGHTS[2], LIGHTS[0], LIGHTS[1]).version
    decision = Decision(Verb.DELETED, (1,), ())
    correct(session, operator("A. Keeper"), old, new, decision, reason="read it", seen=0, now=NOW)
    cited = addresses(session, new)
    (kept,) = steps(session, (old, new), NOW)
    links = kept.stored.links
    session.commit()

    middle = take(session, lights, "Rev.1", *LIGHTS[:3], before="rev-2").version
    session.commit()
    session.expunge_all()
    again = negotiation(session, OPERATOR, "on-lights")
    chain = [v for _, v in versions_in(again, "en")]
    assert [r.name for r in again.revisions] == ["Zero draft", "Rev.1", "Rev.2"]
    assert lineages(session) == {(old.id, middle.id), (middle.id, new.id), (old.id, new.id)}
    assert addresses(session, chain[2]) == cited
    (still,) = steps(session, (chain[0], chain[2]), NOW)
    assert (still.stored.id, still.stored.links) == (kept.stored.id, links)
    assert [c.reason for c in still.decided] == ["read it"]


def test_there_is_always_room_between_two_revisions(session: Session, lights: Negotiation) -> None:
    names = [f"Draft {number}" for number in range(1, 16)]
    take(session, lights, "Zero draft", LIGHTS[0])
    take(session, lights, "Final draft", *LIGHTS)
    for name in names:
        take(session, lights, name, LIGHTS[0], name, before="final-draft")
    session.commit()
    session.expunge_all()
    found = [r.name for r in negotiation(session, OPERATOR, "on-lights").revisions]
    assert found == ["Zero draft", *names, "Final draft"]


def test_a_draft_can_be_put_first(session: Session, lights: Negotiation) -> None:
    take(session, lights, "Zero draft", *LIGHTS)
    assert predecessor(lights, "en", "zero-draft") is None
    first = take(session, lights, "Elements paper", LIGHTS[0], before="zero-draft").version
    assert [r.name for r in lights.revisions] == ["Elements paper", "Zero draft"]
    assert predecessor(lights, "en", "zero-draft") is first
    with pytest.raises(NotFound, match="no revision “rev-9”"):
        take(session, lights, "Rev.1", LIGHTS[0], before="rev-9")


def test_languages_of_one_revision_have_lineages_of_their_own(session: Session, lights: Negotiation) -> None:
    french = ["Les États entretiennent chaque feu de leurs côtes.", "Les gardiens sont formés."]
    english = [
        take(session, lights, "Rev.1", *LIGHTS[:2]).version,
        take(session, lights, "Rev.2", *LIGHTS[:3]).version,
    ]
    translated = [
        take(session, lights, "Rev.2", *french, language="fr").version,
        take(session, lights, "Rev.1", french[0], language="fr").version,
    ]
    session.commit()
    session.expunge_all()
    assert [
        [v.language for v in r.versions] for r in negotiation(session, OPERATOR, "on-lights").revisions
    ] == [
        ["en", "fr"],
        ["en", "fr"],
    ]
    assert lineages(session) == {(english[0].id, english[1].id), (translated[1].id, translated[0].id)}
    with pytest.raises(Conflict):
        take(session, lights, "Rev.1", french[1], language="fr")


def test_a_file_is_kept_byte_for_byte_and_once(session: Session, lights: Negotiation) -> None:
    data = file_of(*LIGHTS).replace(b"\n", b"\r\n") + b"\r\n \r\n"
    beacons = start_negotiation(session, OPERATOR, "On beacons", "en", NOW)
    for into, name in ((lights, "Rev.1"), (lights, "Rev.2"), (beacons, "Rev.1")):
        text = read_text(data, "lights.md")
        import_revision(session, OPERATOR, into, text, ("lights.md", data), name=name, issued=None, now=NOW)
    session.commit()
    session.expunge_all()
    (original,) = session.scalars(select(Original)).all()
    assert (original.data, original.size, original.name) == (data, len(data), "lights.md")


def test_what_a_person_corrects_is_what_is_issued(session: Session, lights: Negotiation) -> None:
    data = file_of(*LIGHTS[:2])
    text = read_text(data, "lights.md", {2: Edit(Kind.SUBPARAGRAPH, "(a)", 1)})
    taken = import_revision(
        session, OPERATOR, lights, text, ("lights.md", data), name="Rev.1", issued=None, now=NOW
    )
    assert document(session, taken.version).paragraphs[2].kind is Kind.SUBPARAGRAPH
    assert addresses(session, taken.version) == ("title", "1", "1-a")
    for edits, sentence in (
        ({9: Edit(Kind.TEXT, "", 0)}, "upload it again"),
        ({1: Edit(Kind.TEXT, "", 10**9)}, "choose 0 to 20"),
        ({1: Edit(Kind.TEXT, "x" * 500, 0)}, "shorten it"),
    ):
        with pytest.raises(InvalidText, match=sentence):
            read_text(data, "lights.md", edits)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Give the name of the revision"),
        (" \0\n", "Give the name of the revision"),
        ("…", "cannot stand in an address"),
        ("Import", "cannot stand in an address"),
        ("Rev." * 99, "shorten it"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    session: Session, lights: Negotiation, name: str, sentence: str
) -> None:
    with pytest.raises(InvalidText, match=sentence):
        take(session, lights, name, *LIGHTS)


@pytest.mark.parametrize(
    ("title", "name"), [("", ""), ("\0", ""), ("…", ""), ("Static", ""), ("On lights", "new")]
)
def test_a_negotiation_without_a_fitting_name_is_refused(session: Session, title: str, name: str) -> None:
    with pytest.raises(InvalidText):
        start_negotiation(session, OPERATOR, title, "en", NOW, name)


def test_a_language_that_is_none_is_refused(session: Session) -> None:
    with pytest.raises(InvalidText, match="names no language"):
        start_negotiation(session, OPERATOR, "On lights", "the language of the sea", NOW)


def test_two_negotiations_of_one_name_are_refused(session: Session, lights: Negotiation) -> None:
    session.commit()
    with pytest.raises(Conflict, match="“on-lights” already"):
        start_negotiation(session, OPERATOR, "On Lights", "en", NOW)
    assert session.scalars(select(Negotiation)).all() == [lights]


def test_nobody_finds_a_negotiation_under_a_name_no_text_can_have(session: Session) -> None:
    with pytest.raises(NotFound):
        negotiation(session, OPERATOR, "on\0lights")


def test_the_lineage_in_force_is_the_one_that_was_found_first(session: Session, lights: Negotiation) -> None:
    old = take(session, lights, "Rev.1", *LIGHTS).version
    new = take(session, lights, "Rev.2", *LIGHTS[1:]).version
    (step,) = steps(session, (old, new), NOW)
    later = StoredLineage(old_id=old.id, new_id=new.id, algorithm="later", links=[], found_at=NOW)
    session.add(later)
    session.commit()
    assert steps(session, (old, new), NOW)[0].stored is step.stored
    assert len(compare_versions(session, lights, old, new, NOW).alignment.links) == 4
