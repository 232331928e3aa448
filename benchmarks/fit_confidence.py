"""Fit the coefficients of gcmtext/text/align/confidence.py: `python -m benchmarks.fit_confidence`.

Texts with known lineage are aligned with the coefficients that stand there, and all evidence that the rounds
of matching.py weigh is noted, with what is true of each pair. A logistic regression is fitted to it and
printed as confidence.py writes it. Other coefficients make other links, and so other evidence: put in what is
printed and repeat, until the loss stays the same.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from math import log
from operator import mul
from typing import Any
from unittest.mock import patch

from benchmarks import peers
from benchmarks.case import Case
from benchmarks.generate import PROFILES, generate
from benchmarks.recombine import LANGUAGES, recombine
from gcmtext.text.align import align, confidence, matching
from gcmtext.text.align.pairs import pair_evidence
from gcmtext.text.align.parts import part_evidence

SEEDS = range(400, 420)
SIZES = (12, 40, 300)  # paragraphs of recombined texts: a short draft resolution, a long one, a framework
RIDGE = 1.0
RAISED = 0.5  # as in the coefficients that stand there: see confidence.py

Matrix = list[list[float]]


@dataclass
class Noted:
    """Evidence, row by row, and whether the pair it speaks for is true."""

    rows: list[Sequence[float]] = field(default_factory=list)
    true: list[bool] = field(default_factory=list)

    def add(self, row: Sequence[float], true: bool) -> None:
        self.rows.append(row)
        self.true.append(true)


def main() -> int:
    """Print both sets of coefficients, and how well they and the present ones explain what was noted."""
    pairs, parts = Noted(), Noted()
    for case in _cases():
        with _listening(case, pairs, parts):
            align(case.old, case.new)
    fits: tuple[tuple[str, Noted, Any, float], ...] = (
        ("ONE_TO_ONE", pairs, confidence.ONE_TO_ONE, RAISED),
        ("PART", parts, confidence.PART, 0.0),
    )
    for name, noted, present, raised in fits:
        fitted = fit(noted.rows, noted.true)
        losses = loss(fitted, noted), loss((present[0] - raised, *present[1:]), noted)
        print(f"# {len(noted.rows):,} pairs, {sum(noted.true):,} of them true;", end=" ")
        print("loss {:.5f}, with the present coefficients {:.5f}".format(*losses))
        printed = (round(c, 2) for c in (fitted[0] + raised, *fitted[1:]))
        print(f"{name} = {type(present).__name__}({', '.join(map(str, printed))})")
    return 0


def _cases() -> Iterator[Case]:
    corpus = peers.corpus()
    if corpus is None:
        print("GCMTEXT_CORPUS names no folder: fitted to generated texts alone.", file=sys.stderr)
    for seed in SEEDS:
        for profile in PROFILES:
            yield generate(seed, profile)
            if corpus is not None:
                language = LANGUAGES[seed % len(LANGUAGES)]
                yield from (recombine(seed, profile, corpus, language, size) for size in SIZES)


@contextmanager
def _listening(case: Case, pairs: Noted, parts: Noted) -> Iterator[None]:
    """Note the evidence that is weighed meanwhile."""

    def pair(i: int, j: int, *rest: Any) -> confidence.PairEvidence:
        evidence = pair_evidence(i, j, *rest)
        pairs.add(evidence, (i, j) in case.links)
        return evidence

    def part(one: int, whole: int, *rest: Any) -> confidence.PartEvidence | None:
        evidence = part_evidence(one, whole, *rest)
        if evidence:
            features, sides = rest[3], rest[4]
            link = (whole, one) if sides is features.new else (one, whole)
            parts.add(evidence, link in case.links)
        return evidence

    with patch.object(matching, "pair_evidence", pair), patch.object(matching, "part_evidence", part):
        yield


def fit(rows: Sequence[Sequence[float]], true: Sequence[bool]) -> list[float]:
    """Return the coefficients of the logistic regression with a ridge, by Newton's method."""
    columns = list(zip(*rows, strict=True))
    coefficients = [0.0] * len(columns)
    step = [1.0]
    while max(map(abs, step)) > 1e-4:
        given = [confidence.probability(coefficients, row) for row in rows]
        errors = [p - t for p, t in zip(given, true, strict=True)]
        gradient = [_dot(column, errors) + RIDGE * c for column, c in zip(columns, coefficients, strict=True)]
        spread = [p * (1 - p) + 1e-6 for p in given]
        weighted = [list(map(mul, column, spread)) for column in columns]
        curvature = [[_dot(one, other) for other in columns] for one in weighted]
        for at, line in enumerate(curvature):
            line[at] += RIDGE
        step = _solved(curvature, gradient)
        coefficients = [c - s for c, s in zip(coefficients, step, strict=True)]
    return coefficients


def loss(coefficients: Sequence[float], noted: Noted) -> float:
    """Return the mean of minus the log of the probability that the coefficients give to what is true."""
    given = (confidence.probability(coefficients, row) for row in noted.rows)
    return -sum(log(p if t else 1 - p) for p, t in zip(given, noted.true, strict=True)) / len(noted.rows)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(map(mul, one, other), 0.0)


def _solved(matrix: Matrix, right: Sequence[float]) -> list[float]:
    """Return x of matrix x = right, by elimination; the matrix is positive definite."""
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at, pivot in enumerate(lines):
        for other in chain(lines[:at], lines[at + 1 :]):
            share = other[at] / pivot[at]
            other[:] = [o - share * p for o, p in zip(other, pivot, strict=True)]
    return [line[-1] / line[at] for at, line in enumerate(lines)]


if __name__ == "__main__":
    raise SystemExit(main())
