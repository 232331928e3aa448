"""Encodings: which are told from the bytes, and what is said about a guess."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.errors import InvalidText
from gcmtext.formats.decoding import decode

ENGLISH = "The keepers’ café — of the coastal States’ lighthouses — shall be open to pilots at all times. "
FRENCH = (
    "Les gardiens des phares réaffirment leur rôle et décident d’œuvrer à la sécurité des équipages en mer. "
)
SPANISH = (
    "Los fareros reafirman su función y deciden colaborar en la protección de los niños y las tripulaciones. "
)
RUSSIAN = "Смотрители маяков подтверждают свою роль и постановляют содействовать безопасности судов в море. "
ARABIC = "يؤكد حراس المنارات من جديد دورهم ويقررون العمل معا من أجل سلامة السفن في البحر وحماية أطقمها. "
CHINESE = "灯塔看守人重申其作用，并决定共同努力保障海上船只的安全，保护船员及其家人的权利。"
TRADITIONAL = "燈塔看守人重申其作用，並決定共同努力保障海上船隻的安全，保護船員及其家人的權利。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_needs_no_guess(encoding: str) -> None:
    text = ENGLISH + FRENCH
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.notices) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "iso8859_15"),
        (SPANISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
    ],
)
def test_older_encodings_are_guessed_and_said_to_be(text: str, encoding: str) -> None:
    whole = "1. Decides.\n" * 3 + (text + "\n") * 3
    decoded = decode(whole.encode(encoding))
    assert decoded.text == whole
    assert [notice.code for notice in decoded.notices] == ["guessed-encoding"]


def test_a_declared_encoding_is_believed_if_it_can_be_right() -> None:
    assert decode(RUSSIAN.encode("cp1251"), declared="windows-1251").notices == ()
    assert decode("œuvre".encode("cp1252"), declared="iso-8859-1").text == "œuvre"
    assert decode(FRENCH.encode(), declared="klingon").text == FRENCH
    assert decode(FRENCH.encode(), declared="rot13").text == FRENCH


def test_line_ends_and_control_characters() -> None:
    decoded = decode(b"one\r\ntwo\rthree\x0bfour\tfive\x0csix\x00\x1f")
    assert decoded.text == "one\ntwo\nthree\nfour\tfive\x0csix"
    assert [notice.code for notice in decoded.notices] == ["control-characters"]


def test_a_few_damaged_characters_are_counted() -> None:
    decoded = decode((RUSSIAN * 5).encode()[:-2] + b"\xd0 end")
    assert decoded.text.count("\ufffd") == 1
    assert [notice.code for notice in decoded.notices] == ["damaged-characters"]


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\xff\xfe" + b"\x00\xd8" * 500, b"\x01\x02" * 500])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidText, match="binary"):
        decode(data)


@settings(max_examples=300)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "utf-8", "utf-16", "utf-7", "idna", "punycode", "hex", "\0", "big5"]),
)
def test_any_bytes_give_text_or_a_sentence(data: bytes, declared: str) -> None:
    try:
        decode(data, declared)
    except InvalidText:
        return
