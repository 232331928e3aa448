"""Lineage over several steps."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from lineages import alignments, assert_total, pairs, paragraphs, texts

from gcmtext.text.compose import compose
from gcmtext.text.corrections import DECIDED
from gcmtext.text.model import Alignment, Evidence, Link, LinkKind

WEAK = Evidence(0.3, 0.3, 0.0, False, 0.2)
ONE = paragraphs("Keep the lights.", "Ring the bells. Sound the horns.", "Paint the towers.")
TWO = paragraphs("Keep the lights.", "Ring the bells.", "Sound the horns.", "Paint the towers.")
THREE = paragraphs("Paint the towers.", "Keep the lights. Ring the bells.", "Sound the horns.")


def links(*made: tuple[tuple[int, ...], tuple[int, ...], float]) -> tuple[Link, ...]:
    return tuple(Link(o, n, LinkKind.EDITED, c, DECIDED if c > 0.8 else WEAK) for o, n, c in made)


def test_through_a_split_and_a_merger() -> None:
    first = Alignment(links(((0,), (0,), 1.0), ((1,), (1, 2), 0.9), ((2,), (3,), 1.0)), (), ())
    second = Alignment(links(((3,), (0,), 1.0), ((0, 1), (1,), 0.6), ((2,), (2,), 1.0)), (), ())
    result = compose([first, second], ONE, THREE)
    assert_total(result, ONE, THREE)
    assert [(k.old, k.new, k.kind) for k in result.links] == [
        ((2,), (0,), LinkKind.MOVED),
        ((0, 1), (1, 2), LinkKind.MERGED),
    ]
    assert (result.links[1].confidence, result.links[1].evidence) == (0.6, WEAK)


def test_what_comes_and_goes_on_the_way_is_in_neither() -> None:
    first = Alignment(links(((0,), (0,), 1.0)), inserted=(1, 2, 3), deleted=(1, 2))
    second = Alignment(links(((1,), (1,), 1.0)), inserted=(0, 2), deleted=(0, 2, 3))
    result = compose([first, second], ONE, THREE)
    assert result == Alignment((), (0, 1, 2), (0, 1, 2))


@settings(max_examples=60)
@given(st.data())
def test_every_paragraph_has_its_place(data: st.DataObject) -> None:
    states = [data.draw(texts()) for _ in range(data.draw(st.integers(2, 4)))]
    steps = [data.draw(alignments(a, b)) for a, b in pairwise(states)]
    result = compose(steps, states[0], states[-1])
    assert_total(result, states[0], states[-1])
    assert pairs(result) >= through([pairs(step) for step in steps])


@settings(max_examples=60)
@given(st.data())
def test_of_one_step_it_is_the_step(data: st.DataObject) -> None:
    old, new = data.draw(texts()), data.draw(texts())
    step = data.draw(alignments(old, new))
    result = compose([step], old, new)
    assert [(k.old, k.new, k.confidence) for k in result.links] == [
        (k.old, k.new, k.confidence) for k in step.links
    ]
    assert (result.inserted, result.deleted) == (step.inserted, step.deleted)


def through(steps: list[set[tuple[int, int]]]) -> set[tuple[int, int]]:
    joined = steps[0]
    for step in steps[1:]:
        joined = {(i, k) for i, j in joined for other, k in step if other == j}
    return joined
