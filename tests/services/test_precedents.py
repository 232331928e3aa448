"""What is found in the corpus, of a text: runs, where they were adopted, and what is nearly the same."""

from datetime import UTC, datetime

from sqlalchemy import event
from sqlalchemy.orm import Session

from gcmtext.services import corpus
from gcmtext.services.actor import anonymous, operator
from gcmtext.services.corpus import About
from gcmtext.services.importing import read_text
from gcmtext.services.precedents import precedents
from gcmtext.text.agreed import Precedents
from gcmtext.text.deviation_terms import Family
from gcmtext.text.deviations import Deviation

NOW = datetime(2027, 2, 1, tzinfo=UTC)
CLERK = operator("Clerk")
KEPT = "Every light on the coast shall be kept burning from dusk until the break of day."
PAID = "The keeper of the light is paid each month, in full, in the coin of the port in which he serves."


def hold(session: Session, symbol: str, date: str, *paragraphs: str, language: str = "en") -> None:
    lines = [f"{number}. {text}" for number, text in enumerate(paragraphs, 1)]
    text = read_text("\n\n".join([f"# On lights {symbol}", *lines, ""]).encode(), "lights.md")
    corpus.add(session, CLERK, text, About(symbol=symbol, date=date, language=language), NOW)


def of(session: Session, text: str, besides: frozenset[str] = frozenset()) -> Precedents:
    (found,) = precedents(session, anonymous(), [text], besides)
    return found


def quoted(found: Precedents) -> list[tuple[str, str, str]]:
    return [(found.text[run.start : run.end], run.place.symbol, run.place.paragraph) for run in found.runs]


def test_runs_are_given_with_the_document_and_paragraph_in_which_they_were_adopted(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", "Nothing of this.", KEPT)
    hold(session, "LIGHT/4", "2004-05-01", PAID)
    found = of(session, f"In addition, every light on the coast shall be kept burning, and that {PAID}")
    assert quoted(found) == [
        ("every light on the coast shall be kept burning", "LIGHT/3", "2"),
        (PAID[:-1], "LIGHT/4", "1"),
    ]
    assert found.coverage == 30 / 34
    assert [run.documents for run in found.runs] == [1, 1]
    assert found.runs[0].latest is None


def test_of_several_documents_the_first_adopted_is_given_and_the_last_beside_it(session: Session) -> None:
    for symbol, date in (("LIGHT/9", "2009-05-01"), ("LIGHT/3", "2003-05-01"), ("LIGHT/7", "2007-05-01")):
        hold(session, symbol, date, f"On coast {symbol}: {KEPT}")
    hold(session, "LIGHT/X", "", KEPT)
    (run,) = of(session, KEPT).runs
    assert (run.place.symbol, run.documents) == ("LIGHT/3", 4)
    assert run.latest is not None
    assert run.latest.symbol == "LIGHT/X"


def test_what_has_been_withdrawn_is_no_precedent_until_it_is_back(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    hold(session, "LIGHT/4", "2004-05-01", KEPT[:45])
    corpus.withdraw(session, CLERK, corpus.named(session, "LIGHT/3"), NOW)
    assert [symbol for _, symbol, _ in quoted(of(session, KEPT))] == ["LIGHT/4"]
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    assert quoted(of(session, KEPT)) == [(KEPT[:-1], "LIGHT/3", "1")]


def test_a_text_that_was_replaced_is_no_precedent(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    hold(session, "LIGHT/3", "2003-05-01", PAID)
    assert not of(session, KEPT).runs
    assert of(session, PAID).coverage == 1


def test_a_document_is_no_precedent_of_itself(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    assert not of(session, KEPT, frozenset({"LIGHT/3"})).runs


def test_what_is_nearly_the_same_is_given_with_its_deviations(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT, PAID)
    found = of(session, KEPT.replace("shall", "should").replace("burning", "burning, as appropriate,"))
    (near,) = found.near
    assert near.place.symbol == "LIGHT/3"
    assert near.deviations == (
        Deviation(Family.OBLIGATION, "shall", "should"),
        Deviation(Family.QUALIFICATION, "", "as appropriate"),
    )
    assert "".join(text for operation, text in near.changes if operation != "insert") == KEPT
    assert "".join(text for operation, text in near.changes if operation != "delete") == found.text


def test_a_paragraph_that_was_adopted_whole_needs_nothing_near_it(session: Session) -> None:
    hold(session, "LIGHT/3", "2003-05-01", KEPT, KEPT.replace("shall", "should"))
    assert not of(session, KEPT).near


def test_in_other_languages(session: Session) -> None:
    arabic = "يجب أن تبقى جميع المنارات على الساحل مضاءة من الغسق حتى طلوع الفجر."
    chinese = "沿海各处灯塔应当自黄昏起至黎明止保持明亮。"
    hold(session, "LIGHT/3", "2003-05-01", arabic, language="ar")
    hold(session, "LIGHT/3", "2003-05-01", chinese, language="zh")
    assert of(session, "وَيَنبغي للدول: " + arabic).runs[0].place.language == "ar"
    found = of(session, "会员国认为，" + chinese.replace("应当", "可"))
    assert [found.text[run.start : run.end] for run in found.runs] == []
    assert found.near[0].deviations[0].agreed == "应当"
    assert quoted(of(session, "会员国认为，" + chinese)) == [(chinese[:-1], "LIGHT/3", "1")]


def test_queries_do_not_grow_with_the_paragraphs(session: Session) -> None:
    texts = [
        f"Lamp {n} of tower {n * 7} is lit by keeper {n * 13} at the hour of {n * 3}." for n in range(80)
    ]
    hold(session, "LIGHT/3", "2003-05-01", *texts)
    counted: list[int] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *_: counted.append(1))
    few = precedents(session, anonymous(), texts[:2])
    taken = len(counted)
    many = precedents(session, anonymous(), [text.replace("lit", "kept") for text in texts] + texts)
    assert len(counted) - taken <= taken + 2
    assert [p.coverage for p in few] == [1, 1]
    assert {p.coverage for p in many[80:]} == {1}


def test_of_an_empty_text_and_of_an_empty_corpus_there_is_nothing(session: Session) -> None:
    assert of(session, KEPT) == Precedents(KEPT, 0, (), ())
    hold(session, "LIGHT/3", "2003-05-01", KEPT)
    assert of(session, "") == Precedents("", 0, (), ())
