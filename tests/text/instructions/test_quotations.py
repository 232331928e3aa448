"""Quotation marks of three languages, and what is also an apostrophe."""

import pytest

from gcmtext.text.instructions.quotations import readings, unquoted


@pytest.mark.parametrize(
    ("line", "quotations"),
    [
        ('Delete "a word".', ["a word"]),
        ("Delete “a word”.", ["a word"]),
        ("Delete 'a word'.", ["a word"]),
        ("Supprimer « un mot ».", ["un mot"]),
        ("Suprímase «una palabra» y «otra».", ["una palabra", "otra"]),
        ("Delete “the term ‘at sea’ and all”.", ["the term ‘at sea’ and all"]),
        ("Supprimer « le terme « en mer » ».", ["le terme « en mer »"]),
        ("Replace 'States' by 'flag States'.", ["States", "flag States"]),
        ("Au paragraphe 5 de l'objectif 1", []),
        ("Delete “, as appropriate”.", [", as appropriate"]),
        ("Delete ‘seafarer’s’.", ["seafarer’s"]),
    ],
)
def test_what_is_quoted(line: str, quotations: list[str]) -> None:
    assert list(next(readings(line)).quotations) == quotations


def test_an_apostrophe_at_the_end_of_a_word_may_close_a_quotation_or_not() -> None:
    found = [reading.quotations for reading in readings("Delete 'migrants' rights' in OP5.")]
    assert ("migrants",) in found
    assert ("migrants' rights",) in found


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("“We commit.”", "We commit."),
        ("« Nous nous engageons. »", "Nous nous engageons."),
        ("“A” and “B”", "“A” and “B”"),
        ("We commit.", "We commit."),
    ],
)
def test_marks_around_a_whole_text(text: str, without: str) -> None:
    assert unquoted(text) == without
