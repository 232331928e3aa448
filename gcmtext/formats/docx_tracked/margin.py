"""What a delegation says of its proposals, as comments in the margin."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gcmtext.formats.docx_tracked.story import Margin, Told
from gcmtext.text.model import Paragraph
from gcmtext.text.proposals import MARKS, Proposal, Submission
from gcmtext.text.tracked.model import SAID_OF_MARKS
from gcmtext.text.tracked.proposed import Proposed


def with_comments(story: Iterable[Told], proposed: Proposed, submission: Submission) -> Iterator[Told]:
    """Yield the paragraphs with the comments of a submission, each on the first one that is its place."""
    base, own = proposed.comparison.old.paragraphs, proposed.comparison.new.paragraphs
    waiting: defaultdict[int, list[Margin]] = defaultdict(list)

    def hang(paragraph: Paragraph, comment: Margin) -> None:
        waiting[id(paragraph)].append(comment)

    links = {i: link.new[0] for link in proposed.comparison.alignment.links for i in link.old}
    for proposal, place in zip(submission.proposals, proposed.places, strict=True):
        if (comment := _comment(proposal, base)) is not None:
            hang(base[proposal.at] if place is None else own[place], comment)
    for remark in submission.remarks:
        place = links.get(remark.at)
        hang(base[remark.at] if place is None else own[place], Margin(None, remark.text))
    for told in story:
        found = waiting.pop(id(told.like), ())
        yield replace(told, comments=tuple(found)) if found else told


def _comment(proposal: Proposal, base: tuple[Paragraph, ...]) -> Margin | None:
    if proposal.kind not in MARKS:
        return Margin(None, proposal.note) if proposal.note else None
    said = SAID_OF_MARKS[proposal.kind] + (f": {proposal.note}" if proposal.note else "")
    if proposal.span is None:
        return Margin(None, said)
    label = base[proposal.at].label
    before = len(label) + 1 if label else 0
    return Margin(None, said, (before + proposal.span[0], before + proposal.span[1]))
