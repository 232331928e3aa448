"""From the bytes of a PDF to words with their places, through PDFium."""

import ctypes
import re
import struct
import threading
from collections.abc import Iterator
from math import degrees, hypot
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from gcmtext.errors import InvalidText
from gcmtext.formats.pdf.page import Page, Rule
from gcmtext.formats.pdf.words import BREAK, Glyph, Style, words_of

MAX_PAGES = 1_000
MAX_CHARACTERS = 6_000_000

# PDFium may be used by one thread at a time.
_LOCK = threading.Lock()
_BOX = struct.Struct("4f").unpack
_QUARTER = 90
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # what PDFium returns for a hyphen at the end of a line


def read_pages(data: bytes) -> list[Page]:
    """Return the pages of a PDF.

    Raises InvalidText if it is damaged, cut short, protected by a password, or over MAX_PAGES or
    MAX_CHARACTERS.
    """
    with _LOCK:
        document = _open(data)
        try:
            if len(document) > MAX_PAGES:
                raise InvalidText(
                    f"has {len(document):,} pages, and {MAX_PAGES:,} is the most that is read: split it."
                )
            return list(_pages(document))
        finally:
            document.close()


def _open(data: bytes) -> "pdfium.PdfDocument":
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise InvalidText("is encrypted: remove the password, or ask for a copy without one.") from None
        raise InvalidText("is damaged and cannot be opened: ask for it again.") from None
    # A file that lost its end is repaired by PDFium in silence, without the pages that were lost.
    if b"%%EOF" not in data[-2048:] or len(document) == 0:
        document.close()
        raise InvalidText("is cut short (its end is missing): ask for it again.")
    return document


def _pages(document: "pdfium.PdfDocument") -> Iterator[Page]:
    fonts = _Fonts()
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pdfium.PdfiumError:
            raise InvalidText(f"is damaged: page {number + 1} cannot be read; ask for it again.") from None
        try:
            characters += text_page.count_chars()
            if characters > MAX_CHARACTERS:
                raise InvalidText(
                    f"holds more than {MAX_CHARACTERS:,} characters, the most that is read: split it."
                )
            yield _page(number, page, text_page, fonts)
        finally:
            text_page.close()
            page.close()


class _Fonts:
    """Whether fonts are bold or italic, by name and flags."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, int, int], tuple[bool, bool]] = {}
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def style(self, text_page: Any, index: int) -> tuple[bool, bool]:
        """Return (bold, italic) of the character at `index`."""
        pdfium_c.FPDFText_GetFontInfo(text_page, index, self._name, 128, ctypes.byref(self._flags))
        key = (self._name.value, self._flags.value, pdfium_c.FPDFText_GetFontWeight(text_page, index))
        if key not in self._known:
            name = key[0].decode("utf-8", "replace").lower()
            bold = key[2] >= 600 or bool(key[1] & 1 << 18) or bool(re.search("bold|black|heavy", name))
            italic = bool(key[1] & 1 << 6) or bool(re.search("italic|oblique", name))
            self._known[key] = (bold, italic)
        return self._known[key]


class _Upright:
    """Turns the page so that most of its text runs from left to right or right to left, y down."""

    def __init__(self, page: "pdfium.PdfPage", angle: int) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._angle = angle
        width, height = self._right - self._left, self._top - self._bottom
        self.width, self.height = (height, width) if angle in (90, 270) else (width, height)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom with y down."""
        if self._angle == 90:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._angle == 270:
            return self._top - top, self._right - right, self._top - bottom, self._right - left
        if self._angle == 180:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        return left - self._left, self._top - top, right - self._left, self._top - bottom

    def base(self, x: float, y: float) -> float:
        """Return the y of a base line through a point of the page."""
        return self.box(x, y, x, y)[1]


def _angle(text_page: Any, index: int) -> int:
    """Return the direction of a character in whole degrees, counter-clockwise; -1 if it has none."""
    radians: float = pdfium_c.FPDFText_GetCharAngle(text_page, index)
    return -1 if radians < 0 else -round(degrees(radians)) % 360


def _page(number: int, page: "pdfium.PdfPage", text_page: "pdfium.PdfTextPage", fonts: _Fonts) -> Page:
    raw = text_page.raw
    text = _characters(text_page)
    step = max(1, len(text) // 64)
    angles = [
        a for a in (_angle(raw, i) for i in range(0, len(text), step) if not text[i].isspace()) if a >= 0
    ]
    upright = max(set(angles), key=angles.count) if angles else 0
    if upright % _QUARTER:
        upright = 0
    frame = _Upright(page, upright)
    reader = _Reader(raw, frame, fonts, upright)
    reader.read(text)
    rules, pictures = _drawings(page, frame)
    slanted = " ".join("".join(reader.slanted).split())
    return Page(
        number, frame.width, frame.height, words_of(reader.glyphs), rules, slanted, reader.unmapped, pictures
    )


def _characters(text_page: "pdfium.PdfTextPage") -> str:
    """Return one character for each index of the page."""
    count = text_page.count_chars()
    raw = text_page.raw
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "surrogatepass") if written else ""
    if len(text) != count:
        text = "".join(chr(min(pdfium_c.FPDFText_GetUnicode(raw, i), 0x10FFFF)) for i in range(count))
    return text


class _Reader:
    """Reads the characters of one page."""

    def __init__(self, raw: Any, frame: _Upright, fonts: _Fonts, upright: int) -> None:
        self.glyphs: list[Glyph] = []
        self.slanted: list[str] = []
        self.unmapped = 0
        self._raw, self._frame, self._fonts, self._upright = raw, frame, fonts, upright
        self._matrix = pdfium_c.FS_MATRIX()

    def read(self, text: str) -> None:
        """Read the characters of the page into `glyphs`, or `slanted` if they stand at an angle."""
        raw, to_upright, add = self._raw, self._frame.box, self.glyphs.append
        get_box, has_error = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_HasUnicodeMapError
        rect = pdfium_c.FS_RECTF()
        rect_pointer = ctypes.byref(rect)
        get_object, address = pdfium_c.FPDFText_GetTextObject, ctypes.addressof
        shown: int | None = None
        slanted = False
        style = Style(0.0, 1.0, False, False)
        for i, character in enumerate(text):
            if character in "\r\n":
                add(Glyph(BREAK, 0.0, 0.0, style))
                continue
            get_box(raw, i, rect_pointer)
            left, top, right, bottom = _BOX(rect)
            if character.isspace():
                # Blanks that PDFium makes up, where it sees white, have no width.
                left, _, right, _ = to_upright(left, bottom, right, top)
                add(Glyph(" " if right > left else BREAK, left, right, style))
                continue
            # What one operator of the page shows is set in one style, on one line.
            text_object = get_object(raw, i)
            if shown is None or not text_object or address(text_object.contents) != shown:
                shown = address(text_object.contents) if text_object else None
                slanted = _angle(raw, i) not in (self._upright, -1)
                found = self._style_at(i)
                style = style if found == style else found
            if slanted:
                self.slanted.append(character)
                add(Glyph(BREAK, 0.0, 0.0, style))
                continue
            if has_error(raw, i) == 1:
                self.unmapped += 1
            if "\u064b" <= character <= "\u0670":
                left, bottom, right, top = self._ink(i)
            left, _, right, _ = to_upright(left, bottom, right, top)
            add(Glyph(_HYPHENS.get(character, character), left, right, style))

    def _ink(self, index: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top of the ink of a character; of vowel signs the box says nothing."""
        box = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = box
        pdfium_c.FPDFText_GetCharBox(self._raw, index, *(ctypes.byref(side) for side in box))
        return left.value, bottom.value, right.value, top.value

    def _style_at(self, index: int) -> Style:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self._raw, index, ctypes.byref(x), ctypes.byref(y))
        pdfium_c.FPDFText_GetMatrix(self._raw, index, ctypes.byref(self._matrix))
        scale = hypot(self._matrix.c, self._matrix.d) or 1.0
        size = pdfium_c.FPDFText_GetFontSize(self._raw, index) * scale
        bold, italic = self._fonts.style(self._raw, index)
        return Style(round(self._frame.base(x.value, y.value), 1), round(size, 1), bold, italic)


def _drawings(page: "pdfium.PdfPage", frame: _Upright) -> tuple[tuple[Rule, ...], bool]:
    """Return the drawn shapes of a page, and whether it shows pictures."""
    raw = page.raw
    rules: list[Rule] = []
    pictures = False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(pdfium_c.FPDFPage_CountObjects(raw)):
        shape = pdfium_c.FPDFPage_GetObject(raw, i)
        kind = pdfium_c.FPDFPageObj_GetType(shape)
        if kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM):
            pictures = True
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            pdfium_c.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
            rules.append(Rule(*frame.box(left.value, bottom.value, right.value, top.value)))
    return tuple(rules), pictures
