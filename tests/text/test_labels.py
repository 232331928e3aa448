"""Labels as they are printed, and what they count."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gcmtext.text.labels import Numbering, Reading, is_division, read_mark, split_at_tab, split_label
from gcmtext.text.normalise import clean

LABELLED = [
    ("12. Decides to convene a conference;", "12", "Decides to convene a conference;"),
    ("12 bis. We commit to", "12 bis", "We commit to"),
    ("12 bis We commit to", "12 bis", "We commit to"),
    ("5 alt. We commit to", "5 alt", "We commit to"),
    ("7 alt 2. We commit to", "7 alt 2", "We commit to"),
    ("(a) Promote", "(a)", "Promote"),
    ("(aa) Promote", "(aa)", "Promote"),
    ("(iv) Promote", "(iv)", "Promote"),
    ("(b) bis Promote", "(b) bis", "Promote"),
    ("(b bis) Promote", "(b bis)", "Promote"),
    ("a) Promouvoir", "a)", "Promouvoir"),
    ("а) поощрять", "а)", "поощрять"),
    ("PP3 Recalling", "PP3", "Recalling"),
    ("PP3 bis. Recalling", "PP3 bis", "Recalling"),
    ("OP5 ter: Calls upon", "OP5 ter", "Calls upon"),
    ("OBJECTIVE 7: Reduce risks", "OBJECTIVE 7", "Reduce risks"),
    ("Objectif 7 : Réduire les risques", "Objectif 7", "Réduire les risques"),
    ("Objetivo 7: Reducir los riesgos", "Objetivo 7", "Reducir los riesgos"),
    ("Цель 7: уменьшить риски", "Цель 7", "уменьшить риски"),
    ("الهدف 7: الحد من المخاطر", "الهدف 7", "الحد من المخاطر"),
    ("目标7：减少风险", "目标7", "减少风险"),
    ("Article premier", "Article premier", ""),
    ("المادة الأولى", "المادة الأولى", ""),
    ("第五条", "第五条", ""),
    ("第五条 缔约国的义务", "第五条", "缔约国的义务"),
    ("Phase II – Stocktaking", "Phase II", "Stocktaking"),
    ("IV. Follow-up and review", "IV", "Follow-up and review"),
    ("12 - تقرر", "12", "تقرر"),
    ("(ب) تعزيز", "(ب)", "تعزيز"),
    ("ألف - معلومات عامة", "ألف", "معلومات عامة"),
    ("ثانيا - التنفيذ", "ثانيا", "التنفيذ"),
    ("二、执行", "二", "执行"),
    ("（二）促进", "（二）", "促进"),
    ("12．重申", "12", "重申"),
    ("1. 重申", "1", "重申"),
    ("1.2 Scope", "1.2", "Scope"),
    ("[12. We commit to]", "12", "[We commit to]"),
    ("[[(c) Promote]]", "(c)", "[[Promote]]"),
    ("XIV", "XIV", ""),
    ("12 Bis. We commit to", "12 Bis", "We commit to"),
    ("12.bis We commit to", "12.bis", "We commit to"),
    ("12. bis We commit to", "12. bis", "We commit to"),
    ("12-bis. We commit to", "12-bis", "We commit to"),
    ("OP5.alt Calls upon", "OP5.alt", "Calls upon"),
    ("OP5 alt.2 Calls upon", "OP5 alt.2", "Calls upon"),
    ("a) bis Promouvoir", "a) bis", "Promouvoir"),
    ("(a) alt 2. Promote", "(a) alt 2", "Promote"),
    ("3 бис. Мы обязуемся", "3 бис", "Мы обязуемся"),
    ("2 مكررا ثانيا - تقرر", "2 مكررا ثانيا", "تقرر"),
    ("1.- Decide convocar", "1", "Decide convocar"),
    ("(a) alternative sources of energy", "(a)", "alternative sources of energy"),
    ("1. Alternative sources of energy", "1", "Alternative sources of energy"),
]


@pytest.mark.parametrize(("text", "printed", "rest"), LABELLED)
def test_label_is_split_from_the_text(text: str, printed: str, rest: str) -> None:
    found = split_label(text)
    assert found is not None
    assert (found[0].printed, found[1]) == (printed, rest)


@pytest.mark.parametrize(
    "text",
    [
        "30 January 2018",
        "1.5 million people",
        "Article 5 of the Convention provides that",
        "Part of the text",
        "Annex",
        "I commit to this",
        "e.g. a label",
        "U.S. dollars",
        "PP of the draft",
        "A/RES/71/1 of 19 September 2016",
        "(together with others) we commit",
        "Parties shall cooperate.",
        "",
    ],
)
def test_words_that_only_look_like_a_label_stay_in_the_text(text: str) -> None:
    assert split_label(text) is None


def test_a_letter_that_is_also_a_numeral_keeps_both_readings() -> None:
    found = split_label("(i) Promote")
    assert found is not None
    assert found[0].readings == (
        Reading(Numbering.LOWER_ROMAN, 1),
        Reading(Numbering.LOWER_LETTER, 9),
    )


@pytest.mark.parametrize(
    ("text", "numbering", "value"),
    [
        ("(xlii) x", Numbering.LOWER_ROMAN, 42),
        ("(bb) x", Numbering.LOWER_LETTER, 28),
        ("十二、x", Numbering.CHINESE, 12),
        ("第一百二十三条", Numbering.CHINESE, 123),
        ("(د) x", Numbering.ABJAD, 4),
        ("3.4.5. x", Numbering.ARABIC, 5),
    ],
)
def test_what_a_label_counts(text: str, numbering: Numbering, value: int) -> None:
    found = split_label(text)
    assert found is not None
    assert Reading(numbering, value) in found[0].readings


@pytest.mark.parametrize(
    ("mark", "printed"),
    [("1.", "1"), ("(a)", "(a)"), ("Article 2", "Article 2"), ("iv", "iv"), ("1.1.", "1.1"), ("*", "*")],
)
def test_marks_kept_apart_by_a_format(mark: str, printed: str) -> None:
    assert read_mark(mark).printed == printed


@pytest.mark.parametrize(
    ("text", "printed", "rest"),
    [
        ("12\tWe commit", "12", "We commit"),
        ("OBJECTIVE 1\tKeep the lights", "OBJECTIVE 1", "Keep the lights"),
        ("[(a)\tKeep]", "(a)", "[Keep]"),
    ],
)
def test_a_tab_sets_a_label_apart(text: str, printed: str, rest: str) -> None:
    found = split_at_tab(text)
    assert found is not None
    assert (found[0].printed, found[1]) == (printed, rest)
    assert split_at_tab("Name\tAmount") is None
    assert split_at_tab("12 months of work") is None


def test_forms_that_differ_only_in_typing_are_one_form() -> None:
    texts = ("12. x", "12．x", "12 bis x", "12. bis x", "12.bis. x", "12.- x")
    assert {label[0].form for text in texts if (label := split_label(text))} == {"#."}
    assert {label[0].suffix for text in texts if (label := split_label(text))} == {"", "bis"}


def test_divisions_have_one_form_in_all_languages() -> None:
    labels = [
        split_label(f"{word} 3") for word in ("Objective", "Objectif", "Objetivo", "Цель", "الهدف", "目标")
    ]
    assert all(found and is_division(found[0]) for found in labels)
    assert {found[0].form for found in labels if found} == {"objective #"}


@given(st.sampled_from([text for text, _, _ in LABELLED]), st.integers(0, 30), st.text(max_size=10))
def test_no_word_is_lost_between_label_and_text(text: str, cut: int, added: str) -> None:
    text = clean(text[:cut] + added + text[cut:])
    found = split_label(text)
    assume(found is not None)
    assert found is not None
    label, rest = found
    letters = [c for c in text if c.isalnum()]
    kept = [c for c in label.printed + rest if c.isalnum()]
    assert sorted(kept) == sorted(letters)
