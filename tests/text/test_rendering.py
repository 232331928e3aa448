"""Compiled texts as a person would type them, in each profile."""

import re
from collections import defaultdict

import pytest
from collated import cases, document
from hypothesis import given
from hypothesis import strategies as st
from sample_compilation import BASE, SHORT, sample

from gcmtext.formats.profile_files import load_profile, profile_names
from gcmtext.text.collate import collate
from gcmtext.text.model import Document, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, gap_of
from gcmtext.text.rendering import Rendered, RenderedKind, RunRole, render, text_of
from gcmtext.text.tokens import words

K = ProposalKind


def lines(rendered: tuple[Rendered, ...]) -> list[str]:
    return [f"{r.label} {text_of(r.runs)}".strip() for r in rendered]


def test_general_assembly() -> None:
    assert lines(render(sample(), load_profile("ga"), SHORT)) == [
        "Recalling the duty to render assistance to persons in distress at sea,",
        "PP1 bis [Noting the fund for rescue at sea, (Ghana)]",
        "1 Persons rescued [should (retain: Japan)] [shall (EU, Mexico)] be brought to a place of safety "
        "[as soon as circumstances allow] [without delay (EU)], where they are to receive food, medical care"
        "[, psychosocial support (delete: Egypt)] and information on their rights "
        "[in a language they understand (Ghana)] [, including on how to seek asylum (Mexico)].",
        "1 alt 1 [Persons rescued are entitled to safety, care and information. (G77)]",
        "1 alt 2 [Persons rescued shall be brought to safety. (split, 1 of 2: Norway)]",
        "[They shall receive care. (split, 2 of 2: Norway)]",
        "3 [Procedures shall be short. (moved from 3: Japan)]",
        "2 [Fees shall be [low] [fair (Mexico)]. (delete: Egypt)]",
        "2 alt [Fees shall be low and procedures short. (merge 2, 3: Norway)]",
        "3 [Procedures shall be short. (delete: Egypt; move to after 1: Japan; merge into 2: Norway)]",
        "4 [We commit to expand [and diversify (EU)] regular pathways for migration, "
        "[so that they respond to [demographic] [climate (Ghana)] change and to the right to] "
        "[in support of (Mexico)] family life. (reserved: Japan)]",
        "4 bis [States are encouraged to inform migrants, before departure, of fees. (G77)]",
        "4 bis alt [States should inform migrants, before departure, of fees. (Philippines)]",
    ]


def test_itu_puts_symbols_before_provisions_and_letters_behind_numbers() -> None:
    shown = lines(render(sample(), load_profile("itu"), SHORT))
    assert shown[:5] == [
        "Recalling the duty to render assistance to persons in distress at sea,",
        "ADD Ghana",
        "PP1A Noting the fund for rescue at sea,",
        "MOD Egypt, EU, Ghana, Mexico; NOC Japan",
        shown[4],
    ]
    assert shown[-3:] == [
        "4A States are encouraged to inform migrants, before departure, of fees.",
        "ADD Philippines",
        "4A alt States should inform migrants, before departure, of fees.",
    ]


@pytest.mark.parametrize("name", profile_names())
def test_nothing_is_said_of_a_text_that_nobody_changes(name: str) -> None:
    rendered = render(collate(BASE, []), load_profile(name))
    assert [(r.kind, r.like, text_of(r.runs)) for r in rendered] == [
        (RenderedKind.BASE, p, p.text) for p in BASE.paragraphs
    ]


@given(cases())
def test_all_words_of_the_base_stand_once_and_all_others_at_least_once(
    case: tuple[Document, list[Submission]],
) -> None:
    base, submissions = case
    compilation = collate(base, submissions)
    for name in profile_names():
        rendered = render(compilation, load_profile(name))
        shown = {r.place: r for r in rendered if r.kind is RenderedKind.BASE}
        for paragraph in base.paragraphs:
            of_base = (
                r.text for r in shown[paragraph.index].runs if r.role in (RunRole.BASE, RunRole.DELETED)
            )
            assert words(" ".join(of_base)) == words(paragraph.text)
        everything = {word for r in rendered for run in r.runs for word in words(run.text)}
        for collated in compilation.paragraphs:
            for unit in collated.units:
                for reading in unit.readings:
                    assert everything.issuperset(words(reading.text))


def test_new_paragraphs_go_on_from_the_labels_that_are_there() -> None:
    base = document("One shall be.", "Two shall be.", "Three shall be.")
    labels = ("1", "1 bis", "2")
    base = Document(
        "",
        "en",
        tuple(
            Paragraph(p.index, p.kind, label, 0, p.text)
            for p, label in zip(base.paragraphs, labels, strict=True)
        ),
    )
    new = [Proposal(K.INSERT_AFTER, 0, "Ships sail."), Proposal(K.INSERT_AFTER, 1, "Boats float.")]
    rendered = render(collate(base, [Submission("Mexico", tuple(new))]), load_profile("ga"))
    assert [r.label for r in rendered] == ["1", "1 ter", "1 bis", "1 quater", "2"]


def test_the_words_of_attributions_are_in_the_language_of_the_text() -> None:
    base = Document("", "fr", (Paragraph(0, BASE.paragraphs[1].kind, "1", 0, "Les frais sont modiques."),))
    compilation = collate(base, [Submission("Mexique", (Proposal(K.DELETE, 0),))])
    assert lines(render(compilation, load_profile("ga"))) == [
        "1 [Les frais sont modiques. (supprimer: Mexique)]"
    ]


def test_a_paragraph_with_twenty_readings_keeps_its_common_words_outside() -> None:
    text = "States shall take all measures to protect persons at sea and to treat them with dignity."
    changes = [("shall", w) for w in ("should", "may", "will", "must", "could")]
    changes += [("all", w) for w in ("appropriate", "feasible", "the", "necessary", "some")]
    changes += [("protect", w) for w in ("assist", "rescue", "help", "save", "support")]
    changes += [("dignity", w) for w in ("respect", "care", "humanity", "decency", "kindness")]
    submissions = [
        Submission(f"Delegation {n:02}", (Proposal(K.CHANGE, 0, re.sub(rf"\b{old}\b", new, text)),))
        for n, (old, new) in enumerate(changes)
    ]
    (shown,) = lines(render(collate(document(text), submissions), load_profile("ga")))
    assert (
        re.sub(r" ?\[[^\]]*\]", "", shown)
        == "1 States take measures to persons at sea and to treat them with."
    )


def written(base: str, **texts: str) -> str:
    submissions = [Submission(name, (Proposal(K.CHANGE, 0, text),)) for name, text in texts.items()]
    return lines(render(collate(document(base), submissions), load_profile("ga")))[0].removeprefix("1 ")


def test_who_lifts_brackets_retains_the_words_in_them_and_who_strikes_them_deletes_these() -> None:
    base = "Crews [were kept] [remained] on board [against their will] for months."
    assert written(
        base,
        Egypt="Crews were kept on board [against their will] for months.",
        Ghana="Crews remained on board against their will for months.",
        India="Crews [were kept] [remained] on board for months.",
    ) == (
        "Crews [were kept (retain: Egypt)] [remained (retain: Ghana)] on board [against their will "
        "(delete: India; retain: Ghana)] for months."
    )


def test_who_adds_brackets_and_nothing_else_reserves_the_words() -> None:
    assert written("Crews remained on board for months.", Egypt="Crews remained [on board] for months.") == (
        "Crews remained [on board (reserved: Egypt)] for months."
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("at sea", "Crews [shall] [should] help others at sea (retain: Egypt) without delay."),
        ("[shall]", "Crews [shall (retain: Egypt)] [should] help others at sea without delay."),
        ("[should]", "Crews [shall] [should (retain: Egypt)] help others at sea without delay."),
    ],
)
def test_words_that_nobody_would_change_are_retained_by_name(said: str, shown: str) -> None:
    base = "Crews [shall] [should] help others at sea without delay."
    start = base.index(said)
    retain = Proposal(K.RETAIN, 0, span=(start, start + len(said)))
    compilation = collate(document(base), [Submission("Egypt", (retain,))])
    assert lines(render(compilation, load_profile("ga"))) == [f"1 {shown}"]


@given(cases())
def test_whoever_says_something_of_a_paragraph_is_named_there(
    case: tuple[Document, list[Submission]],
) -> None:
    base, submissions = case
    for name in profile_names():
        shown: defaultdict[int, str] = defaultdict(str)
        for paragraph in render(collate(base, submissions), load_profile(name)):
            shown[paragraph.place] += text_of(paragraph.runs)
        for submission in submissions:
            for proposal in submission.proposals:
                changes = proposal.kind is not K.CHANGE or proposal.text != base.paragraphs[proposal.at].text
                place = gap_of(proposal)
                assert not changes or submission.delegation in shown[proposal.at if place is None else place]


def test_the_blank_between_two_brackets_is_not_struck() -> None:
    base = "Crews [shall] [should] help others at sea."
    sent = Submission("Egypt", (Proposal(K.CHANGE, 0, base.replace("[shall] [should]", "will")),))
    (rendered,) = render(collate(document(base), [sent]), load_profile("ga"))
    assert [run.text for run in rendered.runs if run.role is RunRole.DELETED] == ["shall", "should"]


def test_words_change_inside_brackets_that_stay() -> None:
    base = "States [may, where they see fit,] help crews [in distress] at sea."
    assert written(
        base, Egypt="States [should, where they see fit,] help crews in grave distress at sea."
    ) == (
        "States [[may] [should (Egypt)], where they see fit,] help crews "
        "[in [grave (Egypt)] distress (retain: Egypt)] at sea."
    )


def test_no_unit_holds_one_bracket_of_a_pair_without_the_other() -> None:
    base = "Give wages [priority over other claims] [the rank that national law assigns to them]."
    assert written(base, Norway="Give wages the high rank that international law assigns to them.") == (
        "Give wages [priority over other claims] [the rank that national law assigns to them] "
        "[the high rank that international law assigns to them (Norway)]."
    )


bracketed_words = st.lists(
    st.sampled_from(["shall", "should", "[may]", "[all] [some]", "States [at sea", "act]", "meet"]),
    max_size=9,
).map(" ".join)


@given(bracketed_words.filter(bool), st.lists(bracketed_words, min_size=1, max_size=3))
def test_names_and_words_are_there_whatever_happens_to_brackets(base: str, texts: list[str]) -> None:
    submissions = [
        Submission(f"Land{n}", (Proposal(K.CHANGE, 0, text),)) for n, text in enumerate(texts) if text != base
    ]
    rendered = render(collate(document(base), submissions), load_profile("ga"))
    of_base = (run.text for run in rendered[0].runs if run.role in (RunRole.BASE, RunRole.DELETED))
    assert words(" ".join(of_base)) == words(base)
    names = " ".join(run.text for r in rendered for run in r.runs if run.role is RunRole.ATTRIBUTION)
    assert all(submission.delegation in names for submission in submissions)


def test_changes_that_all_overlap_are_written_one_after_the_other() -> None:
    base = [f"lamp{n}" for n in range(40)]
    texts = {f"state{n:02}": " ".join([*base[:n], f"light{n}", *base[n + 3 :]]) for n in range(30)}
    shown = written(" ".join(base), **texts)
    assert all(f"light{n}" in shown for n in range(30))
