"""Lines of a file put together to blocks: what is one wrapped paragraph, and where a new one begins."""

import re
from collections.abc import Sequence
from itertools import pairwise

from gcmtext.text.labels import HIGHEST_UNDOUBTED, Numbering, is_division, split_label
from gcmtext.text.normalise import clean
from gcmtext.text.scripts import is_unspaced

# The end of an item or a chapeau, which "and" or "or" may follow.
_AND = r"(?:\s?(?:and|or|et|ou|y|o|и|или|و|أو|和|或))?"
_ENDED = re.compile(rf"(?:[.:：。]|[;؛；]{_AND})$")
_COMMA = re.compile(rf"[,،，、]{_AND}$")


def seam(before: str, after: str) -> str:
    """Return what stands between a wrapped line and the next: a blank, unless the script has none."""
    if not before or not after or (is_unspaced(before[-1]) and is_unspaced(after)):
        return ""
    return " "


def join_all(lines: Sequence[str]) -> str:
    """Return wrapped lines as one."""
    stripped = [line.strip() for line in lines if line.strip()]
    parts = stripped[:1]
    for before, line in pairwise(stripped):
        parts += (seam(before, line), line)
    return "".join(parts)


def split_at_labels(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines of a paragraph in groups, a new one where a line begins with a label.

    A label at the start of a line may stand there because the text was wrapped ("… in paragraph 3,\\n(a) and
    (b) of …"). It begins a group if the line before ends with a stop, a semicolon or a colon. After a comma
    it does so if its group has a label too, or if the line was not full: the label and the next word would
    have fitted within the longest line.
    """
    if not lines:
        return []
    longest = max(len(line) for line in lines)
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        ended = before.rstrip()
        if not starts_with_label(line):
            begins = False
        elif _COMMA.search(ended):
            begins = starts_with_label(groups[-1][0]) or _would_have_fitted(ended, line, longest)
        else:
            begins = bool(_ENDED.search(ended))
        if begins:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def starts_with_label(line: str) -> bool:
    """Whether a line begins as labelled paragraphs do; "A. Guterres", "objective 5: " and "2018. " do not."""
    found = split_label(clean(line[:80]))
    if found is None or not found[1]:
        return False
    label = found[0]
    if is_division(label) and line.lstrip()[0].islower():
        return False
    if label.readings[0].numbering is Numbering.ARABIC and label.readings[0].value > HIGHEST_UNDOUBTED:
        return False
    return label.form != "#." or label.readings[0].numbering is not Numbering.UPPER_LETTER


def _would_have_fitted(before: str, line: str, longest: int) -> bool:
    return len(before) + 1 + len(" ".join(line.split()[:2])) <= longest
