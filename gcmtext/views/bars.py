"""Figures with a bar beside each."""

from collections.abc import Mapping
from dataclasses import dataclass

LENGTH = 190.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and its bar. length: in units of the drawing, LENGTH for the greatest of the figures."""

    kind: str
    number: int
    length: float


def bars(figures: Mapping[str, int]) -> tuple[Bar, ...]:
    """Return figures with their bars, in their order."""
    most = max(*figures.values(), 1)
    return tuple(Bar(kind, n, round(n / most * LENGTH, 1)) for kind, n in figures.items())
