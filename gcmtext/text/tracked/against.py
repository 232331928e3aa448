"""A text with tracked changes against the text it should have been made on.

With all changes rejected a file should be the base. Where it is not, somebody edited it with tracking off, or
worked on another revision: the difference is then a change like the others, signed as untracked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gcmtext.text.align import align
from gcmtext.text.align.words import comparable_words
from gcmtext.text.compare import changes_of
from gcmtext.text.compose import compose
from gcmtext.text.diff import diff, word_counts
from gcmtext.text.language import LANGUAGES
from gcmtext.text.model import Alignment, Document, Link, LinkKind, Notice
from gcmtext.text.places import places
from gcmtext.text.tracked.model import CERTAIN, NOBODY, UNTRACKED, Run, TrackedParagraph, TrackedText

_OTHER_TEXT = 0.5
"""The share of the words of the base below which a file is taken to be made on another text."""

_OTHER_REVISION = 0.25
"""The share of the paragraphs of the base that differ in a file, above which a person is to look at it."""

_NAMED = 12
"""The most places that a notice names."""


def against(base: Document, tracked: TrackedText) -> TrackedText:
    """Return the changes of a file as changes of the base, what was changed without tracking among them.

    The base of what is returned is `base` itself. Notices say where the file, with its changes rejected, is
    not the base; whether it is another text or in another language; and whether it changes nothing, or leaves
    nothing.
    """
    if _texts(base) == _texts(tracked.base):
        found = replace(tracked, base=base)
        return replace(found, notices=(*found.notices, *_outcome(found)))
    first = align(base.paragraphs, tracked.base.paragraphs)
    changed = replace(
        tracked,
        base=base,
        alignment=compose([first, tracked.alignment], base.paragraphs, tracked.proposed.paragraphs),
        paragraphs=tuple(_paragraphs(base, tracked, first)),
        comments=tuple(
            replace(comment, base=None if comment.base is None else _back(first).get(comment.base))
            for comment in tracked.comments
        ),
    )
    notices = (*tracked.notices, *_origin(base, tracked, first), *_outcome(changed))
    return replace(changed, notices=notices)


def untracked(document: Document) -> TrackedText:
    """Return a text in which nothing is tracked."""
    links = (Link((p.index,), (p.index,), LinkKind.SAME, 1.0, CERTAIN) for p in document.paragraphs)
    return TrackedText(
        document,
        document,
        Alignment(tuple(links), (), ()),
        tuple(
            TrackedParagraph(p.index, p.index, (Run("equal", p.text),) if p.text else ())
            for p in document.paragraphs
        ),
        notices=document.notices,
    )


def _texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _back(alignment: Alignment) -> dict[int, int]:
    return {j: link.old[0] for link in alignment.links for j in link.new}


def _paragraphs(base: Document, tracked: TrackedText, first: Alignment) -> Iterator[TrackedParagraph]:
    """Yield the paragraphs of the file against the base, with those that it lacks at their places."""
    partner = {
        link.new[0]: link.old[0] for link in first.links if link.kind in (LinkKind.SAME, LinkKind.EDITED)
    }
    upcoming = 0
    for paragraph in tracked.paragraphs:
        b = None if paragraph.base is None else partner.get(paragraph.base)
        if b is not None:
            yield from _gone(base, range(upcoming, b))
            upcoming = b + 1
        untracked = _untracked(base, tracked, b, paragraph.base)
        runs = tuple(_layered(untracked, paragraph.runs))
        if b is not None or paragraph.proposed is not None:
            yield TrackedParagraph(b, paragraph.proposed, runs)
    yield from _gone(base, range(upcoming, len(base.paragraphs)))


def _gone(base: Document, indices: Iterable[int]) -> Iterator[TrackedParagraph]:
    for index in indices:
        yield TrackedParagraph(index, None, (Run("delete", base.paragraphs[index].text, UNTRACKED),))


def _untracked(base: Document, tracked: TrackedText, b: int | None, t: int | None) -> list[Run]:
    """Return how a paragraph of the base became what the file has with all changes rejected."""
    before = "" if b is None else base.paragraphs[b].text
    after = "" if t is None else tracked.base.paragraphs[t].text
    return [
        Run(operation, text, NOBODY if operation == "equal" else UNTRACKED)
        for operation, text in diff(before, after)
    ]


def _layered(lower: Sequence[Run], upper: Sequence[Run]) -> Iterator[Run]:
    """Yield the changes from the first text to the third, of those to the second and those from it on.

    What was put in by the first and taken out by the second stands in neither and is left out.
    """
    found: list[Run] = []
    waiting = list(reversed(upper))
    for run in lower:
        if run.operation == "delete":
            found.append(run)
            continue
        left = run.text
        while left:
            while waiting and waiting[-1].operation == "insert":
                found.append(waiting.pop())
            over = waiting.pop()
            size = min(len(left), len(over.text))
            if over.operation == "equal":
                found.append(Run(run.operation, left[:size], run.by))
            elif run.operation == "equal":
                found.append(Run("delete", left[:size], over.by))
            if size < len(over.text):
                waiting.append(replace(over, text=over.text[size:]))
            left = left[size:]
    found.extend(reversed(waiting))
    return _merged(found)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if last is not None and (last.operation, last.by) == (run.operation, run.by):
            last = replace(last, text=last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _origin(base: Document, tracked: TrackedText, first: Alignment) -> Iterator[Notice]:
    """Yield what a person should know of a file that, with its changes rejected, is not the base."""
    kept = sum(word_counts(changes)[2] for changes in changes_of(base, tracked.base, first))
    words = sum(len(comparable_words(text)) for text in _texts(base))
    if kept < _OTHER_TEXT * words:
        of_base, of_file = (d.language.partition("-")[0].lower() for d in (base, tracked.base))
        if of_base and of_file and of_base != of_file:
            yield Notice(
                "wrong-language",
                f"The file is in {LANGUAGES.get(of_file, of_file)} and the base in "
                f"{LANGUAGES.get(of_base, of_base)}: ask for the changes in the language of the base.",
            )
            return
        yield Notice(
            "other-text",
            "The file was made on another text: most of the base is not in it, even with its changes "
            "rejected. Look whether it belongs to this negotiation and this revision.",
        )
        return
    differing = _differing(base, tracked, first)
    more = f" and {len(differing) - _NAMED} more" if len(differing) > _NAMED else ""
    named = ", ".join(differing[:_NAMED]) + more
    if tracked.authors:
        why = (
            "With all changes rejected the file is not the base: it was edited with tracking off, or made on"
        )
        message = f"{why} another revision. What differs is shown as untracked: {named}."
    else:
        message = f"The file has no tracked changes and was compared with the base: {named}."
    if len(differing) > max(_NAMED, _OTHER_REVISION * len(base.paragraphs)):
        message += f" So much differs ({len(differing)} places): look whether it was made on this revision."
    yield Notice("untracked" if tracked.authors else "compared", message)


def _differing(base: Document, tracked: TrackedText, first: Alignment) -> list[str]:
    """Return the names of the places at which the file is not the base, in the order of the base."""
    names = [place.full_name for place in places(base)]
    found: defaultdict[int, list[str]] = defaultdict(list)
    for link in first.links:
        if link.kind is not LinkKind.SAME:
            found[link.old[0]] += [names[i] for i in link.old]
    for index in first.deleted:
        found[index].append(names[index])
    before = -1
    back = _back(first)
    for paragraph in tracked.base.paragraphs:
        if paragraph.index in back:
            before = back[paragraph.index]
        elif before < 0:
            found[before].append("before the first paragraph")
        else:
            found[before].append(f"after {names[before]}")
    return list(dict.fromkeys(name for place in sorted(found) for name in found[place]))


def _outcome(tracked: TrackedText) -> Iterator[Notice]:
    """Yield what a person should know of what the changes come to."""
    if not tracked.proposed.paragraphs:
        yield Notice("deletes-all", "The file deletes the whole text: look whether that is meant.")
    elif _texts(tracked.base) == _texts(tracked.proposed):
        yield Notice("no-changes", "The file changes nothing in the text.")
