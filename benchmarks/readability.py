"""How readable the word changes of edited paragraphs are, in our diff and in others.

Counted for every edited paragraph, in the changes as they are shown:
    broken words    places inside a word of the old or the new text where what is kept meets what is changed
    lone words      single words kept between two changes: confetti
    changed         the share of the words of both texts that are shown as changed; a diff that shows all as
                    replaced has no broken and no lone words, and tells nothing
"""

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from shutil import which

from benchmarks import peers
from benchmarks.case import Case
from benchmarks.generate import Profile, generate
from benchmarks.recombine import recombine
from benchmarks.tables import table
from gcmtext.text.model import Change, Kind, Paragraph

SEEDS = range(300, 305)
Pair = tuple[str, str]
Engine = Callable[[Sequence[Pair]], list[list[Change]]]


def run() -> str:
    """Return the tables of readability."""
    parts = ["## Readability of the word changes", *peers.missing()]
    corpus = peers.corpus()
    parts.append(_table("generated texts", generate))
    if corpus is not None:
        parts.append(_table("recombined resolutions", lambda s, p: recombine(s, p, corpus)))
    return "\n\n".join(parts)


def _table(name: str, make: Callable[[int, Profile], Case]) -> str:
    kinds = {"edited": ("light", False), "heavily edited": ("brutal", True)}
    samples: dict[str, list[Pair]] = {}
    for kind, (profile, rewritten) in kinds.items():
        samples[kind] = []
        for seed in SEEDS:
            case = make(seed, "light" if profile == "light" else "brutal")
            chosen = case.rewrites if rewritten else case.links - case.rewrites
            pairs = [(case.old[i].text, case.new[j].text) for i, j in sorted(chosen)]
            samples[kind] += [(a, b) for a, b in pairs if a != b]
    head = [name]
    for kind, sample in samples.items():
        head += [f"{kind} ({len(sample)}): broken words", "lone words", "changed"]
    rows: list[list[object]] = []
    for method, engine in engines().items():
        row: list[object] = [method]
        for sample in samples.values():
            counts = [count(changes, pair) for changes, pair in zip(engine(sample), sample, strict=True)]
            broken, lone, changed, total = (sum(column) for column in zip(*counts, strict=True))
            row += [f"{broken / len(sample):.2f}", f"{lone / len(sample):.2f}", f"{changed / total:.0%}"]
        rows.append(row)
    return table(head, rows)


def engines() -> dict[str, Engine]:
    """Return the diff engines that can be run here."""
    found: dict[str, Engine] = {
        "gcmtext": _ours,
        "diff-match-patch on characters, semantic clean-up": _characters,
    }
    if which("git"):
        found["git --word-diff"] = _git
    if peers.has_wikidiff2():
        found["wikidiff2"] = _wikidiff2
    return found


def _ours(pairs: Sequence[Pair]) -> list[list[Change]]:
    from gcmtext.text.diff import diff

    return [list(diff(old, new)) for old, new in pairs]


def _characters(pairs: Sequence[Pair]) -> list[list[Change]]:
    from diff_match_patch import diff_match_patch

    names = {-1: "delete", 0: "equal", 1: "insert"}
    found = []
    for old, new in pairs:
        engine = diff_match_patch()
        changes = engine.diff_main(old, new)
        engine.diff_cleanupSemantic(changes)
        found.append([(names[op], text) for op, text in changes])
    return found  # type: ignore[return-value]


def _git(pairs: Sequence[Pair]) -> list[list[Change]]:
    """All pairs in one file each, set apart by lines of their own, so that git meets them two by two."""
    with tempfile.TemporaryDirectory() as folder:
        files = _written(pairs, Path(folder))
        shown = subprocess.run(
            [*peers.GIT_DIFF, "--word-diff=porcelain", "--no-color", *map(str, files)],
            capture_output=True,
            check=False,
        ).stdout.decode()
    lines = shown.split("\n")
    start = next(k for k, line in enumerate(lines) if line.startswith("@@"))
    found: list[list[Change]] = [[]]
    for line in lines[start + 1 :]:
        if line.startswith(" ") and re.fullmatch(r" =+ \d+ =+", line):
            found.append([])
        elif line.startswith(("+", "-", " ")):
            op = {"+": "insert", "-": "delete", " ": "equal"}[line[0]]
            found[-1].append((op, line[1:]))  # type: ignore[arg-type]
    return found[:-1]


def _wikidiff2(pairs: Sequence[Pair]) -> list[list[Change]]:
    with tempfile.TemporaryDirectory() as folder:
        rows = peers.wikidiff2_rows(*_written(pairs, Path(folder)), moves=False)
    found: list[list[Change]] = [[]]
    for row in rows:
        text = row["text"].encode()
        if re.fullmatch(rb"=+ \d+ =+", text):
            found.append([])
            continue
        match row["type"]:
            case 1:
                found[-1].append(("insert", row["text"]))
            case 2:
                found[-1].append(("delete", row["text"]))
            case 0:
                found[-1].append(("equal", row["text"]))
            case 3:
                at = 0
                for part in row["highlightRanges"]:
                    start, end = part["start"], part["start"] + part["length"]
                    if start > at:
                        found[-1].append(("equal", text[at:start].decode()))
                    found[-1].append(("insert" if part["type"] == 0 else "delete", text[start:end].decode()))
                    at = end
                if at < len(text):
                    found[-1].append(("equal", text[at:].decode()))
    return found[:-1]


def _written(pairs: Sequence[Pair], folder: Path) -> tuple[Path, Path]:
    sides: list[list[Paragraph]] = [[], []]
    for at, pair in enumerate(pairs):
        for side, text in zip(sides, pair, strict=True):
            for line in (text, f"{'=' * 40} {at} {'=' * 40}"):
                side.append(Paragraph(0, Kind.TEXT, "", 0, line))
    return peers.write_lines(sides[0], sides[1], folder)


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def count(changes: Iterable[Change], pair: Pair) -> tuple[int, int, int, int]:
    """Return broken words, lone words, changed words and all words."""
    shown = [(op, text) for op, text in changes if text]
    broken = 0
    for side, op_of_side in zip(pair, ("delete", "insert"), strict=True):
        at, bounds = 0, set()
        runs = [(op, text) for op, text in shown if op in ("equal", op_of_side)]
        for (op, text), (after, _) in pairwise(runs):
            at += _width(text)
            if op != after:
                bounds.add(at)
        for word in _WORD.finditer(side):
            start = _width(side[: word.start()])
            broken += any(b in bounds for b in range(start + 1, start + len(word.group())))
    lone = sum(
        op == "equal" and 0 < k < len(shown) - 1 and len(_WORD.findall(text)) == 1
        for k, (op, text) in enumerate(shown)
    )
    changed = sum(len(_WORD.findall(text)) for op, text in shown if op != "equal")
    total = sum(len(_WORD.findall(side)) for side in pair)
    return broken, lone, changed, total


def _width(text: str) -> int:
    """Return the length without white space, which git does not show where words go."""
    return len("".join(text.split()))
