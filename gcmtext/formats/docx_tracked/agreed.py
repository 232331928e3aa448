"""A text as a Word file with its agreed language in the margin: a comment on each run, with its source."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from gcmtext.formats.docx_tracked import signed
from gcmtext.formats.docx_tracked.markup import write_body
from gcmtext.formats.docx_tracked.package import write_package
from gcmtext.formats.docx_tracked.story import Fate, Margin, Run, Told
from gcmtext.text.agreed import Place, Precedents
from gcmtext.text.deviations import Deviation
from gcmtext.text.model import Document, Paragraph

_AUTHOR = "gcmtext"


def write_agreed(document: Document, found: Sequence[Precedents], date: datetime) -> bytes:
    """Return the Word file of a text, each run of agreed language with a comment that says where it stands.

    What is nearly agreed has a comment on the whole paragraph, with the deviations that have a name.
    """
    story = (_told(p, one) for p, one in zip(document.paragraphs, found, strict=True))
    body = write_body(story, signed(_AUTHOR, date), document.language)
    return write_package(body, language=document.language, title=document.title, author=_AUTHOR, date=date)


def source(place: Place) -> str:
    """Return a paragraph of a document as one cites it."""
    where = f", {place.where}" if place.where else ""
    day = f" ({place.adopted})" if place.adopted else ""
    return f"{place.name}{where}{day}"


def named(deviation: Deviation) -> str:
    """Return in words how a text deviates."""
    if not deviation.agreed:
        return f"“{deviation.here}” added"
    if not deviation.here:
        return f"“{deviation.agreed}” dropped"
    return f"“{deviation.here}” for “{deviation.agreed}”"


def _told(paragraph: Paragraph, one: Precedents) -> Told:
    label = f"{paragraph.label}\t" if paragraph.label else ""
    return Told(
        (Run(Fate.KEPT, label + paragraph.text),),
        Fate.KEPT,
        paragraph,
        comments=tuple(_comments(len(label), one)),
    )


def _comments(before: int, one: Precedents) -> Iterator[Margin]:
    at = 0
    for run in one.runs:
        said = source(run.place)
        if run.latest:
            said += f"\nIn {run.documents} documents, the latest {source(run.latest)}"
        start = max(run.start, at)
        at = run.end
        if start < at:
            yield Margin(None, said, (before + start, before + run.end))
    for near in one.near:
        names = "; ".join(map(named, near.deviations))
        yield Margin(None, f"Near {source(near.place)}" + (f"\n{names}" if names else ""))
