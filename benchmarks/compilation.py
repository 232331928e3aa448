"""Fifty delegations' Word files into one compilation: time, memory, and whether each text can be read back.

The base is a generated text of about 300 paragraphs (`generate`); each delegation proposes some 40 things on
it, a third of them together with others, in a Word file with tracked changes. Then real amendments by 17
authors to one text, if the corpus is there.
"""

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from benchmarks.generate import as_markdown, generate
from benchmarks.tables import table
from gcmtext.formats import read_file
from gcmtext.formats.compilation.word import write_docx
from gcmtext.formats.docx_tracked import write_submission
from gcmtext.formats.profile_files import load_profile
from gcmtext.formats.tracked_changes import read_submitted
from gcmtext.text.collate import Compilation, collate, read_back
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission, own_text
from gcmtext.text.rendering import render
from gcmtext.text.segment import segment
from gcmtext.text.tracked import submission_of

DELEGATIONS = 50
PROPOSALS = 40
SEED = 5
DATE = datetime(2027, 1, 29, tzinfo=UTC)
K = ProposalKind


def run() -> str:
    """Return the tables."""
    with tempfile.TemporaryDirectory() as folder:
        base, submissions = _written(Path(folder))
        parts = [
            "Fifty delegations\n",
            _command(Path(folder)),
            _stages(Path(folder), base, submissions),
        ]
    if corpus := os.environ.get("GCMTEXT_CORPUS"):
        parts += ["\nReal amendments by several authors to one text\n", _real(Path(corpus))]
    return "\n".join(parts)


def submissions_on(base: Document, seed: int, delegations: int = DELEGATIONS) -> tuple[Submission, ...]:
    """Return what delegations propose on a text: changes of words, and of whole paragraphs, in every way.

    A third of their proposals comes from a pool that they share, so that some are joint.
    """
    rng = random.Random(seed)
    pool = {index: _proposal(rng, base, index) for index in range(len(base.paragraphs))}
    return tuple(
        Submission(f"Delegation {number:02}", tuple(_of_one(rng, base, pool)))
        for number in range(delegations)
    )


def _of_one(rng: random.Random, base: Document, pool: dict[int, Proposal | None]) -> Iterator[Proposal]:
    taken: set[int] = set()
    for index in sorted(rng.sample(range(len(base.paragraphs) - 1), PROPOSALS)):
        proposal = pool[index] if rng.random() < 1 / 3 else _proposal(rng, base, index)
        touched = {index} if proposal is None else {proposal.at, *proposal.bases}
        if proposal is None or touched & taken:
            continue
        taken |= touched
        yield proposal


def _proposal(rng: random.Random, base: Document, index: int) -> Proposal | None:
    paragraph = base.paragraphs[index]
    if paragraph.kind in (Kind.TITLE, Kind.HEADING, Kind.FOOTNOTE) or not paragraph.text:
        return None
    chance = rng.random()
    if chance < 0.7:
        return Proposal(K.CHANGE, index, _edited(rng, base, paragraph.text))
    if chance < 0.78:
        return Proposal(K.DELETE, index)
    if chance < 0.88:
        return Proposal(K.INSERT_AFTER, index, _edited(rng, base, _any_text(rng, base)))
    if chance < 0.92:
        return Proposal(K.MOVE, index, to=rng.randrange(1, len(base.paragraphs)))
    halves = re.split(r"(?<=[,;]) ", paragraph.text, maxsplit=1)
    if chance < 0.96 and len(halves) == 2:
        return Proposal(K.SPLIT, index, parts=(halves[0], halves[1]))
    following = base.paragraphs[index + 1 : index + 2]
    if following and following[0].kind is paragraph.kind and following[0].text:
        return Proposal(K.MERGE, index, f"{paragraph.text} {following[0].text}", bases=(index, index + 1))
    return Proposal(K.CHANGE, index, _edited(rng, base, paragraph.text))


def _edited(rng: random.Random, base: Document, text: str) -> str:
    words = text.split(" ")
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(words) or 1)
        other = _any_text(rng, base).split(" ")
        start = rng.randrange(len(other))
        words[at : at + rng.randint(0, 4)] = other[start : start + rng.randint(0, 6)]
    return " ".join(word for word in words if word) or text


def _any_text(rng: random.Random, base: Document) -> str:
    return rng.choice([p.text for p in base.paragraphs if p.kind is Kind.SUBPARAGRAPH])


def _written(folder: Path) -> tuple[Document, tuple[Submission, ...]]:
    case = generate(SEED, "light")
    (folder / "base.md").write_text(as_markdown(case.old), encoding="utf-8")
    base = segment(read_file(folder / "base.md"))
    submissions = submissions_on(base, SEED)
    (folder / "sent").mkdir()
    for submission in submissions:
        name = submission.delegation.lower().replace(" ", "-")
        (folder / "sent" / f"{name}.docx").write_bytes(write_submission(base, submission, DATE))
    return base, submissions


def _command(folder: Path) -> str:
    """Return what `gcmtext compile` takes, from the files to the Word file."""
    command = [sys.executable, "-m", "gcmtext", "compile", "base.md", "sent", "--docx", "out.docx"]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = [
        ("seconds on the clock", seconds),
        ("seconds of CPU, all processes", used.ru_utime + used.ru_stime),
        ("peak of the largest process, MB", used.ru_maxrss / 1024),
        ("the Word file, KB", (folder / "out.docx").stat().st_size / 1024),
    ]
    return table(["gcmtext compile", ""], [(name, f"{value:,.1f}") for name, value in rows])


def _stages(folder: Path, base: Document, submissions: tuple[Submission, ...]) -> str:
    """Return where the time goes, in one process, and how much comes back."""
    times: dict[str, float] = {}
    files = sorted((folder / "sent").iterdir())
    tracked = _timed(
        times, "reading the Word files", lambda: [read_submitted(f.read_bytes(), f.name) for f in files]
    )
    read = _timed(
        times,
        "what each proposes on the base",
        lambda: [
            submission_of(base, text, s.delegation)[0] for text, s in zip(tracked, submissions, strict=True)
        ],
    )
    compilation = _timed(times, "collating", lambda: collate(base, read))
    profile = load_profile("ga")
    rendered = _timed(times, "rendering", lambda: render(compilation, profile))
    _timed(times, "writing the Word file", lambda: write_docx(rendered, profile, base, DATE))
    total = sum(times.values())
    rows = [(name, f"{spent:.2f}", f"{spent / total:.0%}") for name, spent in times.items()]
    stages = table(["stage, one process", "seconds", "share"], [*rows, ("all", f"{total:.2f}", "")])
    back = sum(
        [p.text for p in read_back(compilation, s.delegation)] == [p.text for p in own_text(base, s)]
        for s in submissions
    )
    return f"{stages}\n{_figures(compilation, back)}"


T = TypeVar("T")


def _timed(times: dict[str, float], name: str, work: Callable[[], T]) -> T:
    started = time.process_time()
    result = work()
    times[name] = time.process_time() - started
    return result


def _figures(compilation: Compilation, back: int) -> str:
    units = [unit for p in compilation.paragraphs for unit in p.units]
    rows = [
        ("delegations", len(compilation.delegations)),
        ("texts read back word for word", back),
        ("paragraphs of the base", len(compilation.paragraphs)),
        ("open", sum(p.is_open for p in compilation.paragraphs)),
        ("contested", sum(p.is_conflict for p in compilation.paragraphs)),
        ("units", len(units)),
        ("readings in units", sum(len(unit.readings) for unit in units)),
        ("most readings in a paragraph", max(_readings(compilation))),
        ("readings of whole paragraphs", sum(len(p.wholes) for p in compilation.paragraphs)),
        ("new paragraphs", sum(map(len, compilation.additions))),
    ]
    return table(["compilation", ""], rows)


def _readings(compilation: Compilation) -> Iterator[int]:
    for p in compilation.paragraphs:
        yield len(p.wholes) + sum(len(unit.readings) for unit in p.units)


def _real(corpus: Path) -> str:
    """Return what becomes of real amendments; an author's second text for the same words is left out."""
    found = json.loads((corpus / "amendments" / "gdpr_dev.json").read_text(encoding="utf-8"))
    places: dict[tuple[str, str], int] = {}
    for amendment in found:
        places.setdefault((amendment["target"], amendment["old"]), len(places))
    base = Document(
        "", "en", tuple(Paragraph(i, Kind.NUMBERED, target, 0, old) for (target, old), i in places.items())
    )
    own: defaultdict[str, dict[int, Proposal]] = defaultdict(dict)
    for amendment in found:
        at, text = places[amendment["target"], amendment["old"]], amendment["new"]
        proposal = Proposal(K.CHANGE, at, text) if text else Proposal(K.DELETE, at)
        own[amendment["author"]].setdefault(at, proposal)
    submissions = [Submission(name, tuple(proposals.values())) for name, proposals in own.items()]
    compilation = collate(base, submissions)
    back = sum(read_back(compilation, s.delegation) == own_text(base, s) for s in submissions)
    return _figures(compilation, back)
