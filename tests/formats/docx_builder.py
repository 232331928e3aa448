"""Builds small Word files for tests from raw parts."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from gcmtext.formats.docx import View, read_view
from gcmtext.text.model import Block, Role, Source

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "application/vnd.openxmlformats-package"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "hdr",
    "footer": "ftr",
}


def run(text: str, properties: str = "") -> str:
    """One run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    content: str = "",
    *,
    style: str = "",
    number: int | None = None,
    level: int = 0,
    properties: str = "",
    mark: str = "",
) -> str:
    """One paragraph.

    content: runs, or the text of one. properties: of the paragraph. mark: properties of its paragraph mark.
    """
    if content and not content.startswith("<"):
        content = run(content)
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        said += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{said}{properties}<w:rPr>{mark}</w:rPr></w:pPr>{content}</w:p>"


def level(ilvl: int, text: str, form: str = "decimal", start: int = 1, extra: str = "") -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str) -> str:
    """One definition of lists."""
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def instance(number: int, of: int, *overrides: str) -> str:
    """One list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def start_at(ilvl: int, start: int) -> str:
    """A start override."""
    return f'<w:lvlOverride w:ilvl="{ilvl}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(
    identity: str,
    name: str,
    *,
    based_on: str = "",
    paragraph: str = "",
    run: str = "",
    kind: str = "paragraph",
) -> str:
    """One style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells that hold paragraphs."""
    return f"<w:tbl>{''.join(row(*cells) for cells in rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """One row of a table."""
    inner = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def inserted(content: str, author: str = "Mexico") -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="1" w:author="{author}" w:date="2018-02-05T10:00:00Z">{content}</w:ins>'


def deleted(text: str, author: str = "Mexico") -> str:
    """A tracked deletion of text."""
    return (
        f'<w:del w:id="2" w:author="{author}" w:date="2018-02-05T10:00:00Z"><w:r>'
        f'<w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


INSERTED_MARK = '<w:ins w:id="3" w:author="Mexico"/>'
DELETED_MARK = '<w:del w:id="4" w:author="Mexico"/>'


def docx(
    body: str, *, namespaces: str = NAMESPACES, raw: dict[str, str | bytes] | None = None, **parts: str
) -> bytes:
    """A Word file with this body.

    parts: the content of further parts (styles, numbering, settings, footnotes, endnotes, comments, header,
    footer, core). raw: whole entries of the archive by name, which replace those made here.
    """
    names = {kind: f"word/{kind}.xml" for kind in parts if kind != "core"}
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in names
    )
    top = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    if "core" in parts:
        top += f'<Relationship Id="r2" Type="{_CORE}" Target="docProps/core.xml"/>'
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_WORD}.{kind}+xml"/>' for kind, name in names.items()
    )
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": _relationships(top),
        "word/_rels/document.xml.rels": _relationships(links),
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
    }
    for kind, name in names.items():
        root = _ROOTS.get(kind, kind)
        entries[name] = f"<w:{root} {namespaces}>{parts[kind]}</w:{root}>"
    if "core" in parts:
        entries["docProps/core.xml"] = (
            f'<c:coreProperties xmlns:c="urn:core" xmlns:dc="http://purl.org/dc/elements/1.1/">{parts["core"]}'
            "</c:coreProperties>"
        )
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in (entries | (raw or {})).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relationships(links: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'


def source(body: str, view: View = View.ACCEPTED, **parts: str) -> Source:
    """What is read from a file with this body."""
    return read_view(docx(body, **parts), view)


def texts(body: str, view: View = View.ACCEPTED, **parts: str) -> list[str]:
    """The texts of the blocks, footnotes apart."""
    return [block.text for block in source(body, view, **parts).blocks if block.role is not Role.FOOTNOTE]


def marks(body: str, view: View = View.ACCEPTED, **parts: str) -> list[str]:
    """The marks of the blocks."""
    return [block.mark for block in source(body, view, **parts).blocks]


def footnotes(body: str, **parts: str) -> list[Block]:
    """The blocks of notes."""
    return [block for block in source(body, **parts).blocks if block.role is Role.FOOTNOTE]
