"""Candidates for a person who decides."""

import pytest
from lineages import paragraphs

from gcmtext.text.alternatives import Likeness, alternatives, together
from gcmtext.text.corrections import DECIDED
from gcmtext.text.model import Link, LinkKind

OLD = paragraphs(
    "Keepers of lights shall be trained in the mending of lamps.",
    "Ships at sea shall be told of every light that is out.",
    "Towers shall be painted in colours that are seen by day.",
)
NEW = paragraphs(
    "Keepers shall be trained in lamps.",
    "Keepers of bells shall be trained in the mending of ropes.",
    "Harbours shall be told of every light that is out at sea.",
    "Whales swim north.",
)
LIKENESS = Likeness(OLD, NEW)


def link(old: tuple[int, ...], new: tuple[int, ...]) -> Link:
    return Link(old, new, LinkKind.EDITED, 0.5, DECIDED)


def test_the_same_words_are_shared_wholly_and_none_not_at_all() -> None:
    same = Likeness(OLD, OLD)
    assert same.shared((1,), (1,)) == pytest.approx(1.0)
    assert LIKENESS.shared((2,), (3,)) == 0.0
    assert Likeness(paragraphs("!"), paragraphs("?")).shared((0,), (0,)) == 0.0


def test_the_nearest_on_either_side_come_best_first() -> None:
    found = alternatives(LIKENESS, link((0,), (0,)), most=5)
    assert ((0,), (1,)) in [(c.old, c.new) for c in found]
    assert ((0,), (0,)) not in [(c.old, c.new) for c in found]
    assert list(found) == sorted(found, key=lambda c: -c.shared)


def test_the_parts_of_a_split_alone_come_first() -> None:
    found = alternatives(LIKENESS, link((0,), (0, 1)), most=5)
    assert {(c.old, c.new) for c in found[:2]} == {((0,), (0,)), ((0,), (1,))}


def test_no_more_than_asked_for() -> None:
    assert len(alternatives(LIKENESS, link((0,), (0, 1)), most=1)) == 1


def test_deleted_and_inserted_that_may_belong_together() -> None:
    (pair,) = together(LIKENESS, [1, 2], [2, 3], set(), most=5)
    assert (pair.old, pair.new) == ((1,), (2,))
    assert together(LIKENESS, [1, 2], [2, 3], {(1, 2)}, most=5) == ()
