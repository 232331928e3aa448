"""What bytes are, told from how they begin."""

import re

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"%PDF",
    _OLE,
    b"\x7fELF",
    b"MZ",
    b"\x1f\x8b",
    b"II*\0",
    b"MM\0*",
)

_XML = re.compile(r"<(?:[?!]|[^\W\d][\w.:-]*[\s/>])")

_HTML = re.compile(
    r"(?:<!--(?>.*?-->)\s*+)*+"
    r"<(?:!doctype html|html|head|body|main|article|section|div|table|p|h[1-6]|ul|ol|span|meta)\b",
    re.S,
)


def is_zip(data: bytes) -> bool:
    """Whether this is a ZIP archive, as Word files are."""
    return data.startswith(b"PK\x03\x04")


def is_docx(data: bytes) -> bool:
    """Whether this is an Office Open XML package; whether its parts are in order is for the reader to say."""
    return is_zip(data)


def is_pdf(data: bytes) -> bool:
    """Whether the PDF header stands in the first KB, where readers accept it."""
    return b"%PDF-" in data[:1024]


def is_xml(data: bytes) -> bool:
    """Whether this opens with a tag, a declaration or a comment as XML does, and not with HTML."""
    return bool(_XML.match(_start(data))) and not is_html(data)


def is_html(data: bytes) -> bool:
    """Whether this is an HTML page, or a part of one that opens with an element of HTML."""
    start = _start(data)
    return bool(_HTML.match(start)) or (start.startswith("<?xml") and "<html" in start)


def is_text(data: bytes) -> bool:
    """Whether this is text in some encoding, and no known binary format."""
    if data.startswith(_BINARY) or is_pdf(data):
        return False
    sample = data[:65536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in sample or _is_utf16(sample)


def known_problem(data: bytes) -> str:
    """Return the rest of a sentence for kinds of file that are recognised but not read; "" for others."""
    if data.startswith(_OLE):
        return (
            "is encrypted or in the old Word format (.doc): open it in Word, remove the password, "
            "and save it as a Word document (.docx)."
        )
    if data.startswith(b"{\\rtf"):
        return "is in Rich Text Format: open it in Word and save it as a Word document (.docx)."
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return "is an OpenDocument file: save it as a Word document (.docx)."
    return ""


def _start(data: bytes) -> str:
    """Return the first characters in lower case, whatever the encoding."""
    sample = data[:2048].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
    return sample.decode("latin-1").lstrip("\xff\xfe \t\r\n").lower()


def _is_utf16(sample: bytes) -> bool:
    """Whether every second byte is mostly zero, as in UTF-16 without a byte order mark."""
    even, odd = sample[0::2], sample[1::2]
    return max(even.count(0) / max(len(even), 1), odd.count(0) / max(len(odd), 1)) > 0.4 and not (
        even.count(0) and odd.count(0)
    )
