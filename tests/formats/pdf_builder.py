"""A small writer of PDF files for tests: text where the test puts it, rules, and pictures without text.

Every character is half as wide as the type is high, in any script, so that a test knows where words end.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0  # A4 in points
_FONTS = ("Serif", "Serif-Bold", "Serif-Italic", "Unmapped")


def width(text: str, size: float = 10.0) -> float:
    """Return how wide a text is."""
    return 0.5 * size * len(text)


@dataclass
class PdfPage:
    """One page; x from the left, y of the base line from the top."""

    content: list[str] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)
    rotation: int = 0

    def text(self, x: float, y: float, text: str, size: float = 10.0, font: str = "Serif") -> None:
        """Write a text that begins at x."""
        self._write(f"1 0 0 1 {x:.2f} {HEIGHT - y:.2f}", text, size, font)

    def from_right(self, x: float, y: float, text: str, size: float = 10.0) -> None:
        """Write a text that begins at x and runs to the left; numbers and Latin words keep their order."""
        seen = re.sub(r"[A-Za-z0-9/]+", lambda found: found[0][::-1], text)[::-1]
        self.text(x - width(text, size), y, seen, size)

    def upwards(self, x: float, y: float, text: str, size: float = 10.0) -> None:
        """Write a text that runs up the page from (x, y)."""
        self._write(f"0 1 -1 0 {x:.2f} {HEIGHT - y:.2f}", text, size, "Serif")

    def slanted(self, x: float, y: float, text: str, size: float = 40.0) -> None:
        """Write a text across the page, as a stamp."""
        self._write(f"0.707 0.707 -0.707 0.707 {x:.2f} {HEIGHT - y:.2f}", text, size, "Serif")

    def lines(self, x: float, y: float, lines: list[str], size: float = 10.0, font: str = "Serif") -> float:
        """Write lines below one another and return the y of the line after the last."""
        for line in lines:
            self.text(x, y, line, size, font)
            y += 1.2 * size
        return y

    def rule(self, left: float, y: float, right: float) -> None:
        """Draw a line from left to right."""
        self.content.append(f"{left:.2f} {HEIGHT - y:.2f} {right - left:.2f} 0.5 re f")

    def picture(self) -> None:
        """Show a picture of one pixel on the whole page."""
        self.content.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")

    def _write(self, matrix: str, text: str, size: float, font: str) -> None:
        self.characters.update(text)
        codes = text.encode("utf-16-be").hex()
        self.content.append(f"BT /{font} {size} Tf {matrix} Tm <{codes}> Tj ET")


class PdfBuilder:
    """A file of pages."""

    def __init__(self) -> None:
        self.pages: list[PdfPage] = []

    def page(self) -> PdfPage:
        """Add a page."""
        self.pages.append(PdfPage())
        return self.pages[-1]

    def build(self, *, locked: bool = False) -> bytes:
        """Return the file; `locked` if it asks for a password."""
        objects: list[str] = []

        def add(body: str) -> int:
            objects.append(body)
            return len(objects)

        catalog, tree = add(""), add("")
        mapped = add(_stream(_to_unicode({c for page in self.pages for c in page.characters})))
        fonts = " ".join(f"/{name} {_add_font(add, name, mapped)} 0 R" for name in _FONTS)
        kids = []
        for page in self.pages:
            content = add(_stream("\n".join(page.content)))
            kids.append(
                add(
                    f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
                    f"/Rotate {page.rotation} /Resources << /Font << {fonts} >> >> /Contents {content} 0 R >>"
                )
            )
        objects[catalog - 1] = f"<< /Type /Catalog /Pages {tree} 0 R >>"
        objects[tree - 1] = (
            f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>"
        )
        return _file(objects, catalog, locked)


def _add_font(add: Callable[[str], int], name: str, mapped: int) -> int:
    descriptor = add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200 "
        "/CapHeight 700 /StemV 80 /FontBBox [0 -200 500 800] >>"
    )
    descendant = add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500 /FontDescriptor {descriptor} 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    unicode = "" if name == "Unmapped" else f"/ToUnicode {mapped} 0 R "
    return add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H {unicode}"
        f"/DescendantFonts [{descendant} 0 R] >>"
    )


def _to_unicode(characters: set[str]) -> str:
    """Return a character map in which every code stands for itself."""
    codes = sorted({ord(c) for c in characters if ord(c) < 0x10000})
    blocks = [codes[i : i + 100] for i in range(0, len(codes), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(f"<{c:04X}> <{c:04X}>" for c in block) + "\nendbfchar"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream"


def _file(objects: list[str], catalog: int, locked: bool) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    trailer = f"/Size {len(objects) + 1} /Root {catalog} 0 R /ID [<{'00' * 16}> <{'00' * 16}>]"
    if locked:  # with keys that no empty password opens
        trailer += f" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"
    data += f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)
