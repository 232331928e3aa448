"""Word files with tracked changes: rejected they are the old text, accepted the new one."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import resolved_by_libreoffice
from lxml import etree

from gcmtext.formats.docx import View, read_view
from gcmtext.formats.docx_tracked import write_docx
from gcmtext.text.compare import Comparison, compare
from gcmtext.text.diff import diff_paragraphs
from gcmtext.text.model import Alignment, Document, Evidence, Kind, Link, LinkKind, Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = {"w": W[1:-1]}
SURE = Evidence(1, 1, 1, True, 0)
DATE = datetime(2026, 7, 13, 9, 30, tzinfo=UTC)
COMING, GOING = {W + "ins", W + "moveTo"}, {W + "del", W + "moveFrom"}


def document(*paragraphs: tuple[Kind, str, int, str], language: str = "en") -> Document:
    made = (Paragraph(i, kind, label, level, text) for i, (kind, label, level, text) in enumerate(paragraphs))
    return Document("Framework on safe crossings", language, tuple(made))


def compared(
    old: Document, new: Document, *links: tuple[tuple[int, ...], tuple[int, ...], str]
) -> Comparison:
    made = tuple(Link(o, n, LinkKind(k), 0.95, SURE) for o, n, k in sorted(links, key=lambda link: link[1]))
    linked_old, linked_new = {i for link in made for i in link.old}, {i for link in made for i in link.new}
    changes = tuple(
        diff_paragraphs(
            [old.paragraphs[i].text for i in link.old], [new.paragraphs[i].text for i in link.new]
        )
        for link in made
    )
    inserted = tuple(i for i in range(len(new.paragraphs)) if i not in linked_new)
    deleted = tuple(i for i in range(len(old.paragraphs)) if i not in linked_old)
    return Comparison(old, new, Alignment(made, inserted, deleted), changes)


def body(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def resolved(data: bytes, dropped: set[str]) -> list[str]:
    """The paragraphs that are left when all changes of some kinds are undone, as Word would."""
    left, begun = [], ""
    for paragraph in body(data).iter(W + "p"):
        for run in paragraph.iter(W + "r"):
            if not any(above.tag in dropped for above in run.iterancestors()):
                begun += "".join(
                    "\t" if part.tag == W + "tab" else part.text or ""
                    for part in run
                    if part.tag != W + "rPr"
                )
        marks = {mark.tag for mark in paragraph.iterfind("w:pPr/w:rPr/*", NAMESPACES)}
        if not marks & dropped:
            left.append(begun)
            begun = ""
    assert begun == ""
    return left


def printed(paragraphs: Document) -> list[str]:
    return [f"{p.label}\t{p.text}" if p.label else p.text for p in paragraphs.paragraphs]


def accepted(data: bytes) -> list[str]:
    return without_closing(resolved(data, GOING))


def rejected(data: bytes) -> list[str]:
    return without_closing(resolved(data, COMING))


def without_closing(paragraphs: list[str]) -> list[str]:
    """Without the empty paragraph that closes a file of which the last paragraph is new or gone."""
    return paragraphs[:-1] if paragraphs[-1] == "" else paragraphs


OLD = document(
    (Kind.TITLE, "", 0, "Framework on safe crossings"),
    (Kind.HEADING, "A", 1, "Action"),
    (Kind.NUMBERED, "1", 0, "Each State shall name an office to which families of the missing may turn."),
    (Kind.NUMBERED, "2", 0, "Data on departures shall be exchanged among States."),
    (
        Kind.SUBPARAGRAPH,
        "(a)",
        1,
        "States shall train their coast guards. They shall publish the results each year.",
    ),
    (Kind.SUBPARAGRAPH, "(b)", 1, "Fees shall be low."),
    (Kind.SUBPARAGRAPH, "(c)", 1, "Procedures shall be short."),
    (Kind.NUMBERED, "3", 0, "A fund shall be set up."),
)
NEW = document(
    (Kind.TITLE, "", 0, "Framework on safe crossings"),
    (Kind.HEADING, "A", 1, "Action & cooperation"),
    (Kind.NUMBERED, "1", 0, "Data on departures and arrivals shall be exchanged among States."),
    (Kind.SUBPARAGRAPH, "(a)", 1, "States shall train their coast guards."),
    (Kind.SUBPARAGRAPH, "(b)", 1, "They shall publish the results each year."),
    (Kind.SUBPARAGRAPH, "(c)", 1, "Fees shall be low. Procedures shall be short."),
    (Kind.NUMBERED, "2", 0, "Each State shall name an office to which families of the missing can turn."),
    (Kind.NUMBERED, "2 bis", 0, "No one shall be left behind."),
)
EVERYTHING = compared(
    OLD,
    NEW,
    ((0,), (0,), "same"),
    ((1,), (1,), "edited"),
    ((3,), (2,), "edited"),
    ((4,), (3, 4), "split"),
    ((5, 6), (5,), "merged"),
    ((2,), (6,), "moved"),
)


def write(comparison: Comparison) -> bytes:
    return write_docx(comparison, author="Rev.1 → Rev.2", date=DATE)


def test_accepting_gives_the_new_text() -> None:
    assert accepted(write(EVERYTHING)) == printed(NEW)


def test_rejecting_gives_the_old_text() -> None:
    assert rejected(write(EVERYTHING)) == printed(OLD)


def test_unchanged_words_are_never_marked() -> None:
    same = write(compare(OLD, OLD))
    assert not body(same).xpath("//w:ins | //w:del | //w:moveFrom | //w:moveTo", namespaces=NAMESPACES)


def test_every_change_is_signed_and_has_a_number_of_its_own() -> None:
    tree = body(write(EVERYTHING))
    changes = tree.xpath("//*[@w:author]", namespaces=NAMESPACES)
    assert {change.get(W + "author") for change in changes} == {"Rev.1 → Rev.2"}
    assert {change.get(W + "date") for change in changes} == {"2026-07-13T09:30:00Z"}
    numbers = [change.get(W + "id") for change in changes]
    assert len(set(numbers)) == len(numbers)


def test_a_move_has_two_ranges_of_one_name() -> None:
    tree = body(write(EVERYTHING))
    for end in ("From", "To"):
        (start,) = tree.iter(f"{W}move{end}RangeStart")
        (stop,) = tree.iter(f"{W}move{end}RangeEnd")
        assert start.get(W + "name") == "move1"
        assert start.get(W + "id") == stop.get(W + "id")
    (left,) = tree.xpath("//w:p[w:pPr/w:rPr/w:moveFrom]", namespaces=NAMESPACES)
    assert "".join(left.itertext()) == printed(OLD)[2].replace("\t", "")


def test_a_changed_label_is_tracked() -> None:
    (paragraph,) = body(write(EVERYTHING)).xpath("//w:p[contains(., 'departures')]", namespaces=NAMESPACES)
    assert [t.text for t in paragraph.iterfind("w:del//w:delText", NAMESPACES)] == ["2"]
    assert [t.text for t in paragraph.iterfind("w:ins//w:t", NAMESPACES)][:1] == ["1"]


def test_a_changed_style_is_tracked() -> None:
    old = document(
        (Kind.NUMBERED, "1", 0, "Ports stay open."), (Kind.NUMBERED, "2", 0, "Data are exchanged.")
    )
    new = document(
        (Kind.NUMBERED, "1", 0, "Ports stay open."), (Kind.SUBPARAGRAPH, "(a)", 1, "Data are exchanged.")
    )
    tree = body(write(compared(old, new, ((0,), (0,), "same"), ((1,), (1,), "same"))))
    (now,) = tree.xpath("//w:p[2]/w:pPr/w:pStyle/@w:val", namespaces=NAMESPACES)
    (was,) = tree.xpath("//w:p[2]/w:pPr/w:pPrChange/w:pPr/w:pStyle/@w:val", namespaces=NAMESPACES)
    assert (was, now) == ("Labelled0", "Labelled1")


def test_every_style_that_is_used_is_there() -> None:
    data = write(EVERYTHING)
    with ZipFile(BytesIO(data)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    known = set(styles.xpath("//w:style/@w:styleId", namespaces=NAMESPACES))
    assert set(body(data).xpath("//w:pStyle/@w:val", namespaces=NAMESPACES)) <= known


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert write(EVERYTHING) == write(EVERYTHING)


def test_arabic_runs_from_right_to_left_but_not_its_symbols() -> None:
    old = document((Kind.NUMBERED, "1", 0, "إذ تشير إلى القرار A/RES/72/1 والقرار الآخر."), language="ar")
    new = document((Kind.NUMBERED, "1", 0, "إذ تشير إلى القرار A/RES/73/1 والقرار الآخر."), language="ar")
    data = write(compared(old, new, ((0,), (0,), "edited")))
    runs = {
        "".join(r.itertext()): r.find("w:rPr/w:rtl", NAMESPACES) is not None for r in body(data).iter(W + "r")
    }
    assert runs["A/RES/73/1"] is False
    assert all(rtl for text, rtl in runs.items() if "القرار" in text)
    with ZipFile(BytesIO(data)) as archive:
        assert b"<w:bidi/>" in archive.read("word/styles.xml")
    assert (accepted(data), rejected(data)) == (printed(new), printed(old))


def test_the_word_reader_reads_both_texts_back() -> None:
    data = write(EVERYTHING)
    for view, text in ((View.ACCEPTED, NEW), (View.REJECTED, OLD)):
        read = [f"{b.mark} {b.text}".split() for b in read_view(data, view).blocks if b.text.strip()]
        assert read == [p.split() for p in printed(text)]


@st.composite
def lineages(draw: st.DrawFn) -> Comparison:
    """Two texts under any lineage, likely or not."""
    words = st.lists(
        st.sampled_from(["States", "shall", "open", "ports", "and", "seas", "."]), min_size=1, max_size=6
    )
    paragraph = st.tuples(
        st.sampled_from([Kind.NUMBERED, Kind.HEADING]),
        st.sampled_from(["", "1", "(a)"]),
        st.integers(0, 2),
        words.map(" ".join),
    )
    old = document(*draw(st.lists(paragraph, max_size=8)))
    new = document(*draw(st.lists(paragraph, max_size=8)))
    free_old = list(draw(st.permutations(range(len(old.paragraphs)))))
    free_new = list(draw(st.permutations(range(len(new.paragraphs)))))
    links = []
    while free_old and free_new and draw(st.booleans()):
        kind = draw(st.sampled_from(["edited", "moved", "split", "merged"]))
        take_old, take_new = (2 if kind == "merged" else 1), (3 if kind == "split" else 1)
        links.append((tuple(sorted(free_old[:take_old])), tuple(sorted(free_new[:take_new])), kind))
        del free_old[:take_old], free_new[:take_new]
    return compared(old, new, *links)


@given(lineages())
def test_both_texts_come_back_whatever_the_lineage(comparison: Comparison) -> None:
    data = write(comparison)
    assert accepted(data) == printed(comparison.new)
    assert rejected(data) == printed(comparison.old)


@pytest.mark.slow
def test_libreoffice_comes_to_the_same_texts(tmp_path: Path) -> None:
    found = resolved_by_libreoffice(write(EVERYTHING), tmp_path)
    assert without_closing(found["accepted"]) == printed(NEW)
    assert without_closing(found["rejected"]) == printed(OLD)
