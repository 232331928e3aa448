import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.fingerprint import GUARANTEED, SHINGLE, WINDOW, fingerprints, read_words

FEW = st.lists(st.integers(1, 4), max_size=40)
RUN = st.lists(st.integers(1, 6), min_size=GUARANTEED, max_size=30)


def hashes(numbers: list[int]) -> set[int]:
    return {print_.hash for print_ in fingerprints(numbers)}


@given(FEW, FEW, RUN, FEW, FEW)
def test_eight_words_in_a_row_have_a_fingerprint_in_common(
    before: list[int], behind: list[int], run: list[int], other_before: list[int], other_behind: list[int]
) -> None:
    assert hashes(before + run + behind) & hashes(other_before + run + other_behind)


@given(st.lists(st.integers(1, 9), max_size=80))
def test_of_four_neighbouring_shingles_one_is_kept(numbers: list[int]) -> None:
    kept = [print_.at for print_ in fingerprints(numbers)]
    assert kept == sorted(set(kept))
    shingles = len(numbers) - SHINGLE + 1
    for start in range(max(shingles - WINDOW + 1, 0)):
        assert set(kept) & set(range(start, start + WINDOW))
    assert bool(kept) == (shingles > 0)


def test_a_fingerprint_knows_three_words_on_either_side() -> None:
    text = [7, 8, 9, 1, 1, 1, 1, 1, 20, 21, 22]
    by_place = {print_.at: print_.beside for print_ in fingerprints(text)}
    (beside,) = {print_.beside for print_ in fingerprints(text) if print_.at == 3} or {
        by_place[max(by_place)]
    }
    assert all(beside >> (8 * n) & 255 for n in range(3))
    first = min(by_place)
    assert by_place[first] >> (8 * first) & 255 == 0 or first == 3


def test_case_signs_and_marks_do_not_count_and_a_character_is_a_word() -> None:
    plain = read_words("shall keep the lights of the coast burning")
    printed = read_words("Shall keep — the “lights” of the\ncoast, burning.")
    assert plain.numbers == printed.numbers
    assert [printed.folded[n] for n in (0, 7)] == ["shall", "burning"]
    assert read_words("会员国 应当").folded == ("会", "员", "国", "应", "当")
    assert read_words("المُلْتَزِمة").numbers == read_words("الملتزمة").numbers


def test_each_word_knows_where_it_stands() -> None:
    text = "  Well-being, of 1 000 keepers!"
    words = read_words(text)
    assert [text[start:end] for start, end in words.spans] == ["Well-being", "of", "1 000", "keepers"]


def test_hashes_are_the_same_in_every_process() -> None:
    code = (
        "from gcmtext.text.fingerprint import *;"
        "print(fingerprints(read_words('every light on the coast is kept burning at night').numbers))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert "hash=" in first
