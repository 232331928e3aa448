"""Square brackets in a text."""

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.brackets import brackets


def test_brackets_tell_their_depth() -> None:
    assert list(brackets("[States [shall] meet] here")) == [
        (1, "["),
        (0, "States "),
        (2, "["),
        (0, "shall"),
        (2, "]"),
        (0, " meet"),
        (1, "]"),
        (0, " here"),
    ]


def test_a_bracket_may_close_what_another_paragraph_opened() -> None:
    assert list(brackets("and meet] here [if")) == [
        (0, "and meet"),
        (1, "]"),
        (0, " here "),
        (1, "["),
        (0, "if"),
    ]


@given(st.text(alphabet="[]ab ", max_size=30))
def test_joined_the_pieces_are_the_text(text: str) -> None:
    pieces = list(brackets(text))
    assert "".join(piece for _, piece in pieces) == text
    assert all((depth > 0) == (piece in ("[", "]")) for depth, piece in pieces)
