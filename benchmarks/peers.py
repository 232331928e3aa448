"""The methods that are measured side by side: ours, and what others would use.

Each aligner takes the paragraphs of two revisions and returns the pairs that it links. wikidiff2 is Debian's
php-wikidiff2 (1.13), through wikidiff2.php beside this file; the reference is a file aligner.py in the folder
that GCMTEXT_REFERENCE names.
"""

import importlib.util
import json
import os
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

from gcmtext.text.model import Alignment, Paragraph

Pairs = frozenset[tuple[int, int]]
Aligner = Callable[[Sequence[Paragraph], Sequence[Paragraph]], Pairs]


def corpus() -> Path | None:
    """Return the folder of real texts, if GCMTEXT_CORPUS names one."""
    named = os.environ.get("GCMTEXT_CORPUS")
    return Path(named) if named and Path(named).is_dir() else None


def aligners() -> dict[str, Aligner]:
    """Return the aligners that can be run here, by the name they have in the tables."""
    found: dict[str, Aligner] = {"gcmtext": ours}
    if reference() is not None:
        found["reference"] = by_reference
    found["exact LCS, then difflib in the gaps"] = by_lcs
    if has_wikidiff2():
        found["wikidiff2, no move cut-off"] = by_wikidiff2
    if which("git"):
        found["git --color-moved"] = by_git
    return found


def missing() -> list[str]:
    """Return a sentence for each peer that cannot be run here."""
    sentences = []
    if reference() is None:
        sentences.append("The reference is left out: GCMTEXT_REFERENCE names no folder with an aligner.py.")
    if not has_wikidiff2():
        sentences.append("wikidiff2 is left out: install php-cli and php-wikidiff2.")
    return sentences


def ours(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Pairs:
    from gcmtext.text.align import align

    return pairs(align(old, new))


def pairs(alignment: Alignment) -> Pairs:
    """Return all pairs (old, new) that the links of the alignment join."""
    return frozenset((i, j) for link in alignment.links for i in link.old for j in link.new)


@cache
def reference() -> Any:
    """Return the module of the reference aligner, or None."""
    folder = os.environ.get("GCMTEXT_REFERENCE")
    path = Path(folder) / "aligner.py" if folder else None
    if path is None or not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("reference_aligner", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_reference(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Pairs:
    units = [[{"text": p.text, "kind": p.kind} for p in side] for side in (old, new)]
    return frozenset(reference().align(*units))


def by_lcs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Pairs:
    """Link equal texts in order; between them, the row of pairs with the greatest ratio over words."""
    found: set[tuple[int, int]] = set()
    i = j = 0
    blocks = SequenceMatcher(None, [p.text for p in old], [p.text for p in new], autojunk=False)
    for i_end, j_end, size in blocks.get_matching_blocks():
        found |= _best_row(old, new, range(i, i_end), range(j, j_end))
        found |= {(i_end + k, j_end + k) for k in range(size)}
        i, j = i_end + size, j_end + size
    return frozenset(found)


def _best_row(
    old: Sequence[Paragraph], new: Sequence[Paragraph], rows: range, columns: range, least: float = 0.4
) -> set[tuple[int, int]]:
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    scores: dict[tuple[int, int], float] = {}
    for j in columns:
        matcher.set_seq2(new[j].text.split())
        for i in rows:
            matcher.set_seq1(old[i].text.split())
            ratio = matcher.quick_ratio()
            scores[i, j] = ratio if ratio >= least else 0.0
    best: dict[tuple[int, int], float] = defaultdict(float)
    for i in reversed(rows):
        for j in reversed(columns):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], best[i + 1, j + 1] + scores[i, j])
    found = set()
    i, j = rows.start, columns.start
    while i < rows.stop and j < columns.stop:
        if scores[i, j] and best[i, j] == best[i + 1, j + 1] + scores[i, j]:
            found.add((i, j))
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            i += 1
        else:
            j += 1
    return found


# ------------------------------------------------------------------------------------------------- wikidiff2

SCRIPT = Path(__file__).with_name("wikidiff2.php")
NO_CUT_OFF = ("-d", "wikidiff2.moved_paragraph_detection_cutoff=100000000")


@cache
def has_wikidiff2() -> bool:
    """Return whether PHP is here with the extension."""
    if not which("php"):
        return False
    shown = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False)
    return "wikidiff2" in shown.stdout.split()


def wikidiff2_rows(old: Path, new: Path, moves: bool = True) -> list[dict[str, Any]]:
    """Return the rows of wikidiff2's inline diff of two files; moves: sought everywhere, or not at all."""
    cut_off = NO_CUT_OFF if moves else ("-d", "wikidiff2.moved_paragraph_detection_cutoff=0")
    command = ["php", "-d", "memory_limit=-1", *cut_off, str(SCRIPT), str(old), str(new)]
    shown = subprocess.run(command, capture_output=True, check=True)
    rows: list[dict[str, Any]] = json.loads(shown.stdout)["diff"]
    return rows


def by_wikidiff2(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Pairs:
    with tempfile.TemporaryDirectory() as folder:
        rows = wikidiff2_rows(*write_lines(old, new, Path(folder)))
    i = j = 0
    found = set()
    places: dict[str, int] = {}
    links: list[tuple[str, str]] = []
    for row in rows:
        match row["type"]:
            case 0 | 3:
                found.add((i, j))
                i, j = i + 1, j + 1
            case 1:
                j += 1
            case 2:
                i += 1
            case 4:
                places[row["moveInfo"]["id"]] = i
                links.append((row["moveInfo"]["id"], row["moveInfo"]["linkId"]))
                i += 1
            case 5:
                places[row["moveInfo"]["id"]] = j
                j += 1
    assert (i, j) == (len(old), len(new))
    return frozenset(found | {(places[a], places[b]) for a, b in links if b in places})


# ------------------------------------------------------------------------------------------------------- git

GIT_DIFF = ("git", "-c", "core.pager=cat", "diff", "--no-index", "--unified=100000000")


def by_git(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Pairs:
    """Link what git shows as unchanged or moved: it knows equal lines only."""
    with tempfile.TemporaryDirectory() as folder:
        files = map(str, write_lines(old, new, Path(folder)))
        shown = subprocess.run(
            [*GIT_DIFF, "--color=always", "--color-moved=plain", *files], capture_output=True, check=False
        ).stdout.decode()
    lines = shown.split("\n")
    start = next((k for k, line in enumerate(lines) if line.startswith("\x1b[36m@@")), None)
    if start is None:
        return frozenset((k, k) for k in range(len(old)))
    i = j = 0
    found = set()
    sources: dict[str, list[int]] = defaultdict(list)
    targets: list[tuple[str, int]] = []
    for line in lines[start + 1 :]:
        plain = re.sub(r"\x1b\[[\d;]*m", "", line)
        moved = line.startswith(("\x1b[1;35m", "\x1b[1;36m"))
        if plain.startswith(" "):
            found.add((i, j))
            i, j = i + 1, j + 1
        elif plain.startswith("-"):
            if moved:
                sources[plain[1:]].append(i)
            i += 1
        elif plain.startswith("+"):
            if moved:
                targets.append((plain[1:], j))
            j += 1
    for text, place in targets:
        if sources[text]:
            found.add((sources[text].pop(0), place))
    return frozenset(found)


def write_lines(old: Sequence[Paragraph], new: Sequence[Paragraph], folder: Path) -> tuple[Path, Path]:
    """Write both sides with one paragraph a line; return the paths."""
    paths = (folder / "old.lines", folder / "new.lines")
    for path, side in zip(paths, (old, new), strict=True):
        path.write_text("".join(f"{p.text}\n" for p in side), encoding="utf-8")
    return paths
