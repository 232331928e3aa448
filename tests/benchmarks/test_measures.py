"""The measures themselves: a wrong ruler gives wrong figures."""

from benchmarks import peers
from benchmarks.alignment import Count, rows_in_order
from benchmarks.importers import Layout, flatten, plain_text, word_errors
from benchmarks.readability import count
from gcmtext.text.model import Kind, Paragraph


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(k, Kind.TEXT, "", 0, text) for k, text in enumerate(texts))


def test_precision_recall_and_f1() -> None:
    counted = Count()
    counted.add({1, 2, 3, 4}, {3, 4, 5})
    assert (counted.precision, counted.recall, counted.f1) == (2 / 4, 2 / 3, 4 / 7)


def test_equal_texts_are_linked_in_order_and_the_gaps_by_the_words_in_common() -> None:
    old = paragraphs("Recalling its resolutions", "Decides to meet again in May", "Requests a report")
    new = paragraphs(
        "Recalling its resolutions", "Thanks the host", "Decides to meet in June", "Requests a report"
    )
    assert peers.by_lcs(old, new) == {(0, 0), (1, 2), (2, 3)}


def test_a_word_is_broken_where_kept_and_changed_meet_inside_it() -> None:
    pair = ("States strengthen aid", "States strengthening aid")
    cut = [("equal", "States strengthen"), ("insert", "ing"), ("equal", " aid")]
    whole = [("equal", "States "), ("delete", "strengthen"), ("insert", "strengthening"), ("equal", " aid")]
    assert count(cut, pair)[0] == 1
    assert count(whole, pair)[0] == 0


def test_a_lone_word_stands_between_two_changes() -> None:
    pair = ("all aid for trade", "some aid of May")
    confetti = [
        ("delete", "all"),
        ("insert", "some"),
        ("equal", " aid "),
        ("delete", "for trade"),
        ("insert", "of May"),
    ]
    assert count(confetti, pair) == (0, 1, 6, 8)
    at_the_end = [("delete", "all"), ("insert", "some"), ("equal", " aid")]
    assert count(at_the_end, ("all aid", "some aid"))[1] == 0


def test_word_errors_count_the_longer_side_of_each_difference() -> None:
    assert word_errors("a b x d".split(), "a b c d".split()) == (1, [("x", "c")])
    assert word_errors("a b d e f".split(), "a b c d".split())[0] == 3


def test_an_adoc_is_flattened_as_its_layout_prints_it() -> None:
    adoc = """= Programme of work
:language: en

NOTE: Submitted late.

== Background

The Group *met* twice.

The Group decided:

. to meet again; and
. to report.

=== Tables

[cols="2*"]
|===
h|_Title_ h|_Symbol_

|Report of the Group
|E/2030/7
|===
"""
    read = flatten(adoc, Layout({1: "I", 2: "A"}, paragraphs=True, items="(a)"))
    assert [(p.kind, p.label, p.level, p.text) for p in read] == [
        (Kind.TITLE, "", 0, "Programme of work"),
        (Kind.FOOTNOTE, "1", 0, "Submitted late."),
        (Kind.HEADING, "I", 1, "Background"),
        (Kind.NUMBERED, "1", 0, "The Group met twice."),
        (Kind.NUMBERED, "2", 0, "The Group decided:"),
        (Kind.SUBPARAGRAPH, "(a)", 1, "to meet again; and"),
        (Kind.SUBPARAGRAPH, "(b)", 1, "to report."),
        (Kind.HEADING, "A", 2, "Tables"),
        (Kind.ROW, "", 0, "Title | Symbol"),
        (Kind.ROW, "", 0, "Report of the Group | E/2030/7"),
    ]


def test_plain_text_says_what_is_a_heading_a_label_or_a_footnote() -> None:
    blocks = (
        "A/RES/80/1  On wells",
        "[2030-01-02]",
        "The Assembly,",
        "1. Decides:",
        "(a) To dig;",
        "Ways and means",
        "# Footnotes",
        "See A/2.",
    )
    read = [(p.kind, p.label, p.text) for p in plain_text("\n\n".join(blocks))]
    assert read == [
        (Kind.TITLE, "80/1", "On wells"),
        (Kind.PREAMBULAR, "", "The Assembly,"),
        (Kind.NUMBERED, "1", "Decides:"),
        (Kind.SUBPARAGRAPH, "(a)", "To dig;"),
        (Kind.HEADING, "", "Ways and means"),
        (Kind.FOOTNOTE, "", "See A/2."),
    ]


def test_what_moved_is_what_no_longest_row_in_order_holds() -> None:
    assert rows_in_order([0, 4, 1, 2, 3, 5]) == ["every", "none", "every", "every", "every", "every"]
    assert rows_in_order([1, 0, 2]) == ["some", "some", "every"]
