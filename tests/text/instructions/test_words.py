"""Where quoted words stand: whole, whatever the form of their marks; nearly; in which sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.instructions.words import nearly, sentences, spans


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("States and other States", "States", 2),
        ("States and other States", "State", 0),
        ("the ship’s crew", "ship's crew", 1),
        ("de nombreux États", "États", 1),
        ("a [word] here", "[word]", 1),
        ("port and airport", "port", 1),
        ("ports", "", 0),
        ("well‑being", "well-being", 1),
        ("The States", "the States", 0),
    ],
)
def test_words_stand_whole(text: str, words: str, count: int) -> None:
    assert len(spans(text, words)) == count


@given(st.lists(st.sampled_from(["port", "airport", "ships,", "[sea]"]), min_size=1), st.data())
def test_what_is_taken_from_a_text_is_found_where_it_stood(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    stop = data.draw(st.integers(start + 1, len(words)))
    at = len(" ".join([*words[:start], ""])) if start else 0
    some = " ".join(words[start:stop])
    assert (at, at + len(some)) in spans(" ".join(words), some)


@pytest.mark.parametrize(
    ("words", "like"),
    [
        ("reasonabel cost", "reasonable cost"),
        ("At Reasonable Cost", "at reasonable cost"),
        ("vessels of fishers", ""),
    ],
)
def test_words_that_stand_nearly(words: str, like: str) -> None:
    assert nearly("access to the Internet at reasonable cost to the seafarer", words) == like


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two. Three.", 3),
        ("See No. 31363. Then this.", 2),
        ("The U.S. Government agrees.", 1),
        ("It ends here; and goes on.", 1),
        ("Una. Élla.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count
    assert " ".join(text[slice(*span)] for span in sentences(text)) == text
