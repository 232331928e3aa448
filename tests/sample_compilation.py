"""A small text and what eight delegations propose on it: every kind of proposal once, some in conflict."""

from gcmtext.text.collate import Compilation, collate
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission

K = ProposalKind
_RESCUE = (
    "Persons rescued should be brought to a place of safety as soon as circumstances allow, where they are "
    "to receive food, medical care, psychosocial support and information on their rights."
)
_PATHWAYS = (
    "We commit to expand regular pathways for migration, so that they respond to demographic change and to "
    "the right to family life."
)
_TEXTS = (
    (Kind.PREAMBULAR, "", "Recalling the duty to render assistance to persons in distress at sea,"),
    (Kind.NUMBERED, "1", _RESCUE),
    (Kind.NUMBERED, "2", "Fees shall be low."),
    (Kind.NUMBERED, "3", "Procedures shall be short."),
    (Kind.NUMBERED, "4", _PATHWAYS),
)
BASE = Document(
    "Framework on safe crossings",
    "en",
    tuple(Paragraph(i, kind, label, 0, text) for i, (kind, label, text) in enumerate(_TEXTS)),
    revision="Rev.1",
    date="2027-01-29",
)


def _change(at: int, *pairs: tuple[str, str]) -> Proposal:
    text = BASE.paragraphs[at].text
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return Proposal(K.CHANGE, at, text)


SUBMISSIONS = (
    Submission(
        "European Union",
        (
            _change(1, ("should", "shall"), ("as soon as circumstances allow", "without delay")),
            _change(4, ("expand", "expand and diversify")),
        ),
    ),
    Submission(
        "Mexico",
        (
            _change(1, ("should", "shall"), ("rights", "rights, including on how to seek asylum")),
            _change(2, ("low", "fair")),
            _change(4, ("so that they respond to demographic change and to the right to", "in support of")),
        ),
    ),
    Submission(
        "Egypt", (_change(1, (", psychosocial support", "")), Proposal(K.DELETE, 2), Proposal(K.DELETE, 3))
    ),
    Submission(
        "Ghana",
        (
            Proposal(K.INSERT_AFTER, 0, "Noting the fund for rescue at sea,"),
            _change(1, ("rights", "rights in a language they understand")),
            _change(4, ("demographic", "climate")),
        ),
    ),
    Submission(
        "Japan",
        (
            Proposal(K.RETAIN, 1, span=(16, 22)),
            Proposal(K.MOVE, 3, to=2),
            Proposal(K.RESERVE, 4),
        ),
    ),
    Submission(
        "Norway",
        (
            Proposal(
                K.SPLIT, 1, parts=("Persons rescued shall be brought to safety.", "They shall receive care.")
            ),
            Proposal(K.MERGE, 2, "Fees shall be low and procedures short.", bases=(2, 3)),
        ),
    ),
    Submission(
        "G77 and China",
        (
            Proposal(K.ALTERNATIVE, 1, "Persons rescued are entitled to safety, care and information."),
            Proposal(
                K.INSERT_AFTER, 4, "States are encouraged to inform migrants, before departure, of fees."
            ),
        ),
    ),
    Submission(
        "Philippines",
        (Proposal(K.INSERT_AFTER, 4, "States should inform migrants, before departure, of fees."),),
    ),
)
SHORT = {"European Union": "EU", "G77 and China": "G77"}


def sample() -> Compilation:
    """Return all of it, compiled."""
    return collate(BASE, SUBMISSIONS)
