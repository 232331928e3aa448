"""From what was typed to what is asked of an engine."""

from pathlib import Path

import pytest

from gcmtext.search.embedded.engine import EmbeddedEngine
from gcmtext.search.engine import Engine
from gcmtext.search.entry import Entry
from gcmtext.search.plan import MOST_WORDS, close_to, plan
from gcmtext.search.question import Dated, Has, Most, Near, Node, Phrase, Words
from gcmtext.text.analysis import inflections
from gcmtext.text.joined import All, Any, Not
from gcmtext.text.query import read_query

FACETS = (("body", "General Assembly"), ("language", "en"), ("symbol", "A/RES/61/7"))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = EmbeddedEngine(tmp_path / "index")
    text = "Every light shall be lit, and lighthouses with it; lightships as well, as in A/RES/61/7."
    made.index({"corpus:1": [Entry(0, "en", text, FACETS, ("corpus",), 730_000)]})
    return made


def words(*forms: str) -> Words:
    return Words(forms)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("light", Words(inflections("light"))),
        ("=light", words("light")),
        ("light*", words("light", "lighthouses", "lightships")),
        ("l?t", words("lit")),
        ("*ships", words("lightships")),
        ("nothing*", words()),
        ("lightt~1", words("light")),
        ('"every light"', Phrase(((0, words("every")), (1, words("light"))), 2)),
        (
            '"every light*"',
            Phrase(((0, words("every")), (1, words("light", "lighthouses", "lightships"))), 2),
        ),
        ('"every light?"', Phrase(((0, words("every")), (1, words("light"))), 2)),
        ('"every l?t"', Phrase(((0, words("every")), (1, words("lit"))), 2)),
        ("=every NEAR/3 =lit", Near(words("every"), words("lit"), 3)),
        ("=light OR =lit", Any((words("light"), words("lit")))),
        ("=light -=lit", All((words("light"), Not(words("lit"))))),
        ("body:general*", Has("body", ("General Assembly",))),
        ("language:English", Has("language", ("en",))),
        ("symbol:a/res/61/7", Has("symbol", ("A/RES/61/7",))),
        ("body:council", Has("body", ())),
        ("date:2000", Dated(730_120, 730_485)),
        ("", All(())),
    ],
)
def test_what_is_typed_is_resolved(engine: Engine, typed: str, expected: Node) -> None:
    assert plan(read_query(typed), engine).node == expected


def test_exact_leaves_inflections_out(engine: Engine) -> None:
    assert plan(read_query("lights"), engine, exact=True).node == words("lights")


def test_a_symbol_is_one_word(engine: Engine) -> None:
    assert plan(read_query("A/RES/61/7"), engine).node == words("a/res/61/7")


def test_a_passage_is_enough_of_its_longest_words(engine: Engine) -> None:
    node = plan(
        read_query("Every light shall be lit (at dusk), under the item “Lights”, every night;"), engine
    ).node
    assert isinstance(node, Most)
    assert node.least == int(0.4 * len(node.of))
    assert len(node.of) == len(set(node.of))
    long = " ".join(f"{'lighthouse' * 3}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    node = plan(read_query(f"the {long} shall be of light and lit"), engine).node
    assert isinstance(node, Most)
    assert len(node.of) == 24
    assert Words(inflections("the")) not in node.of


def test_a_passage_of_characters_is_enough_of_them(engine: Engine) -> None:
    typed = "各国应保持其海岸上的每一盏灯 各国 应保持 其海岸 上的 每一盏 灯光 明亮"
    node = plan(read_query(typed), engine).node
    assert isinstance(node, Most)
    assert Words(("灯",)) in node.of


def test_all_patterns_of_a_question_together_stand_for_so_many_words(tmp_path: Path) -> None:
    many = EmbeddedEngine(tmp_path / "many")
    text = " ".join(f"{letter}{number:04}" for letter in "abcde" for number in range(MOST_WORDS))
    entries = [
        Entry(n, "en", text[start : start + 18_000], (), ("corpus",))
        for n, start in enumerate(range(0, 60_000, 18_000))
    ]
    many.index({"corpus:1": entries})
    planned = plan(read_query("a* b* c* d* a*"), many)
    assert isinstance(planned.node, All)
    sizes = [len(words.any_of) for words in planned.node.of if isinstance(words, Words)]
    assert sizes == [2_000, 2_000, 2_000, 50]
    assert "more than 50 words" in planned.notices[0]


def test_a_pattern_stands_for_so_many_words_and_no_more(tmp_path: Path) -> None:
    many = EmbeddedEngine(tmp_path / "many")
    text = " ".join(f"aa{number:04}" for number in range(MOST_WORDS + 5))
    many.index({"corpus:1": [Entry(0, "en", text, (), ("corpus",))]})
    planned = plan(read_query("aa*"), many)
    assert isinstance(planned.node, Words)
    assert len(planned.node.any_of) == MOST_WORDS
    assert "more than 2,000 words" in planned.notices[0]


def test_words_that_are_spelt_nearly_so_come_the_closest_first() -> None:
    assert close_to("light", ["lights", "light", "right", "heights", "a1"], 2) == [
        ("light", 0),
        ("lights", 1),
        ("right", 1),
    ]
