"""In which direction a language is written."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def is_right_to_left(language: str) -> bool:
    """Return whether texts in a language (BCP 47) run from right to left."""
    return language.partition("-")[0].lower() in _RIGHT_TO_LEFT


def direction(language: str) -> str:
    """Return the value of the attribute dir of a text in a language (BCP 47; "" where it is not known)."""
    if not language:
        return "auto"
    return "rtl" if is_right_to_left(language) else "ltr"
