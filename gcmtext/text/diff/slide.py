"""Insertions and deletions slide along words that repeat: to the next change, or to where a clause ends."""

from gcmtext.text.diff.runs import Run, change

_FARTHEST = 100  # units that a change is slid to a better place

_ENDS_CLAUSE = frozenset(".!?;:…。！？；：؟؛")
_COMMAS = frozenset(",،，、")
_OPENING = frozenset("([{（［【「『《«“‘")
_CLOSING = frozenset(")]}）］】」』》»”")
_CONJUNCTIONS = frozenset(
    "and or nor but et ou ni y e o u и или а но و أو او وأن 和 与 及 或 并 且 以".split()
)


def slides(left: Run, right: Run, a: list[str], b: list[str]) -> tuple[int, int]:
    """Return by how many units the change between two runs can go left and right, its effect unchanged.

    Only what is inserted alone or deleted alone can, over a run that repeats its units.
    """
    i, i_end, j, j_end = change(left, right)
    if i < i_end and j < j_end:
        return 0, 0
    units, start, end = (b, j, j_end) if j < j_end else (a, i, i_end)
    size = end - start
    back = next((n for n in range(left.length) if units[start - 1 - n] != units[end - 1 - n]), left.length)
    on = next((n for n in range(right.length) if units[start + n] != units[start + n + size]), right.length)
    return back, on


def slid(left: Run, right: Run, by: int) -> tuple[Run, Run]:
    """Return two runs with the change between them so many units further on."""
    return left._replace(length=left.length + by), Run(right.old + by, right.new + by, right.length - by)


def gather(runs: list[Run], a: list[str], b: list[str]) -> list[Run]:
    """Slide a change over a whole run to the next change, so that both become one."""
    done = [runs[0]]
    for run in runs[1:]:
        done.append(run)
        while len(done) > 2:
            first, middle, last = done[-3:]
            if slides(middle, last, a, b)[0] == middle.length:
                done[-3:] = [first, slid(middle, last, -middle.length)[1]]
            elif slides(first, middle, a, b)[1] == middle.length:
                done[-3:] = [slid(first, middle, middle.length)[0], last]
            else:
                break
    return done


def settle(runs: list[Run], a: list[str], b: list[str]) -> list[Run]:
    """Slide each insertion and deletion to the place where it is best read, the first of equal ones."""
    settled = list(runs)
    for at in range(len(runs) - 1):
        left, right = settled[at : at + 2]
        back, on = slides(left, right, a, b)
        if not back and not on:
            continue
        back = min(back, left.length - (at > 0), _FARTHEST)
        on = min(on, right.length - (at + 2 < len(runs)), _FARTHEST)
        i, i_end, j, j_end = change(left, right)
        units, start, end = (b, j, j_end) if j < j_end else (a, i, i_end)
        best = max(range(-back, on + 1), key=lambda by: _fitness(units, start + by, end + by))
        settled[at : at + 2] = slid(left, right, best)
    return settled


def _fitness(units: list[str], start: int, end: int) -> int:
    """Return how well units read as one insertion or deletion; higher is better."""
    open_brackets = 0
    for unit in units[start:end]:
        open_brackets += (unit in _OPENING) - (unit in _CLOSING)
        if open_brackets < 0:
            break
    return _joint(units, start) + _joint(units, end) - (10 if open_brackets else 0)


def _joint(units: list[str], at: int) -> int:
    """Return how strong the joint before a unit is."""
    if at == 0 or at == len(units) or units[at - 1] == "\n":
        return 6
    last, following = units[at - 1], units[at]
    if last in _ENDS_CLAUSE:
        return 5
    if last in _COMMAS:
        return 4
    if following in _CONJUNCTIONS or following in _OPENING:
        return 3
    return 2 if last in _CONJUNCTIONS or last in _CLOSING else 0
