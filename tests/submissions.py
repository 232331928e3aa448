"""A base text and submissions on it for tests of what delegations send."""

from hypothesis import strategies as st

from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import MARKS, Proposal, ProposalKind, Submission

BASE = Document(
    "Framework on safe crossings",
    "en",
    tuple(
        Paragraph(i, kind, label, level, text)
        for i, (kind, label, level, text) in enumerate(
            [
                (Kind.TITLE, "", 0, "Framework on safe crossings"),
                (Kind.HEADING, "A", 1, "Action at sea"),
                (Kind.NUMBERED, "1", 0, "Each State shall name an office to which families may turn."),
                (Kind.NUMBERED, "2", 0, "Data on departures shall be exchanged among all States."),
                (Kind.SUBPARAGRAPH, "(a)", 1, "States shall train coast guards. They shall publish results."),
                (Kind.SUBPARAGRAPH, "(b)", 1, "Fees for documents shall be low."),
                (Kind.SUBPARAGRAPH, "(c)", 1, "Procedures shall be short and clear."),
                (Kind.NUMBERED, "3", 0, "A fund shall be set up before the end of the year."),
            ]
        )
    ),
)

_WORDS = st.lists(
    st.sampled_from(["States", "shall", "should", "open", "ports", "and", "fees", "at", "sea"]),
    min_size=3,
    max_size=9,
)
_TEXTS = _WORDS.map(lambda words: " ".join(words) + ".")


_KINDS = [kind for kind in ProposalKind if kind not in MARKS and kind != ProposalKind.ALTERNATIVE]


@st.composite
def submissions(draw: st.DrawFn, base: Document = BASE, delegation: str = "Mexico") -> Submission:
    """Anything one delegation may propose on a text."""
    free = set(range(len(base.paragraphs)))
    proposals = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(
            st.sampled_from([k for k in ProposalKind if k not in ("reserve", "retain", "alternative")])
        )
        at = draw(st.integers(0, len(base.paragraphs) - 1))
        note = draw(st.sampled_from(["", "", "As agreed in 2018.", "See paragraph 3\nof the note."]))
        if kind in (ProposalKind.INSERT_BEFORE, ProposalKind.INSERT_AFTER):
            proposals.append(Proposal(kind, at, draw(_TEXTS), note=note))
            continue
        if at not in free:
            continue
        free.discard(at)
        words = base.paragraphs[at].text
        match kind:
            case ProposalKind.CHANGE:
                cut = draw(st.integers(0, len(words.split())))
                new = [*words.split()[:cut], *draw(_WORDS), *words.split()[cut:]]
                text = draw(st.sampled_from([" ".join(new), " ".join(new[2:]), draw(_TEXTS)]))
                proposals.append(Proposal(kind, at, text, note=note))
            case ProposalKind.DELETE:
                proposals.append(Proposal(kind, at, note=note))
            case ProposalKind.MOVE:
                to = draw(st.integers(0, len(base.paragraphs)))
                text = draw(st.sampled_from([None, f"{words} {draw(_TEXTS)}"]))
                proposals.append(Proposal(kind, at, text, to=to, note=note))
            case ProposalKind.SPLIT if len(words.split()) > 3:
                cut = draw(st.integers(1, len(words.split()) - 1))
                parts = (" ".join(words.split()[:cut]), " ".join(words.split()[cut:]))
                proposals.append(Proposal(kind, at, parts=parts, note=note))
            case ProposalKind.MERGE if at + 1 in free:
                free.discard(at + 1)
                text = f"{words} {base.paragraphs[at + 1].text}"
                proposals.append(Proposal(kind, at, text, bases=(at, at + 1), note=note))
    return Submission(delegation, tuple(proposals))
