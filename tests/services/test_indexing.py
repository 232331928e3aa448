"""The index follows the database: with each commit, after a death, and when it is made anew."""

from datetime import UTC, datetime

from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from gcmtext.db import IndexJob
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.search.question import Question, Words
from gcmtext.services import corpus, indexing
from gcmtext.services.actor import anonymous, operator
from gcmtext.services.corpus import About
from gcmtext.services.importing import import_revision, read_text, start_negotiation
from gcmtext.services.indexing import Differences, engine_of, follow, follow_commit, rebuild, verify
from gcmtext.services.searched import circles
from gcmtext.text.joined import All
from gcmtext.text.model import Document
from gcmtext.text.wording import wording

NOW = datetime(2027, 2, 1, tzinfo=UTC)
CLERK = operator("Clerk")
OPERATOR = operator("Clerk")


def text_of(*paragraphs: str) -> Document:
    lines = [f"{number}. {text}" for number, text in enumerate(paragraphs, 1)]
    return read_text("\n\n".join(["# On lights", *lines, ""]).encode(), "lights.md")


def add(session: Session, symbol: str, *paragraphs: str) -> corpus.CorpusDocument:
    about = About(symbol=symbol, date="2006-11-02", language="en")
    return corpus.add(session, CLERK, text_of(*paragraphs), about, NOW).document


def count(session: Session, word: str) -> int:
    return engine_of(session).counts([Words((word,))], circles(session, anonymous(NOW)))[0]


def jobs(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(IndexJob)) or 0


def test_what_is_committed_is_found_and_what_is_undone_is_not(session: Session) -> None:
    add(session, "A/RES/61/7", "Every light shall be kept.")
    assert jobs(session) == 1
    session.commit()
    follow_commit(session)
    assert (count(session, "light"), jobs(session)) == (1, 0)
    add(session, "A/RES/61/8", "Every light that is out.")
    session.rollback()
    follow_commit(session)
    assert count(session, "light") == 1


def test_a_change_and_a_withdrawal_are_followed(session: Session) -> None:
    held = add(session, "A/RES/61/7", "Every light shall be kept.")
    session.commit()
    follow_commit(session)
    add(session, "A/RES/61/7", "Every tower shall be kept.")
    session.commit()
    follow_commit(session)
    assert (count(session, "light"), count(session, "tower")) == (0, 1)
    corpus.withdraw(session, CLERK, held, NOW)
    session.commit()
    follow_commit(session)
    assert count(session, "tower") == 0


def test_jobs_that_a_dead_process_left_are_worked_off_by_the_next(session: Session) -> None:
    add(session, "A/RES/61/7", "Every light shall be kept.")
    session.commit()  # and here it dies
    assert count(session, "light") == 0
    assert follow(session) == 0
    assert count(session, "light") == 1


def test_a_job_done_twice_changes_nothing(session: Session) -> None:
    held = add(session, "A/RES/61/7", "Every light shall be kept.")
    session.commit()
    follow_commit(session)
    indexing.to_be_indexed(session, "corpus", held.id)
    session.commit()
    follow_commit(session)
    assert count(session, "light") == 1


def test_without_an_index_everything_is_put_in(session: Session) -> None:
    add(session, "A/RES/61/7", "Every light shall be kept.")
    session.execute(IndexJob.__table__.delete())
    session.commit()
    assert follow(session) == 0
    assert count(session, "light") == 1


def test_revisions_are_found_by_those_who_may_read_them(session: Session) -> None:
    negotiation = start_negotiation(session, OPERATOR, "Lights", "en", NOW)
    document = text_of("Every light shall be kept.")
    import_revision(
        session, OPERATOR, negotiation, document, ("lights.md", b"1"), name="Rev.1", issued=None, now=NOW
    )
    session.commit()
    follow_commit(session)
    everything = Question(All(()), circles(session, OPERATOR), counted=("revision", "in"))
    answer = engine_of(session).query(everything)
    assert answer.counts == {"revision": {"Rev.1": 2}, "in": {"revision": 2}}
    assert count(session, "light") == 0


def test_verify_finds_what_is_missing_and_rebuild_mends_it(session: Session) -> None:
    first = add(session, "A/RES/61/7", "Every light shall be kept.")
    second = add(session, "A/RES/61/8", "Every light that is out.")
    session.commit()
    assert verify(session) == Differences((), ())
    engine_of(session).index({f"corpus:{first.id}": [], "corpus:999": engine_entries(session, second)})
    assert verify(session) == Differences((f"corpus:{first.id}",), ("corpus:999",))
    assert rebuild(session) == 4
    assert verify(session) == Differences((), ())


def test_verify_finds_what_is_held_in_other_words(session: Session) -> None:
    held = add(session, "A/RES/61/7", "Every light shall be kept.")
    session.commit()
    assert verify(session) == Differences((), ())
    corpus.paragraphs(session, held)[1].text = "Every tower shall be kept."
    corpus.paragraphs(session, held)[1].wording = wording("Every tower shall be kept.")
    session.commit()
    assert verify(session) == Differences((f"corpus:{held.id}",), ())


def test_a_change_that_is_committed_during_a_rebuild_is_followed_after_it(
    engine: Engine, session: Session
) -> None:
    held = add(session, "A/RES/61/7", "Every light shall be kept.")
    session.commit()
    follow(session)
    if engine.dialect.name == "sqlite":
        return  # there the second waits for the first to commit
    with open_sessions(engine)() as first, open_sessions(engine)() as second:
        paragraph = first.merge(corpus.paragraphs(session, held)[1])
        paragraph.text = "Every tower shall be kept."
        indexing.to_be_indexed(first, "corpus", held.id)
        first.flush()
        indexing.to_be_indexed(second, "corpus", held.id)
        second.commit()

        @event.listens_for(engine, "before_cursor_execute")
        def commit(*said: object) -> None:
            if str(said[2]).startswith("DELETE FROM index_job"):
                first.commit()

        rebuild(second)
    follow(session)
    assert (count(session, "light"), count(session, "tower")) == (0, 1)


def test_whoever_finds_no_index_while_another_writes_leaves_it_to_the_next(
    engine: Engine, session: Session
) -> None:
    add(session, "A/RES/61/7", "Every light shall be kept.")
    session.execute(IndexJob.__table__.delete())
    session.commit()
    with open_sessions(engine)() as other:
        begin_write(other)
        indexing.to_be_indexed(other, "corpus", 999)
        other.flush()
        follow(session, seconds=0, most=50)
        other.rollback()
    assert follow(session) == 0
    assert count(session, "light") == 1


def engine_entries(session: Session, document: corpus.CorpusDocument) -> list[indexing.Entry]:
    [(_, entries)] = indexing._read(session, [f"corpus:{document.id}"])
    return list(entries)
