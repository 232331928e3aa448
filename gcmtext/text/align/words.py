"""The words by which paragraphs are compared: without case, punctuation or combining marks.

Simpler and three times as fast as gcmtext.text.tokens: here nothing is shown, and what is written with or
without a hyphen should be found alike.
"""

import re

_CHARACTERS = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
_WORD = re.compile(f"[{_CHARACTERS}]|(?:[^\\W{_CHARACTERS}]+[{_MARKS}]*)+")
_ASCII_WORD = re.compile(r"\w+")
_MARK = re.compile(f"[{_MARKS}]+")


def comparable_words(text: str) -> list[str]:
    """Return the words of a text in order; each Chinese character is one."""
    folded = text.casefold()
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    return _WORD.findall(_MARK.sub("", folded))
