"""What seems to be the wrong file, or the wrong order, when two texts are compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gcmtext.text.compare import Summary
from gcmtext.text.model import Notice

# Of the shorter text, the share of words that stand in the other. Drafts of one text share over 0.6 of them
# even after heavy rewriting, texts on different matters under 0.05.
_RELATED = 0.2
_FEWEST_WORDS = 50

_STAGES = ("zero draft", "zero draft plus", "rev", "final draft", "adopted text")
_REVISION = re.compile(r"(?:.*\W)?rev(?:ision)?[. ]*(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issue:
    """What to call one issue of a text, and what it states about itself; "" where it states nothing."""

    called: str
    revision: str = ""
    symbol: str = ""
    date: str = ""


def unrelated(figures: Summary, old: str, new: str) -> tuple[Notice, ...]:
    """Return that hardly anything of one text is found in the other, if so; old, new: their names."""
    shorter = min(figures.words_old, figures.words_new)
    if shorter < _FEWEST_WORDS or figures.words_kept >= _RELATED * shorter:
        return ()
    share = figures.words_kept / shorter
    message = (
        f"Hardly anything of {old} is found in {new} ({share:.0%} of the words): "
        "check that both are drafts of one text."
    )
    return (Notice("unrelated", message),)


def out_of_order(issues: Sequence[Issue]) -> tuple[Notice, ...]:
    """Return which issues, the oldest first, are older than the one before them by their dates or names."""
    return tuple(
        Notice(
            "order",
            f"{new.called} is older than {old.called} by {reason}: check the order, the oldest comes first.",
        )
        for old, new in pairwise(issues)
        if (reason := _why_older(new, old))
    )


def mistakes(old: Issue, new: Issue, figures: Summary) -> tuple[Notice, ...]:
    """Return what seems to be a mistake where two issues of a text are compared."""
    return (*out_of_order((old, new)), *unrelated(figures, old.called, new.called))


def _why_older(one: Issue, other: Issue) -> str:
    """Return what says that one issue is older than another; "" if nothing does."""
    if one.date and other.date and one.date != other.date:
        return f"its date ({one.date}, {other.date})" if one.date < other.date else ""
    stages = _stage(one), _stage(other)
    if stages[0] is None or stages[1] is None or stages[0] >= stages[1]:
        return ""
    return "its name"


def _stage(issue: Issue) -> tuple[int, int] | None:
    """Return how far a text has come by its revision or its symbol; None where they do not say it."""
    name = " ".join(issue.revision.casefold().split())
    if name in _STAGES:
        return _STAGES.index(name), 0
    for words in (name, issue.symbol):
        if match := _REVISION.fullmatch(words):
            return _STAGES.index("rev"), int(match[1])
    return None
