"""One form for text that looks the same."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.normalise import clean


def test_what_nobody_sees_goes() -> None:
    assert (
        clean(" States\u00a0shall\tco\u00adoperate\u200b \n with\x07 all\uffff ")
        == "States shall cooperate with all"
    )


def test_one_letter_has_one_form() -> None:
    assert clean("re\u0301affirmant") == clean("réaffirmant") == "réaffirmant"


def test_marks_of_direction_and_joining_stay() -> None:
    assert clean("می\u200cخواهد \u200fA/RES/71/1") == "می\u200cخواهد \u200fA/RES/71/1"


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_once_no_word(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert [c for c in once if c.isalnum()] == [c for c in normalize("NFC", text) if c.isalnum()]
