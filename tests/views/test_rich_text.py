"""What people write becomes a page, and nothing they write runs on it."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcmtext.views.rich_text import rich_text

TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr", "div"}


def test_what_people_write() -> None:
    words = "We **cannot** accept *this*:\n\n1. it is new;\n2. see [the text](https://undocs.org/1)."
    assert rich_text(words) == (
        "<p>We <strong>cannot</strong> accept <em>this</em>:</p>\n<ol>\n<li>it is new;</li>\n"
        '<li>see <a href="https://undocs.org/1" rel="nofollow noopener noreferrer ugc">the text</a>.</li>\n'
        "</ol>\n"
    )


@pytest.mark.parametrize("words", ["# Loud", "Loud\n====", "![a chart](https://example.org/x.png)"])
def test_headings_and_pictures_are_no_part_of_it(words: str) -> None:
    assert not lxml.html.fragment_fromstring(rich_text(words), create_parent=True).xpath("//h1|//img")


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[here](javascript:alert(1))",
        "[here](&#106;avascript:alert(1))",
        "[here](JaVaScRiPt:alert(1))",
        "[here](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        '[here](https://example.org "\\" onmouseover=\\"alert(1)")',
        "`<b onclick=alert(1)>`",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
    ],
)
def test_nothing_runs(words: str) -> None:
    assert_harmless(words)


@given(st.text(alphabet=st.sampled_from("<>&\"'()[]!`*_/\\:=# \njavscriptonle"), max_size=60))
def test_whatever_is_typed_nothing_runs(words: str) -> None:
    assert_harmless(words)


def assert_harmless(words: str) -> None:
    tree = lxml.html.fragment_fromstring(rich_text(words), create_parent=True)
    for element in tree.iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= {"href", "rel", "start", "title"}
        assert element.get("href", "https:").partition(":")[0].lower() in ("http", "https", "mailto") or (
            ":" not in element.get("href", "").partition("/")[0]
        )
