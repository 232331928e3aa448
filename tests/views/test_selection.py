"""Which rows of a comparison are on a page."""

import pytest

from gcmtext.errors import NotFound
from gcmtext.text.compare import compare
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.views.comparison import ComparisonView, Entry, Fold
from gcmtext.views.selection import ROWS, WHOLE, Choice, reaching, select, stretch

SECTION = 10


def text(count: int, changed: frozenset[int] = frozenset()) -> Document:
    """A text with a heading before each ten paragraphs; the changed ones say something more."""
    made: list[Paragraph] = []
    for n in range(count):
        if n % SECTION == 0:
            made.append(Paragraph(len(made), Kind.HEADING, f"OBJECTIVE {n // SECTION + 1}", 1, f"Light {n}"))
        more = " and of all the islands" if n in changed else ""
        words = f"Keep lamp {n} of tower {n * 7} on coast {n * 13}{more}."
        made.append(Paragraph(len(made), Kind.NUMBERED, str(n + 1), 0, words))
    return Document("Lights", "en", tuple(made))


def view(count: int, *changed: int) -> ComparisonView:
    return ComparisonView(compare(text(count), text(count, frozenset(changed))))


FEW = view(40, 3, 25)


def anchors(items: tuple[Entry | Fold, ...]) -> list[str]:
    return [item.anchor if isinstance(item, Entry) else f"…{len(item.entries)}" for item in items]


def test_changes_with_what_they_stand_under() -> None:
    found = select(FEW, Choice())
    assert anchors(found.items) == ["objective-1", "…3", "4", "…17", "objective-3", "…5", "26", "…15"]
    assert (found.changes, found.kinds, found.pages) == (2, {"edited": 2}, 1)
    assert found.sections == {0: 1, 2: 1}


def test_a_section_is_known_by_any_paragraph_in_it() -> None:
    for section in ("objective-3", "26", "p30"):
        found = select(FEW, Choice(section=section))
        assert anchors(found.items) == ["objective-3", "…5", "26", "…4"]
        assert (found.section, found.changes, found.kinds) == (2, 1, {"edited": 1})
        assert found.sections == {0: 1, 2: 1}


def test_kinds_that_are_not_chosen_are_folded() -> None:
    found = select(view(12, 3), Choice(kinds=("moved",)))
    (fold,) = found.items
    assert isinstance(fold, Fold)
    assert (len(fold.entries), fold.changed, found.changes) == (14, 1, 0)


def test_everything() -> None:
    found = select(FEW, Choice(everything=True))
    assert len(found.items) == 44
    assert not any(isinstance(item, Fold) for item in found.items)


def test_a_kind_is_added_and_taken_away() -> None:
    choice = Choice(section="26").toggled("split").toggled("edited")
    assert choice == Choice(("edited", "split"), "26")
    assert choice.toggled("split") == Choice(("edited",), "26")


def test_a_long_comparison_has_pages_that_end_before_headings() -> None:
    long = view(900, *range(900))
    found = [select(long, Choice(), page) for page in range(1, select(long, Choice()).pages + 1)]
    rows = [item for page in found for item in page.items]
    assert [item.place for item in rows if isinstance(item, Entry)] == list(range(990))
    assert all(len(page.items) <= ROWS * 5 // 4 for page in found)
    for page in found[1:]:
        assert isinstance(page.items[0], Entry)
        assert page.items[0].anchor.startswith("objective-")


def test_a_short_one_has_one() -> None:
    assert select(view(WHOLE - 20, *range(WHOLE - 20)), Choice()).pages == 1


def test_a_row_that_is_named_is_in_sight() -> None:
    found = select(FEW, Choice(), at="30")
    assert anchors(found.items)[:6] == ["objective-1", "…3", "4", "…17", "objective-3", "…5"]
    assert anchors(found.items)[6:8] == ["26", "…3"]
    assert anchors(found.items)[8:] == ["30", "objective-4", *map(str, range(31, 41))]
    long = view(900, *range(900))
    assert "800" in anchors(select(long, Choice(), at="800").items)


def test_what_is_folded_is_opened_piece_by_piece() -> None:
    quiet = view(1000, 0)
    (fold,) = (item for item in select(quiet, Choice()).items if isinstance(item, Fold))
    first, last = fold.entries[0].anchor, fold.entries[-1].anchor
    opened = stretch(quiet, first, last)
    assert [isinstance(item, Fold) for item in opened] == [False] * ROWS + [True]
    rest = opened[-1]
    assert isinstance(rest, Fold)
    assert len(rest.entries) == len(fold.entries) - ROWS


def test_a_choice_without_the_row_that_is_named_is_given_up() -> None:
    elsewhere = Choice(("edited",), "objective-1")
    assert reaching(FEW, elsewhere, "26") == Choice()
    assert reaching(FEW, elsewhere, "4") == elsewhere
    assert reaching(FEW, elsewhere, "") == elsewhere


@pytest.mark.parametrize(
    ("choice", "page", "at"),
    [
        (Choice(kinds=("upside-down",)), 1, ""),
        (Choice(section="objective-99"), 1, ""),
        (Choice(), 2, ""),
        (Choice(), 0, ""),
        (Choice(), 1, "99-bis"),
    ],
)
def test_what_is_not_there(choice: Choice, page: int, at: str) -> None:
    with pytest.raises(NotFound):
        select(FEW, choice, page, at)


def test_rows_in_the_wrong_order() -> None:
    with pytest.raises(NotFound):
        stretch(FEW, "26", "4")
