"""Which script a character belongs to, as far as the program needs to know.

Ranges are compared one by one: a regular expression with the ranges of Chinese takes longer to compile than
most files take to read.
"""

_ARABIC = ("\u0600", "\u06ff"), ("\u0750", "\u077f")
_CYRILLIC = (("\u0400", "\u04ff"),)
_HAN = ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff")
_KANA = (("\u3040", "\u30ff"),)
_WIDE_SIGNS = ("\u2e80", "\u303f"), ("\uff00", "\uffef")
_FIRST = "\u0400"  # of all ranges: Latin and Greek stand below

SCRIPTS = {"ar": _ARABIC, "ru": _CYRILLIC, "zh": _HAN}
"""The ranges of the script of each language that does not share one with another official language."""


def count(text: str, ranges: tuple[tuple[str, str], ...]) -> int:
    """Return how many characters of a text lie in some ranges."""
    if text.isascii():
        return 0
    return sum(any(first <= c <= last for first, last in ranges) for c in text if c >= _FIRST)


def unspaced_characters(text: str) -> int:
    """Return how many characters of a text belong to scripts written without blanks: Chinese and kana."""
    return count(text, _HAN + _KANA)


def is_unspaced(text: str) -> bool:
    """Return whether a text begins with a character, or a sign, of a script written without blanks."""
    return count(text[:1], _HAN + _KANA + _WIDE_SIGNS) > 0
