"""How sections flow from one revision into those of the next."""

from hypothesis import given
from hypothesis import strategies as st

from gcmtext.text.align import align
from gcmtext.text.compare import Comparison, changes_of, compare
from gcmtext.text.corrections import DECIDED
from gcmtext.text.flow import Degree, bands, flow
from gcmtext.text.model import Alignment, Document, Kind, Link, LinkKind, Paragraph
from gcmtext.text.tokens import words

LAMPS = "We commit to keep every lamp on the coast lit from dusk to dawn"
HORNS = "We commit to sound horns in fog so that ships may steer by them"
KEEPERS = "We commit to train keepers of both sexes and of all ages in their trade"
FUND = "A fund is set up to which owners of ships pay by the weight of their cargo"
REVIEW = "States meet every four years to see what has become of these lights"


def document(*lines: str) -> Document:
    """A text; what begins with # is a heading."""
    paragraphs = (
        Paragraph(
            i, Kind.HEADING if line[0] == "#" else Kind.NUMBERED, "", int(line[0] == "#"), line.strip("# ")
        )
        for i, line in enumerate(lines)
    )
    return Document("", "en", tuple(paragraphs))


def linked(
    old: Document, new: Document, *links: tuple[tuple[int, ...], tuple[int, ...], LinkKind]
) -> Comparison:
    linked_old = {i for link in links for i in link[0]}
    linked_new = {j for link in links for j in link[1]}
    alignment = Alignment(
        tuple(Link(a, b, kind, 1.0, DECIDED) for a, b, kind in links),
        tuple(p.index for p in new.paragraphs if p.index not in linked_new),
        tuple(p.index for p in old.paragraphs if p.index not in linked_old),
    )
    return Comparison(old, new, alignment, changes_of(old, new, alignment))


def test_sections_that_stay_flow_straight_and_tell_how_much_was_changed() -> None:
    old = document("# Lights", LAMPS, "# Sounds", HORNS, "# Costs", FUND)
    new = document("# Lights", LAMPS, "# Sounds", HORNS + " at all hours", "# Costs", KEEPERS)
    same = tuple(((i,), (i,), LinkKind.SAME) for i in (0, 1, 2, 4))
    found = flow(linked(old, new, *same, ((3,), (3,), LinkKind.EDITED)))
    assert [(r.old, r.new, r.degree) for r in found.ribbons] == [
        (0, 0, Degree.SAME),
        (1, 1, Degree.LITTLE),
        (2, 2, Degree.SAME),
    ]
    assert [(loose.band, loose.paragraphs, loose.first) for loose in found.deleted] == [(2, 1, 5)]
    assert [(loose.band, loose.paragraphs, loose.first) for loose in found.inserted] == [(2, 1, 5)]


def test_a_ribbon_leads_to_its_first_difference() -> None:
    old = document("# Lights", LAMPS, KEEPERS, "# Costs", FUND)
    new = document("# Lights", LAMPS, KEEPERS + " at sea", "# Costs", FUND)
    assert [r.first for r in flow(compare(old, new)).ribbons] == [2, 3]


def test_what_moved_to_another_section_is_a_ribbon_of_its_own() -> None:
    old = document("# Lights", LAMPS, "# Sounds", HORNS, "# Costs", FUND, REVIEW)
    new = document("# Lights", LAMPS, REVIEW, "# Sounds", HORNS, "# Costs", FUND)
    moved = [r for r in flow(compare(old, new)).ribbons if r.is_moved]
    assert [(r.old, r.new, r.paragraphs, r.moved) for r in moved] == [(2, 0, 1, 1)]


def test_a_section_that_moves_as_a_whole_is_one_ribbon() -> None:
    old = document("# Lights", LAMPS, KEEPERS, "# Costs", FUND, "# Sounds", HORNS, REVIEW)
    new = document("# Costs", FUND, "# Lights", LAMPS, KEEPERS, "# Sounds", HORNS, REVIEW)
    found = flow(compare(old, new)).ribbons
    assert [(r.old, r.new, r.is_moved) for r in found] == [(0, 1, False), (1, 0, True), (2, 2, False)]


def test_a_section_cut_in_two_is_split_and_two_put_together_are_merged() -> None:
    whole = document("# Aids", LAMPS, HORNS, "# Costs", FUND)
    cut = document("# Lights", LAMPS, "# Sounds", HORNS, "# Costs", FUND)
    there = linked(
        whole, cut, ((1,), (1,), LinkKind.SAME), ((2,), (3,), LinkKind.SAME), ((4,), (5,), LinkKind.SAME)
    )
    back = linked(
        cut, whole, ((1,), (1,), LinkKind.SAME), ((3,), (2,), LinkKind.SAME), ((5,), (4,), LinkKind.SAME)
    )
    assert (flow(there).splits, flow(there).merges) == (frozenset({0}), frozenset())
    assert (flow(back).splits, flow(back).merges) == (frozenset(), frozenset({0}))


def test_the_words_of_a_paragraph_split_over_sections_are_shared_out() -> None:
    old = document("# Aids", f"{LAMPS}; {HORNS}", "# Costs", FUND)
    new = document("# Lights", LAMPS, "# Sounds", HORNS, "# Costs", FUND)
    found = flow(linked(old, new, ((1,), (1, 3), LinkKind.SPLIT), ((3,), (5,), LinkKind.SAME)))
    lights, sounds = (r for r in found.ribbons if r.split)
    total = len(words(old.paragraphs[1].text))
    assert lights.old_words + sounds.old_words == total
    assert (lights.new_words, sounds.new_words) == (len(words(LAMPS)), len(words(HORNS)))


def test_a_text_without_headings_flows_by_hundreds_of_paragraphs() -> None:
    text = document(*(f"Lamp {n} is lit at dusk." for n in range(250)))
    assert [(b.section.start, b.section.stop) for b in bands(text)] == [(0, 100), (100, 200), (200, 250)]
    assert len(bands(document(*(f"Lamp {n} is lit." for n in range(9000))))) <= 24


SENTENCES = (LAMPS, HORNS, KEEPERS, FUND, REVIEW, LAMPS + " in storms", f"{HORNS}. {FUND}")
TEXTS = st.lists(st.sampled_from(("# Lights", "# Sounds", *SENTENCES)), min_size=1, max_size=9).map(
    lambda lines: document(*lines)
)


@given(TEXTS, TEXTS)
def test_every_word_of_either_text_flows_or_is_loose(old: Document, new: Document) -> None:
    alignment = align(old.paragraphs, new.paragraphs)
    found = flow(Comparison(old, new, alignment, changes_of(old, new, alignment)))
    for band, section in enumerate(found.old):
        flowing = sum(r.old_words for r in found.ribbons if r.old == band)
        lost = sum(loose.words for loose in found.deleted if loose.band == band)
        assert abs(flowing + lost - section.words) < 0.5
    for band, section in enumerate(found.new):
        flowing = sum(r.new_words for r in found.ribbons if r.new == band)
        come = sum(loose.words for loose in found.inserted if loose.band == band)
        assert abs(flowing + come - section.words) < 0.5
    assert sum(b.words for b in found.new) == sum(len(words(p.text)) for p in new.paragraphs)
