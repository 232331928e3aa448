"""How right the links between paragraphs are, against the truth of generated texts and of real revisions."""

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.case import Case
from benchmarks.generate import PROFILES, Profile, generate
from benchmarks.recombine import LANGUAGES, paragraphs_of, read_lines, recombine
from benchmarks.tables import figure, table
from gcmtext.text.model import Kind, Link, LinkKind, Paragraph

SEEDS = range(100, 110)
Whole = tuple[tuple[int, ...], tuple[int, ...]]
BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001)


@dataclass
class Count:
    """What was found, what is true, and what is both."""

    found: int = 0
    true: int = 0
    both: int = 0

    def add(self, found: Iterable[Any], true: Iterable[Any]) -> None:
        found, true = set(found), set(true)
        self.found += len(found)
        self.true += len(true)
        self.both += len(found & true)

    @property
    def precision(self) -> float | None:
        return self.both / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.both / self.true if self.true else None

    @property
    def f1(self) -> float | None:
        return 2 * self.both / (self.found + self.true) if self.found + self.true else None


@dataclass
class Tally:
    """The counts of one method over several cases."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, case: Case, found: peers.Pairs) -> None:
        count = self.counts
        count["links"].add(found, case.links)
        once = [_standing_once(side) for side in (case.old, case.new)]
        count["once"].add(
            *({(i, j) for i, j in s if i in once[0] and j in once[1]} for s in (found, case.links))
        )
        for name, true in _by_kind(case).items():
            count[name].add(found & true, true)
        for name, whole in (("whole splits", case.splits), ("whole mergers", case.mergers)):
            sets = [frozenset(_pairs_of(link)) for link in whole]
            count[name].add((s for s in sets if s <= found), sets)
        count["inserted"].add(set(range(len(case.new))) - {j for _, j in found}, case.inserted)
        count["deleted"].add(set(range(len(case.old))) - {i for i, _ in found}, case.deleted)


def _by_kind(case: Case) -> dict[str, set[tuple[int, int]]]:
    split = {(i, j) for i, parts in case.splits for j in parts}
    merged = {(i, j) for parts, j in case.mergers for i in parts}
    return {
        "moves": set(case.moves),
        "splits": split,
        "mergers": merged,
        "rewrites": set(case.rewrites),
        "chapeaux": {(i, j) for i, j in case.links if case.old[i].kind is Kind.CHAPEAU},
    }


def _standing_once(paragraphs: Sequence[Paragraph]) -> set[int]:
    count = Counter(p.text for p in paragraphs)
    return {k for k, p in enumerate(paragraphs) if count[p.text] == 1}


def _pairs_of(link: tuple[Any, Any]) -> list[tuple[int, int]]:
    one, other = link
    if isinstance(one, int):
        return [(one, j) for j in other]
    return [(i, other) for i in one]


def run() -> str:
    """Return all tables of alignment."""
    parts = ["## Alignment", *peers.missing()]
    parts += _family("generated texts (generate.py)", generate)
    corpus = peers.corpus()
    if corpus is None:
        parts.append("GCMTEXT_CORPUS names no folder: recombined and real texts are left out.")
    else:
        parts += _family("recombined resolutions (recombine.py)", lambda s, p: recombine(s, p, corpus))
    parts += _scripts(corpus)
    parts += _reliability(corpus)
    if corpus is not None:
        parts += _compact(corpus)
        parts += _chains(corpus)
    return "\n\n".join(parts)


def _family(name: str, make: Callable[[int, Profile], Case]) -> list[str]:
    methods = peers.aligners()
    tallies: dict[tuple[str, Profile], Tally] = defaultdict(Tally)
    for profile in PROFILES:
        for seed in SEEDS:
            case = make(seed, profile)
            for method, aligner in methods.items():
                tallies[method, profile].add(case, aligner(case.old, case.new))
    parts = [f"### Links on {name}, {len(SEEDS)} seeds a profile"]
    head = ["F1 (precision / recall)", *PROFILES]
    overall = [[m, *(_three(tallies[m, p].counts["links"]) for p in PROFILES)] for m in methods]
    parts.append(table(head, overall))
    once = [[m, *(_three(tallies[m, p].counts["once"]) for p in PROFILES)] for m in methods]
    parts.append(table(["the same, of texts that stand once", *PROFILES], once))
    kinds = ("moves", "splits", "mergers", "rewrites", "chapeaux", "whole splits", "whole mergers")
    for profile in PROFILES:
        rows = [
            [
                method,
                *(tallies[method, profile].counts[k].recall for k in kinds),
                tallies[method, profile].counts["inserted"].f1,
                tallies[method, profile].counts["deleted"].f1,
            ]
            for method in methods
        ]
        head = [f"{profile}: recall", *kinds, "inserted F1", "deleted F1"]
        parts.append(table(head, rows))
    return parts


def _three(count: Count) -> str:
    return f"{figure(count.f1, 4)} ({figure(count.precision)} / {figure(count.recall)})"


def _scripts(corpus: Path | None) -> list[str]:
    """Other scripts: made-up words in generated texts, real words in recombined ones."""
    methods = {m: a for m, a in peers.aligners().items() if m in ("gcmtext", "reference")}
    rows = []
    for method, aligner in methods.items():
        row: list[object] = [method]
        for language in ("ar", "ru", "zh"):
            tally = Tally()
            for seed in SEEDS[:3]:
                case = generate(seed, "heavy", 1, language)
                tally.add(case, aligner(case.old, case.new))
            row.append(tally.counts["links"].f1)
        for language in LANGUAGES if corpus else ():
            tally = Tally()
            for seed in SEEDS[:3]:
                assert corpus is not None
                case = recombine(seed, "heavy", corpus, language)
                tally.add(case, aligner(case.old, case.new))
            row.append(tally.counts["links"].f1)
        rows.append(row)
    head = ["F1, heavy, 3 seeds", *(f"{x} generated" for x in ("ar", "ru", "zh"))]
    head += [f"{x} recombined" for x in LANGUAGES] if corpus else []
    return ["### Links in other scripts", table(head, rows)]


def _reliability(corpus: Path | None) -> list[str]:
    """Of the links given with a confidence, how many are right; and how often a kind is right."""
    from gcmtext.text.align import align

    families: dict[str, Callable[[int, Profile], Case]] = {"generated": generate}
    if corpus is not None:
        families["recombined"] = lambda seed, profile: recombine(seed, profile, corpus)
    parts = [
        "### Confidence",
        "A link is right if every pair it joins is true. Given: the mean confidence. All profiles together.",
    ]
    kinds: dict[str, dict[LinkKind, Count]] = {}
    for name, make in families.items():
        given: dict[float, list[tuple[float, bool]]] = defaultdict(list)
        kinds[name] = defaultdict(Count)
        for profile in PROFILES:
            for seed in SEEDS:
                case = make(seed, profile)
                alignment = align(case.old, case.new)
                for link in alignment.links:
                    right = {(i, j) for i in link.old for j in link.new} <= case.links
                    bound = max(b for b in BOUNDS if b <= link.confidence)
                    given[bound].append((link.confidence, right))
                _count_kinds(kinds[name], case, alignment.links)
        rows = [
            [
                f"{low:.2f} to {min(high, 1):.2f}",
                len(given[low]),
                sum(c for c, _ in given[low]) / len(given[low]),
                sum(r for _, r in given[low]) / len(given[low]),
            ]
            for low, high in pairwise(BOUNDS)
            if given[low]
        ]
        parts.append(table([f"{name}: confidence", "links", "given", "right"], rows))
    rows = [
        [f"{name}: {kind.value}", count.found, count.true, count.precision, count.recall]
        for name, found in kinds.items()
        for kind, count in found.items()
    ]
    parts += ["### Kinds of links", table(["kind", "given", "true", "precision", "recall"], rows)]
    return parts


def _count_kinds(counts: dict[LinkKind, Count], case: Case, links: Iterable[Link]) -> None:
    """Count the whole links of each kind that are right.

    What moved is a question of what is taken to have stayed. True are those links that no longest row of
    links in order holds; wrong only those that every such row holds.
    """
    given: dict[LinkKind, set[Whole]] = defaultdict(set)
    for link in links:
        given[link.kind].add((link.old, link.new))
    splits: set[Whole] = {((i,), parts) for i, parts in case.splits}
    mergers: set[Whole] = {(parts, (j,)) for parts, j in case.mergers}
    counts[LinkKind.SPLIT].add(given[LinkKind.SPLIT], splits)
    counts[LinkKind.MERGED].add(given[LinkKind.MERGED], mergers)
    several = {(i, j) for old, new in splits | mergers for i in old for j in new}
    single = sorted(case.links - several)
    whole: list[Whole] = [((i,), (j,)) for i, j in single]
    rows = rows_in_order([j for _, j in single])
    moved = {link for link, row in zip(whole, rows, strict=True) if row == "none"}
    either = {link for link, row in zip(whole, rows, strict=True) if row == "some"}
    counts[LinkKind.MOVED].add(given[LinkKind.MOVED] - either, moved)


def rows_in_order(places: Sequence[int]) -> list[str]:
    """Return of each place whether "every", "some" or "none" of the longest ascending rows holds it."""
    before = _longest_up_to(places)
    after = _longest_up_to([-place for place in reversed(places)])[::-1]
    longest = max(before, default=0)
    on_one = [a + b - 1 == longest for a, b in zip(before, after, strict=True)]
    alone = Counter(length for length, on in zip(before, on_one, strict=True) if on)
    return [
        "none" if not on else "every" if alone[length] == 1 else "some"
        for length, on in zip(before, on_one, strict=True)
    ]


def _longest_up_to(places: Sequence[int]) -> list[int]:
    """Return for each place the length of the longest ascending row that ends with it."""
    ends: list[int] = []
    lengths = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        lengths.append(at + 1)
    return lengths


# ------------------------------------------------------------------------------------------------ real texts


def _compact(corpus: Path) -> list[str]:
    """The actions of the Global Compact in two real states, with 200 gold links."""
    folder = corpus / "gcm"
    if not folder.is_dir():
        return []
    gold = json.loads((folder / "gold_alignment.json").read_text(encoding="utf-8"))
    sides = [_blocks(folder / gold[key]) for key in ("v1", "v2")]
    links = {(i, j) for i, j, _ in gold["pairs"]}
    rows = []
    for method, aligner in peers.aligners().items():
        found = aligner(*sides)
        count = Count()
        count.add(found, links)
        rows.append([method, len(found), len(found & links), len(found - links), count.f1])
    head = [f"the Global Compact, {len(links)} gold links", "found", "right", "wrong", "F1"]
    return ["### Real revisions", table(head, rows)]


def _blocks(path: Path) -> tuple[Paragraph, ...]:
    found = []
    for at, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n")):
        text = " ".join(block.split())
        if text.startswith("#"):
            label, _, rest = text.lstrip("# ").partition(": ")
            found.append(Paragraph(at, Kind.HEADING, label, 1, rest))
        elif text.startswith("("):
            label, _, rest = text.partition(" ")
            found.append(Paragraph(at, Kind.SUBPARAGRAPH, label, 1, rest))
        else:
            found.append(Paragraph(at, Kind.TEXT, "", 0, text))
    return tuple(found)


def _chains(corpus: Path) -> list[str]:
    """Certain moves, splits and mergers between resolutions that follow one another."""
    moves = _rows(corpus / "chains" / "moves_dev.jsonl")
    splits = _rows(corpus / "chains" / "split_merge_dev.jsonl")
    if not moves and not splits:
        return []
    documents = {d["id"]: paragraphs_of(d["paras"]) for d in read_lines(corpus, "en")}
    wanted: dict[str, list[tuple[str, str, peers.Pairs]]] = defaultdict(list)
    for move in moves:
        pairs = frozenset({(move["old_i"], move["new_i"])})
        wanted["moves"].append((move["old_id"], move["new_id"], pairs))
    for split in splits:
        one, parts = split["one"]["i"], [p["i"] for p in split["parts"]]
        pairs = frozenset((one, p) if split["kind"] == "split" else (p, one) for p in parts)
        wanted[f"{split['kind']}s"].append((split["old_id"], split["new_id"], pairs))
    rows = []
    for method, aligner in peers.aligners().items():
        found = {
            (old, new): aligner(documents[old], documents[new])
            for old, new in {(old, new) for items in wanted.values() for old, new, _ in items}
        }
        row: list[object] = [method]
        for items in wanted.values():
            right = sum(len(pairs & found[old, new]) for old, new, pairs in items)
            whole = sum(pairs <= found[old, new] for old, new, pairs in items)
            row.append(f"{right} of {sum(len(p) for _, _, p in items)} links, {whole} of {len(items)} whole")
        rows.append(row)
    return [table(["chains of resolutions: certain", *wanted], rows)]


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
