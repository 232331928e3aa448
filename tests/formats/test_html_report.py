"""The page that shows a comparison."""

import base64
import hashlib
import re
from collections import Counter

import lxml.html
from lxml.html import HtmlElement

from gcmtext.formats.html_report import write_html
from gcmtext.text.compare import Comparison, compare
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.model import Alignment, Document, Evidence, Kind, Link, LinkKind, Notice, Paragraph

SURE = Evidence(1, 1, 1, True, 0)

OLD = (
    (Kind.TITLE, "", "Framework on safe crossings"),
    (Kind.HEADING, "A", "Vision"),
    (Kind.NUMBERED, "1", "States shall keep their ports open to ships that carry persons rescued at sea."),
    (Kind.NUMBERED, "2", "Each State shall name an office to which families of the missing may turn."),
    (Kind.NUMBERED, "3", "Data on departures shall be exchanged."),
    (Kind.HEADING, "B", "Action"),
    (Kind.NUMBERED, "4", "States shall train their coast guards. They shall publish the results each year."),
    (Kind.NUMBERED, "5", "A fund shall be set up."),
    (Kind.NUMBERED, "6", "Fees shall be low."),
    (Kind.NUMBERED, "7", "Procedures shall be short."),
    (Kind.NUMBERED, "8", "Ships shall be told."),
    (Kind.NUMBERED, "9", "Crews shall be thanked."),
    (Kind.NUMBERED, "10", "Owners shall be paid."),
)
NEW = (
    (Kind.TITLE, "", "Framework on safe crossings"),
    (Kind.HEADING, "A", "Vision"),
    (Kind.NUMBERED, "1", "States shall keep their ports open to ships that carry persons rescued at sea."),
    (Kind.NUMBERED, "2", "Data on departures <and arrivals> shall be exchanged."),
    (Kind.NUMBERED, "3", "Each State shall name an office to which families of the missing may turn."),
    (Kind.HEADING, "B", "Action"),
    (Kind.NUMBERED, "4", "States shall train their coast guards."),
    (Kind.NUMBERED, "5", "They shall publish the results each year."),
    (Kind.NUMBERED, "6", "Fees shall be low. Procedures shall be short."),
    (Kind.NUMBERED, "6 bis", "No one shall be left behind."),
    (Kind.NUMBERED, "7", "Ships shall be told."),
    (Kind.NUMBERED, "8", "Crews shall be thanked."),
    (Kind.NUMBERED, "9", "Owners shall be paid."),
)
ANCHORS = ("title", "a", "1", "2", "3", "b", "4", "5", "6", "6-bis", "7", "8", "9")
LINKS = (
    ((0,), (0,), "same", 1.0),
    ((1,), (1,), "same", 1.0),
    ((2,), (2,), "same", 1.0),
    ((4,), (3,), "edited", 0.97),
    ((3,), (4,), "moved", 0.99),
    ((5,), (5,), "same", 1.0),
    ((6,), (6, 7), "split", 0.61),
    ((8, 9), (8,), "merged", 0.9),
    ((10,), (10,), "same", 1.0),
    ((11,), (11,), "same", 1.0),
    ((12,), (12,), "same", 1.0),
)


def document(
    paragraphs: tuple[tuple[Kind, str, str], ...], revision: str, notices: tuple[Notice, ...] = ()
) -> Document:
    made = (
        Paragraph(i, kind, label, 1 if kind == Kind.HEADING else 0, text)
        for i, (kind, label, text) in enumerate(paragraphs)
    )
    return Document("Framework on safe crossings", "en", tuple(made), notices, revision=revision)


def comparison(notices: tuple[Notice, ...] = ()) -> Comparison:
    old, new = document(OLD, "Rev.1"), document(NEW, "Rev.2", notices)
    links = tuple(Link(o, n, LinkKind(kind), confidence, SURE) for o, n, kind, confidence in LINKS)
    changes = tuple(
        diff_paragraphs([OLD[i][2] for i in link.old], [NEW[i][2] for i in link.new]) for link in links
    )
    return Comparison(old, new, Alignment(links, inserted=(9,), deleted=(7,)), changes)


def page() -> HtmlElement:
    return lxml.html.document_fromstring(write_html(comparison()))


def words(element: HtmlElement, without: str) -> str:
    """The text of an element but for the elements of one name."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != without:
            parts.append(child.text_content())
        parts.append(child.tail or "")
    return "".join(parts)


def test_the_new_text_can_be_read_off_the_page() -> None:
    tree = page()
    for anchor, (_, _, text) in zip(ANCHORS, NEW, strict=True):
        (paragraph,) = tree.xpath(f"//*[@id='{anchor}']//*[contains(@class, 'text')]")
        assert words(paragraph, without="del") == text


def test_the_old_words_of_each_change_can_be_read_off_the_page() -> None:
    tree = page()
    for anchor, old in (("2", [4]), ("4", [6]), ("gone-5", [7]), ("6", [8, 9])):
        (row,) = tree.xpath(f"//*[@id='{anchor}']/ancestor::div[@data-change]")
        shown = [p.text_content() for p in row.xpath("./div[@class='old']//p[@class='text']")]
        assert shown == [OLD[i][2] for i in old]


def test_unchanged_text_stands_once() -> None:
    tree = page()
    for i in (2, 10, 11, 12):
        assert sum(OLD[i][2] == p.text_content() for p in tree.iter("p")) == 1


def test_every_link_has_its_place_and_every_place_is_one() -> None:
    tree = page()
    ids = Counter(tree.xpath("//@id"))
    assert max(ids.values()) == 1
    assert {href.removeprefix("#") for href in tree.xpath("//@href")} <= ids.keys()
    assert all(anchor in ids for anchor in (*ANCHORS, "gone-2", "gone-5"))
    assert [int(n) for n in tree.xpath("//@data-change")] == list(range(1, 7))


def test_what_moved_is_linked_both_ways() -> None:
    tree = page()
    (left,) = tree.xpath("//*[@id='gone-2']/ancestor::div[contains(@class, 'row')]")
    (arrival,) = tree.xpath("//*[@id='3']/ancestor::div[contains(@class, 'row')]")
    assert left.xpath(".//p[@class='kind']/a/@href") == ["#3"]
    assert "#gone-2" in arrival.xpath(".//p[@class='kind']/a/@href")
    assert left.text_content().split()[:2] == ["2", "Each"]


def test_split_merged_new_and_deleted_are_named() -> None:
    tree = page()
    kinds = {
        row.get("class").split()[1]: row.find_class("kind")[0].text_content()
        for row in tree.find_class("row")
    }
    assert "4 → 4, 5" in kinds["split"]
    assert "6, 7 → 6" in kinds["merged"]
    assert "new" in kinds["inserted"]
    assert "deleted" in kinds["deleted"]


def test_a_doubtful_link_is_named_at_the_top_and_beside_the_pair() -> None:
    tree = page()
    (notice,) = tree.xpath("//section[@aria-labelledby='page.doubts']")
    assert "1 link is for a person to check" in notice.text_content()
    assert notice.xpath(".//a/@href") == ["#4"]
    (mark,) = tree.find_class("in-doubt")
    assert mark.text_content() == "only 61\u00a0% sure"


def test_a_long_stretch_without_changes_is_folded_with_its_count_and_labels() -> None:
    (summary,) = page().xpath("//details[@class='fold']/summary")
    assert summary.text_content() == "Show 3 paragraphs without changes (7 to 9)"


def test_the_contents_count_the_changes_of_each_section() -> None:
    sections = [" ".join(h.text_content().split()) for h in page().xpath("//nav//h3")]
    assert sections == ["Framework on safe crossings", "A Vision 2 changes", "B Action 4 changes"]


def test_differences_of_each_kind_are_counted() -> None:
    _, kinds, words = (" ".join(line.text_content().split()) for line in page().xpath("//p[@class='sum']"))
    assert "1 edited 1 moved 1 split 1 merged" in kinds
    assert "moved and edited" not in kinds
    assert words.startswith("Words: ")


def test_text_is_escaped() -> None:
    html = write_html(comparison())
    assert "&lt;and arrivals&gt;" in html
    assert "<and arrivals>" not in html


def test_the_page_needs_nothing_else_and_runs_nothing_inline() -> None:
    html = write_html(comparison())
    tree = lxml.html.document_fromstring(html)
    assert not tree.xpath("//@style | //@*[starts-with(name(), 'on')] | //@src | //link")
    assert "http://" not in html
    assert "https://" not in html
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_how_a_file_was_read_is_told() -> None:
    html = write_html(comparison((Notice("running-head", "A running head was left out.", "A/RES/1"),)))
    assert "How Rev.2 was read" in html
    assert "A running head was left out." in html


def test_the_issues_can_be_given_names() -> None:
    assert "What changed from first.docx to Rev.2" in write_html(comparison(), ("first.docx", ""))


def test_the_same_comparison_gives_the_same_page() -> None:
    assert write_html(comparison()) == write_html(comparison())


def test_a_text_compared_with_itself_says_so() -> None:
    same = document(NEW, "Rev.2")
    html = write_html(compare(same, same))
    assert "No word differs between the two texts" in html
    assert "<ins>" not in html.split('class="marks"')[1].split("</p>")[1]


def test_arabic_runs_from_right_to_left_and_what_is_said_about_it_does_not() -> None:
    old = Document("إطار", "ar", (Paragraph(0, Kind.NUMBERED, "1", 0, "تلتزم الدول بفتح موانئها."),))
    new = Document("إطار", "ar", (Paragraph(0, Kind.NUMBERED, "1", 0, "تلتزم الدول بفتح جميع موانئها."),))
    tree = lxml.html.document_fromstring(write_html(compare(old, new)))
    (texts,) = tree.find_class("texts")
    assert (texts.get("lang"), texts.get("dir")) == ("ar", "rtl")
    (kind,) = tree.find_class("kind")
    assert (kind.get("lang"), kind.get("dir")) == ("en", "ltr")
