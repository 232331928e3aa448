"""What is meant by what was typed; nothing that can be typed is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.joined import All, Any, Not
from gcmtext.text.query import (
    Alike,
    Asked,
    Between,
    Close,
    InField,
    Pattern,
    Quoted,
    Term,
    read_query,
)

A, B, C = Term("aa"), Term("bb"), Term("cc")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("aa bb", All((A, B))),
        ("aa AND bb", All((A, B))),
        ("aa OR bb cc", All((Any((A, B)), C))),
        ("aa OR bb OR cc", Any((A, B, C))),
        ("aa -bb", All((A, Not(B)))),
        ("aa NOT bb", All((A, Not(B)))),
        ("aa OR NOT bb", Any((A, Not(B)))),
        ("-(aa bb)", Not(All((A, B)))),
        ("(aa OR bb) cc", All((Any((A, B)), C))),
        ("“aa bb” «cc»", All((Quoted("aa bb"), Quoted("cc")))),
        ("aa NEAR/5 bb", Close(A, B, 5)),
        ("aa NEAR bb NEAR/3 cc", All((Close(A, B, 10), Close(B, C, 3)))),
        ("aa* b?b why?", All((Pattern("aa*"), Pattern("b?b"), Term("why?")))),
        ("light~ lighthouse~ light~1", All((Alike("light", 2), Alike("lighthouse", 2), Alike("light", 1)))),
        ("=lights", Term("lights", exact=True)),
        ("217A(III)", Term("217A(III)")),
        (
            'symbol:A/RES/73/* label:"(a)"',
            All((InField("symbol", ("A/RES/73/*",)), InField("label", ("(a)",)))),
        ),
        ("language:en,fr", InField("language", ("en", "fr"))),
        ("date:2015..2018-02", Between("2015-01-01", "2018-02-28")),
        ("date:2018-12-19", Between("2018-12-19", "2018-12-19")),
        ("date:2018..", Between("2018-01-01", "9999-12-31")),
        ("well-being l'être - –", All((Term("well-being"), Term("l'être")))),
        ("", All(())),
    ],
)
def test_what_is_typed_is_understood(typed: str, asked: Asked) -> None:
    query = read_query(typed)
    assert query.asked == asked
    assert query.notices == ()


@pytest.mark.parametrize(
    ("typed", "asked", "sentence"),
    [
        ('aa "bb', All((A, Quoted("bb"))), "quotation mark was not closed"),
        ("(aa", A, "parenthesis was not closed"),
        ("aa)bb", All((A, B)), "had not been opened"),
        ("OR aa", A, "OR has nothing to join"),
        ("aa OR", A, "OR has nothing to join"),
        ("aa NOT", A, "NOT has nothing to join"),
        ("aa NEAR/99 bb", Close(A, B, 30), "NEAR goes from 1 to 30"),
        ("aa NEAR (bb cc)", All((A, All((B, C)))), "NEAR joins words and quotations"),
        ("date:soon aa", All((All(()), A)), "“soon” is no date"),
        ("date:2018-13", All(()), "“2018-13” is no date"),
        ("colour:red", Term("colour:red"), "“colour:” is no field"),
    ],
)
def test_what_cannot_be_meant_is_explained_in_a_sentence(typed: str, asked: Asked, sentence: str) -> None:
    query = read_query(typed)
    assert query.asked == asked
    assert len(query.notices) == 1
    assert sentence in query.notices[0]
    assert query.notices[0].endswith(".")


def test_a_passage_is_no_question() -> None:
    passage = "Requests the keepers of all lights to keep them lit from dusk until the break of day"
    assert read_query(passage).is_text
    quoting = f"{passage}, under the item entitled “Lights (and beacons)”;"
    assert read_query(quoting).is_text
    assert not read_query(quoting).notices
    assert not read_query(f'"{passage}"').is_text
    assert not read_query(f"{passage} OR towers").is_text
    assert not read_query("keepers of lights").is_text


SIGNS = st.sampled_from(
    ['"', "“", "(", ")", "-", "*", "?", "~", "OR ", "NOT ", "NEAR/3 ", "date:", "label:", " ", "aa", "国"]
)


@given(st.lists(SIGNS, max_size=40).map("".join) | st.text(max_size=80))
def test_anything_can_be_typed(typed: str) -> None:
    query = read_query(typed)
    assert all(notice.endswith(".") for notice in query.notices)
    assert query == read_query(typed)


def test_what_is_too_long_or_too_deep_is_cut() -> None:
    assert "first 100 words" in read_query("aa* " * 1000).notices[0]
    assert "4,000 characters" in read_query("a" * 5000).notices[0]
    assert any("more than 20 others" in notice for notice in read_query("(" * 3000 + "aa").notices)
