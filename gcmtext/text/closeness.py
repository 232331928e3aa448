"""How much of its wording a text shares with a passage."""

from collections import Counter
from itertools import pairwise

from gcmtext.text.analysis import forms

_FEWEST = 6


def closeness(passage: str, text: str) -> float:
    """Return how many pairs of neighbouring words two texts share, from 0 to 1.

    The mean of what is shared of both (Dice 1945) and of the shorter one, so that a passage that has grown is
    close to what it was; of very short texts, that all of them is shared says nothing.
    """
    wanted, held = (Counter(pairwise(forms(each)[0])) for each in (passage, text))
    shared, sizes = (wanted & held).total(), (wanted.total(), held.total())
    of_both = 2 * shared / max(sum(sizes), 1)
    return of_both if min(sizes) < _FEWEST else (of_both + shared / min(sizes)) / 2
