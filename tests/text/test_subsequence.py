from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.text import subsequence
from gcmtext.text.subsequence import longest_common

few = st.lists(st.sampled_from("abcde"), max_size=30)


def length_by_table(a: list[str], b: list[str]) -> int:
    above = [0] * (len(b) + 1)
    for x in a:
        row = [0]
        for j, y in enumerate(b):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
        above = row
    return above[-1]


def check(a: list[str], b: list[str]) -> None:
    pairs = longest_common(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < x and j < y for (i, j), (x, y) in pairwise(pairs))
    assert len(pairs) == length_by_table(a, b)


@settings(max_examples=300)
@given(few, few)
def test_it_is_common_and_the_longest(a: list[str], b: list[str]) -> None:
    check(a, b)


@settings(max_examples=200)
@given(few, few, st.integers(1, 200))
def test_it_is_so_in_little_memory(a: list[str], b: list[str], bits: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsequence, "BITS_HELD", bits)
        check(a, b)


def test_nothing_is_searched_beyond_the_bound() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsequence, "BITS_COMPUTED", 8)
        assert longest_common(list("abc"), list("abc")) == []
        assert longest_common(list("ab"), list("abcd")) == [(0, 0), (1, 1)]
