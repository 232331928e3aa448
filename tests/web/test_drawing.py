"""Where things stand in the drawings."""

import itertools
from datetime import date, timedelta

from gcmtext.text.compare import compare
from gcmtext.text.flow import bands, flow
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.web.drawing import flow_drawing, time_line

DAY = date(2027, 1, 29)


def document(*lines: str) -> Document:
    paragraphs = (
        Paragraph(
            i, Kind.HEADING if line[0] == "#" else Kind.NUMBERED, "", int(line[0] == "#"), line.strip("# ")
        )
        for i, line in enumerate(lines)
    )
    return Document("", "en", tuple(paragraphs))


REVISIONS = (
    document(
        "# Lights", "Lamps are lit at dusk.", "# Sounds", "Horns are blown in fog.", "# Costs", "Owners pay."
    ),
    document(
        "# Costs",
        "Owners pay.",
        "# Lights",
        "Lamps are lit at dusk and in storms.",
        "# Sounds",
        "Bells toll.",
    ),
)


def test_the_time_line_stands_between_first_and_last_day() -> None:
    drawn = time_line(["Zero draft", "Rev.1", "Rev.2"], [DAY, DAY + timedelta(30), DAY + timedelta(120)])
    assert drawn is not None
    first, middle, last = drawn.points
    assert first.x < middle.x < last.x <= drawn.width
    assert abs((middle.x - first.x) / (last.x - first.x) - 0.25) < 0.01
    assert [tick.day.month for tick in drawn.ticks] == [2, 3, 4, 5]


def test_names_that_would_lie_on_each_other_stand_in_rows() -> None:
    drawn = time_line(["Zero draft", "Zero draft plus"], [DAY, DAY + timedelta(1)])
    assert drawn is not None
    many = time_line([f"Rev.{n}" for n in range(60)], [DAY + timedelta(n) for n in range(60)])
    assert many is not None
    assert many.rows == 3
    assert {point.row for point in many.points} == {-1, 0, 1, 2}
    for row in range(3):
        places = [point.x for point in many.points if point.row == row and not point.at_end]
        assert all(b - a > 80 for a, b in itertools.pairwise(places))


def test_without_dates_there_is_no_time_line() -> None:
    assert time_line(["Zero draft", "Rev.1"], [None, None]) is None
    assert time_line(["Zero draft", "Rev.1"], [DAY, None]) is None
    assert time_line(["Zero draft", "Rev.1"], [DAY, DAY]) is None
    assert time_line([], []) is None


def test_ribbons_begin_and_end_in_their_sections() -> None:
    found = flow(compare(*REVISIONS))
    drawn = flow_drawing([bands(text) for text in REVISIONS], [found])
    (step,) = drawn.steps
    for sheet in step.sheets:
        for side, number in ((0, sheet.ribbon.old), (1, sheet.ribbon.new)):
            box = drawn.columns[side][number]
            assert box.y - 0.2 <= sheet.top[side] < sheet.bottom[side] <= box.y + box.height + 0.2
    assert all(box.y + box.height <= drawn.height for column in drawn.columns for box in column)


def test_ribbons_of_one_section_do_not_lie_on_each_other() -> None:
    found = flow(compare(*REVISIONS))
    (step,) = flow_drawing([bands(text) for text in REVISIONS], [found]).steps
    for side in (0, 1):
        edges = sorted((sheet.top[side], sheet.bottom[side]) for sheet in step.sheets)
        assert all(below[0] >= above[1] - 0.2 for above, below in itertools.pairwise(edges))


def test_what_moved_is_drawn_on_top() -> None:
    found = flow(compare(*REVISIONS))
    (step,) = flow_drawing([bands(text) for text in REVISIONS], [found]).steps
    moved = [sheet.ribbon.is_moved for sheet in step.sheets]
    assert moved == sorted(moved)


def test_many_revisions_have_room() -> None:
    text = REVISIONS[0]
    drawn = flow_drawing([bands(text)] * 30, [flow(compare(text, text))] * 29)
    xs = [column[0].x for column in drawn.columns]
    assert all(b - a > 100 for a, b in itertools.pairwise(xs))
    assert xs[-1] < drawn.width
