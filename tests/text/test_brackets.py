"""Square brackets in a text."""

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.brackets import Pair, brackets, parse


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


def test_pairs_nest_and_may_reach_over_paragraphs() -> None:
    found = parse(["We [commit [fully]", "and freely] to act.", "Nothing is open."])
    assert found.pairs == (Pair((0, 3), (1, 10), 1), Pair((0, 11), (0, 17), 2))
    assert found.is_balanced
    assert [found.count(index) for index in range(3)] == [2, 0, 0]
    assert found.deepest == (2, 1, 0)
    assert [found.is_clean(index) for index in range(3)] == [False, False, True]


def test_what_has_no_partner_is_named_by_its_place() -> None:
    found = parse(["We] commit [to act.", "All is well [here]."], across=True)
    assert (found.unclosed, found.unopened) == (((0, 11),), ((0, 2),))
    assert not found.is_balanced
    assert found.deepest == (1, 1)
    assert parse(["a [b", "c] d"], across=False).unclosed == ((0, 2),)


def test_an_editors_word_and_the_number_of_a_note_are_no_disagreement() -> None:
    assert parse(["States shal [sic] act [12] at once."]).pairs == ()
    assert len(parse(["Recalling its resolution [A/RES/71/1],"]).pairs) == 1


@given(st.lists(st.text(alphabet="[]ab ", max_size=20), max_size=4), st.booleans())
def test_each_bracket_is_in_a_pair_or_named(texts: list[str], across: bool) -> None:
    found = parse(texts, across)
    ends = [end for pair in found.pairs for end in (pair.opens, pair.closes)]
    places = [*ends, *found.unclosed, *found.unopened]
    signs = [(i, at) for i, text in enumerate(texts) for at, c in enumerate(text) if c in "[]"]
    assert sorted(places) == signs
    assert all(
        (depth > 0) >= any(c in "[]" for c in text) for depth, text in zip(found.deepest, texts, strict=True)
    )
