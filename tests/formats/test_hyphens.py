"""Hyphens at the ends of lines: undone where the line made them, kept where the word has them."""

import subprocess
import sys

import pytest

from gcmtext.formats.hyphens import Hyphens

CUTTING = (
    "The keepers of the lights main-",
    "tain the lamps, and main-",
    "tain the horns; to maintain them is long-",
    "term work for the COASTGUARD, and they ex-",
    "tend it, as the long-term plan says.",
)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("they main-", "tain the lamps", "they maintain the lamps"),
        ("they har-", "bour the ships", "they harbour the ships"),
        ("a long-", "term plan", "a long-term plan"),
        ("a storm-", "based alarm", "a storm-based alarm"),
        ("the year 2025-", "based count", "the year 2025-based count"),
        ("the Franco-", "British light", "the Franco-British light"),
        ("the COVID-", "19 storm", "the COVID-19 storm"),
        ("the COASTGU-", "ARD sees", "the COASTGUARD sees"),
        ("a non-", "alcoholic drink", "a non-alcoholic drink"),
        ("two co-", "facilitators of the talks", "two co-facilitators of the talks"),
        ("les co-", "facilitateurs", "les co-facilitateurs"),
        ("el co-", "mité de los faros", "el comité de los faros"),
        ("the trente-", "troisième phare", "the trente-troisième phare"),
        ("the ex-", "tension of the light", "the extension of the light"),
        ("they har\u00ad", "bour the ships", "they harbour the ships"),
    ],
)
def test_in_a_text_whose_lines_cut_words(before: str, after: str, joined: str) -> None:
    assert Hyphens(CUTTING).join(before, after) == joined


def test_in_a_text_whose_lines_do_not_cut_words() -> None:
    hyphens = Hyphens(("The lights are storm-", "proof, and the horns are proof against frost."))
    assert hyphens.join("The lights are storm-", "proof") == "The lights are storm-proof"


def test_in_a_long_text_of_which_hardly_a_line_ends_in_a_hyphen() -> None:
    lines = ["The keepers of the lights tend them by night."] * 99
    ends = ("They lend oil to the tax-", "exempt ships.")
    assert Hyphens((*lines, *ends)).join(*ends) == "They lend oil to the tax-exempt ships."
    assert Hyphens(ends).join(*ends) == "They lend oil to the taxexempt ships."


def test_a_compound_that_stands_elsewhere_keeps_its_hyphen() -> None:
    hyphens = Hyphens((*CUTTING, "The co-chairs of the port-cities met."))
    assert hyphens.join("the co-", "chairs") == "the co-chairs"
    assert hyphens.join("all port-", "cities") == "all port-cities"


def test_the_import_loads_no_reader_of_another_format() -> None:
    code = "import sys, gcmtext.formats.hyphens; print(sorted({'pypdfium2', 'lxml'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_a_text_without_lines() -> None:
    assert Hyphens(()).join("a light-", "house") == "a lighthouse"
