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
