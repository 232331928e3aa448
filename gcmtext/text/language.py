"""Which of the six official languages of the United Nations a text is in."""

import re
from collections import Counter
from collections.abc import Iterable

from gcmtext.text.scripts import SCRIPTS, count

LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh": "Chinese",
}

# Frequent short words that the languages in Latin script do not share.
_LATIN = {
    "en": frozenset("the and of to that by for with which their as its from this be are".split()),
    "fr": frozenset("le les et des du une dans qui aux par pour sur au est leur avec ses".split()),
    "es": frozenset("el los y las del una por para con al su sus lo como".split()),
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_ENOUGH = 12

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def detect_language(texts: Iterable[str]) -> str:
    """Return "ar", "en", "es", "fr", "ru" or "zh", or "" where the words do not tell.

    Judged by script and, for Latin script, by frequent short words; the first 20,000 characters decide.
    """
    sample = ""
    for text in texts:
        sample += text + "\n"
        if len(sample) > _SAMPLE:
            break
    letters = sum(map(str.isalpha, sample))
    for language, ranges in SCRIPTS.items():
        # Chinese says with one character what others say with several letters.
        weight = 3 if language == "zh" else 1
        if letters and weight * count(sample, ranges) > letters / 2:
            return language
    counts = Counter(_WORD.findall(sample.casefold()))
    hits = sorted(
        ((sum(counts[w] for w in words), language) for language, words in _LATIN.items()), reverse=True
    )
    (most, language), (second, _) = hits[0], hits[1]
    if most >= 2 and most > 2 * second and most * _ENOUGH > sum(counts.values()):
        return language
    return ""


def is_right_to_left(language: str) -> bool:
    """Return whether texts in a language (BCP 47) run from right to left."""
    return language.partition("-")[0].lower() in _RIGHT_TO_LEFT


def direction(language: str) -> str:
    """Return the value of the attribute dir of a text in a language (BCP 47; "" where it is not known)."""
    if not language:
        return "auto"
    return "rtl" if is_right_to_left(language) else "ltr"
