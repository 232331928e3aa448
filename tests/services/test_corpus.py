"""What adding to the corpus promises: the same again makes nothing, another text replaces."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from gcmtext.errors import InvalidText, NotFound
from gcmtext.services import corpus
from gcmtext.services.actor import operator
from gcmtext.services.corpus import About, Outcome
from gcmtext.services.importing import read_text
from gcmtext.text.model import Document

NOW = datetime(2027, 2, 1, tzinfo=UTC)
LATER = datetime(2027, 3, 1, tzinfo=UTC)
CLERK = operator("Clerk")
ABOUT = About(symbol="A/RES/61/7", date="2006-11-02", language="en")
LIGHTS = ["States shall keep every light on their coasts.", "Every light that is out shall be reported."]


def text_of(*paragraphs: str) -> Document:
    lines = [f"{number}. {text}" for number, text in enumerate(paragraphs, 1)]
    return read_text("\n\n".join(["# On lights", *lines, ""]).encode(), "lights.md")


def test_what_is_not_said_is_told_from_the_symbol_and_the_text(session: Session) -> None:
    added = corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, NOW)
    held = added.document
    assert added.outcome is Outcome.NEW
    assert (held.address, held.title, held.body) == ("a-res-61-7-en", "On lights", "General Assembly")
    assert (held.session, held.status, held.adopted) == ("61", "adopted", date(2006, 11, 2))
    assert [p.text for p in corpus.paragraphs(session, held)] == ["On lights", *LIGHTS]


def test_the_same_again_changes_nothing(session: Session) -> None:
    first = corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, NOW)
    again = corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, LATER)
    assert (again.outcome, again.document.id) == (Outcome.SAME, first.document.id)
    assert again.document.changed_at == NOW


def test_another_text_replaces_and_equal_paragraphs_keep_their_ids(session: Session) -> None:
    held = corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, NOW).document
    before = [p.id for p in corpus.paragraphs(session, held)]
    added = corpus.add(session, CLERK, text_of(LIGHTS[0], "Towers shall be painted."), ABOUT, LATER)
    assert added.outcome is Outcome.CHANGED
    session.expire_all()
    assert [p.text for p in corpus.paragraphs(session, held)][1:] == [LIGHTS[0], "Towers shall be painted."]
    assert [p.id for p in corpus.paragraphs(session, held)] == before
    corpus.add(session, CLERK, text_of(LIGHTS[0]), ABOUT, LATER)
    assert len(corpus.paragraphs(session, held)) == 2


def test_languages_of_one_work_belong_together(session: Session) -> None:
    english = corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, NOW).document
    french = corpus.add(session, CLERK, text_of("Les feux."), replace(ABOUT, language="fr"), NOW).document
    assert [v.id for v in corpus.versions(session, french)] == [english.id, french.id]
    assert corpus.named(session, "A/RES/61/7") is english
    assert corpus.named(session, "a-res-61-7-fr") is french


def test_what_is_withdrawn_is_not_found_and_comes_back(session: Session) -> None:
    held = corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, NOW).document
    assert corpus.withdraw(session, CLERK, held, LATER)
    assert not corpus.withdraw(session, CLERK, held, LATER)
    assert corpus.documents(session) == []
    with pytest.raises(NotFound, match="no document “A/RES/61/7”"):
        corpus.named(session, "A/RES/61/7")
    assert corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, LATER).outcome is Outcome.CHANGED
    assert [d.address for d in corpus.documents(session)] == ["a-res-61-7-en"]


def test_a_source_is_known_again_unless_it_was_withdrawn(session: Session) -> None:
    source = corpus.source_of(b"lights", ABOUT)
    assert source != corpus.source_of(b"lights", replace(ABOUT, status="superseded"))
    held = corpus.add(session, CLERK, text_of(*LIGHTS), ABOUT, NOW, source).document
    assert corpus.is_added(session, source)
    corpus.withdraw(session, CLERK, held, NOW)
    assert not corpus.is_added(session, source)


def test_documents_that_begin_with_the_same_long_title_are_not_taken_for_one(session: Session) -> None:
    about = About(language="en")
    title = "Declaration of the High-level Dialogue on International Migration and Development, "
    for year in ("2006", "2013"):
        added = corpus.add(session, CLERK, text_of(*LIGHTS), replace(about, title=title + year), NOW)
        assert added.outcome is Outcome.NEW
    again = corpus.add(session, CLERK, text_of(*LIGHTS), replace(about, title=title + "2006"), NOW)
    assert again.outcome is Outcome.SAME


def test_each_language_of_a_work_with_a_long_title_has_its_address(session: Session) -> None:
    title = "Declaration of the High-level Dialogue on International Migration and Development"
    for language in ("en", "fr"):
        held = corpus.add(
            session, CLERK, text_of(*LIGHTS), About(title=title, language=language), NOW
        ).document
        assert corpus.named(session, held.address) is held
    assert corpus.named(session, title).language == "en"


def test_documents_without_a_day_come_last(session: Session) -> None:
    for number, day in enumerate(("2006-11-02", "", "2018-12-19"), 7):
        about = About(symbol=f"A/RES/61/{number}", date=day, language="en")
        corpus.add(session, CLERK, text_of(*LIGHTS), about, NOW)
    assert [held.symbol[-1] for held in corpus.documents(session)] == ["9", "7", "8"]
    assert [held.symbol[-1] for held in corpus.page_of(session, 0, 2)[1]] == ["9", "7"]


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        (replace(ABOUT, language=""), "language of the document cannot be told"),
        (replace(ABOUT, date="in May"), "in May is no date"),
        (replace(ABOUT, session="7" * 50), "session of the document is too long"),
        (replace(ABOUT, language="anything goes"), "names no language"),
    ],
)
def test_what_cannot_be_held_is_refused_with_what_to_do(
    session: Session, about: About, sentence: str
) -> None:
    document = replace(text_of(*LIGHTS), language="")
    with pytest.raises(InvalidText, match=sentence):
        corpus.add(session, CLERK, document, about, NOW)


def test_a_document_without_name_or_words_is_refused(session: Session) -> None:
    document = replace(text_of(*LIGHTS), title="")
    with pytest.raises(InvalidText, match="neither symbol nor title"):
        corpus.add(session, CLERK, document, About(language="en"), NOW)
    with pytest.raises(InvalidText, match="holds no words"):
        corpus.add(session, CLERK, replace(document, paragraphs=()), ABOUT, NOW)
