"""Lines of a paragraph to one text: what stands between a line and the next."""

import re
from collections.abc import Sequence

from gcmtext.formats.hyphens import Hyphens
from gcmtext.formats.pdf.page import CJK

_CJK_START, _CJK_END = re.compile(f"[{CJK}]"), re.compile(f"[{CJK}]$")
_LATIN_START, _LATIN_END = re.compile(r"[A-Za-z0-9]"), re.compile(r"[A-Za-z0-9]$")
_CLOSE = re.compile(f"[A-Za-z0-9][{CJK}]|[{CJK}][A-Za-z0-9]")
_APART = re.compile(f"[A-Za-z0-9] [{CJK}]|[{CJK}] [A-Za-z0-9]")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>]*$|[^\s<>]*://[^\s<>]*$")


class Joiner:
    """Joins lines as the document they are from is written."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._hyphens = Hyphens(lines)
        close, apart = (sum(len(sign.findall(line)) for line in lines) for sign in (_CLOSE, _APART))
        self._sets_latin_apart = apart > close

    def join(self, lines: Sequence[str]) -> str:
        """Return lines as one: with blanks, except in Chinese and Japanese, in addresses, and at hyphens."""
        text = lines[0] if lines else ""
        for line in lines[1:]:
            if not text or not line or self._is_unspaced(text, line):
                text += line
            elif text[-1] in "-‐\u00ad" and len(text) > 1 and text[-2].isalnum():
                text = self._hyphens.join(text, line)
            else:
                text += " " + line
        return text

    def _is_unspaced(self, text: str, line: str) -> bool:
        """Return whether the end of a line and the next go together without a blank."""
        ends, starts = _CJK_END.search(text), _CJK_START.match(line)
        if ends and starts:
            return True
        if (ends and _LATIN_START.match(line)) or (starts and _LATIN_END.search(text)):
            return not self._sets_latin_apart
        if (url := _URL.search(text)) and _goes_on(url[0], line):
            return True
        return _is_cut_at_stroke(text, line)


def _is_cut_at_stroke(text: str, line: str) -> bool:
    """Return whether a line ends or begins with a stroke inside a word: "and/" and "or", "41" and "/7"."""
    if text[-1] == "/":
        return len(text) > 1 and text[-2] != " "
    return line[0] == "/" and line[1:2].isalnum() and text[-1].isalnum()


def _goes_on(url: str, line: str) -> bool:
    """Return whether an address at the end of a line goes on with the first word of the next."""
    word = line.split(" ", 1)[0]
    if url.endswith((")", "]", ">", ",", ";")):
        return False
    return bool(re.search(r"[/._=?%&#~]", word.rstrip(".,;:)"))) or url.endswith(("/", "-", "_", "=", "?"))
