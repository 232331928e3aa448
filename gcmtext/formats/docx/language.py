"""The language of a text, as its runs say."""

import re
from collections import Counter

from gcmtext.formats.docx.styles import RunFormat

_COMPLEX = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\ufb1d-\ufdff\ufe70-\ufeff]")
_ASIAN = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_CYRILLIC_LANGUAGES = frozenset("ab ba be bg kk ky mk mn os ru sr tg tt uk uz".split())
_MIN_SHARE = 0.5


def language_of(text: str, form: RunFormat) -> str:
    """Return the primary language subtag of a run for the script its text is in; "" if it names none.

    Word keeps three languages for each run: for complex scripts, for East Asian ones, for all others. Many
    files leave Latin defaults on Cyrillic text; those are no statement.
    """
    if text.isascii():
        return _primary(form.latin)
    if _COMPLEX.search(text):
        return _primary(form.complex)
    if _ASIAN.search(text):
        return _primary(form.asian)
    language = _primary(form.latin)
    return "" if _CYRILLIC.search(text) and language not in _CYRILLIC_LANGUAGES else language


def main_language(languages: Counter[str]) -> str:
    """Return the language of more than half of the letters; "" if there is none."""
    if not languages:
        return ""
    language, letters = languages.most_common(1)[0]
    return language if letters > _MIN_SHARE * languages.total() else ""


def _primary(tag: str | None) -> str:
    return "" if tag is None or tag == "x-none" else tag.partition("-")[0].lower()
