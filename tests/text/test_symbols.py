"""Which body and session a symbol names."""

import pytest

from gcmtext.text.symbols import body_of, session_of


@pytest.mark.parametrize(
    ("symbol", "body", "session"),
    [
        ("A/RES/73/195", "General Assembly", "73"),
        ("A/RES/ES-11/4", "General Assembly", "ES-11"),
        ("A/RES/S-32/1", "General Assembly", "S-32"),
        ("A/HRC/RES/40/11", "Human Rights Council", "40"),
        ("S/RES/2250 (2015)", "Security Council", ""),
        ("E/RES/2021/30", "Economic and Social Council", "2021"),
        ("WHA62.1", "World Health Assembly", "62"),
        ("The Lakeside Declaration", "", ""),
        ("", "", ""),
    ],
)
def test_a_symbol_names_its_body_and_session(symbol: str, body: str, session: str) -> None:
    assert (body_of(symbol), session_of(symbol)) == (body, session)
