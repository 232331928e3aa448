"""Files that are damaged, unsafe or something else, each with one sentence, in bounded time and memory."""

import zipfile
from io import BytesIO

import pytest
from docx_builder import NAMESPACES, docx, paragraph, run, source, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.errors import InvalidText
from gcmtext.formats.docx import package, read

GOOD = docx(paragraph("We commit to act."))


def archive(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in names:
            target.writestr(name, "")
    return buffer.getvalue()


def document(xml: str | bytes) -> bytes:
    return docx("", raw={"word/document.xml": xml})


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidText) as caught:
        read(data)
    message = str(caught.value)
    assert message.endswith(".")
    assert message.count(". ") == 0
    return message


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", GOOD[: len(GOOD) // 2], GOOD[:-30], b"We commit to act."]
)
def test_what_is_no_complete_archive(data: bytes) -> None:
    assert "cut short or damaged" in refusal(data)


def test_a_damaged_part() -> None:
    place = GOOD.index(b"word/document.xml") + len("word/document.xml") + 20
    assert "damaged" in refusal(GOOD[:place] + b"\xff\x00\xff\x00" + GOOD[place + 4 :])


def test_other_documents_are_named() -> None:
    assert "Excel" in refusal(archive("xl/workbook.xml"))
    assert "PowerPoint" in refusal(archive("ppt/presentation.xml"))
    assert "no text of Word" in refusal(archive("readme.txt"))


def test_the_link_to_the_text_decides_its_name() -> None:
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="/word/Text2.xml"/></Relationships>'
    )
    other = f"<w:document {NAMESPACES}><w:body>{paragraph('Elsewhere')}</w:body></w:document>"
    data = docx(paragraph("Here"), raw={"_rels/.rels": links, "word/text2.xml": other})
    assert [block.text for block in read(data).blocks] == ["Elsewhere"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://example.invalid/d.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(declaration: str) -> None:
    xml = f"<w:document {NAMESPACES}><w:body>{paragraph('We commit')}</w:body></w:document>"
    assert "document type" in refusal(document(declaration + xml))
    assert "document type" in refusal(document((declaration + xml.replace("commit", "&a;")).encode("utf-16")))


def test_malformed_and_empty_xml() -> None:
    assert "well-formed" in refusal(document(f"<w:document {NAMESPACES}><w:body><w:p>"))
    assert "well-formed" in refusal(document(""))
    assert "no words" in refusal(document(f"<w:document {NAMESPACES}/>"))
    assert "no words" in refusal(docx(paragraph()))


def test_deep_nesting_is_refused() -> None:
    for name in ("w:tbl><w:tr><w:tc", "w:sdt", "w:p><w:r><w:txbxContent"):
        opening = f"<{name}>" * 5000
        assert "nested deeper" in refusal(document(f"<w:document {NAMESPACES}><w:body>{opening}"))


def test_what_is_allowed_of_nesting_is_read() -> None:
    body = paragraph("At the bottom")
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert texts(body) == ["At the bottom"]


def test_a_bomb_is_refused_whatever_the_archive_says_of_its_size() -> None:
    bomb = docx(paragraph("a" * (package.MAX_RATIO * 2**18)))
    assert len(bomb) < 2**19
    assert "far more than any text" in refusal(bomb)


def test_the_sum_of_all_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 2000)
    assert "the most that is read" in refusal(docx(paragraph("We commit to act. " * 100)))


def test_too_many_parts() -> None:
    assert "parts" in refusal(archive(*(f"part{number}" for number in range(10_001))))


def test_encrypted_parts() -> None:
    data = bytearray(GOOD)
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(header, place + 1)) >= 0:
            data[place + offset] |= 1
    assert "password" in refusal(bytes(data))


def test_parts_packed_in_other_ways() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as target:
        target.writestr("word/document.xml", "x")
    assert "packed in a way" in refusal(buffer.getvalue())


def test_macros_are_reported() -> None:
    data = docx(paragraph("We commit"), vbaProject="")
    assert [notice.code for notice in read(data).notices] == ["macros"]


def test_strict_files_are_read_as_others() -> None:
    strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(paragraph("We commit"), namespaces=strict) == ["We commit"]


def test_blanks_are_kept_where_the_whole_file_says_so() -> None:
    body = paragraph("<w:r><w:t>We </w:t></w:r><w:r><w:t>commit</w:t></w:r>")
    assert texts(body) == ["Wecommit"]
    assert texts(body, namespaces=NAMESPACES + ' xml:space="preserve"') == ["We commit"]


def test_a_long_file_in_one_piece_and_in_order() -> None:
    count = 3000
    body = "".join(paragraph(run(f"Paragraph {number}")) for number in range(count))
    assert texts(body) == [f"Paragraph {number}" for number in range(count)]
    assert texts(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == texts(body)


@settings(max_examples=200)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_damage_anywhere_is_refused_or_read(place: int, damage: bytes) -> None:
    try:
        found = read(GOOD[:place] + damage + GOOD[place + len(damage) :])
    except InvalidText:
        return
    assert found.blocks


def test_source_holds_nothing_that_was_not_said() -> None:
    found = source(paragraph("We commit"))
    assert (found.title, found.language, found.symbol, found.notices) == ("", "", "", ())
