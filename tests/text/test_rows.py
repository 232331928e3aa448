"""The order in which a comparison is shown."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.compare import Comparison
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.model import Alignment, Document, Evidence, Kind, Link, LinkKind, Paragraph
from gcmtext.text.rows import Departure, Row, originals, redlines, rows

SURE = Evidence(1, 1, 1, True, 0)


def document(texts: list[str]) -> Document:
    paragraphs = (Paragraph(i, Kind.NUMBERED, str(i + 1), 0, text) for i, text in enumerate(texts))
    return Document("Framework on safe crossings", "en", tuple(paragraphs))


def compared(
    old: list[str], new: list[str], links: list[tuple[tuple[int, ...], tuple[int, ...], str]]
) -> Comparison:
    made = tuple(
        Link(o, n, LinkKind(kind), 0.95, SURE) for o, n, kind in sorted(links, key=lambda link: link[1])
    )
    inserted = tuple(set(range(len(new))) - {i for link in made for i in link.new})
    deleted = tuple(set(range(len(old))) - {i for link in made for i in link.old})
    changes = tuple(diff_paragraphs([old[i] for i in link.old], [new[i] for i in link.new]) for link in made)
    alignment = Alignment(made, tuple(sorted(inserted)), tuple(sorted(deleted)))
    return Comparison(document(old), document(new), alignment, changes)


PORTS, OFFICE, DATA, FUND = (
    "Ports stay open.",
    "An office is named.",
    "Data are exchanged.",
    "A fund is set up.",
)


def test_a_deleted_paragraph_stands_behind_its_old_predecessor() -> None:
    comparison = compared(
        [PORTS, FUND, DATA], [PORTS, OFFICE, DATA], [((0,), (0,), "same"), ((2,), (2,), "same")]
    )
    assert rows(comparison) == (
        Row(0, (0,), (0,)),
        Row(None, (1,), ()),
        Row(None, (), (1,)),
        Row(1, (2,), (2,)),
    )


def test_what_was_deleted_at_the_beginning_comes_first() -> None:
    comparison = compared([FUND, PORTS], [PORTS], [((1,), (0,), "same")])
    assert rows(comparison) == (Row(None, (0,), ()), Row(0, (1,), (0,)))


def test_a_moved_paragraph_is_shown_where_it_arrived_and_marked_where_it_left() -> None:
    links = [((0,), (2,), "moved"), ((1,), (0,), "same"), ((2,), (1,), "same")]
    comparison = compared([PORTS, OFFICE, DATA], [OFFICE, DATA, PORTS], links)
    assert rows(comparison) == (Departure(2, 0), Row(0, (1,), (0,)), Row(1, (2,), (1,)), Row(2, (0,), (2,)))


def test_the_parts_of_a_split_share_a_row_unless_something_stands_between() -> None:
    whole = f"{PORTS} {OFFICE} {DATA}"
    comparison = compared([whole], [PORTS, OFFICE, FUND, DATA], [((0,), (0, 1, 3), "split")])
    assert rows(comparison) == (Row(0, (0,), (0, 1)), Row(None, (), (2,)), Row(0, (), (3,)))


def test_a_part_of_a_merger_that_stood_apart_leaves_a_mark() -> None:
    links = [((0, 2), (0,), "merged"), ((1,), (1,), "same")]
    comparison = compared([PORTS, OFFICE, DATA], [f"{PORTS} {DATA}", OFFICE], links)
    assert rows(comparison) == (Row(0, (0, 2), (0,)), Row(1, (1,), (1,)), Departure(0, 2))


def test_a_redline_is_cut_into_the_parts_of_a_split() -> None:
    comparison = compared([f"{PORTS} {OFFICE}"], [PORTS, OFFICE], [((0,), (0, 1), "split")])
    first, second = redlines(comparison, 0)
    assert "".join(text for operation, text in first if operation != "delete") == PORTS
    assert "".join(text for operation, text in second if operation != "delete") == OFFICE


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Two texts under any lineage, likely or not."""
    word = st.sampled_from(["States", "shall", "ports", "open", "families", "data", "by", "sea", "."])
    text = st.lists(word, min_size=1, max_size=5).map(" ".join)
    old, new = draw(st.lists(text, max_size=9)), draw(st.lists(text, max_size=9))
    free_old = draw(st.permutations(range(len(old))))
    free_new = draw(st.permutations(range(len(new))))
    links = []
    while free_old and free_new and draw(st.booleans()):
        kind = draw(st.sampled_from(["same", "edited", "moved", "split", "merged"]))
        many = draw(st.integers(2, 3))
        take_old, take_new = (many if kind == "merged" else 1), (many if kind == "split" else 1)
        if len(free_old) < take_old or len(free_new) < take_new:
            continue
        links.append((tuple(sorted(free_old[:take_old])), tuple(sorted(free_new[:take_new])), kind))
        free_old, free_new = free_old[take_old:], free_new[take_new:]
    return compared(old, new, links)


@given(comparisons())
def test_every_paragraph_is_shown_exactly_once(comparison: Comparison) -> None:
    shown = [row for row in rows(comparison) if isinstance(row, Row)]
    assert Counter(i for row in shown for i in row.old) == Counter(range(len(comparison.old.paragraphs)))
    assert [i for row in shown for i in row.new] == list(range(len(comparison.new.paragraphs)))


@given(comparisons())
def test_every_departure_has_its_arrival(comparison: Comparison) -> None:
    shown = rows(comparison)
    departures = [row for row in shown if isinstance(row, Departure)]
    assert len({row.old for row in departures}) == len(departures)
    for departure in departures:
        (arrival,) = (row for row in shown if isinstance(row, Row) and departure.old in row.old)
        assert arrival.link == departure.link
    moved = {i for link in comparison.alignment.links if link.kind == LinkKind.MOVED for i in link.old}
    assert moved <= {row.old for row in departures}


@given(comparisons())
def test_old_paragraphs_keep_their_order_ghosts_included(comparison: Comparison) -> None:
    places: list[int] = []
    left = {row.old for row in rows(comparison) if isinstance(row, Departure)}
    for row in rows(comparison):
        places.extend([row.old] if isinstance(row, Departure) else [i for i in row.old if i not in left])
    assert places == list(range(len(comparison.old.paragraphs)))


@given(comparisons())
def test_cut_changes_hold_the_text_of_each_paragraph(comparison: Comparison) -> None:
    for number, link in enumerate(comparison.alignment.links):
        for index, changes in zip(link.new, redlines(comparison, number), strict=True):
            kept = "".join(text for operation, text in changes if operation != "delete")
            assert kept == comparison.new.paragraphs[index].text
        for index, changes in zip(link.old, originals(comparison, number), strict=True):
            assert "".join(text for _, text in changes) == comparison.old.paragraphs[index].text
