"""Two files that are no two states of one text, or stand in the wrong order, are told."""

import pytest

from gcmtext.text.compare import compare, summary
from gcmtext.text.mistakes import Issue, out_of_order, unrelated
from gcmtext.text.model import Block, Document, Source
from gcmtext.text.segment import segment

LIGHTS = """States shall keep every light that stands on their coasts, and mend each lamp before the winter.
Keepers of lights shall be trained in the mending of lamps and of lenses, at the cost of the fund.
Every light that is out shall be reported to the ships at sea by the harbour that is nearest to it.
Towers shall be painted in colours that can be seen by day from a distance of three miles or more."""
PORTS = """Ports remain open to vessels carrying rescued persons, whatever flag these vessels may fly.
Fees charged there must not exceed what the services cost, nor depend on nationality or cargo.
Families searching for missing relatives may ask one office per country, free of charge, for help.
Statistics about departures are exchanged monthly between neighbouring coast guards, without names."""


def text(lines: str) -> Document:
    return segment(Source(tuple(map(Block, lines.split("\n")))))


def test_two_texts_that_share_hardly_a_word() -> None:
    (notice,) = unrelated(summary(compare(text(LIGHTS), text(PORTS))), "lights.txt", "ports.txt")
    assert notice.code == "unrelated"
    assert notice.message.startswith("Hardly anything of lights.txt is found in ports.txt (")


def test_a_part_of_a_text_and_a_line_of_it_are_of_one_text() -> None:
    both = text(f"{LIGHTS}\n{PORTS}")
    assert unrelated(summary(compare(text(LIGHTS), both)), "a", "b") == ()
    assert unrelated(summary(compare(text(LIGHTS), text("Nothing."))), "a", "b") == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ({"date": "2027-03-01"}, {"date": "2027-01-29"}, "its date (2027-01-29, 2027-03-01)"),
        ({"revision": "Rev.2"}, {"revision": "Rev.1"}, "its name"),
        ({"revision": "Rev.1"}, {"revision": "Zero draft plus"}, "its name"),
        ({"revision": "Final draft"}, {"revision": "Rev.10"}, "its name"),
        ({"symbol": "A/CONF.231/3/Rev.2"}, {"symbol": "A/CONF.231/3/Rev.1"}, "its name"),
    ],
)
def test_a_text_that_is_older_than_the_one_before_it(
    old: dict[str, str], new: dict[str, str], reason: str
) -> None:
    issues = [Issue("a.md", **old), Issue("b.md", **new)]
    (notice,) = out_of_order(issues)
    assert notice.message == f"b.md is older than a.md by {reason}: check the order, the oldest comes first."
    assert out_of_order(issues[::-1]) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {}),
        ({"date": "2027-03-01"}, {}),
        ({"revision": "Rev.2"}, {"revision": "Rev.2"}),
        ({"revision": "Chair's text"}, {"revision": "Zero draft"}),
        ({"revision": "Rev.2", "date": "2027-01-29"}, {"revision": "Rev.1", "date": "2027-03-01"}),
    ],
)
def test_nothing_is_said_where_nothing_is_known(old: dict[str, str], new: dict[str, str]) -> None:
    assert out_of_order([Issue("a", **old), Issue("b", **new)]) == ()
