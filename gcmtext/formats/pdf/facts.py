"""What a document prints about itself: symbol, language, date."""

import re

_SYMBOL = re.compile(
    r"(?<![\w/])(?:[A-Z]{1,8}(?:/[A-Z0-9][A-Za-z0-9.\-]*(?:\([A-Z0-9]+\))?)+|WHA\d{1,3}\.\d{1,3})(?![\w/])"
)
_JOB = re.compile(r"(?:GE\.)?\d{2}-\d{4,6}\s*\(([ACEFRS])\)")
_LANGUAGES = {"A": "ar", "C": "zh", "E": "en", "F": "fr", "R": "ru", "S": "es"}
_MONTHS = (
    "january janvier enero января",
    "february février febrero февраля",
    "march mars marzo марта",
    "april avril abril апреля",
    "may mai mayo мая",
    "june juin junio июня",
    "july juillet julio июля",
    "august août agosto августа",
    "september septembre septiembre сентября",
    "october octobre octubre октября",
    "november novembre noviembre ноября",
    "december décembre diciembre декабря",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_DATE = re.compile(r"(\d{1,2})(?:er|º)? (?:de )?([^\W\d_]+)(?: de)? (\d{4})")
_CHINESE_DATE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")


def symbol(text: str) -> str:
    """Return the first document symbol in a text ("A/RES/73/195"), "" if there is none."""
    found = _SYMBOL.search(text)
    return found[0].rstrip(".-") if found else ""


def language(text: str) -> str:
    """Return the language that a job number of the United Nations states ("GE.18-01763(E)"), else ""."""
    found = _JOB.search(text)
    return _LANGUAGES[found[1]] if found else ""


def date(text: str) -> str:
    """Return the first date in a text as ISO 8601, "" if there is none."""
    if found := _CHINESE_DATE.search(text):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    for found in _DATE.finditer(text):
        month = _MONTH.get(found[2].casefold())
        if month and 1 <= int(found[1]) <= 31:
            return f"{found[3]}-{month:02}-{int(found[1]):02}"
    return ""
