"""What the words of a Word file are, where they stand, and that none is lost or doubled."""

import re
from io import BytesIO

import docx as python_docx
import pytest
from docx_builder import (
    abstract,
    docx,
    footnotes,
    instance,
    level,
    paragraph,
    row,
    run,
    source,
    style,
    table,
    texts,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gcmtext.formats.docx import read
from gcmtext.text.model import Block, Role

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def in_run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def field_character(kind: str, inner: str = "") -> str:
    return in_run(f'<w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar>')


def instruction(text: str) -> str:
    return in_run(f"<w:instrText>{text}</w:instrText>")


def one(content: str, **parts: str) -> str:
    (text,) = texts(paragraph(content), **parts)
    return text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("1.<w:tab/>Decides", "1.\tDecides"),
        ("<w:t>Article 1</w:t><w:br/><w:t>Purpose</w:t>", "Article 1\nPurpose"),
        ('<w:t>before</w:t><w:br w:type="page"/><w:t>after</w:t>', "before after"),
        ("<w:t>non</w:t><w:noBreakHyphen/><w:t>refoulement</w:t>", "non-refoulement"),
        ("<w:t>co</w:t><w:softHyphen/><w:t>operation</w:t>", "cooperation"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/><w:t>18 years</w:t>', "≥18 years"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> agreed</w:t>', "☑ agreed"),
        ('<w:t xml:space="preserve">all  </w:t><w:t xml:space="preserve"> migrants</w:t>', "all migrants"),
        ("<w:t>\n  refu</w:t><w:t>gees\n </w:t>", "refugees"),
    ],
)
def test_the_characters_of_a_run(content: str, expected: str) -> None:
    assert (
        one(in_run(re.sub(r"^1\.", "<w:t>1.</w:t>", content).replace("Decides", "<w:t>Decides</w:t>")))
        == expected
    )


def test_an_unknown_sign_is_shown_and_reported() -> None:
    read = source(paragraph(in_run('<w:sym w:font="Webdings" w:char="F061"/><w:t>agreed</w:t>')))
    assert read.blocks[0].text == "\N{REPLACEMENT CHARACTER}agreed"
    assert [notice.code for notice in read.notices] == ["symbols"]


def test_wrappers_of_all_kinds() -> None:
    content = (
        f'<w:hyperlink r:id="r9">{run("The Compact")}</w:hyperlink>'
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{run(' rests')}</w:sdtContent></w:sdt>"
        f'<w:smartTag w:element="x">{run(" on")}</w:smartTag>'
        f'<w:customXml w:element="x">{run(" the")}</w:customXml>'
        f'<w:fldSimple w:instr="REF x">{run(" Charter")}</w:fldSimple><w:future>{run(" itself")}</w:future>'
    )
    assert one(content) == "The Compact rests on the Charter itself"
    assert texts(f"<w:sdt><w:sdtContent>{paragraph('Vision')}</w:sdtContent></w:sdt>") == ["Vision"]


def test_of_a_field_the_result_is_read() -> None:
    content = (
        run("see paragraph ")
        + field_character("begin")
        + instruction("REF a ")
        + field_character("begin") + instruction("PAGE")
        + field_character("separate") + run("99") + field_character("end")
        + field_character("separate")
        + run("12")
        + field_character("end")
        + run(" above")
    )  # fmt: skip
    assert one(content) == "see paragraph 12 above"


def test_a_field_without_an_end_eats_no_text() -> None:
    body = paragraph(run("We ") + field_character("begin") + instruction("PAGE")) + paragraph("agree")
    assert texts(body) == ["We", "agree"]


def test_the_choice_of_a_drop_down_field() -> None:
    entries = '<w:listEntry w:val="shall"/><w:listEntry w:val="should"/>'
    data = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert one(run("States ") + field_character("begin", data) + field_character("end")) == "States should"


def test_hidden_words_are_named_in_a_notice() -> None:
    styles = style("Note", "Drafting note", kind="character", run="<w:vanish/>")
    read = source(
        paragraph(
            run("States cooperate")
            + run(" secretly", "<w:vanish/>")
            + run(" or not", '<w:rStyle w:val="Note"/>')
        ),
        styles=styles,
    )
    assert [block.text for block in read.blocks] == ["States cooperate"]
    assert [(notice.code, notice.text) for notice in read.notices] == [("hidden-text", "secretly\nor not")]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    alternatives = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(paragraph(run("Around ") + in_run(alternatives) + run("the box"))) == [
        "Around the box",
        "In the box",
    ]


def test_formulas_and_ruby() -> None:
    two, three = (f"<m:r><m:t>{number}</m:t></m:r>" for number in (2, 3))
    formula = f"<m:oMath><m:f><m:num>{two}</m:num><m:den>{three}</m:den></m:f></m:oMath>"
    ruby = f"<w:ruby><w:rt>{run('kokuren')}</w:rt><w:rubyBase>{run('国連')}</w:rubyBase></w:ruby>"
    read = source(paragraph(formula + run(" of the members of ") + in_run(ruby)))
    assert [block.text for block in read.blocks] == ["2/3 of the members of 国連"]
    assert [(notice.code, notice.text) for notice in read.notices] == [("ruby", "kokuren")]


def test_rows_of_data_and_tables_for_layout() -> None:
    data = table((paragraph("Region"), paragraph("States")), (paragraph("Africa"), paragraph("54")))
    layout = table((paragraph("We commit:") + paragraph("to act"), paragraph("Agreed")))
    long = table((paragraph("Objective 1"), paragraph("Collect and use accurate data. " * 20)))
    boxed = table((paragraph("A framed note"),))
    blocks = source(data + layout + long + boxed).blocks
    assert [(block.role, block.text[:20]) for block in blocks] == [
        (Role.ROW, "Region | States"),
        (Role.ROW, "Africa | 54"),
        (Role.BODY, "We commit:"),
        (Role.BODY, "to act"),
        (Role.BODY, "Agreed"),
        (Role.BODY, "Objective 1"),
        (Role.BODY, "Collect and use accu"),
        (Role.BODY, "A framed note"),
    ]


def test_numbered_paragraphs_in_cells_are_paragraphs() -> None:
    body = table((paragraph("Zero draft"), paragraph("Decides to act", number=1)))
    blocks = source(body, numbering=abstract(0, level(0, "%1.")) + instance(1, 0)).blocks
    assert [(block.mark, block.text) for block in blocks] == [("", "Zero draft"), ("1.", "Decides to act")]


def test_nested_tables_and_merged_cells() -> None:
    inner = table((paragraph("in"), paragraph("ner")))
    merged = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph("")
    rows = row(paragraph("outer"), inner + paragraph("")) + row(merged, paragraph("x"), paragraph("y"))
    body = f"<w:tbl>{rows}</w:tbl>"
    assert texts(body) == ["outer", "in | ner", "x | y"]


def test_footnotes_and_endnotes_come_last_with_their_marks() -> None:
    def note(kind: str, identity: int, text: str) -> str:
        mark = f"<w:{kind}Ref/>"
        return f'<w:{kind} w:id="{identity}">{paragraph(in_run(mark) + run(" " + text))}</w:{kind}>'

    def reference(kind: str, identity: int) -> str:
        return in_run(f'<w:{kind}Reference w:id="{identity}"/>')

    separator = f'<w:footnote w:id="0" w:type="separator">{paragraph(in_run("<w:separator/>"))}</w:footnote>'
    body = paragraph(
        run("Recalling") + reference("endnote", 2) + run(" the Charter") + reference("footnote", 7) + run(",")
    )
    body += paragraph(run("Noting") + reference("footnote", 3)) + paragraph("The end")
    blocks = source(
        body,
        footnotes=separator + note("footnote", 3, "Resolution 71/1.") + note("footnote", 7, "Article 1."),
        endnotes=note("endnote", 2, "Adopted in 1945."),
    ).blocks
    assert blocks == (
        Block("Recalling the Charter,"),
        Block("Noting"),
        Block("The end"),
        Block("Article 1.", Role.FOOTNOTE, "1"),
        Block("Resolution 71/1.", Role.FOOTNOTE, "2"),
        Block("Adopted in 1945.", Role.FOOTNOTE, "i"),
    )


def test_custom_marks_of_notes() -> None:
    custom = in_run('<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t>')
    numbered = in_run('<w:footnoteReference w:id="2"/>')
    notes = (
        f'<w:footnote w:id="1">{paragraph(run("*") + in_run("<w:tab/>") + run("Reissued."))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("First.") + paragraph("Second.")}</w:footnote>'
    )
    body = paragraph(run("Draft resolution") + custom) + paragraph(run("Recalling") + numbered)
    assert footnotes(body, footnotes=notes) == [
        Block("Reissued.", Role.FOOTNOTE, "*"),
        Block("First.\nSecond.", Role.FOOTNOTE, "1"),
    ]


def test_brackets_around_the_number_of_a_note_belong_to_it() -> None:
    """As Arabic texts of the United Nations have them."""
    reference = run("(") + in_run('<w:footnoteReference w:id="1"/>') + run(")")
    own = run("(") + in_run("<w:footnoteRef/>") + run(")") + in_run("<w:tab/>")
    body = paragraph(run("إذ تشير إلى القرار") + reference + run("، (وتؤكد)"))
    note = f'<w:footnote w:id="1">{paragraph(own + run("القرار 71/1 (2016)."))}</w:footnote>'
    assert source(body, footnotes=note).blocks == (
        Block("إذ تشير إلى القرار، (وتؤكد)"),
        Block("القرار 71/1 (2016).", Role.FOOTNOTE, "1"),
    )


def test_notes_are_numbered_as_file_and_section_say() -> None:
    def reference(identity: int) -> str:
        return run("Text") + in_run(f'<w:footnoteReference w:id="{identity}"/>')

    numbers = '<w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachSect"/>'
    section = f"<w:sectPr><w:footnotePr>{numbers}</w:footnotePr></w:sectPr>"
    notes = "".join(f'<w:footnote w:id="{number}">{paragraph("Note")}</w:footnote>' for number in range(4))
    body = (
        paragraph(reference(0))
        + paragraph(reference(1), properties=section)
        + paragraph(reference(2))
        + section
    )
    found = footnotes(body, footnotes=notes)
    assert [block.mark for block in found] == ["a", "b", "a"]
    settings = '<w:footnotePr><w:numFmt w:val="upperRoman"/><w:numStart w:val="4"/></w:footnotePr>'
    found = footnotes(paragraph(reference(0)) + paragraph(reference(1)), footnotes=notes, settings=settings)
    assert [block.mark for block in found] == ["IV", "V"]


def test_what_is_no_text_is_in_a_notice() -> None:
    styles = style("TOC1", "toc 1")
    picture = in_run(
        '<w:drawing><a:graphic><a:graphicData><a:blip r:embed="r9"/></a:graphicData></a:graphic></w:drawing>'
    )
    body = (
        paragraph("Vision\t3", style="TOC1")
        + paragraph(run("Our vision") + picture)
        + paragraph(in_run("<w:object/>"))
        + '<w:altChunk r:id="r8"/>'
    )
    comments = f'<w:comment w:id="1" w:author="Mexico">{paragraph("Too weak")}</w:comment>'
    read = source(
        body, styles=styles, header=paragraph("A/CONF.231/3"), footer=paragraph("18-00001"), comments=comments
    )
    assert [block.text for block in read.blocks] == ["Our vision"]
    assert [(notice.code, notice.text) for notice in read.notices] == [
        ("table-of-contents", "Vision 3"),
        ("headers-footers", "A/CONF.231/3\n18-00001"),
        ("comments", "Too weak"),
        ("pictures", ""),
        ("objects", ""),
        ("embedded-documents", ""),
    ]


def test_the_language_is_that_of_most_words() -> None:
    arabic = run("الجمعية العامة تقرر عقد مؤتمر", '<w:rtl/><w:lang w:val="en-US" w:bidi="ar-SA"/>')
    assert source(paragraph(arabic + run("A/72/1", '<w:lang w:val="en-US"/>'))).language == "ar"
    assert source(paragraph(run("L’Assemblée générale décide", '<w:lang w:val="fr-FR"/>'))).language == "fr"
    assert source(paragraph(run("Генеральная Ассамблея", '<w:lang w:val="en-US"/>'))).language == ""
    chinese = run("大会决定举行会议", '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>')
    assert source(paragraph(chinese)).language == "zh"
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="es-ES"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    assert source(paragraph("La Asamblea decide"), styles=defaults).language == "es"


def test_the_title_is_the_paragraph_in_title_style_or_the_property_that_stands_in_the_text() -> None:
    styles = style("Titre", "Title")
    core = "<dc:title>Global Compact on Lighthouses</dc:title>"
    body = paragraph("Zero draft", style="Titre") + paragraph("Vision")
    assert source(body, styles=styles, core=core).title == "Zero draft"
    assert (
        source(paragraph("Global compact on lighthouses"), core=core).title == "Global Compact on Lighthouses"
    )
    assert source(paragraph("Draft of last year"), core=core).title == ""


def test_a_file_of_another_writer() -> None:
    document = python_docx.Document()
    document.add_heading("Global compact", 0)
    document.add_heading("Vision", 1)
    document.add_paragraph("We commit to act.")
    document.add_paragraph("Collect data", style="List Number")
    document.add_paragraph("Share data", style="List Number")
    buffer = BytesIO()
    document.save(buffer)
    assert [(block.role, block.mark, block.text) for block in read(buffer.getvalue()).blocks] == [
        (Role.TITLE, "", "Global compact"),
        (Role.HEADING, "", "Vision"),
        (Role.BODY, "", "We commit to act."),
        (Role.BODY, "1.", "Collect data"),
        (Role.BODY, "2.", "Share data"),
    ]


WORDS = st.text("abcdeéжيى大 ", min_size=1, max_size=12)


def _inline(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(children, max_size=3).map("".join)
    box = st.builds(
        lambda inner: in_run(f"<w:pict><w:txbxContent>{paragraph(inner)}</w:txbxContent></w:pict>"), content
    )
    return st.one_of(
        box,
        content.map(lambda inner: f"<w:hyperlink>{inner}</w:hyperlink>"),
        content.map(lambda inner: f'<w:ins w:id="1" w:author="A">{inner}</w:ins>'),
        content.map(lambda inner: f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"),
        content.map(lambda inner: f"<w:unheardOf>{inner}</w:unheardOf>"),
        content.map(
            lambda inner: (
                field_character("begin")
                + instruction("REF")
                + field_character("separate")
                + inner
                + field_character("end")
            )
        ),
    )


INLINE = st.lists(st.recursive(WORDS.map(run), _inline, max_leaves=6), max_size=4).map("".join)
PARAGRAPH = st.builds(
    lambda content, number: paragraph(content or run(""), number=number), INLINE, st.sampled_from([None, 1])
)


def _cells(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cell = st.lists(inner, min_size=1, max_size=2).map("".join)
    return st.lists(st.lists(cell, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(
        lambda rows: table(*rows)
    )


ITEMS = st.lists(st.recursive(PARAGRAPH, _cells, max_leaves=6), max_size=6).map("".join)


@settings(max_examples=60)
@given(ITEMS)
def test_every_word_stands_in_the_blocks_once(body: str) -> None:
    """Against a plain walk over w:t, order apart: text boxes follow the paragraph they hang on."""
    data = docx(paragraph("x") + body, numbering=abstract(0, level(0, "", "none")) + instance(1, 0))
    root = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{body}</w:body>'.encode())
    plain = "x" + "".join(element.text or "" for element in root.iter(W + "t"))
    ours = "".join(block.text for block in read(data).blocks).replace("|", "")
    assert sorted(ours.replace("\n", "").replace(" ", "")) == sorted(plain.replace(" ", ""))


def test_a_table_of_contents_without_styles_is_left_out() -> None:
    def entry(words: str, page: str) -> tuple[str, str]:
        return paragraph(words), paragraph(page)

    entries = [entry("Introduction", "4"), entry("I. Lights", "10"), entry("II. Towers", "10")]
    found = source(paragraph("Contents") + table(*entries) + paragraph("1. States shall keep every light."))
    assert [block.text for block in found.blocks] == ["Contents", "1. States shall keep every light."]
    assert [n.text for n in found.notices] == ["Introduction | 4\nI. Lights | 10\nII. Towers | 10"]


def test_a_table_with_figures_is_no_table_of_contents() -> None:
    rows = [(paragraph(f"Light {n}"), paragraph(str(n))) for n in (4, 10, 2)]
    assert texts(paragraph("Lights") + table(*sorted(rows))) != ["Lights"]
    assert len(texts(paragraph("Contents") + table(*rows))) == 4
