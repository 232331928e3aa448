"""What is looked up of a text, in six languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.analysis import MOST_PARTS, analyse, forms, inflections, stem


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The well-being of States", "the well being of states"),
        ("l’Organisation, qu’il", "l organisation qu il"),
        ("联合国大会", "联 合 国 大 会"),
        ("والدول الأعضاءِ", "والدول الاعضاء"),
        ("Ещё государства", "еще государства"),
        ("El niño y la acción", "el niño y la acción"),
        ("resolution A/RES/71/1", "resolution a res 71 1"),
        ("1 000 000 dollars", "1 000 000 dollars"),
    ],
)
def test_a_text_is_a_row_of_parts(text: str, parts: str) -> None:
    assert " ".join(forms(text)[0]) == parts


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("see A/RES/71/1.", {"a/res/71/1", "res/71/1", "71/1"}),
        ("71/1/Add.2", {"71/1/add", "1/add"}),
        ("12.5 % of 1,000", {"12.5", "1,000"}),
        ("and/or well-being", set()),
        ("71, 1", set()),
    ],
)
def test_symbols_and_numbers_stand_whole_as_well(text: str, wholes: set[str]) -> None:
    assert {whole.form for whole in forms(text)[1]} == wholes


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "migration migrations"),
        ("fr", "développement developpement"),
        ("es", "derecho derechos"),
        ("ru", "государство государствами государств"),
        ("ar", "الدول والدول دول"),
        ("pt", "países países"),
    ],
)
def test_inflections_share_a_stem(language: str, words: str) -> None:
    assert len({stem(form, language) for form in words.split()}) == 1


def test_a_tilde_makes_another_letter_and_an_accent_does_not() -> None:
    assert stem("año", "es") != stem("ano", "es")
    assert stem("côte", "fr") == stem("cote", "fr")


def test_a_word_is_looked_up_in_each_language_it_may_be_of() -> None:
    assert inflections("lights") == ("~lights", "en~light", "es~lights", "fr~light")
    assert inflections("lights", "en") == ("en~light",)
    assert inflections("государства") == ("~государства", "ru~государств")
    assert inflections("71") == ("71",)
    assert inflections("国") == ("国",)


@given(st.text(max_size=200))
def test_any_text_can_be_analysed_and_its_parts_stand_where_they_say(text: str) -> None:
    found = analyse(text)
    parts, wholes = forms(text)
    assert [part.form for part in found.parts] == parts
    assert list(found.wholes) == wholes
    assert all(0 <= part.start < part.end <= len(text) for part in found.parts)
    assert all(a.end <= b.start for a, b in zip(found.parts, found.parts[1:], strict=False))


def test_of_a_paragraph_without_end_the_beginning_is_looked_at() -> None:
    assert len(forms("word " * 2 * MOST_PARTS)[0]) == MOST_PARTS
