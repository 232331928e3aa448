from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gcmtext.text.diff import diff, diff_paragraphs, word_counts
from gcmtext.text.model import Changes
from gcmtext.text.tokens import is_space, tokens, words

VOCABULARY = {
    "en": "States shall promote the rights of migrants and their well-being , and women in 2030 ( 12.5 % ) ;",
    "fr": "Les États s’engagent à protéger l’être humain d’ici à 2030 , « les droits » et non-dits ;",
    "es": "Los Estados promoverán los derechos de las personas , así como la educación — y 1,000 niños ;",
    "ru": "Государства поощряют права мигрантов , включая женщин и детей , в соответствии с A/RES/71/1 ;",
    "ar": "تُعزِّز الدول حقوق جميع المهاجرين ، بما في ذلك النساء والأطفال و المتحــدة ؛ 2030",
    "zh": "各国 应 促进 所有 移民 的 权利 ， 包括 妇女 和 儿童 的 权利 ； 2030 年",
}
ODD = "👩‍🏫 🇫🇷 e\u0301te\u0301 \u0301 \ud800 𠮷野 नमस्ते _ ... \x00 \ufb01".split(" ")
SPACES = ["\u200f", "\n", "\u00a0", "  ", "\t", "\u2029"]
EVERYTHING = [*" ".join(VOCABULARY.values()).split(" "), *ODD, *SPACES]


def sentences(vocabulary: list[str], separators: list[str]) -> st.SearchStrategy[list[str]]:
    token = st.tuples(st.sampled_from(vocabulary), st.sampled_from(separators)).map("".join)
    return st.lists(token, max_size=40)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts in one of the languages or in all, the second the first with cuts, moves and insertions."""
    language = draw(st.sampled_from([*VOCABULARY, "all"]))
    if language == "all":
        pieces = sentences(EVERYTHING, [" ", "", "\n"])
    else:
        pieces = sentences(VOCABULARY[language].split(), [""] if language == "zh" else [" "])
    old = draw(pieces)
    new = list(old)
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(new)))
        end = min(len(new), start + draw(st.integers(0, 6)))
        new[start:end] = draw(st.one_of(pieces.map(lambda found: found[:8]), st.just(old[:end])))
    return "".join(old), "".join(new)


def units(text: str) -> list[str]:
    return [token for token in tokens(text) if not is_space(token)]


def check(old: str, new: str, changes: Changes) -> None:
    assert "".join(text for operation, text in changes if operation != "insert") == old
    assert "".join(text for operation, text in changes if operation != "delete") == new
    assert all(text for _, text in changes)
    following = {operation: set[str]() for operation in ("equal", "delete", "insert")}
    for (operation, text), (next_operation, next_text) in pairwise(changes):
        following[operation].add(next_operation)
        if (operation, next_operation) == ("delete", "insert"):
            deleted, inserted = units(text), units(next_text)
            assert not deleted or not inserted or (deleted[0] != inserted[0] and deleted[-1] != inserted[-1])
    assert following["equal"] <= {"delete", "insert"}
    assert following["delete"] <= {"equal", "insert"}
    assert following["insert"] <= {"equal"}
    for side, text in (("insert", old), ("delete", new)):
        cut = [unit for operation, part in changes if operation != side for unit in units(part)]
        assert cut == units(text)


@settings(max_examples=300)
@given(revisions())
@example(("", "")).via("nothing")
@example((" ", "\u00a0")).via("only white space")
@example((" a", "a ")).via("white space at the ends")
@example(("a", "")).via("all deleted")
@example(("", " a ")).via("all inserted")
@example(("a b a b", "b a b a")).via("repeated words")
def test_both_texts_read_back_and_no_word_is_cut(texts: tuple[str, str]) -> None:
    old, new = texts
    changes = diff(old, new)
    check(old, new, changes)
    assert diff(old, new) == changes
    if old == new:
        assert changes == ((("equal", old),) if old else ())


@settings(max_examples=300)
@given(st.text(), st.text())
def test_any_text(old: str, new: str) -> None:
    check(old, new, diff(old, new))


@settings(max_examples=100)
@given(revisions())
def test_words_are_counted_once(texts: tuple[str, str]) -> None:
    old, new = texts
    deleted, inserted, kept = word_counts(diff(old, new))
    assert deleted + kept == len(words(old))
    assert inserted + kept == len(words(new))


@settings(max_examples=100)
@given(st.lists(revisions(), max_size=4), st.permutations(range(4)))
def test_paragraphs_read_back_in_any_order(pairs: list[tuple[str, str]], order: list[int]) -> None:
    old = [old for old, _ in pairs]
    new = [pairs[at][1] for at in order if at < len(pairs)]
    changes = diff_paragraphs(old, new)
    check("\n".join(old), "\n".join(new), changes)


def marked(changes: Changes) -> str:
    """Changes as one reads them: [-deleted-]{+inserted+}."""
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[operation].format(text) for operation, text in changes)


def sides(text: str) -> tuple[str, str]:
    """The old and the new text of a marked one."""
    old = new = text
    for opening, closing, keep_old in (("[-", "-]", True), ("{+", "+}", False)):
        old, new = (
            _strip(side, opening, closing, keep) for side, keep in ((old, keep_old), (new, not keep_old))
        )
    return old, new


def _strip(text: str, opening: str, closing: str, keep: bool) -> str:
    first, *rest = text.split(opening)
    return first + "".join(
        (inside if keep else "") + after for inside, _, after in (p.partition(closing) for p in rest)
    )


LIGHT = [
    "States [-shall-]{+should+} protect all migrants.",
    "States shall{+, as appropriate,+} protect all migrants.",
    "women[-,-] men and boys",
    "women{+,+} men and boys",
    'the [-"-]{+“+}rights[-"-]{+”+} of the child',
    "[-We-]{+we+} commit to act.",
    "In 2018[-;-]{+,+} States met.",
    "by [-10 %-]{+20 %+} before 2030",
    "in gender{+-+} and age-responsive ways",
    "pursuant to resolution [-A/RES/71/1-]{+A/RES/73/195+}.",
    "The Assembly meets[- again-].",
    "on [-18-]{+16+} December [-2019-]{+2021+}",
    "Les États [-devront-]{+devraient+} protéger l’être humain ;",
    "los derechos [-humanos -]de las personas migrantes",
    "Государства [-будут-]{+должны+} поощрять права",
    "تعزز الدول [-جميع -]حقوق المهاجرين",
    "تهيب {+كذلك +}بالدول أن تحمي حقوق الإنسان",
    "各国应促进妇女{+和女童+}的权利",
    "到[-2030-]{+2035+}年，[-确保-]{+保障+}权利",
]

PLACED = [
    "of women {+and girls +}and boys",
    "of women {+and of girls +}and of men",
    "women, {+girls, +}men and boys",
    "to protect {+the rights of women and +}the rights of girls",
    "Rights are held by all.{+ Rights are for all.+}",
    "We met. {+We agreed. +}We left.",
    "States (as members) {+(as parties) +}agree",
    "for children {+(under 12) +}(over 3)",
    "妇女、{+儿童、+}老人",
]

REWRITTEN = [
    "We [-commit to take every possible step for an end of child labour-]"
    "{+resolve that no minor of any origin will work+}.",
    "States [-will see to the return-]"
    "{+must, through fair and speedy procedures, guard the dignity+}"
    " of migrants.",
    "有组织[-本国-]{+国内+}实体",
    "为[-促-]{+推+}进妇女权利",
]


@pytest.mark.parametrize("expected", LIGHT)
def test_a_light_edit_marks_no_more_than_it_changes(expected: str) -> None:
    assert marked(diff(*sides(expected))) == expected


@pytest.mark.parametrize("expected", PLACED)
def test_an_insertion_and_a_deletion_begin_and_end_where_clauses_do(expected: str) -> None:
    old, new = sides(expected)
    assert marked(diff(old, new)) == expected
    assert [text for _, text in diff(new, old)] == [text for _, text in diff(old, new)]


@pytest.mark.parametrize("expected", REWRITTEN)
def test_a_rewritten_clause_is_one_change(expected: str) -> None:
    assert marked(diff(*sides(expected))) == expected


def test_a_split_shows_the_boundary() -> None:
    assert diff_paragraphs(["We met. We agreed."], ["We met.", "We agreed."]) == (
        *(("equal", "We met."), ("delete", " "), ("insert", "\n"), ("equal", "We agreed.")),
    )


def test_a_merger_shows_the_boundary() -> None:
    assert diff_paragraphs(["We met;", "we agreed."], ["We met; we agreed."]) == (
        *(("equal", "We met;"), ("delete", "\n"), ("insert", " "), ("equal", "we agreed.")),
    )


def test_a_paragraph_put_in_shows_with_its_boundary() -> None:
    assert marked(diff_paragraphs(["One.", "Three."], ["One.", "Two.", "Three."])) == "One.\n{+Two.\n+}Three."


@pytest.mark.slow
def test_sixty_two_thousand_different_words() -> None:
    old = [f"word{n}" for n in range(62_000)]
    new = ["first", *(word for n, word in enumerate(old) if n % 1000 != 500), "last"]
    changes = diff(" ".join(old), " ".join(new))
    check(" ".join(old), " ".join(new), changes)
    assert word_counts(changes) == (62, 2, 61_938)


@pytest.mark.slow
def test_thirty_thousand_words_rewritten() -> None:
    old = " ".join(f"old{n % 9000}" for n in range(30_000))
    new = " ".join(f"new{n % 9000}" for n in range(30_000))
    assert diff(old, new) == (("delete", old), ("insert", new))
