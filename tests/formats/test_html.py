"""HTML: what becomes a block, a mark and a depth, and that no word is lost."""

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcmtext.errors import InvalidText
from gcmtext.formats.html import read
from gcmtext.formats.html_lists import printed
from gcmtext.text.model import Block, Role

FOOTNOTE, HEADING, ROW, TITLE = Role.FOOTNOTE, Role.HEADING, Role.ROW, Role.TITLE


def blocks(html: str) -> list[Block]:
    return list(read(html.encode()).blocks)


def shown(html: str) -> list[tuple[int, str, str]]:
    return [(block.depth, block.mark, block.text) for block in blocks(html)]


def test_a_page() -> None:
    page = """<!DOCTYPE html><html lang="fr-CH"><head><title>Phares | Nations</title><style>p {}</style>
    </head><body>
    <nav><a href="/">Accueil</a></nav><header>Nations</header>
    <h1>Liberté des <em>phares</em></h1>
    <p>Les gardiens,</p><p>Rappelant la nuit&nbsp;&amp; le <b>jour</b>,<script>no()</script></p>
    <h2>Vision</h2>
    <ol><li>Décident<ol type="a"><li>de garder;</li><li>de sonner.</li></ol></li>
    <li><p>Invitent.</p><p>Encore.</p></li></ol>
    <blockquote>Cité</blockquote> texte nu
    <footer>Contact</footer></body></html>"""
    source = read(page.encode())
    assert source.blocks == (
        Block("Liberté des phares", TITLE),
        Block("Les gardiens,"),
        Block("Rappelant la nuit & le jour,"),
        Block("Vision", HEADING, depth=2),
        Block("Décident", mark="1."),
        Block("de garder;", mark="a.", depth=1),
        Block("de sonner.", mark="b.", depth=1),
        Block("Invitent.", mark="2."),
        Block("Encore."),
        Block("Cité", depth=1),
        Block("texte nu"),
    )
    assert (source.title, source.language) == ("Liberté des phares", "fr-CH")
    assert {notice.code: notice.text for notice in source.notices} == {
        "page-furniture": "Accueil Nations Contact",
        "page-title": "Phares | Nations",
    }


def test_what_is_around_the_main_part_is_left_out() -> None:
    source = read(b"<div>Menu</div><div><main><header>Head</header><p>Text</p></main><div>Share</div></div>")
    assert [block.text for block in source.blocks] == ["Head", "Text"]
    assert source.notices[0].text == "Menu Share"


@pytest.mark.parametrize(
    ("attributes", "marks"),
    [
        ("", ["1.", "2.", "7.", "8."]),
        ('start="3"', ["3.", "4.", "7.", "8."]),
        ('type="i"', ["i.", "ii.", "vii.", "viii."]),
        ('type="A"', ["A.", "B.", "G.", "H."]),
        ("reversed", ["4.", "3.", "7.", "6."]),
        ('style="list-style-type: lower-roman"', ["i.", "ii.", "vii.", "viii."]),
        ('style="list-style: none inside"', ["", "", "", ""]),
        ('start="x"', ["1.", "2.", "7.", "8."]),
    ],
)
def test_numbers_of_lists_are_as_browsers_print_them(attributes: str, marks: list[str]) -> None:
    page = f"<ol {attributes}><li>a<li>b<li value=7>c<li>d</ol>"
    assert [block.mark for block in blocks(page)] == marks


def test_counter_styles() -> None:
    assert [printed(n, "lower-alpha") for n in (1, 26, 27, 703, 0)] == ["a", "z", "aa", "aaa", "0"]
    assert [printed(n, "upper-roman") for n in (4, 1990, 4000)] == ["IV", "MCMXC", "4000"]
    assert printed(7, "decimal-leading-zero") == "07"


def test_depth_counts_lists_but_not_an_outer_numbered_one() -> None:
    page = "<ul><li>(a) one<ul><li>two</ul></li></ul><ol><li>three<ul><li>four</ul></ol>"
    page += "<ul><li><ol><li>five</ol></ul>"
    assert shown(page) == [
        (1, "", "(a) one"),
        (2, "", "two"),
        (0, "1.", "three"),
        (1, "", "four"),
        (0, "1.", "five"),
    ]


def test_line_breaks() -> None:
    assert shown("<p>Port of Tern<br>1 Quay Road</p>") == [(0, "", "Port of Tern\n1 Quay Road")]
    assert shown("One.<br><br>Two.<br>(a) three;<br>(b) four") == [
        (0, "", text) for text in ("One.", "Two.", "(a) three;", "(b) four")
    ]
    assert blocks("<pre>a\n b</pre>")[0].text == "a\nb"


def test_tables() -> None:
    page = (
        "<table><caption>Lights</caption><tr><th>Light<th>Height</tr><tr><td><p>Tern</p><td>12<br>m</table>"
    )
    assert [(b.role, b.text) for b in blocks(page)] == [
        (Role.BODY, "Lights"),
        (ROW, "Light | Height"),
        (ROW, "Tern | 12\nm"),
    ]
    layout = "<table><tr><td><h2>Vision</h2><p>Text</p></td><td><ul><li>one</ul></td></tr></table>"
    assert [b.text for b in blocks(layout)] == ["Vision", "Text", "one"]
    assert [b.role for b in blocks(f"<table><tr><td>1.</td><td>{'long ' * 200}</td></tr></table>")] == [
        Role.BODY
    ] * 2


def test_definitions() -> None:
    assert shown("<dl><dt>Lamp<dd>A light.</dl>") == [(0, "", "Lamp"), (1, "", "A light.")]


@pytest.mark.parametrize(
    "page",
    [
        # DPUB-ARIA
        '<p>Lamps<a role="doc-noteref" href="#n1">1</a> burn.</p>'
        '<aside role="doc-footnote" id="n1"><p>Of oil.</p></aside>',
        # as Markdown programs write
        '<p>Lamps<sup id="fnref:1"><a href="#fn:1">1</a></sup> burn.</p>'
        '<hr><ol><li id="fn:1"><p>Of oil. <a href="#fnref:1">↩︎</a></p></li></ol>',
        # as Word saves
        '<p class=MsoNormal>Lamps<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> burn.</p>'
        '<div><hr><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> '
        "Of oil.</p></div></div>",
        # as LibreOffice saves
        '<p>Lamps<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> '
        'burn.</p><div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" '
        'href="#sdfootnote1anc">1</a>Of oil.</p></div>',
        # by hand
        '<p>Lamps<sup><a href="#a">1</a></sup> burn.</p><p id="a"><sup>1</sup> Of oil.</p>',
    ],
)
def test_footnotes(page: str) -> None:
    assert blocks(page) == [Block("Lamps burn."), Block("Of oil.", FOOTNOTE, "1")]


def test_links_that_are_no_footnotes_stay() -> None:
    page = '<p id="p1">See paragraph <a href="#p2">2</a>.</p>'
    page += '<p id="p2">And <a href="#p1">1</a>, 5 m<sup>2</sup>.</p>'
    assert [b.text for b in blocks(page)] == ["See paragraph 2.", "And 1, 5 m2."]


def test_deleted_and_hidden_text() -> None:
    source = read(
        b"<p>We <del>may</del><ins>shall</ins> row<span style='display:none'>secret</span>.</p>"
        b"<p hidden>old</p><template>t</template><noscript>n</noscript>"
    )
    assert [block.text for block in source.blocks] == ["We shall row."]
    assert {n.code: n.text for n in source.notices} == {
        "tracked-changes": "may",
        "hidden-text": "secret old t n",
    }


def test_a_page_saved_by_word() -> None:
    page = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="windows-1252">
    <!--[if gte mso 9]><xml><o:x>no</o:x></xml><![endif]--></head><body>
    <p class=MsoTitle>The Lamps<o:p></o:p></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
     style='mso-list:Ignore'>1.<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span><![endif]>Decide to
     row<o:p>&nbsp;</o:p></p>
    <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span
     style='mso-list:Ignore'>(a)</span>at caf\xe9s</p>
    <p class=MsoListParagraph style='mso-list:l1 level2 lfo1'><span
     style='mso-list:Ignore'>o<span> </span></span>now</p>
    </body></html>"""
    source = read(page.encode("cp1252"))
    assert source.blocks == (
        Block("The Lamps", TITLE),
        Block("Decide to row", mark="1."),
        Block("at cafés", mark="(a)", depth=1),
        Block("now", depth=1),
    )
    assert source.notices == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no words"),
        (b"<html><head><title>Only</title></head><body><hr></body></html>", "no words"),
        (b"<!-- nothing -->", "no words"),
        (b"<div>" * 5000 + b"deep", "2,000 levels"),
        (b"<p>\0\1\2\3\4" * 100, "binary"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(InvalidText, match=words):
        read(data)


@pytest.mark.parametrize(
    "page",
    [
        "<p>text</div></p></table>more",
        "<table>text<td>more<tr>",
        "<ul>text<p><li>more</ul></ol>",
        "<b><p>text</b> more",
    ],
)
def test_malformed_pages_keep_their_words(page: str) -> None:
    assert sorted(" ".join(b.text for b in blocks(page)).split()) == ["more", "text"]


NAMES = st.sampled_from(
    "p div span b i ul ol li table tr td th h1 h2 blockquote dl dt dd del ins nav header main pre sup".split()
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    name = draw(NAMES)
    inner = "".join(draw(st.lists(trees(depth - 1), max_size=3))) if depth else ""
    text, tail = draw(st.sampled_from(["", "w ", " w", "w"])), draw(st.sampled_from(["", " w ", "<br>w"]))
    return f"<{name}>{text}{inner}</{name}>{tail}"


@settings(max_examples=200)
@given(st.lists(trees(), min_size=1, max_size=4).map("".join))
def test_every_word_is_in_one_block_or_notice(body: str) -> None:
    count = iter(range(100_000))
    body = re.sub(r"\bw\b(?![^<]*>)", lambda _: f" w{next(count)}w ", body) + "<h3>end</h3>"
    words = re.compile(r"w(\d+)w")
    try:
        source = read(body.encode())
    except InvalidText:
        return
    main = [int(n) for b in source.blocks for n in words.findall(f"{b.mark} {b.text}")]
    noticed = [int(n) for notice in source.notices for n in words.findall(notice.text)]
    assert sorted(main + noticed) == [int(n) for n in words.findall(body)]
    assert main == sorted(main)


@settings(max_examples=200)
@given(
    st.one_of(st.binary(max_size=200), st.text("<>/=abdhilmoprtu #&;1'\"-!?[]", max_size=200).map(str.encode))
)
def test_any_bytes_give_a_source_or_a_sentence(data: bytes) -> None:
    with suppress(InvalidText):
        assert read(data).blocks
