"""How long a compare takes and how much memory it needs, beside other tools, at growing sizes.

Every figure is of a process of its own. CPU seconds of Python methods are of the work alone: the start of
Python and the loading of the paragraphs are apart; of other programs they are of the whole process. Memory is
the peak of the whole process. At the smallest size the best of RUNS is given. Every tool has LIMIT seconds of
CPU and MEMORY bytes of address space.
"""

import gc
import json
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks import peers
from benchmarks.case import Case
from benchmarks.generate import generate, write
from benchmarks.tables import table
from gcmtext.cli import GARBAGE_THRESHOLD
from gcmtext.text.model import Paragraph

SCALES = (1, 10, 100)
SEED = 200
RUNS = 5
LIMIT = 60
MEMORY = 4 * 2**30
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Task:
    """What a child process works on: paragraphs, and the same as two Markdown files."""

    old: Sequence[Paragraph]
    new: Sequence[Paragraph]
    files: tuple[Path, Path]


@dataclass(frozen=True)
class Cost:
    """What a process needed: CPU seconds and peak memory in MB; None where it did not finish, and why."""

    seconds: float | None
    megabytes: float | None
    why: str = ""

    def __str__(self) -> str:
        if self.seconds is None:
            return self.why
        return f"{self.seconds:.3g} s, {self.megabytes:.0f} MB"


# ------------------------------------------------------------------- the work of a child process, by its name


def _align(task: Task) -> peers.Pairs:
    return peers.ours(task.old, task.new)


def _align_and_diff(task: Task) -> peers.Pairs:
    from gcmtext.text.align import align
    from gcmtext.text.diff import diff_paragraphs

    alignment = align(task.old, task.new)
    for link in alignment.links:
        diff_paragraphs([task.old[i].text for i in link.old], [task.new[j].text for j in link.new])
    return peers.pairs(alignment)


def _compare(task: Task) -> peers.Pairs:
    from gcmtext.cli.files import read_documents
    from gcmtext.text.compare import compare, summary

    comparison = compare(*read_documents(list(task.files)))
    summary(comparison)
    return peers.pairs(comparison.alignment)


def _reference(task: Task) -> peers.Pairs:
    return peers.by_reference(task.old, task.new)


def _difflib(task: Task) -> peers.Pairs:
    old, new = ([word for p in side for word in p.text.split()] for side in (task.old, task.new))
    SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return frozenset()


def _dmp_characters(task: Task) -> peers.Pairs:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    old, new = ("\n".join(p.text for p in side) for side in (task.old, task.new))
    engine.diff_cleanupSemantic(engine.diff_main(old, new))
    return frozenset()


WORK: dict[str, Callable[[Task], peers.Pairs]] = {
    "gcmtext: align": _align,
    "gcmtext: align and diff": _align_and_diff,
    "gcmtext: read .md, segment, align, diff, sum up": _compare,
    "reference: align": _reference,
    "difflib on words": _difflib,
    "diff-match-patch on characters (1 s time-out)": _dmp_characters,
}


def _child(name: str, path: Path) -> None:
    """Do the work of that name and print what the work alone needed, and the F1 of the links found.

    A first run on a few paragraphs imports what is needed.
    """
    gc.set_threshold(GARBAGE_THRESHOLD)
    few, task, true = pickle.loads(path.read_bytes())  # noqa: S301 (written by the parent)
    WORK[name](few)
    started = time.process_time()
    found = WORK[name](task)
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
    files = write(case, folder)
    pickled = folder / "case.pickle"
    task = Task(case.old, case.new, files[".md"])
    pickled.write_bytes(pickle.dumps((_few(case, folder), task, case.links)))
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
    for suffix, (old, new) in files.items():
        whole = [sys.executable, "-m", "gcmtext", "compare", str(old), str(new), "--json"]
        commands[f"gcmtext compare --json, {suffix} files, whole process"] = whole
    costs: dict[str, Cost] = {}
    f1: dict[str, float] = {}
    for name, command in commands.items():
        if name in over:
            costs[name] = Cost(None, None, "not tried")
            continue
        for _ in range(RUNS if len(case.old) < 1000 else 1):
            cost, written = spent(command)
            if name in WORK and cost.seconds is not None:
                answer = json.loads(written)
                cost = replace(cost, seconds=answer["seconds"])
                if answer["f1"]:
                    f1[name] = answer["f1"]
            if name not in costs or (cost.seconds or LIMIT) < (costs[name].seconds or LIMIT):
                costs[name] = cost
    return costs, f1


# A process that is started counts the memory of the one that started it until it runs its own program: so a
# small one stands between. It sets the limits, waits, and prints what the command needed.
_STARTER = """
import json, os, resource, sys
report, seconds, memory, *command = sys.argv[1:]
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    os.execvp(command[0], command)
_, status, usage = os.wait4(child, 0)
with open(report, "w") as file:
    spent = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    json.dump([os.waitstatus_to_exitcode(status), *spent], file)
"""


def spent(command: Sequence[str]) -> tuple[Cost, bytes]:
    """Run a command within the limits; return its cost and what it wrote."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    with tempfile.NamedTemporaryFile() as report:
        starter = [sys.executable, "-I", "-S", "-c", _STARTER, report.name, str(LIMIT), str(MEMORY)]
        process = subprocess.run(
            [*starter, *command], capture_output=True, env=environment, cwd=ROOT, check=True
        )
        told = report.read()
    written, said = process.stdout, process.stderr.decode(errors="replace")
    code, seconds, megabytes = json.loads(told)
    if seconds >= LIMIT - 1:
        return Cost(None, None, f"over {LIMIT} s"), b""
    if code < 0 or "MemoryError" in said or "bad_alloc" in said:
        return Cost(None, None, f"over {MEMORY // 2**30} GB"), b""
    if code not in (0, 1) or "Traceback" in said:
        return Cost(None, None, f"failed: {said.strip().rpartition(chr(10))[2][-100:]}"), b""
    return Cost(seconds, megabytes), written


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


def _few(case: Case, folder: Path) -> Task:
    """Return the first paragraphs of the case, with files of their own."""
    few = replace(case, old=case.old[:20], new=case.new[:20])
    place = folder / "few"
    place.mkdir(exist_ok=True)
    return Task(few.old, few.new, write(few, place)[".md"])


def _starts(folder: Path) -> str:
    """The start of Python, of the command, and of a whole compare of small texts."""
    few = _few(generate(SEED, "light"), folder)
    old, new = few.files
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
