"""The demonstration negotiation is what its README says, and its lineage is whole."""

import json
import re
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import yaml

from gcmtext.formats import read_file
from gcmtext.resources import drafts_dir
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.segment import segment

DRAFTS = drafts_dir()
NAMES = ("1-zero-draft", "2-zero-draft-plus", "3-rev-1", "4-rev-2", "5-rev-3", "6-final-draft")
CLEAN = ("1-zero-draft", "2-zero-draft-plus", "6-final-draft")
WITH_SUFFIXES = ("3-rev-1", "5-rev-3")
CHAPEAU = "To realize this commitment, we will draw from the following actions:"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")

Step = dict[str, Any]
Link = dict[str, Any]


@cache
def draft(name: str) -> Document:
    return segment(read_file(DRAFTS / f"{name}.md"))


def lineage() -> list[Step]:
    steps: list[Step] = json.loads((DRAFTS / "lineage.json").read_text(encoding="utf-8"))
    return steps


STEPS = pytest.mark.parametrize("step", lineage(), ids=lambda step: f"{step['old']} to {step['new']}")
DOCUMENTS = pytest.mark.parametrize("name", NAMES)


def linked(step: Step, kind: str) -> list[Link]:
    return [link for link in step["links"] if link["kind"] == kind]


def one_to_one(step: Step) -> list[tuple[int, int]]:
    return [
        (link["old"][0], link["new"][0])
        for link in step["links"]
        if len(link["old"]) == len(link["new"]) == 1
    ]


def texts(name: str, indices: list[int]) -> list[str]:
    return [draft(name).paragraphs[i].text for i in indices]


def section_of(name: str, index: int) -> str:
    """The heading a paragraph stands under, without its number."""
    paragraphs = draft(name).paragraphs
    return next((p.text for p in reversed(paragraphs[: index + 1]) if p.kind is Kind.HEADING), "")


# --- the drafts


def test_the_folder_holds_the_revisions_and_no_others() -> None:
    assert sorted(p.stem for p in DRAFTS.glob("[0-9]*.md")) == list(NAMES)
    assert [(step["old"], step["new"]) for step in lineage()] == list(pairwise(NAMES))


@DOCUMENTS
def test_front_matter_is_complete(name: str) -> None:
    front = yaml.safe_load((DRAFTS / f"{name}.md").read_text(encoding="utf-8").split("---\n")[1])
    assert list(front) == ["title", "revision", "date", "symbol", "language", "note"]
    assert all(front.values())
    assert front["language"] == "en"
    assert front["note"].startswith("Illustrative")
    document = draft(name)
    assert document.paragraphs[0].kind is Kind.TITLE
    assert front["title"] == document.title == document.paragraphs[0].text
    assert document.revision == front["revision"]


def test_dates_follow_one_another_and_symbols_differ() -> None:
    dates = [date.fromisoformat(draft(name).date) for name in NAMES]
    assert dates == sorted(set(dates))
    assert len({draft(name).symbol for name in NAMES}) == len(NAMES)


@DOCUMENTS
def test_every_revision_is_of_real_size_and_shape(name: str) -> None:
    paragraphs = draft(name).paragraphs
    assert len(paragraphs) >= 100
    objectives = [p for p in paragraphs if p.label.startswith("OBJECTIVE")]
    assert len(objectives) >= 10
    assert [p.text for p in paragraphs if p.kind is Kind.CHAPEAU] == [CHAPEAU] * len(objectives)
    assert {p.kind for p in paragraphs} >= {Kind.PREAMBULAR, Kind.NUMBERED, Kind.SUBPARAGRAPH, Kind.FOOTNOTE}
    assert {p.level for p in paragraphs if p.kind is Kind.SUBPARAGRAPH} == {1, 2}


@DOCUMENTS
def test_labels_are_in_sequence_but_for_bis_ter_and_alt(name: str) -> None:
    paragraphs = draft(name).paragraphs
    objectives = [p.label for p in paragraphs if p.label.startswith("OBJECTIVE")]
    assert objectives == [f"OBJECTIVE {n}" for n in range(1, len(objectives) + 1)]
    last: dict[int, tuple[int, str]] = {}
    suffixes = set()
    for paragraph in paragraphs:
        if paragraph.kind not in (Kind.NUMBERED, Kind.SUBPARAGRAPH):
            continue
        before, before_suffix = last.get(paragraph.level, (0, ""))
        count, suffix = value_of(paragraph)
        assert count == before + (not suffix), paragraph
        assert suffix != "ter" or before_suffix == "bis", paragraph
        suffixes.add(suffix)
        last = {level: seen for level, seen in last.items() if level < paragraph.level}
        last[paragraph.level] = (count, suffix)
    assert suffixes > {""} if name in WITH_SUFFIXES else suffixes == {""}


def value_of(paragraph: Paragraph) -> tuple[int, str]:
    match = re.fullmatch(r"\(?(\w+?)(?: (bis|ter|alt))?\)?", paragraph.label)
    assert match, paragraph
    count = match[1]
    if paragraph.level == 0:
        value = int(count)
    elif paragraph.level == 1:
        value = ord(count) - ord("a") + 1
    else:
        value = ROMAN.index(count) + 1
    return value, match[2] or ""


@DOCUMENTS
def test_brackets_are_balanced_in_each_paragraph(name: str) -> None:
    deepest = 0
    for paragraph in draft(name).paragraphs:
        depth = 0
        for character in paragraph.text:
            depth += (character == "[") - (character == "]")
            deepest = max(deepest, depth)
            assert depth >= 0, paragraph
        assert depth == 0, paragraph
    assert deepest == 0 if name in CLEAN else deepest >= 2


def test_what_is_not_agreed_shrinks_from_round_to_round() -> None:
    open_brackets = [sum(p.text.count("[") for p in draft(name).paragraphs) for name in NAMES[2:]]
    assert open_brackets == sorted(set(open_brackets), reverse=True)


@DOCUMENTS
def test_footnotes_are_numbered_as_they_are_referred_to(name: str) -> None:
    text = (DRAFTS / f"{name}.md").read_text(encoding="utf-8")
    defined = re.findall(r"^\[\^(\d+)\]:", text, re.M)
    referred = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert referred == defined == [str(n) for n in range(1, len(defined) + 1)]
    assert [p.label for p in draft(name).paragraphs if p.kind is Kind.FOOTNOTE] == defined


# --- the lineage


@STEPS
def test_every_paragraph_is_accounted_for_once(step: Step) -> None:
    for side, rest in (("old", "deleted"), ("new", "inserted")):
        indices = [i for link in step["links"] for i in link[side]] + step[rest]
        assert sorted(indices) == list(range(len(draft(step[side]).paragraphs)))
        assert all(link[side] == sorted(link[side]) for link in step["links"])
        assert step[rest] == sorted(step[rest])
    firsts = [link["new"][0] for link in step["links"]]
    assert firsts == sorted(firsts)


@STEPS
def test_links_are_of_the_kind_they_say(step: Step) -> None:
    for link in step["links"]:
        shape = (len(link["old"]) > 1, len(link["new"]) > 1)
        assert shape == (link["kind"] == "merged", link["kind"] == "split"), link
        if link["kind"] == "same":
            assert texts(step["old"], link["old"]) == texts(step["new"], link["new"])
        elif link["kind"] == "edited":
            assert texts(step["old"], link["old"]) != texts(step["new"], link["new"])


@STEPS
def test_what_moved_passed_something_and_what_did_not_kept_its_order(step: Step) -> None:
    moved = {link["new"][0] for link in linked(step, "moved")}
    pairs = one_to_one(step)
    kept = [pair for pair in pairs if pair[1] not in moved]
    assert kept == sorted(kept)
    for old, new in pairs:
        if new in moved:
            assert any((old - a) * (new - b) < 0 for a, b in pairs)


def test_every_kind_of_event_happens() -> None:
    kinds = {link["kind"] for step in lineage() for link in step["links"]}
    assert kinds == {"same", "edited", "moved", "split", "merged"}
    assert any(step["inserted"] for step in lineage())
    assert any(step["deleted"] for step in lineage())


def test_moves_stay_in_an_objective_and_leave_it() -> None:
    same_section, other_section, edited = 0, 0, 0
    for step in lineage():
        for link in linked(step, "moved"):
            (old,), (new,) = link["old"], link["new"]
            stays = section_of(step["old"], old) == section_of(step["new"], new)
            same_section, other_section = same_section + stays, other_section + (not stays)
            edited += texts(step["old"], [old]) != texts(step["new"], [new])
    assert same_section
    assert other_section
    assert edited


def test_neighbours_are_swapped() -> None:
    def swapped(step: Step) -> bool:
        became = dict(one_to_one(step))
        return any(became.get(old + 1) == new - 1 for old, new in became.items())

    assert any(swapped(step) for step in lineage())


def objectives(step: Step, indices: list[int], side: str) -> list[str]:
    paragraphs = draft(step[side]).paragraphs
    return [paragraphs[i].text for i in indices if paragraphs[i].label.startswith("OBJECTIVE")]


def test_objectives_come_go_and_move_as_a_whole() -> None:
    assert any(objectives(step, step["inserted"], "new") for step in lineage())
    assert any(objectives(step, step["deleted"], "old") for step in lineage())
    whole = 0
    for step in lineage():
        moved = {link["new"][0] for link in linked(step, "moved")}
        sections = defaultdict(set)
        for index in range(len(draft(step["new"]).paragraphs)):
            sections[section_of(step["new"], index)].add(index)
        whole += sum(len(members) > 3 and members <= moved for members in sections.values())
    assert whole


def test_paragraphs_are_split_in_two_and_in_three_and_merged_from_afar() -> None:
    assert {len(link["new"]) for step in lineage() for link in linked(step, "split")} == {2, 3}
    gaps = [link["old"][1] - link["old"][0] for step in lineage() for link in linked(step, "merged")]
    assert min(gaps) == 1
    assert max(gaps) > 1


def label_changes() -> list[tuple[Paragraph, Paragraph, Link]]:
    return [
        (draft(step["old"]).paragraphs[link["old"][0]], draft(step["new"]).paragraphs[link["new"][0]], link)
        for step in lineage()
        for link in step["links"]
        if len(link["old"]) == len(link["new"]) == 1
    ]


def test_paragraphs_are_renumbered_without_a_word_changed() -> None:
    assert any(old.label != new.label for old, new, link in label_changes() if link["kind"] == "same")


def test_bis_and_alt_become_plain_numbers() -> None:
    for suffix in ("bis", "alt"):
        assert any(
            old.label.rstrip(")").endswith(suffix) and suffix not in new.label
            for old, new, _ in label_changes()
        )


def test_a_sub_paragraph_is_promoted() -> None:
    assert any(old.kind is Kind.SUBPARAGRAPH and new.kind is Kind.NUMBERED for old, new, _ in label_changes())


def test_a_round_leaves_the_preamble_alone() -> None:
    step = next(step for step in lineage() if step["new"] == "5-rev-3")
    end = next(p.index for p in draft("5-rev-3").paragraphs if p.text == "Vision")
    assert end > 15
    kinds = [link["kind"] for link in step["links"] if link["new"][0] < end]
    assert kinds == ["same"] * end


def runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_what_is_new_may_read_like_what_was_there() -> None:
    found = 0
    for step in lineage():
        old = {run for p in draft(step["old"]).paragraphs if p.text != CHAPEAU for run in runs(p.text)}
        found += sum(bool(runs(text) & old) for text in texts(step["new"], step["inserted"]))
    assert found
