"""The package of a Word file: a ZIP archive of XML parts, opened so that no file can do harm.

Every part is counted while it is unpacked, whatever the archive says of its size. XML is read without
entities, document types and network; libxml2 refuses elements nested deeper than 256.
"""

import posixpath
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from gcmtext.errors import InvalidText
from gcmtext.formats.docx.names import STRICT

MAX_UNPACKED = 256 * 2**20
"""The most bytes that are unpacked from one file."""

MAX_RATIO = 200
"""The most a large part may grow when unpacked; the XML of real Word files grows 5 to 50 times."""

_LARGE = 16 * 2**20
_CHUNK = 2**20
_MAX_PARTS = 10_000
_PART_HEADER = b"PK\x01\x02"

_PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP = f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship"

_OTHERS = {
    "xl/workbook.xml": "is an Excel workbook",
    "xl/workbook.bin": "is an Excel workbook",
    "ppt/presentation.xml": "is a PowerPoint presentation",
    "visio/document.xml": "is a Visio drawing",
    "content.xml": "is an OpenDocument file",
    "meta-inf/container.xml": "is an e-book",
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another; kind is the last word of its type, target the name of a part."""

    kind: str
    target: str


class Package:
    """The parts of one Word file. All methods raise InvalidText where the file is damaged or unsafe."""

    def __init__(self, data: bytes) -> None:
        if data.count(_PART_HEADER) > _MAX_PARTS:
            raise InvalidText(
                f"it holds over {_MAX_PARTS:,} parts, as no Word file does: save it again in Word."
            )
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OSError):
            raise InvalidText(
                "it is cut short or damaged (no complete ZIP archive, as Word files are): ask for it again."
            ) from None
        self._infos = {_part_name(info.filename): info for info in self._zip.infolist()}
        self._left = MAX_UNPACKED

    def __contains__(self, name: str) -> bool:
        return _part_name(name) in self._infos

    def main(self) -> str:
        """Return the name of the part that holds the text."""
        for link in self.relationships("").values():
            if link.kind == "officeDocument" and link.target in self and _is_word(link.target):
                return link.target
        if "word/document.xml" in self:
            return "word/document.xml"
        what = next((said for part, said in _OTHERS.items() if part in self), "holds no text of Word")
        raise InvalidText(
            f"it {what}, not a Word document: open it in its own program and save it as .docx or .pdf."
        )

    def related(self, part: str, kind: str) -> list[str]:
        """Return the names of the parts of one kind that `part` links to and that are there."""
        links = self.relationships(part).values()
        return sorted({link.target for link in links if link.kind == kind and link.target in self})

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return the links of a part ("" for the package) to other parts by their id."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        root = self.parse(source) if source in self else None
        if root is None:
            return {}
        links = {}
        for element in root.iter(_RELATIONSHIP):
            if element.get("TargetMode") == "External":
                continue
            target = posixpath.join("/" + folder, element.get("Target", "").replace("\\", "/"))
            links[element.get("Id", "")] = Relationship(
                element.get("Type", "").rpartition("/")[2], posixpath.normpath(target).lstrip("/")
            )
        return links

    def parse(self, name: str) -> etree._Element:
        """Return the root of a part."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self._xml(name), parser)
        except etree.XMLSyntaxError as error:
            raise _malformed(name, error) from None
        _refuse_document_type(root)
        return root

    def stream(self, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """Yield the elements of these names as each is complete; the caller may remove what it has read."""
        events = etree.iterparse(
            BytesIO(self._xml(name)),
            events=("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for count, (_, element) in enumerate(events):
                if not count:
                    _refuse_document_type(element)
                yield element
        except etree.XMLSyntaxError as error:
            raise _malformed(name, error) from None

    def _xml(self, name: str) -> bytes:
        data = self._unpack(name)
        if b"purl.oclc.org/ooxml" in data[:8192]:
            for strict, transitional in STRICT:
                data = data.replace(strict.encode(), transitional.encode())
        return data

    def _unpack(self, name: str) -> bytes:
        info = self._infos[_part_name(name)]
        if info.flag_bits & 1:
            raise InvalidText("it is protected by a password: remove the password and save it again.")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise InvalidText("it is packed in a way Word does not use: open it in Word and save it again.")
        chunks = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._refuse_bomb(info, size)
                    chunks.append(chunk)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise InvalidText(
                f"it is damaged (its part {name} cannot be unpacked): ask for it again."
            ) from None
        self._left -= size
        return b"".join(chunks)

    def _refuse_bomb(self, info: ZipInfo, size: int) -> None:
        if size > self._left:
            raise InvalidText(
                f"it unpacks to over {MAX_UNPACKED // 2**20} MB, the most that is read: split it."
            )
        if size > _LARGE and size > MAX_RATIO * info.compress_size:
            raise InvalidText("it unpacks to far more than any text does: open it in Word and save it again.")


@contextmanager
def unnested() -> Iterator[None]:
    """Let what is nested deeper than can be followed be refused with a sentence."""
    try:
        yield
    except RecursionError:
        raise InvalidText(
            "its elements are nested deeper than any text needs: open it in Word and save it again."
        ) from None


def _part_name(name: str) -> str:
    """Part names are equal whatever their case (ISO/IEC 29500-2)."""
    return name.replace("\\", "/").lstrip("/").lower()


def _is_word(part: str) -> bool:
    return _part_name(part) not in _OTHERS


def _refuse_document_type(element: etree._Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise InvalidText(
            "its XML declares a document type, which Word never writes and which can be used "
            "for attacks: open it in Word and save it again."
        )


def _malformed(name: str, error: etree.XMLSyntaxError) -> InvalidText:
    if "Excessive depth" in str(error):
        return InvalidText(
            "its elements are nested deeper than any text needs: open it in Word and save it again."
        )
    return InvalidText(
        f"it is damaged (its part {name} is no well-formed XML): "
        "open it in Word, which may repair it, and save it."
    )
