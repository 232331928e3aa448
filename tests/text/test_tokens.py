import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.text.tokens import fold, is_space, is_word, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Member States shall report.", "Member States shall report"),
        (
            "well-being and non\u2011discrimination and/or R&D",
            "well-being and non\u2011discrimination and/or R&D",
        ),
        ("L'être humain, d’une part", "L'être humain d’une part"),
        ("los niños y niñas —todos—", "los niños y niñas todos"),
        ("по имени Объединённых Наций", "по имени Объединённых Наций"),
        ("a rise of 12.5, then of 1,000", "a rise of 12.5 then of 1,000"),
        ("resolution A/RES/71/1.", "resolution A/RES/71/1"),
        ("(A/CONF.231/3, A/72/L.5/Rev.1)", "A/CONF.231/3 A/72/L.5/Rev.1"),
        ("see https://www.example.org/a?b=1.", "see https://www.example.org/a?b=1"),
        ("write to first.last@example.org.", "write to first.last@example.org"),
        ("the rights.2 The U.S. end.Start", "the rights 2 The U.S end Start"),
        ("2018–2022", "2018 2022"),
        ("الأُمَمِ المتحــدة، حقوق", "الأُمَمِ المتحــدة حقوق"),
        ("各国应A/RES/71/1号", "各 国 应 A/RES/71/1 号"),
        ("第12.5段，和/或", "第 12.5 段 和 或"),
        ("cafe\u0301 ____ * ... 👩‍🏫", "cafe\u0301"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split(" ")


def test_numbers_keep_their_groups_and_per_cent_sign() -> None:
    assert words("10 % des 1 000 000 personnes, ١٢٫٥٪") == ["10 %", "des", "1 000 000", "personnes", "١٢٫٥٪"]
    assert words("in 2018 300 persons") == ["in", "2018", "300", "persons"]


def test_signs_and_space_stand_apart() -> None:
    assert tokens("a,  b\u200f\n c... 🇫🇷👍🏽👩‍🏫") == [
        *("a", ",", "  ", "b", "\u200f", "\n", " ", "c", "...", " ", "🇫🇷", "👍🏽", "👩‍🏫")
    ]


def test_a_line_break_is_no_space() -> None:
    assert [t for t in tokens("a \u200e\n\u00a0b") if is_space(t)] == [" \u200e", "\u00a0"]


@settings(max_examples=300)
@given(st.text())
def test_tokens_cover_any_text(text: str) -> None:
    found = tokens(text)
    assert "".join(found) == text
    assert [token for token in found if is_word(token)] == words(text)
    assert not any(is_word(token) and is_space(token) for token in found)
    assert all(token.isspace() or not token[0].isspace() for token in found if not is_space(token))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shall", "shall"),
        ("l’être", "L'être"),
        ("non\u2011discrimination", "non-discrimination"),
        ("الأُمَمِ", "الامم"),
        ("المتحــدة", "المتحدة"),
        ("١٢", "12"),
        ("Объединённых", "объединенных"),
        ("10\u00a0%", "10%"),
        ("ﬁnance", "finance"),
        ("ﻻ", "لا"),
        (unicodedata.normalize("NFD", "Égalité"), "égalité"),
    ],
)
def test_fold_joins(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("shall", "should"), ("ou", "où"), ("حق", "حقوق"), ("国", "因")])
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_fold_of_a_word_is_never_empty() -> None:
    assert fold("ـ") == "ـ"
