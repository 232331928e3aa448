"""Alignment: two short texts a file with their lineage, and properties that hold for any two texts."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.align import align
from gcmtext.text.model import Alignment, Kind, Link, LinkKind, Paragraph

CASES = sorted((Path(__file__).parent / "align").glob("*.txt"))


def text_of(lines: Sequence[str], label: str = "") -> tuple[Paragraph, ...]:
    """Return one paragraph for each line; "# " begins a heading."""
    return tuple(
        Paragraph(
            index=index,
            kind=Kind.HEADING if line.startswith("# ") else Kind.NUMBERED,
            label=label and f"{label}{index}",
            level=0,
            text=line.removeprefix("# "),
        )
        for index, line in enumerate(lines)
    )


def written(alignment: Alignment) -> list[str]:
    """Return the lineage as the cases write it, counting from 1."""
    lines = [f"{_numbers(link.old)} {link.kind} {_numbers(link.new)}" for link in alignment.links]
    lines += [f"inserted {_numbers(alignment.inserted)}"] if alignment.inserted else []
    return lines + ([f"deleted {_numbers(alignment.deleted)}"] if alignment.deleted else [])


def _numbers(indices: Sequence[int]) -> str:
    return " ".join(str(index + 1) for index in indices)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path) -> None:
    old, new, expected = case.read_text(encoding="utf-8").split("\n.\n")
    found = written(align(text_of(old.split("\n")), text_of(new.split("\n"))))
    assert sorted(found) == sorted(expected.strip().split("\n"))


WORDS = st.sampled_from(
    "peace trade lamp harbour the of and island ferry tide 平 和 سلام port law sea".split()
)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=12)
UNLIKE = st.lists(
    st.integers(0, 10**6).map(lambda n: " ".join(f"w{n}x{k}" for k in range(12))),
    min_size=1,
    max_size=15,
    unique=True,
)


def pairs(alignment: Alignment) -> set[tuple[int, int]]:
    return {(i, j) for link in alignment.links for i in link.old for j in link.new}


@given(TEXTS, TEXTS)
def test_every_paragraph_has_one_place(old: list[str], new: list[str]) -> None:
    found = align(text_of(old), text_of(new))
    assert sorted([i for link in found.links for i in link.old] + list(found.deleted)) == list(
        range(len(old))
    )
    assert sorted([j for link in found.links for j in link.new] + list(found.inserted)) == list(
        range(len(new))
    )
    for link in found.links:
        assert len(link.old) == 1 or len(link.new) == 1
        assert (link.kind == LinkKind.SPLIT) == (len(link.new) > 1)
        assert (link.kind == LinkKind.MERGED) == (len(link.old) > 1)
        assert list(link.old) == sorted(link.old)
        assert list(link.new) == sorted(link.new)
        assert 0 < link.confidence <= 1
        figures = (link.evidence.kept, link.evidence.drawn, link.evidence.neighbours, link.evidence.rival)
        assert all(0 <= figure <= 1 + 1e-9 for figure in figures)
    assert [link.new for link in found.links] == sorted(link.new for link in found.links)


@given(TEXTS)
def test_the_same_text_is_the_same(lines: list[str]) -> None:
    found = align(text_of(lines), text_of(lines))
    assert pairs(found) == {(i, i) for i in range(len(lines))}
    assert all(link.kind == LinkKind.SAME and link.confidence > 0.9 for link in found.links)


@given(TEXTS, TEXTS)
def test_printed_labels_change_nothing_but_the_evidence(old: list[str], new: list[str]) -> None:
    def without_label(link: Link) -> tuple[object, ...]:
        return link.old, link.new, link.kind, link.confidence

    plain, labelled = align(text_of(old), text_of(new)), align(text_of(old, "A"), text_of(new, "B"))
    assert [without_label(link) for link in plain.links] == [without_label(link) for link in labelled.links]


@given(UNLIKE, st.randoms(use_true_random=False))
def test_another_order_is_only_moves(lines: list[str], chance: object) -> None:
    order = list(range(len(lines)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    found = align(text_of(lines), text_of([lines[i] for i in order]))
    assert pairs(found) == {(i, j) for j, i in enumerate(order)}
    kept = [link.old[0] for link in found.links if link.kind == LinkKind.SAME]
    assert kept == sorted(kept)
    assert {link.kind for link in found.links} <= {LinkKind.SAME, LinkKind.MOVED}


@given(UNLIKE, st.data())
def test_turned_round_the_links_are_the_same(lines: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(lines), unique=True))
    edited = [line.replace("x3", "y3").replace("x7 ", "y7 new ") for line in kept]
    old, new = text_of(lines), text_of(edited)
    assert pairs(align(old, new)) == {(i, j) for j, i in pairs(align(new, old))}


def test_one_paragraph_that_moves_is_marked_and_not_what_it_passes() -> None:
    lines = [f"Paragraph {name} of the text stays where it is" for name in "abcdefghij"]
    found = align(text_of(lines), text_of([*lines[1:], lines[0]]))
    assert [link.old for link in found.links if link.kind == LinkKind.MOVED] == [(0,)]


@pytest.mark.parametrize("extra", [0, 7])
def test_thousands_of_equal_paragraphs_are_linked_in_order(extra: int) -> None:
    old, new = ["The Secretary-General"] * 5000, ["The Secretary-General"] * (5000 - extra)
    found = align(text_of(old), text_of(new))
    assert all(link.kind == LinkKind.SAME for link in found.links)
    assert len(found.links) == 5000 - extra
    assert len(found.deleted) == extra


def test_a_repeated_text_is_surer_between_neighbours_than_alone() -> None:
    old = text_of(
        ["Same words", "A first text of its own", "Same words", "Another text with words of its own"]
    )
    new = text_of(["A first text of its own", "Same words", "Another text with words of its own"])
    found = align(old, new)
    assert (2, 1) in pairs(found)
    sure = {link.new[0]: link.confidence for link in found.links}
    assert sure[1] < sure[0]


def test_a_repeated_text_is_in_doubt_where_two_places_fit_as_well() -> None:
    opening, first, second = "The council of the islands", "A first text of its own", "A second text alone"
    old = text_of([opening, first, opening, second])
    new = text_of([first, opening, second, opening])
    sure = {link.new[0]: link.confidence for link in align(old, new).links}
    assert sure[1] > 0.9
    assert sure[3] < 0.9


def test_a_link_is_in_doubt_where_another_fits_as_well() -> None:
    words = (
        "Asks the harbour master of the {} island to keep the lamps of the long pier lit through the winter"
    )
    others = [f"Paragraph {name} of the text stands by itself and stays" for name in "abcdef"]
    new = text_of([*others[:3], words.format("eastern"), *others[3:]])
    alone = align(text_of([words.format("northern"), *others]), new).links[3]
    twins = align(text_of([words.format("northern"), *others, words.format("southern")]), new).links[3]
    assert alone.confidence > 0.9
    assert twins.confidence < 0.6


def test_evidence_says_what_is_kept_and_what_is_drawn() -> None:
    old = text_of(
        ["Keep one boat at sea", "Ring the bell of the chapel when the fog comes in from the north"]
    )
    new = text_of(["Keep one boat at sea", "Ring the bell of the chapel when the fog comes"])
    link = align(old, new).links[1]
    assert link.evidence.drawn > link.evidence.kept > 0.5
    assert link.evidence.neighbours == 1.0
    assert not link.evidence.label
