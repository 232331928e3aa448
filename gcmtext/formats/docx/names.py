"""Names in Office Open XML (ISO/IEC 29500), in the namespaces of its transitional form."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
DC = "{http://purl.org/dc/elements/1.1/}"

STRICT = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1]),
    ("http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1]),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1]),
    ("http://purl.oclc.org/ooxml/drawingml/main", A[1:-1]),
)
"""Namespaces of the strict form, each with the transitional one that means the same."""

VAL = W + "val"
ID = W + "id"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_OFF = ("0", "false", "off")


def first(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the first child of that name; much faster than find()."""
    return next(element.iterchildren(tag), None)


def is_on(value: str | None) -> bool:
    """Whether an on/off property that is present is on; its value may be left out (None)."""
    return value not in _OFF


def integer(value: str | None) -> int | None:
    """Return a whole number; None where it is missing or no such number."""
    try:
        return int(value) if value is not None else None
    except ValueError:
        return None
