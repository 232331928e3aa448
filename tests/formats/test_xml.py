"""XML from outside: what is parsed, and what is refused with a sentence."""

import pytest

from gcmtext.errors import InvalidText
from gcmtext.formats import xml

LAUGHS = b"""<?xml version="1.0"?>
<!-- a comment --> <!DOCTYPE lolz [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<text>&c;</text>"""


def test_comments_and_instructions_are_left_out() -> None:
    root = xml.parse(b"<?xml version='1.0'?><a>one<!-- no --> two<?pi no?></a>")
    assert "".join(root.itertext()) == "one two"


def test_utf_16_is_read() -> None:
    assert xml.parse("<?xml version='1.0' encoding='utf-16'?><a>État</a>".encode("utf-16")).text == "État"


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + LAUGHS,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://example.org/x">]><a>&x;</a>',
    ],
)
def test_document_types_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidText, match="document type"):
        xml.parse(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<a>\n<b>\n</a>", "line 3"),
        (b"<a>&nbsp;</a>", "Entity 'nbsp' not defined"),
        (b"<a>" * 5000 + b"</a>" * 5000, "256 levels"),
        (b"", "not well-formed"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "klingon"),
        (b"<a>\xff</a>", "line 1"),
        (b"<a>" + b"<b/>" * xml.MAX_MARKUP, "too large"),
    ],
)
def test_what_cannot_be_parsed_is_told_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InvalidText, match=words) as caught:
        xml.parse(data, "word/document.xml")
    assert str(caught.value).startswith("word/document.xml ")
