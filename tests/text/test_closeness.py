"""How close two texts are."""

from gcmtext.text.closeness import closeness


def test_the_more_neighbouring_words_are_shared_the_closer() -> None:
    passage = "States shall keep every light lit"
    assert closeness(passage, "States shall keep every light lit;") == 1
    assert closeness(passage, passage.replace("every", "each")) > closeness(
        passage, "Light every lit States keep shall"
    )
    assert closeness(passage, "") == 0
