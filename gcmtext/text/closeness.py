"""How much of its wording a text shares with a passage."""

from collections import Counter
from itertools import pairwise

from gcmtext.text.analysis import forms


def closeness(passage: str, text: str) -> float:
    """Return how many pairs of neighbouring words two texts share, from 0 to 1 (Dice 1945)."""
    wanted, held = (Counter(pairwise(forms(each)[0])) for each in (passage, text))
    return 2 * (wanted & held).total() / max(wanted.total() + held.total(), 1)
