"""The parts of a Word file, always packed in the same way."""

import re
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gcmtext.formats.docx_tracked.markup import Body
from gcmtext.formats.docx_tracked.styles import write_styles

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEGINNING_OF_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_COMMENTS_TYPE = f'<Override PartName="/word/comments.xml" ContentType="{_TYPE}.comments+xml"/>'
_COMMENTS_LINK = f'<Relationship Id="rId3" Type="{_OFFICE}/comments" Target="comments.xml"/>'
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>'
    f"{_COMMENTS_TYPE}"
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONSHIPS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONSHIPS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f"{_COMMENTS_LINK}</Relationships>"
)
# Word 2013 and later open a file of this mode without the words "compatibility mode".
_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{_WORD}"><w:defaultTabStop w:val="567"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:val="15"'
    ' w:uri="http://schemas.microsoft.com/office/word"/>'
    "</w:compat></w:settings>"
)


def write_package(body: Body, *, language: str, title: str, author: str, date: datetime) -> bytes:
    """Return a Word file around the body of a document; characters that XML cannot hold are left out."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONSHIPS,
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body.text}</w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONSHIPS,
        "word/comments.xml": f'{_HEAD}<w:comments xmlns:w="{_WORD}">{body.comments}</w:comments>',
        "word/styles.xml": write_styles(language),
        "word/settings.xml": _SETTINGS,
        "docProps/core.xml": _properties(title, author, language, date),
    }
    if not body.comments:
        del parts["word/comments.xml"]
        parts["[Content_Types].xml"] = _CONTENT_TYPES.replace(_COMMENTS_TYPE, "")
        parts["word/_rels/document.xml.rels"] = _DOCUMENT_RELATIONSHIPS.replace(_COMMENTS_LINK, "")
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _BEGINNING_OF_ZIP_TIME)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, _NO_XML.sub("", content))
    return packed.getvalue()


def _properties(title: str, author: str, language: str, date: datetime) -> str:
    moment = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )
