"""What of a text is looked up: the words of all six languages, one definition for every engine.

A text is a row of parts at positions 0, 1, 2, …: the words of gcmtext.text.tokens, taken apart at what joins
them, so that "well-being" is found with "well being", and "l'être" with "être". A part has

    a form: folded (case, Arabic marks and letter forms, digits; see gcmtext.text.tokens.fold);
    a stem in the language of the text (Snowball), without the accents of Latin letters, since not everybody
        types them; ñ keeps its tilde, for it is another letter.

A Chinese character is a part. Symbols and numbers in which a sign counts (A/RES/71/1, 12.5) stand also whole,
at the position of their first part: "71/1" is not "71, 1". They are found from any of their slashes on, so
that "71/1" finds "A/RES/71/1", but not "A/RES/71/1/Add.2".

What stands in an index are forms ("lights", "a/res/71/1") and stems with their language ("en~light"), since a
word of one language may look like the stem of another.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from snowballstemmer import stemmer

from gcmtext.text.scripts import SCRIPTS, count
from gcmtext.text.tokens import fold, is_character, words, words_in

MOST_PARTS = 4_000
MOST_CHARACTERS = 60_000
"""So much of a paragraph is looked at; what comes after it is not found."""

_STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
_LATIN = ("en", "es", "fr")
_DIGITS_JOINED = re.compile(r"\d[.,:\u066b\u066c]\d")
_ADDRESS = re.compile(r"https?://|www\.", re.I)
_LONGEST = 200  # what is longer is no word; no engine holds words of thousands of letters
_TILDE = "\u0303"
_AND_THE = "\u0648\u0627\u0644"  # "and the", written as one with the word


class Part(NamedTuple):
    """A word, or what a joined word is made of. start, end: where it stands in the text."""

    form: str
    start: int
    end: int


class Whole(NamedTuple):
    """A symbol or number in which the signs count. at: the position of its first part; size: its parts."""

    form: str
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The parts of a text by position, and what stands whole besides."""

    parts: tuple[Part, ...]
    wholes: tuple[Whole, ...]


def analyse(text: str) -> Analysis:
    """Return what is looked up of a text, its first MOST_PARTS parts, with the places of each."""
    parts: list[Part] = []
    wholes: list[Whole] = []
    for start, word in words_in(text[:MOST_CHARACTERS]):
        spans = _apart(word)
        wholes += _wholes(word, spans, len(parts))
        parts += [Part(_fold(word[a:b]), start + a, start + b) for a, b in spans]
        if len(parts) >= MOST_PARTS:
            break
    return Analysis(tuple(parts[:MOST_PARTS]), tuple(whole for whole in wholes if whole.at < MOST_PARTS))


def forms(text: str) -> tuple[list[str], list[Whole]]:
    """Return the forms of a text by position and what stands whole: `analyse` in a hurry, for indexes."""
    parts: list[str] = []
    wholes: list[Whole] = []
    for word in words(text[:MOST_CHARACTERS]):
        if word.isalnum():
            parts.append(_fold(word))
            continue
        spans = _apart(word)
        wholes += _wholes(word, spans, len(parts))
        parts += [_fold(word[a:b]) for a, b in spans]
        if len(parts) >= MOST_PARTS:
            break
    return parts[:MOST_PARTS], [whole for whole in wholes if whole.at < MOST_PARTS]


@lru_cache(maxsize=300_000)
def stem(form: str, language: str) -> str:
    """Return what stands for the inflections of a form in a language: "en~light".

    "~light" in a language other than the six; "" for a number, a Chinese character and what stands whole,
    which have no inflections.
    """
    if not form.isalpha() or is_character(form):
        return ""
    name = _STEMMERS.get(language)
    if name is None:
        return f"~{form}"
    if form.startswith(_AND_THE) and len(form) > len(_AND_THE) + 1:
        form = form[1:]
    return f"{language}~{_without_accents(_stemmer(name).stemWord(form))}"


def inflections(form: str, language: str = "") -> tuple[str, ...]:
    """Return what a form is looked up by where its inflections count, too: its stems, or else itself.

    Those in all languages that it may be a word of, or in one.
    """
    languages = (base(language),) if language else _languages_of(form)
    found = tuple(dict.fromkeys(stem(form, each) for each in languages))
    return found if found[0] else (form,)


def base(language: str) -> str:
    """Return the primary subtag of a language: "zh" of "zh-Hant"."""
    return language.partition("-")[0].lower()


def _languages_of(form: str) -> tuple[str, ...]:
    """Return the languages that write words with these letters, "" for all without stems."""
    if not form.isascii():
        for language in ("ar", "ru"):
            if count(form, SCRIPTS[language]):
                return ("", language)
    return ("", *_LATIN)


def _apart(word: str) -> list[tuple[int, int]]:
    """Return where the parts of a word stand in it: what lies between the signs that join them."""
    if word.isalnum():
        return [(0, len(word))]
    spans: list[tuple[int, int]] = []
    start = -1
    for at, character in enumerate(word):
        if _belongs(character):
            start = at if start < 0 else start
        elif start >= 0:
            spans.append((start, at))
            start = -1
    if start >= 0:
        spans.append((start, len(word)))
    return spans


def _wholes(word: str, spans: list[tuple[int, int]], at: int) -> Iterator[Whole]:
    """Yield a joined word as it stands whole, where its signs count, and from each of its slashes on."""
    word = word.rstrip("%‰٪ \u00a0\u202f")
    if len(spans) < 2 or not (
        _DIGITS_JOINED.search(word) or ("/" in word and any(map(str.isdigit, word))) or _ADDRESS.match(word)
    ):
        return
    yield Whole(_fold(word), at, len(spans))
    if _ADDRESS.match(word):
        return
    for number, (start, _) in enumerate(spans[1:], 1):
        if word[start - 1] == "/" and len(spans) - number > 1:
            yield Whole(_fold(word[start:]), at + number, len(spans) - number)


@cache
def _belongs(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


@lru_cache(maxsize=300_000)
def _fold(word: str) -> str:
    return fold(word)[:_LONGEST]


@cache
def _stemmer(name: str) -> Any:
    return stemmer(name)


def _without_accents(word: str) -> str:
    """Return a word without the accents of its Latin letters, the tilde of ñ excepted."""
    if word.isascii() or not word[0].isalpha() or count(word, SCRIPTS["ru"]) or count(word, SCRIPTS["ar"]):
        return word
    apart = unicodedata.normalize("NFD", word)
    kept = "".join(c for c in apart if c == _TILDE or unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", kept)
