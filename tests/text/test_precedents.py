from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.fingerprint import Words, fingerprints, read_words
from gcmtext.text.precedents import (
    Posting,
    Postings,
    Stretch,
    cover,
    coverage,
    exactly,
    likeness,
    similarity,
    stretches,
)

WORDS = st.lists(st.sampled_from("a light on the coast is kept by her keeper".split()), max_size=60)


def postings(held: list[Words]) -> Postings:
    found = defaultdict(list)
    for number, words in enumerate(held):
        for hash_, at, beside in fingerprints(words.numbers):
            found[hash_].append(Posting(number, at, beside))
    return found


def runs(text: str, *held: str) -> list[Stretch]:
    words, others = read_words(text), [read_words(other) for other in held]
    found = stretches(words, fingerprints(words.numbers), postings(others))
    exact = (exactly(stretch, words, others[stretch.held]) for stretch in found)
    return [places[0] for places in cover(stretch for stretch in exact if stretch)]


def covered(text: str, *held: str) -> set[int]:
    return {n for stretch in runs(text, *held) for n in range(stretch.start, stretch.end)}


def truly_covered(text: str, *held: str) -> set[int]:
    words = text.split()
    others = [f" {' '.join(other.split())} " for other in held]
    return {
        n
        for start in range(len(words) - 7)
        if any(f" {' '.join(words[start : start + 8])} " in other for other in others)
        for n in range(start, start + 8)
    }


@given(WORDS, st.lists(WORDS, max_size=4), st.integers(0, 50), st.integers(8, 40))
def test_every_word_of_every_run_of_eight_is_covered_and_no_other(
    text: list[str], held: list[list[str]], start: int, length: int
) -> None:
    quoting = [*text[start : start + length], *[word for one in held[:1] for word in one[5:30]], "x", *text]
    others = [" ".join(text), *(" ".join(one) for one in held)]
    assert covered(" ".join(quoting), *others) == truly_covered(" ".join(quoting), *others)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8))
def test_the_cover_covers_all_with_as_few_as_can_be(places: list[tuple[int, int]]) -> None:
    found = [Stretch(start, start + length, 0, 0, start) for start, length in places]
    chosen = [group[0] for group in cover(found)]
    wanted = {n for s in found for n in range(s.start, s.end)}
    assert {n for s in chosen for n in range(s.start, s.end)} == wanted
    for size in range(len(chosen)):
        assert not _can_be_covered(found, wanted, size)


def _can_be_covered(found: list[Stretch], wanted: set[int], size: int) -> bool:
    if not wanted:
        return True
    if not size:
        return False
    first = min(wanted)
    return any(
        _can_be_covered(found, wanted - set(range(s.start, s.end)), size - 1)
        for s in found
        if s.start <= first < s.end
    )


TEXT = "Lights shall be kept burning on every coast of the islands from dusk until the break of day."


def test_a_run_is_as_long_as_it_can_be_and_says_where_it_stands() -> None:
    held = "We agree that lights shall be kept burning on every coast, and in every port."
    (run,) = runs(TEXT, "Nothing of this.", held)
    assert (run.start, run.end, run.held, run.shift) == (0, 8, 1, 3)
    assert coverage(read_words(TEXT), [run]) == 8 / 18


def test_seven_words_are_no_run_and_sixteen_characters_are() -> None:
    assert not runs(TEXT, "lights shall be kept burning on every shore")
    assert runs("会员国应当确保每一座灯塔整夜长明", "会员国应当确保每一座灯塔整夜长明。")
    assert not runs("会员国应当确保每一座灯塔", "会员国应当确保每一座灯塔。")


def test_all_that_hold_a_run_are_named() -> None:
    words = read_words(TEXT)
    held = [read_words(other) for other in (TEXT, "Other words.", TEXT.upper())]
    (group,) = cover(stretches(words, fingerprints(words.numbers), postings(held)))
    assert [stretch.held for stretch in group] == [0, 2]


def test_likeness_weighs_what_is_rare() -> None:
    held = [TEXT, TEXT.replace("burning", "lit"), *["kept burning on every coast of the world"] * 201]
    words = read_words(TEXT)
    found = likeness(fingerprints(words.numbers), postings(list(map(read_words, held))), 1000)
    assert found[0] > found[1] > 0
    assert all(found.get(n, 0) < found[1] for n in range(2, 203))


def test_similarity_counts_words() -> None:
    assert similarity(read_words("a b c d"), read_words("a b c d")) == 1
    assert similarity(read_words("a b c d"), read_words("d x y c")) == 0.5
    assert similarity(read_words(""), read_words("a")) == 0
