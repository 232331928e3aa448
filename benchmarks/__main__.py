"""Run the benchmarks: `python -m benchmarks [NAME …]`, all of them without a name."""

import gc
import platform
import sys
from importlib import import_module
from pathlib import Path

from gcmtext.cli import GARBAGE_THRESHOLD

NAMES = (
    "alignment",
    "speed",
    "readability",
    "importers",
    "compilation",
    "web",
    "amendments",
    "precedents",
    "search",
)
OUT = Path(__file__).with_name("out")


def main(names: list[str]) -> int:
    """Run the named benchmarks, print their tables and write each to benchmarks/out/NAME.md."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {unknown[0]}: choose among {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    OUT.mkdir(exist_ok=True)
    gc.set_threshold(GARBAGE_THRESHOLD)
    machine = f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}"
    for name in names or NAMES:
        print(f"Measuring {name} …", file=sys.stderr)
        report = f"{import_module(f'benchmarks.{name}').run()}\n\n{machine}\n"
        (OUT / f"{name}.md").write_text(report, encoding="utf-8")
        print(report)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
