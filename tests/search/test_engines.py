"""The two engines over the same entries: each finds what a plain reading of the texts finds, hit by hit."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from databases import open_databases
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from gcmtext.search.embedded.engine import EmbeddedEngine
from gcmtext.search.engine import Engine, TooLong
from gcmtext.search.entry import Entry
from gcmtext.search.postgresql.engine import SETTINGS, PostgresqlEngine
from gcmtext.search.question import (
    Dated,
    Has,
    Most,
    Near,
    Node,
    Order,
    Phrase,
    Question,
    Words,
)
from gcmtext.text.analysis import forms, inflections, stem
from gcmtext.text.joined import All, Any, Not

PUBLIC, SECRET = "corpus", "revision:1"
TEXTS = [
    ("en", "States shall keep every light on their coasts, as stated in resolution A/RES/61/7."),
    ("en", "Every State that keeps lights shall report a light that is out; lights are kept by keepers."),
    (
        "en",
        "Recalling resolution 61/7 and resolution 61/71, States' well-being and the well being of keepers,",
    ),
    ("fr", "Les États entretiennent les feux de leurs côtes ; l’entretien des feux est l'affaire des États."),
    ("es", "Los Estados mantendrán las luces de sus costas el próximo año."),
    ("ru", "Государства содержат огни на своих берегах; государствам надлежит сообщать об огнях."),
    ("ar", "تحافظ الدول على الأضواء على سواحلها، والدول الأعضاء تُبلغ عن كل ضوء."),
    ("zh", "各国应保持其海岸上的每一盏灯，联合国大会重申各国的承诺。"),
    ("pt", "Os Estados mantêm as luzes."),
]


def entry(number: int, text: str, language: str = "en", circle: str = PUBLIC) -> Entry:
    kind = "numbered" if number % 2 else "preambular"
    return Entry(number, language, text, (("kind", kind), ("year", str(2000 + number))), (circle,), number)


LIBRARY = {
    "corpus:1": [entry(n, text, language) for n, (language, text) in enumerate(TEXTS[:5], 1)],
    "corpus:2": [entry(n, text, language) for n, (language, text) in enumerate(TEXTS[5:], 6)],
    "revision:1": [entry(12, "Every secret light shall be kept.", circle=SECRET)],
}


@pytest.fixture(params=["embedded", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from opened(request.param, tmp_path)


def opened(name: str, folder: Path) -> Iterator[Engine]:
    if name == "embedded":
        yield EmbeddedEngine(folder / "index")
        return
    with open_databases("postgresql", folder) as databases, databases.one() as url:
        database = create_engine(url)
        yield PostgresqlEngine(database)
        database.dispose()


@pytest.fixture
def library(engine: Engine) -> Engine:
    engine.index(LIBRARY)
    return engine


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    folder = tmp_path_factory.mktemp("both")
    for one in opened("embedded", folder):
        for other in opened("postgresql", folder):
            yield one, other


def found(
    engine: Engine, node: Node, circles: Sequence[str] = (PUBLIC,), **more: object
) -> list[tuple[str, int]]:
    answer = engine.query(Question(node, tuple(circles), **more))  # type: ignore[arg-type]
    assert answer.total >= len(answer.hits)
    return [(hit.object, hit.index) for hit in answer.hits]


def numbers(engine: Engine, node: Node, circles: Sequence[str] = (PUBLIC,)) -> list[int]:
    return sorted(index for _, index in found(engine, node, circles))


def phrase(text: str) -> Phrase:
    parts = forms(text)[0]
    return Phrase(tuple((at, Words((form,))) for at, form in enumerate(parts)), len(parts))


def test_words_are_found_by_form_and_by_stem_of_their_language(library: Engine) -> None:
    assert numbers(library, Words(("lights",))) == [2]
    assert numbers(library, Words((stem("lights", "en"),))) == [1, 2]
    assert numbers(library, Words((stem("государство", "ru"),))) == [6]
    assert numbers(library, Words((stem("الدول", "ar"),))) == [7]
    assert numbers(library, Words(("灯", "feux"))) == [4, 8]
    assert numbers(library, Words(())) == []


def test_symbols_are_found_whole_and_from_each_slash_on(library: Engine) -> None:
    assert numbers(library, Words(("a/res/61/7",))) == [1]
    assert numbers(library, Words(("61/7",))) == [1, 3]
    assert numbers(library, Words(("61",))) == [1, 3]


def test_phrases_are_words_one_after_another(library: Engine) -> None:
    assert numbers(library, phrase("联合国大会")) == [8]
    assert numbers(library, phrase("国联")) == []
    assert numbers(library, phrase("well being")) == [3]
    assert numbers(library, phrase("l'entretien des feux")) == [4]
    assert numbers(library, phrase("kept by keepers")) == [2]
    assert numbers(library, phrase("keepers recalling")) == []


def test_near_is_within_so_many_words_either_way(library: Engine) -> None:
    keepers, light = Words(("keepers",)), Words(("light",))
    assert numbers(library, Near(keepers, light, 8)) == [2]
    assert numbers(library, Near(light, keepers, 8)) == [2]
    assert numbers(library, Near(keepers, light, 7)) == []
    assert numbers(library, Near(phrase("that is out"), phrase("are kept"), 2)) == [2]
    assert numbers(library, Near(phrase("that is out"), phrase("are kept"), 1)) == []
    assert numbers(library, Near(light, light, 3)) == []


def test_all_any_and_not(library: Engine) -> None:
    light, keepers = Words(("light",)), Words(("keepers",))
    assert numbers(library, All((light, Not(keepers)))) == [1]
    assert numbers(library, Any((light, keepers))) == [1, 2, 3]
    assert numbers(library, All(())) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert numbers(library, Any(())) == []
    assert numbers(library, All((light, Dated(2, 2)))) == [2]


def test_what_somebody_may_not_see_is_neither_found_nor_counted(library: Engine) -> None:
    secret = Words(("secret",))
    assert numbers(library, secret) == []
    assert numbers(library, secret, (SECRET,)) == [12]
    everything = library.query(Question(All(()), (PUBLIC,), counted=("year", "object")))
    assert "2012" not in everything.counts["year"]
    assert everything.counts["object"] == {"corpus:1": 5, "corpus:2": 4}
    assert library.counts([All(()), secret], (PUBLIC, SECRET)) == [10, 1]
    assert library.counts([], (PUBLIC,)) == []
    assert library.query(Question(All(()), ())).total == 0


def test_a_facet_is_counted_as_if_nothing_were_chosen_in_it(library: Engine) -> None:
    answer = library.query(
        Question(All(()), (PUBLIC,), filters=(("kind", ("numbered",)),), counted=("kind", "year"))
    )
    assert answer.total == 5
    assert answer.counts["kind"] == {"numbered": 5, "preambular": 4}
    assert sum(answer.counts["year"].values()) == 5


def test_hits_come_in_order_some_at_a_time(library: Engine) -> None:
    newest = found(library, All(()), order=Order.NEWEST, limit=4)
    assert [index for _, index in newest] == [9, 8, 7, 6]
    assert found(library, All(()), order=Order.NEWEST, offset=3, limit=2) == [
        ("corpus:2", 6),
        ("corpus:1", 5),
    ]
    assert [index for _, index in found(library, All(()), order=Order.OLDEST, limit=2)] == [1, 2]
    assert found(library, Words(("lights",)))[0] == ("corpus:1", 2)


def test_putting_in_replaces_and_taking_out_leaves_nothing(library: Engine) -> None:
    library.index({"corpus:1": [entry(1, "Towers shall be painted.")]})
    assert numbers(library, Words(("light",))) == []
    assert numbers(library, Words(("towers",))) == [1]
    library.remove(["corpus:1", "corpus:99"])
    assert {name: held.entries for name, held in library.objects().items()} == {
        "corpus:2": 4,
        "revision:1": 1,
    }


def test_a_rebuild_holds_what_it_is_given_and_no_more(library: Engine) -> None:
    library.rebuild(iter([("corpus:3", [entry(1, "Towers shall be painted.")])]))
    assert library.objects() == {"corpus:3": (1, 0)}
    assert library.words("tow") == ["towers"]
    assert library.values("kind") == ["numbered"]


def test_words_of_a_beginning_come_in_order(library: Engine) -> None:
    assert library.words("keep") == ["keep", "keepers", "keeps"]
    assert library.words("") == sorted(library.words(""))


def test_patterns_stand_for_words_in_order(library: Engine) -> None:
    assert library.matching("keep*", 9) == ["keep", "keepers", "keeps"]
    assert library.matching("*ee*", 2) == ["keep", "keepers"]
    assert library.matching("l?ght", 9) == ["light"]
    assert library.matching("?", 9) == library.matching("?", 99)[:9]
    assert "灯" in library.matching("?", 99)
    library.index({"corpus:5": [entry(1, "https://un.org/a_b%c/[d]\\e?f=1 and https://un.org/axb%c/1")]})
    assert len(library.matching("https://un.org/a_b%*", 9)) == 1
    assert len(library.matching("https*[d]\\e*", 9)) == 1


def test_passages_are_entries_with_enough_of_their_words(library: Engine) -> None:
    words = [Words(inflections(form)) for form in ("light", "kept", "keeper", "reports", "sea")]
    assert numbers(library, Most(tuple(words), 3)) == [2]
    assert numbers(library, Most(tuple(words), 1)) == [1, 2, 3]
    assert numbers(library, All((Most(tuple(words), 1), Dated(2, 9)))) == [2, 3]
    assert numbers(library, Not(Most(tuple(words), 1))) == [4, 5, 6, 7, 8, 9]
    # The same stem of two words counts for both, two forms of one word count once.
    both = (Words(("en~light", "fr~light")), Words(("en~light", "es~light")), Words(("light", "lights")))
    assert numbers(library, Most(both, 3)) == [1, 2]
    assert numbers(library, Most(both, 4)) == []


def test_very_many_words_are_found_wherever_they_are_asked_for(library: Engine) -> None:
    many = Words((*(f"aa{number:04}" for number in range(3_000)), "light"))
    others = Words((*(f"bb{number:04}" for number in range(3_000)), "keepers", "lights"))
    assert numbers(library, many) == [1, 2]
    assert numbers(library, All((many, others))) == [2]
    assert numbers(library, Any((many, phrase("well being")))) == [1, 2, 3]
    assert numbers(library, Any((many, others))) == [1, 2, 3]
    assert numbers(library, All((Not(many), others))) == [3]
    assert numbers(library, All((many, phrase("that is out")))) == [2]
    assert library.counts([many, All((many, others))], (PUBLIC,)) == [2, 1]
    years = Has("year", tuple(map(str, (2001, 2002, *range(9_000, 9_999)))))
    assert numbers(library, All((years, others))) == [2]


def test_what_cannot_be_written_in_a_query_language_is_only_a_word(library: Engine) -> None:
    hostile = "'\\:*&|!<->()\""
    assert numbers(library, Words((hostile,))) == []
    library.index({"corpus:4": [entry(1, "See https://un.org/a'b\\c:1?d=(2)&e=3 for more")]})
    [address] = {whole.form for whole in forms("https://un.org/a'b\\c:1?d=(2)&e=3")[1]}
    assert numbers(library, Words((address,))) == [1]


WORDS = st.sampled_from(["light", "lights", "keeper", "state", "states", "shall", "国", "联"])
LEAVES = st.builds(Words, st.lists(WORDS, max_size=2, unique=True).map(tuple)) | st.lists(
    WORDS, min_size=2, max_size=3
).map(lambda forms: Phrase(tuple((at, Words((form,))) for at, form in enumerate(forms)), len(forms)))
NODES = st.recursive(
    LEAVES
    | st.builds(Near, LEAVES, LEAVES, st.integers(1, 4))
    | st.builds(
        Most,
        st.lists(st.builds(Words, st.tuples(WORDS)), min_size=1, max_size=5).map(tuple),
        st.integers(1, 3),
    )
    | st.just(Has("kind", ("numbered",)))
    | st.just(Dated(2, 5)),
    lambda nodes: (
        st.lists(nodes, max_size=3).map(lambda of: All(tuple(of)))
        | st.lists(nodes, max_size=3).map(lambda of: Any(tuple(of)))
        | nodes.map(Not)
    ),
    max_leaves=5,
)


def matches(node: Node, entry: Entry) -> bool:
    """Return whether an entry matches, found by reading it word by word."""
    match node:
        case Has(name, values):
            return any((name, value) in entry.facets for value in values)
        case Dated(first, last):
            return first <= entry.day <= last
        case All(of):
            return all(matches(each, entry) for each in of)
        case Any(of):
            return any(matches(each, entry) for each in of)
        case Most(of, least):
            return sum(bool(places(each, entry)) for each in of) >= least
        case Not(of):
            return not matches(of, entry)
        case Near(one, other, within):
            return any(
                0 < b[0] - a[1] <= within or 0 < a[0] - b[1] <= within
                for a in places(one, entry)
                for b in places(other, entry)
            )
        case _:
            return bool(places(node, entry))


def places(node: Words | Phrase, entry: Entry) -> list[tuple[int, int]]:
    """Return where words or a phrase stand: from which position to which."""
    parts = forms(entry.text)[0]
    if isinstance(node, Words):
        return [(at, at) for at, form in enumerate(parts) if form in node.any_of]
    return [
        (at, at + node.size - 1)
        for at in range(len(parts))
        if all(at + off < len(parts) and parts[at + off] in words.any_of for off, words in node.words)
    ]


@settings(max_examples=60)
@given(
    st.lists(st.lists(WORDS, max_size=7).map(" ".join), min_size=1, max_size=6),
    st.lists(NODES, min_size=1, max_size=4),
)
def test_both_find_hit_by_hit_what_reading_finds(
    both: tuple[Engine, Engine], texts: list[str], nodes: list[Node]
) -> None:
    entries = [entry(number, text) for number, text in enumerate(texts, 1)]
    for engine in both:
        engine.rebuild([("corpus:1", entries[::2]), ("corpus:2", entries[1::2])])
    for node in nodes:
        asked = Question(node, (PUBLIC,), counted=("kind",), order=Order.NEWEST, limit=50)
        answers = [engine.query(asked) for engine in both]
        expected = [entry for entry in reversed(entries) if matches(node, entry)]
        for answer in answers:
            assert [hit.index for hit in answer.hits] == [entry.index for entry in expected]
            assert answer.total == len(expected)
            assert answer.counts["kind"] == Counter(dict(entry.facets)["kind"] for entry in expected)


def test_a_question_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(SETTINGS, "statement_timeout", "1ms")
    for engine in opened("postgresql", tmp_path):
        text = " ".join(f"light{number}" for number in range(300))
        engine.index({"corpus:1": [entry(number, text) for number in range(300)]})
        with pytest.raises(TooLong):
            engine.query(Question(phrase(text[:2000]), (PUBLIC,)))


def test_many_small_changes_leave_few_segments(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    for number in range(40):
        engine.index({f"corpus:{number}": [entry(number, f"Light {number} shall be kept.")]})
    engine.remove([f"corpus:{number}" for number in range(0, 40, 2)])
    assert numbers(engine, Words(("light",))) == list(range(1, 40, 2))
    files = [path.name for path in (tmp_path / "index").iterdir() if path.suffix == ".pst"]
    assert len(files) < 16


def test_another_process_sees_a_commit_at_once(tmp_path: Path) -> None:
    one, other = EmbeddedEngine(tmp_path / "index"), EmbeddedEngine(tmp_path / "index")
    one.index({"corpus:1": [entry(1, "Every light shall be kept.")]})
    assert numbers(other, Words(("light",))) == [1]
    other.index({"corpus:1": []})
    assert numbers(one, Words(("light",))) == []


def test_a_folder_that_somebody_has_removed_is_made_again(tmp_path: Path) -> None:
    one, other = EmbeddedEngine(tmp_path / "index"), EmbeddedEngine(tmp_path / "index")
    one.index({"corpus:1": [entry(1, "Every light shall be kept.")]})
    assert numbers(one, Words(("light",))) == [1]
    shutil.rmtree(tmp_path / "index")
    assert not other.is_made()
    with other.turn(0) as ours:
        assert ours
        other.index({"corpus:2": [entry(2, "Every light shall be kept.")]})
    assert numbers(one, Words(("light",))) == numbers(other, Words(("light",))) == [2]


def test_threads_that_ask_at_once_find_what_each_would_alone(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.index({"corpus:1": [entry(number, f"Light {number}a shall be kept.") for number in range(1_000)]})
    nodes = [Words((f"{number}a",)) for number in range(1_000)]
    turns, interval = 8, sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(turns) as threads:
            counted = list(threads.map(lambda turn: engine.counts(nodes[turn:], (PUBLIC,)), range(turns)))
    finally:
        sys.setswitchinterval(interval)
    assert counted == [[1] * (1_000 - turn) for turn in range(turns)]
