"""PDF files that would take hours or gigabytes to read are refused in bounded time and memory."""

import zlib

import pytest

from gcmtext.errors import InvalidText
from gcmtext.formats import confined
from gcmtext.formats.pdf import extract
from gcmtext.formats.pdf.confined import read_pages

TEXT = b"BT /F 10 Tf 70 700 Td (The harbours stay open.) Tj ET "
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>%s>>>>"


def file(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, o) for i, o in enumerate(objects, 1))
    trailer = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n0\n%%%%EOF" % (len(objects) + 1)
    return b"%PDF-1.7\n" + body + trailer


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def one_page(content: bytes, *more: bytes, count: int = 1, resources: bytes = b"") -> bytes:
    pages = b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count
    return file(CATALOG, pages, PAGE % resources, FONT, content, *more)


def words(data: bytes) -> list[str]:
    return [word.text for page in read_pages(data) for word in page.words]


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidText) as caught:
        read_pages(data)
    return str(caught.value)


def test_pages_are_as_they_are_read_in_this_process() -> None:
    data = one_page(stream(TEXT + b"1 0 0 RG 70 600 m 300 600 l S"))
    assert read_pages(data) == extract.read_pages(data)


def test_refusals_are_as_in_this_process() -> None:
    assert "is damaged" in refusal(b"%PDF-1.7\n" + bytes(500))


def test_a_page_count_out_of_the_air() -> None:
    assert words(one_page(stream(TEXT), count=2_000_000_000)) == ["The", "harbours", "stay", "open."]


def test_objects_nested_deeply() -> None:
    deep = b"[" * 200_000 + b"]" * 200_000
    assert words(one_page(stream(TEXT + deep + b" TJ"))) == ["The", "harbours", "stay", "open."]


def test_a_page_tree_that_holds_itself() -> None:
    assert "is damaged" in refusal(file(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"))


def test_forms_that_draw_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "MAX_SECONDS", 1)
    named = b"/XObject<</X %d 0 R>>"
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>" % (named % (7 + i)),
        )
        for i in range(20)
    ]
    data = one_page(stream(b"/X Do"), *forms, stream(TEXT), resources=named % 6)
    assert "takes more than 1 seconds" in refusal(data)


@pytest.mark.slow
def test_a_stream_that_unpacks_to_gigabytes() -> None:
    packed = zlib.compress(zlib.compress(bytes(900 * 2**20)))
    data = one_page(stream(packed, b"/Filter[/FlateDecode/FlateDecode]"))
    assert "MB to read" in refusal(data)
