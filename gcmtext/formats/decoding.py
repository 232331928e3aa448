"""Bytes to characters: which encoding a text file is in."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gcmtext.errors import InvalidText
from gcmtext.text.model import Notice

# What the six languages are written in. charset-normalizer measures which of these makes sense of the bytes.
_LEGACY = (
    "cp1252",
    "cp1251",
    "cp1256",
    "gb18030",
    "big5",
    "koi8_r",
    "iso8859_5",
    "iso8859_6",
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TEXT_CODEC = re.compile(r"utf-8|ascii|iso8859-\d+|cp\d+|koi8-\w|mac-\w+|gb\w+|big5\w*|shift_jis|euc_\w+")
_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.01
_MAX_DAMAGED_SHARE = 0.02
_LINE_END = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LATIN_9 = re.compile(r"½\w|\w½|¼\w")  # what "œ" and "Œ" of ISO 8859-15 look like in Windows-1252
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_UNKNOWN = "The encoding of the text cannot be told: save it as UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file: line ends are "\\n", of the control characters only tab and form feed stay.

    encoding: the name of the codec that read them.
    """

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Return the characters of a text file.

    A byte order mark decides; then `declared`, the encoding a file states of itself, if it can be right; then
    UTF-8; then what makes most sense of the bytes, with a notice that it was guessed.

    Raises InvalidText if the bytes are no text, or in an encoding that cannot be told.
    """
    text, encoding, notices = _characters(data, declared)
    text = _LINE_END.sub("\n", text)
    clean, removed = _CONTROL.subn("", text)
    if removed > 32 and removed > _MAX_CONTROL_SHARE * len(text):
        raise InvalidText("The file holds no text but binary data: choose the file that holds the text.")
    if removed:
        message = f"Control characters were left out ({removed})."
        notices = (*notices, Notice("control-characters", message))
    return Decoded(clean, encoding, notices)


def _characters(data: bytes, declared: str) -> tuple[str, str, tuple[Notice, ...]]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _damaged(data[len(mark) :], encoding)
    if encoding := _utf_16(data[:_SAMPLE]):
        return _damaged(data, encoding)
    for encoding in (_codec(declared), "utf-8"):
        if encoding and (text := _strict(data, encoding)) is not None:
            return text, encoding, ()
    if len(_CONTROL_BYTE.findall(data[:_SAMPLE])) > _MAX_CONTROL_SHARE * len(data[:_SAMPLE]):
        raise InvalidText("The file holds no text but binary data: choose the file that holds the text.")
    if _is_nearly_utf_8(data):
        return _damaged(data, "utf-8")
    return _guess(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _damaged(data: bytes, encoding: str) -> tuple[str, str, tuple[Notice, ...]]:
    """Decode with an encoding that is certain, and count what is not in it."""
    text = data.decode(encoding, errors="replace")
    if not (lost := text.count("\ufffd")):
        return text, encoding, ()
    if lost > max(1, _MAX_DAMAGED_SHARE * len(text)):
        raise InvalidText("The file holds no text but binary data: choose the file that holds the text.")
    message = f"{lost} characters are damaged (\ufffd): the file is not in {encoding.upper()} throughout."
    return text, encoding, (Notice("damaged-characters", message),)


def _utf_16(sample: bytes) -> str:
    """Return the UTF-16 codec if every second byte is mostly zero, else ""."""
    half = max(len(sample) // 2, 1)
    high, low = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if high > 0.4 and low < 0.05:
        return "utf-16-be"
    if low > 0.4 and high < 0.05:
        return "utf-16-le"
    return ""


def _codec(declared: str) -> str:
    """Return the codec that browsers use for a declared encoding, "" for none or one that no text is in."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    if not _TEXT_CODEC.fullmatch(name):
        return ""
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)


def _is_nearly_utf_8(data: bytes) -> bool:
    """Whether nearly all bytes above ASCII form UTF-8 sequences, as no other encoding gives by chance."""
    sample = data[: 16 * _SAMPLE].decode("utf-8", errors="replace")
    lost = sample.count("\ufffd")
    return lost * 10 < sum(1 for c in sample if c > "\x7f") - lost


def _guess(data: bytes) -> tuple[str, str, tuple[Notice, ...]]:
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    matches = from_bytes(_telling(data), cp_isolation=list(_LEGACY), enable_fallback=False)
    for match in matches:
        encoding = match.encoding
        if (text := _strict(data, encoding)) is None:
            continue
        if encoding == "cp1252" and _LATIN_9.search(text):
            encoding, text = "iso8859_15", data.decode("iso8859_15")
        message = f"The encoding was guessed as {encoding}: check accents and signs, or save as UTF-8."
        return text, encoding, (Notice("guessed-encoding", message),)
    raise InvalidText(_UNKNOWN)


def _telling(data: bytes) -> bytes:
    """Return the first lines that hold bytes above ASCII, up to the size of the sample."""
    return b"".join(_lines_above_ascii(data))[:_SAMPLE]


def _lines_above_ascii(data: bytes) -> Iterator[bytes]:
    size = 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            size += len(line)
            yield line
        if size > _SAMPLE:
            return
