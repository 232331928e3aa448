"""Words, punctuation marks and white space, in any language.

One definition for the whole program: what is compared, aligned, merged, counted and searched is these.

A word is
    a run of letters and digits with the combining marks, tatweel, joiners and soft hyphens inside it;
    kept whole across an apostrophe, hyphen, slash, underscore, middle dot, & or @ between two letters or
        digits (l'être, well-being, and/or, R&D, name@un.org);
    kept whole across a full stop between letters, unless a sentence seems to end there (un.org, e.g, but not
        "end.Start"), and across a full stop, comma or colon between digits (12.5, 1,000, 10:30);
    a number in groups of three digits (1 000 000), and a number with its per cent sign (10 %);
    a symbol of a document (A/CONF.231/3, A/72/L.5/Rev.1) or an address on the web;
    one character of Chinese or kana, since they are written without blanks.
Everything else is white space (with the invisible marks of direction), a line break, each a token apart, or
a punctuation mark or sign (dots and lines in a row are one; an emoji keeps its modifiers). A blank does not
belong to the word before it, so that "word" in "word," is the same token as in "word ".
"""

import re
import unicodedata
from collections.abc import Iterator

_BLOCKS_WITH_MARKS = ((0x300, 0x1E00), (0x20D0, 0x2100), (0x2CEF, 0x3100), (0xA66F, 0xAC00), (0xFB1E, 0xFE30))


def _class_of_marks() -> str:
    """Return the combining marks, which `\\w` leaves out, as the inside of a class for `re`."""
    marks = [
        c for block in _BLOCKS_WITH_MARKS for c in range(*block) if unicodedata.category(chr(c))[0] == "M"
    ]
    starts = [c for c, before in zip(marks, [0, *marks], strict=False) if c != before + 1]
    ends = [c for c, after in zip(marks, [*marks[1:], 0], strict=True) if c != after - 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


_EXTENDERS = _class_of_marks() + "\u00ad\u200c\u200d\u2060\U000e0100-\U000e01ef"
_INVISIBLE = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_BLANKS = frozenset(
    "\t\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000" + _INVISIBLE
)
_CHARACTERS = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)

_RUN = f"(?:[^\\W_{_CHARACTERS}]++[{_EXTENDERS}]*+)++"
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})++(?!\d)"
_SYMBOL = "[A-Z]++(?:\\.\\d++)?(?:/[A-Z0-9][A-Za-z0-9]*+(?:\\.(?:\\d++|[A-Z]++(?![a-z])))*+)++"
_ADDRESS = r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/]"
_JOINT = (
    "(?:['’\\-\u2010\u2011/_·&@]"
    r"|(?<=[A-Z])\.(?=[^\W\d_])|(?<=[^\W\d_])\.(?=[^\W\d_A-Z])"
    r"|(?<=\d)[.,:\u066b\u066c](?=\d))"
)
_PER_CENT = "(?:(?<=\\d)[ \u00a0\u202f]?[%‰٪])?"
_WORD = (
    f"[{_CHARACTERS}][{_EXTENDERS}]*+"
    f"|{_ADDRESS}"
    f"|(?:{_GROUPED}|{_SYMBOL}|{_RUN})(?:{_JOINT}{_RUN})*+{_PER_CENT}"
)
_SPACE = f"(?:[^\\S\\n]|[{_INVISIBLE}])++"
_SIGN = (
    r"\.{2,}|_{2,}|-{2,}|\*{2,}"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    f"|\\S(?:\u200d[^\\w\\s]|[{_EXTENDERS}\U0001f3fb-\U0001f3ff])*+"
)

# What most words are, and a _WORD as well: asked first, since it is told from what follows with one look.
_PLAIN_WORD = r"[A-Za-z]++(?=[ ,;)\n])"

_TOKEN = re.compile(f" (?=[^\\s{_INVISIBLE}])|{_PLAIN_WORD}|{_WORD}|{_SPACE}|\\n|{_SIGN}")

_SAME_LETTER = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ё": "е",
        "٪": "%",
        **{chr(zero + n): str(n) for zero in (0x660, 0x6F0) for n in range(10)},
        **dict.fromkeys(" \u0640\u00ad\u200b\u200c\u200d\u2060\ufeff\u0670"),
        **dict.fromkeys(map(chr, range(0x64B, 0x656))),
        **dict.fromkeys(map(chr, range(0x6D6, 0x6DD))),
    }
)


def tokens(text: str) -> list[str]:
    """Return the words, signs and stretches of white space of a text; joined they are the text."""
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """Return the words of a text as they stand: those of `tokens` for which `is_word` holds."""
    return [token for token in _TOKEN.findall(text) if token[0].isalnum()]


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a text as they stand, each with where it starts."""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isalnum():
            yield match.start(), token


def is_word(token: str) -> bool:
    """Return whether a token is a word (a number and a Chinese character are), no sign or white space."""
    return token[0].isalnum()


def is_character(token: str) -> bool:
    """Return whether a token is one character of Chinese or kana, and so less than a word."""
    first = token[0]
    return "\u3005" <= first <= "\u9fff" or "\uf900" <= first <= "\ufaff" or first >= "\U00020000"


def is_space(token: str) -> bool:
    """Return whether a token is white space or invisible; a line break is not, for it sets texts apart."""
    return token[0] in _BLANKS


def fold(word: str) -> str:
    """Return what two words have in common that a reader takes for the same word.

    Without regard to case, the form of quotation marks, hyphens and digits, compatibility forms (ligatures,
    full width, Arabic presentation forms), Arabic vowel marks, tatweel and hamza on alef, Russian ё, and the
    blanks in a number. Accents of French and Spanish count: they tell words
    apart.
    """
    if word.isascii():
        return word.lower().replace(" ", "")
    folded = unicodedata.normalize("NFKC", word).casefold().translate(_SAME_LETTER)
    return unicodedata.normalize("NFKC", folded) or word
