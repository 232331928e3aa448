"""Texts and submissions of every kind, for properties of compilations."""

from hypothesis import strategies as st

from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission

WORDS = (
    "States shall should take all measures [to] protect persons , ; at sea and on land without delay".split()
)
NAMES = ("African Group", "Côte d’Ivoire", "Egypt", "European Union", "Mexico", "Türkiye")
K = ProposalKind

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


def document(*texts: str) -> Document:
    return Document(
        "Framework on safe crossings",
        "en",
        tuple(Paragraph(i, Kind.NUMBERED, str(i + 1), 0, text) for i, text in enumerate(texts)),
    )


bases = st.lists(texts, min_size=1, max_size=5).map(lambda found: document(*found))


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """A text with some of its words replaced, left out or added to."""
    words = text.split(" ")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words)))
        words[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from(WORDS), max_size=3))
    return " ".join(words)


@st.composite
def submissions_on(draw: st.DrawFn, base: Document, delegation: str) -> Submission:
    """A submission with proposals of every kind, at most one fate for each paragraph."""
    size = len(base.paragraphs)
    proposals: list[Proposal] = []
    merged: set[int] = set()
    for index, paragraph in enumerate(base.paragraphs):
        kind = draw(st.sampled_from([None, *K]))
        if index in merged or kind is None:
            continue
        match kind:
            case K.CHANGE | K.ALTERNATIVE:
                proposals.append(Proposal(kind, index, draw(edited(paragraph.text) | texts)))
            case K.INSERT_AFTER | K.INSERT_BEFORE:
                proposals += [Proposal(kind, index, text) for text in draw(st.lists(texts, max_size=3))]
            case K.MOVE:
                text = draw(st.none() | edited(paragraph.text))
                proposals.append(Proposal(kind, index, text, to=draw(st.integers(0, size))))
            case K.SPLIT:
                proposals.append(
                    Proposal(kind, index, parts=tuple(draw(st.lists(texts, min_size=2, max_size=3))))
                )
            case K.MERGE if index + 1 < size:
                merged = {index + 1}
                proposals.append(
                    Proposal(kind, index + draw(st.integers(0, 1)), draw(texts), bases=(index, index + 1))
                )
            case K.DELETE:
                proposals.append(Proposal(kind, index))
            case K.RESERVE | K.RETAIN:
                end = draw(st.integers(1, len(paragraph.text)))
                span = draw(st.none() | st.just((end - 1, end)))
                proposals.append(Proposal(kind, index, span=span))
    return Submission(delegation, tuple(draw(st.permutations(proposals))))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Document, list[Submission]]:
    """A base and submissions of some delegations, of which several may say the same."""
    base = draw(bases)
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=5))
    submissions: list[Submission] = []
    for name in names:
        if submissions and draw(st.booleans()):
            submissions.append(Submission(name, draw(st.sampled_from(submissions)).proposals))
        else:
            submissions.append(draw(submissions_on(base, name)))
    return base, submissions
