"""How much of its wording a text shares with a passage."""

from collections import Counter
from collections.abc import Sequence
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


def by_closeness(passage: str, held: Sequence[tuple[str, int]]) -> list[int]:
    """Return the order of texts and the days they are of (0 for none): the closest to a passage first.

    The same words come first, then what is as close within a tenth, in the order of time: nearest to the day
    on which the passage itself was first adopted, if it is among the texts, for that is where it came from
    and what has become of it; of a passage that is new, the newest. A formula that each year repeats with
    another number is as close in each of them; which of them shares more words of the number says nothing.
    """
    close = {text: closeness(passage, text) for text in {text for text, _ in held}}
    own = min((day for text, day in held if close[text] == 1 and day), default=0)

    def rank(place: int) -> tuple[bool, float, int, float, int]:
        text, day = held[place]
        away = abs(day - own) if own else -day
        return close[text] < 1, -round(close[text], 1), away, -close[text], -day

    return sorted(range(len(held)), key=rank)
