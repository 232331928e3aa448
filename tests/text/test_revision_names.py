"""What the next revision is usually called."""

import pytest

from gcmtext.text.revision_names import next_name


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ([], "Zero draft"),
        (["Zero draft"], "Zero draft plus"),
        (["ZERO DRAFT"], "Zero draft plus"),
        (["Zero draft", "zero draft plus"], "Rev.1"),
        (["Rev.1", "Rev.2"], "Rev.3"),
        (["Rev. 9"], "Rev. 10"),
        (["Draft 2 of 7"], "Draft 2 of 8"),
        (["Final draft"], ""),
        (["Rev.1", "Rev.999"], "Rev.1000"),
        (["Rev.1000"], "Rev.1001"),
    ],
)
def test_the_next_name_goes_on_where_the_last_one_stopped(before: list[str], name: str) -> None:
    assert next_name(before) == name


def test_a_name_that_is_given_already_is_not_proposed() -> None:
    assert next_name(["Rev.1"], ["Rev.2"]) == ""
    assert next_name(["Rev.2", "Rev.1"]) == ""
