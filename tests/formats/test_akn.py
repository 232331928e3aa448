"""Akoma Ntoso: what becomes a block, a mark and a depth, and that no word is lost."""

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.errors import InvalidText
from gcmtext.formats.akn import read
from gcmtext.text.model import Block, Role, Source

FOOTNOTE, HEADING, ROW, TITLE = Role.FOOTNOTE, Role.HEADING, Role.ROW, Role.TITLE

RESOLUTION = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:un="http://un.org/akn4un">
 <!-- an unofficial copy -->
 <statement name="resolution">
  <meta>
   <identification source="#x">
    <FRBRWork><FRBRdate date="2031-02-05" name="adoption"/></FRBRWork>
    <FRBRExpression><FRBRdate date="2031-03-01"/><FRBRlanguage language="eng"/></FRBRExpression>
   </identification>
   <presentation source="#x"><un:footerFirstPage>31-00001 (E)</un:footerFirstPage></presentation>
  </meta>
  <coverPage>
   <p>United Nations <docNumber refersTo="#symbol">A/LIGHT/31/7</docNumber></p>
   <p><docTitle>Resolution adopted by the keepers</docTitle></p>
  </coverPage>
  <preface><p><docNumber>31/7.</docNumber> <docTitle>Freedom of <b>lighthouses</b></docTitle></p></preface>
  <preamble>
   <formula name="enacting"><p><i>The keepers</i>,</p></formula>
   <p><i>Recalling</i> resolution <ref href="#">30/2</ref><authorialNote marker="1"><p>See
     <a href="#">A/30/5</a>.</p><p>Annex.</p></authorialNote> of last year,</p>
  </preamble>
  <mainBody>
   <paragraph><subheading>Vision</subheading></paragraph>
   <paragraph><num>1.</num>
    <list><intro><p>Decide to:</p></intro>
     <point><num>(a)</num><content><p>keep <ins>all</ins><del>some</del> lamps;</p></content></point>
     <point><num>(b)</num><content><p>ring the bells;</p></content>
      <list><point><num>(i)</num><content><p>at dusk;</p></content></point></list></point>
     <wrapUp><p>together;</p></wrapUp></list></paragraph>
   <paragraph><num>2.</num><content><p>Adopt this table:</p>
     <table><tr><th><p>Light</p></th><th><p>Height</p></th></tr><tr><td>Tern</td><td><p>12</p><p>m</p></td></tr></table>
    </content></paragraph>
  </mainBody>
  <conclusions><p>7th meeting<eol/>5 February 2031</p></conclusions>
  <attachments><attachment><heading>Annex I</heading><doc name="annex"><meta/>
   <preface><p><docTitle>Rules of the watch</docTitle></p></preface>
   <mainBody>
    <section><num>I.</num><heading>Lamps</heading>
     <article><num>Article 1</num><heading>Oil</heading><content>
      <p>Oil is bought<authorialNote marker="2"><p>In barrels.</p></authorialNote> yearly.</p>
      <blockList><listIntroduction>It is:</listIntroduction>
       <item><num>-</num><p>clear;</p></item></blockList></content></article></section>
   </mainBody></doc></attachment></attachments>
 </statement>
</akomaNtoso>
"""


def document(body: str, namespace: str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0") -> Source:
    return read(f'<akomaNtoso xmlns="{namespace}"><act><body>{body}</body></act></akomaNtoso>'.encode())


def test_a_resolution() -> None:
    source = read(RESOLUTION.encode())
    assert source.blocks == (
        Block("Freedom of lighthouses", TITLE, "31/7."),
        Block("The keepers,"),
        Block("Recalling resolution 30/2 of last year,"),
        Block("Vision", HEADING, depth=1),
        Block("Decide to:", mark="1."),
        Block("keep all lamps;", mark="(a)", depth=1),
        Block("ring the bells;", mark="(b)", depth=1),
        Block("at dusk;", mark="(i)", depth=2),
        Block("together;"),
        Block("Adopt this table:", mark="2."),
        Block("Light | Height", ROW),
        Block("Tern | 12 m", ROW),
        Block("7th meeting\n5 February 2031"),
        Block("Annex I", HEADING, depth=1),
        Block("Rules of the watch", HEADING, depth=1),
        Block("Lamps", HEADING, "I.", 1),
        Block("Oil", HEADING, "Article 1", 2),
        Block("Oil is bought yearly."),
        Block("It is:"),
        Block("clear;", mark="-", depth=1),
        Block("See A/30/5.\nAnnex.", FOOTNOTE, "1"),
        Block("In barrels.", FOOTNOTE, "2"),
    )
    assert (source.title, source.symbol) == ("Freedom of lighthouses", "A/LIGHT/31/7")
    assert (source.language, source.date) == ("en", "2031-02-05")
    assert {notice.code: notice.text for notice in source.notices} == {
        "tracked-changes": "some",
        "cover-page": "United Nations A/LIGHT/31/7 Resolution adopted by the keepers",
        "metadata": "31-00001 (E)",
    }


@pytest.mark.parametrize("namespace", ["http://www.akomantoso.org/1.0", "http://www.akomantoso.org/2.0", ""])
def test_older_namespaces(namespace: str) -> None:
    assert document("<clause><num>1</num><p>Text</p></clause>", namespace).blocks == (
        Block("Text", mark="1"),
    )


def test_a_cover_page_is_read_where_there_is_no_preface() -> None:
    cover = "<coverPage><p><docTitle>Lamps</docTitle></p></coverPage>"
    data = f"<akomaNtoso><doc>{cover}<mainBody><p>Text</p></mainBody></doc></akomaNtoso>"
    assert read(data.encode()).blocks == (Block("Lamps", TITLE), Block("Text"))


def test_a_mark_without_words_is_a_block() -> None:
    source = document(
        "<paragraph><num>1.</num><list><point><num>(a)</num><p>Row.</p></point></list></paragraph>"
    )
    assert source.blocks == (Block("1."), Block("Row.", mark="(a)", depth=1))
    source = document(
        "<paragraph><num>1.</num></paragraph><paragraph><content><p>Row.</p></content></paragraph>"
    )
    assert source.blocks == (Block("1."), Block("Row."))


def test_a_quoted_structure_stands_apart_from_the_text_around_it() -> None:
    body = (
        "<p><mod>Replace article 3 by <quotedStructure><article><num>3.</num><content><p>Lamps.</p></content>"
        "</article></quotedStructure> and number it.</mod></p>"
    )
    assert [(b.mark, b.text) for b in document(body).blocks] == [
        ("", "Replace article 3 by"),
        ("3.", "Lamps."),
        ("", "and number it."),
    ]


def test_heading_styles_of_the_united_nations() -> None:
    body = (
        '<paragraph class="H1"><subheading>One</subheading></paragraph>'
        '<paragraph class="H23"><subheading>Two</subheading></paragraph>'
        '<paragraph class="H4"><subheading>Four</subheading></paragraph>'
    )
    assert [block.depth for block in document(body).blocks] == [1, 2, 4]


def test_several_documents_in_a_collection() -> None:
    doc = "<doc><preface><p><docTitle>{}</docTitle></p></preface><mainBody><p>Text</p></mainBody></doc>"
    inner = "".join(f"<component>{doc.format(title)}</component>" for title in ("One", "Two"))
    data = f"<akomaNtoso><documentCollection>{inner}</documentCollection></akomaNtoso>"
    assert [(b.role, b.text) for b in read(data.encode()).blocks] == [
        (TITLE, "One"),
        (Role.BODY, "Text"),
        (HEADING, "Two"),
        (Role.BODY, "Text"),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<article><p>Text</p></article>", "not Akoma Ntoso .its first element is <article>."),
        ("<akomaNtoso><act><body><p>Text</body></act></akomaNtoso>", "line 1"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><akomaNtoso><p>&b;</p></akomaNtoso>", "document type"),
        ("<akomaNtoso><act><meta>Words</meta><body/></act></akomaNtoso>", "no words"),
        ("<akomaNtoso/>", "no words"),
        ("<akomaNtoso>" * 300 + "</akomaNtoso>" * 300, "256 levels"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: str, words: str) -> None:
    with pytest.raises(InvalidText, match=words):
        read(data.encode())


NAMES = st.sampled_from(
    "p num heading section article paragraph point list intro content i ins del authorialNote table tr "
    "td eol meta item quotedStructure mod docTitle docNumber preface coverPage subheading foreign toc".split()
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    name = draw(NAMES)
    inner = "".join(draw(st.lists(trees(depth - 1), max_size=3))) if depth else ""
    text, tail = draw(st.sampled_from(["", "w ", " w", "w"])), draw(st.sampled_from(["", " w "]))
    return f"<{name}>{text}{inner}</{name}>{tail}"


@settings(max_examples=300)
@given(st.lists(trees(), min_size=1, max_size=4).map("".join))
def test_every_word_is_in_one_block_or_notice(body: str) -> None:
    count = iter(range(100_000))
    body = re.sub(r"\bw\b(?![^<]*>)", lambda _: f" w{next(count)}w ", body) + "<p>end</p>"
    source = document(body)
    words = re.compile(r"w(\d+)w")
    main = [
        int(n) for b in source.blocks if b.role is not FOOTNOTE for n in words.findall(f"{b.mark} {b.text}")
    ]
    notes = [int(n) for b in source.blocks if b.role is FOOTNOTE for n in words.findall(b.text)]
    noticed = [int(n) for notice in source.notices for n in words.findall(notice.text)]
    assert sorted(main + notes + noticed) == [int(n) for n in words.findall(body)]
    assert main == sorted(main)


@settings(max_examples=200)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: f"<akomaNtoso>{text}".encode()))
)
def test_any_bytes_give_a_source_or_a_sentence(data: bytes) -> None:
    with suppress(InvalidText):
        assert read(data).blocks
