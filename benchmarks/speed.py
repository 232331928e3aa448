"""How long a compare takes and how much memory it needs, beside other tools, at growing sizes.

Every figure is of a process of its own. CPU seconds of Python methods are of the work alone: the start of
Python and the loading of the paragraphs are apart; of other programs they are of the whole process. Memory is
the peak of the whole process. Every tool has LIMIT seconds of CPU and MEMORY of address space.
"""

import json
import os
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks import peers
from benchmarks.case import Case
from benchmarks.generate import generate, write
from benchmarks.tables import table
from gcmtext.text.model import Paragraph

SCALES = (1, 10, 100)
SEED = 200
LIMIT = 60
MEMORY = 4 * 2**30
ROOT = Path(__file__).parents[1]

Sides = tuple[Sequence[Paragraph], Sequence[Paragraph]]


@dataclass(frozen=True)
class Cost:
    """What a process needed: CPU seconds and peak memory in MB; None where it ran into a limit."""

    seconds: float | None
    megabytes: float | None

    def __str__(self) -> str:
        if self.seconds is None:
            return "over the limit"
        return f"{self.seconds:.3g} s, {self.megabytes:.0f} MB"


# ------------------------------------------------------------------- the work of a child process, by its name


def _align(sides: Sides) -> peers.Pairs:
    return peers.ours(*sides)


def _align_and_diff(sides: Sides) -> peers.Pairs:
    from gcmtext.text.align import align
    from gcmtext.text.diff import diff_paragraphs

    old, new = sides
    alignment = align(old, new)
    for link in alignment.links:
        diff_paragraphs([old[i].text for i in link.old], [new[j].text for j in link.new])
    return peers.pairs(alignment)


def _reference(sides: Sides) -> peers.Pairs:
    return peers.by_reference(*sides)


def _difflib(sides: Sides) -> peers.Pairs:
    old, new = ([word for p in side for word in p.text.split()] for side in sides)
    SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return frozenset()


def _dmp_characters(sides: Sides) -> peers.Pairs:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    found = engine.diff_main(*("\n".join(p.text for p in side) for side in sides))
    engine.diff_cleanupSemantic(found)
    return frozenset()


WORK: dict[str, Callable[[Sides], peers.Pairs]] = {
    "gcmtext: align": _align,
    "gcmtext: align and diff": _align_and_diff,
    "reference: align": _reference,
    "difflib on words": _difflib,
    "diff-match-patch on characters (1 s time-out)": _dmp_characters,
}


def _child(name: str, path: Path) -> None:
    """Do the work of that name and print what the work alone needed, and the links found."""
    sides, true = pickle.loads(path.read_bytes())  # noqa: S301 (written by the parent)
    WORK[name](([], []))
    started = time.process_time()
    found = WORK[name](sides)
    seconds = time.process_time() - started
    f1 = 2 * len(found & true) / (len(found) + len(true)) if found else None
    print(json.dumps({"seconds": seconds, "f1": f1}))


# ------------------------------------------------------------------------------------------------ the parent


def run() -> str:
    """Return the tables of speed and memory."""
    parts = ["## Speed and memory", *peers.missing()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        costs: list[dict[str, Cost]] = []
        f1: list[dict[str, float]] = []
        for scale in SCALES:
            over = {name for column in costs for name, cost in column.items() if cost.seconds is None}
            found = _measure(generate(SEED, "heavy", scale), folder, over)
            costs.append(found[0])
            f1.append(found[1])
        rows = [
            [
                name,
                *(
                    f"{c[name]}" + (f", F1 {f[name]:.3f}" if name in f else "")
                    for c, f in zip(costs, f1, strict=True)
                ),
                _growth(costs[0][name], costs[-1][name]),
            ]
            for name in costs[0]
        ]
        parts += [table(["profile heavy", *(f"x{scale}" for scale in SCALES), "growth"], rows)]
        parts += ["Seconds of the others over ours (align and diff):", _ratios(costs)]
        parts += ["### Start of the command", _starts(folder)]
    return "\n\n".join(parts)


def _measure(case: Case, folder: Path, over: set[str]) -> tuple[dict[str, Cost], dict[str, float]]:
    """Return the cost and the F1 of every method but those that are `over` the limit with less already."""
    pickled = folder / "case.pickle"
    pickled.write_bytes(pickle.dumps(((case.old, case.new), case.links)))
    lines = [str(path) for path in peers.write_lines(case.old, case.new, folder)]
    commands = {name: [sys.executable, "-m", "benchmarks.speed", name, str(pickled)] for name in WORK}
    if peers.reference() is None:
        del commands["reference: align"]
    if shutil.which("git"):
        commands["git --word-diff"] = ["git", "diff", "--no-index", "--word-diff=porcelain", "-U0", *lines]
    if peers.has_wikidiff2():
        php = ["php", "-d", "memory_limit=-1"]
        commands["wikidiff2 as it comes"] = [*php, str(peers.SCRIPT), *lines]
        commands["wikidiff2, no move cut-off"] = [*php, *peers.NO_CUT_OFF, str(peers.SCRIPT), *lines]
    for suffix, (old, new) in write(case, folder).items():
        whole = [sys.executable, "-m", "gcmtext", "compare", str(old), str(new), "--json"]
        commands[f"gcmtext compare --json, {suffix} files, whole process"] = whole
    costs: dict[str, Cost] = {}
    f1: dict[str, float] = {}
    for name, command in commands.items():
        cost, written = (Cost(None, None), b"") if name in over else spent(command)
        if name in WORK and cost.seconds is not None:
            answer = json.loads(written)
            cost = Cost(answer["seconds"], cost.megabytes)
            if answer["f1"]:
                f1[name] = answer["f1"]
        costs[name] = cost
    return costs, f1


def spent(command: Sequence[str]) -> tuple[Cost, bytes]:
    """Run a command within the limits; return its cost and what it wrote."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            list(command), stdout=out, stderr=errors, env=environment, preexec_fn=limit, cwd=ROOT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        written, said = out.read(), errors.read().decode(errors="replace")
    seconds = usage.ru_utime + usage.ru_stime
    over = process.returncode < 0 or seconds >= LIMIT or "emory" in said
    if over:
        return Cost(None, None), b""
    if process.returncode not in (0, 1) or "Traceback" in said:
        raise RuntimeError(f"{' '.join(command)} failed: {said[-2000:]}")
    return Cost(seconds, usage.ru_maxrss / 1024), written


def _growth(first: Cost, last: Cost) -> str:
    return f"x{last.seconds / first.seconds:.0f}" if first.seconds and last.seconds else "–"


def _ratios(costs: Sequence[dict[str, Cost]]) -> str:
    """The seconds of each method over those of our align and diff, at each size."""
    rows = []
    for name in costs[0]:
        row = [name]
        for column in costs:
            one, ours = column[name].seconds, column["gcmtext: align and diff"].seconds
            row.append(f"{one / ours:.2g}" if one and ours else "–")
        rows.append(row)
    return table(["times ours", *(f"x{scale}" for scale in SCALES)], rows)


def _starts(folder: Path) -> str:
    """The start of Python, of the command, and of a whole compare of small texts."""
    case = generate(SEED, "light")
    small = Case(
        case.old[:20], case.new[:20], frozenset(), frozenset(), frozenset(), frozenset(), frozenset()
    )
    old, new = write(small, folder)[".md"]
    ours = [sys.executable, "-m", "gcmtext"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "gcmtext --version": [*ours, "--version"],
        "gcmtext --help": [*ours, "--help"],
        "gcmtext compare, 20 paragraphs": [*ours, "compare", str(old), str(new)],
    }
    rows = []
    for name, command in commands.items():
        costs = [spent(command)[0] for _ in range(11)]
        rows.append(
            [
                name,
                statistics.median(c.seconds or 0.0 for c in costs),
                f"{statistics.median(c.megabytes or 0.0 for c in costs):.0f}",
            ]
        )
    return table(["command, median of 11", "CPU seconds", "MB"], rows)


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
