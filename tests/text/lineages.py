"""Small texts and lineages between them, drawn at random."""

from hypothesis import strategies as st

from gcmtext.text.compose import kind_of
from gcmtext.text.corrections import DECIDED
from gcmtext.text.model import Alignment, Kind, Link, Paragraph

WORDS = ("keep", "the", "lights", "burning", "on", "all", "coasts", "fog", "bells")


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(i, Kind.NUMBERED, str(i + 1), 0, text) for i, text in enumerate(texts))


@st.composite
def texts(draw: st.DrawFn, least: int = 1) -> tuple[Paragraph, ...]:
    sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
    return paragraphs(*draw(st.lists(sentences, min_size=least, max_size=7)))


@st.composite
def alignments(draw: st.DrawFn, old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> Alignment:
    """A lineage as the aligner makes them: each link has one old or one new paragraph."""
    free_old = draw(st.permutations(range(len(old))))
    free_new = draw(st.permutations(range(len(new))))
    links = []
    while free_old and free_new and draw(st.booleans()):
        several = draw(st.integers(1, 3))
        is_split = draw(st.booleans())
        olds, free_old = (
            (free_old[:1], free_old[1:]) if is_split else (free_old[:several], free_old[several:])
        )
        news, free_new = (
            (free_new[:several], free_new[several:]) if is_split else (free_new[:1], free_new[1:])
        )
        links.append((tuple(sorted(olds)), tuple(sorted(news)), draw(st.sampled_from((0.5, 0.95)))))
    links.sort(key=lambda link: link[1])
    return Alignment(
        tuple(Link(o, n, kind_of(o, n, True, old, new), c, DECIDED) for o, n, c in links),
        inserted=tuple(sorted(free_new)),
        deleted=tuple(sorted(free_old)),
    )


def assert_total(alignment: Alignment, old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> None:
    """Every paragraph of either text is in one link, or inserted, or deleted; links follow the new text."""
    olds = [*alignment.deleted, *(i for link in alignment.links for i in link.old)]
    news = [*alignment.inserted, *(j for link in alignment.links for j in link.new)]
    assert sorted(olds) == list(range(len(old)))
    assert sorted(news) == list(range(len(new)))
    assert list(alignment.links) == sorted(alignment.links, key=lambda link: link.new[0])
    for link in alignment.links:
        assert list(link.old) == sorted(link.old)
        assert list(link.new) == sorted(link.new)


def pairs(alignment: Alignment) -> set[tuple[int, int]]:
    return {(i, j) for link in alignment.links for i in link.old for j in link.new}
