"""What bytes are, told from how they begin."""

import pytest

from gcmtext.formats import sniff


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf \n", b"<!-- saved --> <!---->\n"])
def test_html_is_told_by_its_first_element(start: bytes) -> None:
    assert sniff.is_html(start + b"<!DOCTYPE html><html>")
    assert sniff.is_html(start + b"<p>We commit</p>")
    assert not sniff.is_html(start + b"<akomaNtoso>")


def test_many_comments_are_passed_over_once() -> None:
    assert not sniff.is_html(b"<!---->" * 250 + b"<akomaNtoso>")  # else this would never end


@pytest.mark.parametrize(
    "start", [b"<akomaNtoso>", b"<akn:akomaNtoso xmlns", b"<?xml version", b"<!-- a draft -->"]
)
def test_xml_opens_with_a_tag_or_a_declaration(start: bytes) -> None:
    assert sniff.is_xml(b"\xef\xbb\xbf " + start)
    assert sniff.is_xml(b"\xff\xfe" + start.decode().encode("utf-16-le"))


@pytest.mark.parametrize("start", [b'<\x97"\x0f', b"<- see above", b"< 5 paragraphs", b"<html>"])
def test_a_sign_that_opens_no_tag_makes_no_xml(start: bytes) -> None:
    assert not sniff.is_xml(start)
