"""How far words are apart."""

import pytest

from gcmtext.text.spelling import distance


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("light", "light", 0),
        ("light", "lights", 1),
        ("migraton", "migration", 1),
        ("lihgt", "light", 1),
        ("tower", "tree", 3),
        ("", "ab", 2),
    ],
)
def test_letters_put_in_taken_out_replaced_or_exchanged(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 5) == distance(other, one, 5) == apart


def test_more_than_is_asked_for_is_just_too_far() -> None:
    assert distance("light", "harbour", 2) == 3
