"""What the next revision is usually called."""

import re
from collections.abc import Sequence

from gcmtext.text.addresses import slug

# The usual order; "zero draft plus" is what has come of a first reading.
_BEFORE_REV = ("Zero draft", "Zero draft plus")
_FIRST_REV = "Rev.1"
_NUMBERED = re.compile(r"(?P<name>.*?)(?P<number>[0-9]+)", re.DOTALL)


def next_name(before: Sequence[str], taken: Sequence[str] = ()) -> str:
    """Return what usually comes after the names of the revisions before, "" where nothing is usual.

    After "Zero draft" comes "Zero draft plus", then "Rev.1"; a name that ends in a number is counted on
    ("Rev.3" after "Rev.2"). `taken` are other names that are given already, of later revisions.
    """
    if not before:
        name = _BEFORE_REV[0]
    elif slug(before[-1]) == slug(_BEFORE_REV[0]):
        name = _BEFORE_REV[1]
    elif slug(before[-1]) == slug(_BEFORE_REV[1]):
        name = _FIRST_REV
    elif counted := _NUMBERED.fullmatch(before[-1]):
        name = f"{counted['name']}{int(counted['number']) + 1}"
    else:
        return ""
    return "" if slug(name) in {slug(other) for other in (*before, *taken)} else name
