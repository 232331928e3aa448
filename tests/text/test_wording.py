"""When two paragraphs have the same wording."""

from gcmtext.text.wording import wording


def test_signs_case_and_blanks_do_not_count() -> None:
    assert wording("“Calls upon” all States,") == wording("calls  upon all States;")


def test_words_and_their_order_count() -> None:
    assert wording("States shall act") != wording("States should act")
    assert wording("act, States shall") != wording("States shall act")


def test_a_text_without_words_has_the_wording_of_its_signs() -> None:
    assert wording("…") != wording("***")
