"""How close two texts are."""

from gcmtext.text.closeness import by_closeness, closeness


def test_the_more_neighbouring_words_are_shared_the_closer() -> None:
    passage = "States shall keep every light lit"
    assert closeness(passage, "States shall keep every light lit;") == 1
    assert closeness(passage, passage.replace("every", "each")) > closeness(
        passage, "Light every lit States keep shall"
    )
    assert closeness(passage, "") == 0


LIT = "States shall report to the Assembly at its seventy-{} session on the lights of their coasts"


def test_a_passage_that_was_adopted_is_followed_by_those_of_the_years_next_to_it() -> None:
    years = ["first", "second", "third", "fourth", "fifth", "sixth"]
    held = [(LIT.format(number), 1_000 + 365 * year) for year, number in enumerate(years)]
    order = by_closeness(LIT.format("third"), held)
    assert order[0] == 2
    assert set(order[1:3]) == {1, 3}
    assert order[-1] == 5


def test_a_passage_that_is_new_is_followed_by_the_newest_of_the_closest() -> None:
    held = [(LIT.format("first"), 1_000), (LIT.format("second"), 2_000), (LIT.format("fourth"), 0)]
    held.append(("Lights shall be painted every year by those who keep them, and by no others", 3_000))
    assert by_closeness(LIT.format("third"), held) == [1, 0, 2, 3]


def test_the_same_words_come_before_newer_ones_that_are_nearly_the_same() -> None:
    long = LIT.format("first") + ", and of their islands, rocks, reefs, shoals, banks and harbours"
    held = [(long.replace("harbours", "ports"), 2_000), (long, 0), (long, 1_000)]
    assert by_closeness(long, held) == [2, 1, 0]
