"""Countries: their codes (ISO 3166-1) and short names in many languages, as the Unicode CLDR keeps them."""

from functools import cache

from babel import Locale

# Reserved or made up in CLDR: islands of a country, groups, and what stands for no place.
_NO_COUNTRY = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())


def country(code: str, language: str) -> str:
    """Return the short name of a country in a language, "" for a code that is none."""
    return _names(language).get(code.upper(), "")


def countries(language: str) -> list[tuple[str, str]]:
    """Return the codes and names of all countries, by name."""
    return sorted(_names(language).items(), key=lambda pair: pair[1].casefold())


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language.replace("-", "_")).territories
    return {
        code: str(name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
