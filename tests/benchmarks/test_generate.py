from collections import Counter

import pytest

from benchmarks.case import Case
from benchmarks.generate import LANGUAGES, PROFILES, Profile, as_markdown, as_text, generate
from gcmtext.text.model import Kind


def words(text: str) -> Counter[str]:
    return Counter(text.lower().replace(",", " ").replace(";", " ").replace(".", " ").split())


@pytest.fixture(params=PROFILES, scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    profile: Profile = request.param
    return generate(7, profile)


def test_the_same_arguments_make_the_same_case() -> None:
    assert generate(3, "heavy") == generate(3, "heavy")
    assert generate(3, "heavy") != generate(4, "heavy")


def test_the_old_text_has_the_size_and_the_parts_of_a_compact(case: Case) -> None:
    kinds = Counter(p.kind for p in case.old)
    assert len(case.old) == 296
    assert 12_500 < sum(len(p.text.split()) for p in case.old) < 15_500
    assert kinds[Kind.SUBPARAGRAPH] == 190
    assert kinds[Kind.CHAPEAU] == 23
    assert len({p.text for p in case.old if p.kind is Kind.CHAPEAU}) == 1
    assert [p.index for p in case.new] == list(range(len(case.new)))


def test_every_paragraph_is_linked_inserted_or_deleted(case: Case) -> None:
    assert {i for i, _ in case.links} | case.deleted == set(range(len(case.old)))
    assert {j for _, j in case.links} | case.inserted == set(range(len(case.new)))
    assert case.moves | case.rewrites <= case.links
    assert all((i, j) in case.links for i, parts in case.splits for j in parts)
    assert all((i, j) in case.links for parts, j in case.mergers for i in parts)
    assert case.edits.keys() == case.links


def test_what_nothing_was_done_to_has_the_same_words(case: Case) -> None:
    untouched = [pair for pair, done in case.edits.items() if set(done) <= {"moved in a block", "swapped"}]
    assert len(untouched) > 50
    assert all(case.old[i].text == case.new[j].text for i, j in untouched)


def test_a_rewritten_paragraph_keeps_between_three_and_five_words_in_ten(case: Case) -> None:
    alone = [(i, j) for i, j in case.rewrites if case.edits[i, j] == ("rewritten",)]
    assert alone
    for i, j in alone:
        old, new = words(case.old[i].text), words(case.new[j].text)
        share = (old & new).total() / max(old.total(), new.total())
        assert 0.25 <= share <= 0.6


def test_the_parts_of_a_split_hold_the_words_of_the_whole(case: Case) -> None:
    for i, parts in case.splits:
        whole = words(case.old[i].text)
        for j in parts:
            assert (whole & words(case.new[j].text)).total() >= 3


def test_labels_are_printed_once_in_each_objective() -> None:
    for seed in (0, 1):
        case = generate(seed, "brutal")
        seen: set[str] = set()
        for p in case.new:
            if p.kind is Kind.HEADING:
                seen = set()
            if p.kind in (Kind.SUBPARAGRAPH, Kind.NUMBERED):
                assert p.label
                assert p.label not in seen
                seen.add(p.label)
    assert any("bis" in p.label for p in generate(0, "brutal").new)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lineage_is_the_same_in_every_script(language: str) -> None:
    case = generate(1, "light", language=language)
    assert case.links == generate(1, "light").links
    same = [(i, j) for (i, j), done in case.edits.items() if not done]
    assert all(case.old[i].text == case.new[j].text for i, j in same)


def test_a_language_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of"):
        generate(1, "light", language="tlh")


def test_as_a_file_the_labels_are_printed() -> None:
    case = generate(1, "light")
    assert "\n\n(a) " in as_text(case.old)
    assert "\n\n## OBJECTIVE 1: " in as_markdown(case.old)
    assert as_text(case.old).count("\n\n") == len(case.old) - 1
