"""What the symbol of a document says: which body adopted it, and in which session."""

import re

# From the more to the less special, as the series of the United Nations are named.
_BODIES = (
    (re.compile(r"A/HRC/"), "Human Rights Council"),
    (re.compile(r"A/CONF\."), "Conference"),
    (re.compile(r"A/"), "General Assembly"),
    (re.compile(r"S/"), "Security Council"),
    (re.compile(r"E/CN\.\d"), "Commission of the Economic and Social Council"),
    (re.compile(r"E/"), "Economic and Social Council"),
    (re.compile(r"ST/"), "Secretariat"),
    (re.compile(r"WHA\d|WHA/"), "World Health Assembly"),
)
_SESSION = re.compile(r"(?:/|^)(?:RES|DEC|WHA)/?((?:S-|ES-)?\d+)[/.]")


def body_of(symbol: str) -> str:
    """Return the name of the body that a symbol stands for ("General Assembly"), "" if it is not known."""
    return next((name for series, name in _BODIES if series.match(symbol)), "")


def session_of(symbol: str) -> str:
    """Return the session that a symbol names ("79", "ES-11"; a year for some bodies), "" if it names none."""
    found = _SESSION.search(symbol)
    return found[1] if found else ""
