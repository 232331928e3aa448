"""How right imported files are: word error rates, and the structure that segmentation finds.

The truth is what others wrote: the hand-encoded .adoc of UNECE PDFs, the accepted forms of tracked Word
files, the plain text of Akoma Ntoso files. None of it is free of errors. What is known to be wrong in it is
listed in TRUTHS; rates are stated with the truth as it stands and with these errors put right.

The word error rate is (substituted + left out + put in) / words of the truth, over words separated by blanks,
case and punctuation included, labels included. Typewriter and typographic quotation marks, hyphens and dashes
are one; the bars between the cells of a table and the dots of list items are not words.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from xml.etree import ElementTree

from benchmarks import peers
from benchmarks.tables import table
from gcmtext.errors import GcmtextError
from gcmtext.formats import read_file
from gcmtext.formats.tracked_changes import read_tracked
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.segment import segment

MISMATCHES_SHOWN = 12


@dataclass(frozen=True)
class Layout:
    """What the layout of a PDF prints that its .adoc leaves to the stylesheet.

    headings: the numbering of headings by their depth ("I", "A", "(a)"); paragraphs: whether body paragraphs
    are numbered; items: the numbering of list items; unnumbered: headings without a number all the same.
    """

    headings: dict[int, str]
    paragraphs: bool
    items: str
    unnumbered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Truth:
    """How an .adoc was laid out, and the slips in it: (as it stands, as it is printed)."""

    layout: Layout
    slips: tuple[tuple[str, str], ...] = ()


TRUTHS = {
    "ECE/TRADE/C/CEFACT/2018/1": Truth(
        Layout({1: "I", 3: "(a)"}, paragraphs=False, items="1"),
        (
            ("=== Openning", "=== Opening"),
            ("present the dra|t agenda", "present the draft agenda"),
            ("==== Other deliverable for noting", "==== Other deliverables for noting"),
        ),
    ),
    "ECE/TRADE/C/CEFACT/2020/18": Truth(
        Layout({1: "I", 2: "A"}, paragraphs=True, items="(a)", unnumbered=("Summary",)),
    ),
}


@dataclass
class Score:
    """How far what was read is from the truth."""

    name: str
    words: int
    errors: int
    as_it_stands: int | None
    paragraphs: int
    found: int
    kinds: int
    labels: int
    levels: int
    wrong: list[str]


def run() -> str:
    """Return the tables of the importers, and what is wrong in each file."""
    corpus = peers.corpus()
    if corpus is None:
        return "## Importers\n\nGCMTEXT_CORPUS names no folder: the importers are not measured."
    parts = ["## Importers"]
    for name, scores in (
        ("UNECE PDFs against their .adoc", _pdfs(corpus)),
        ("Tracked Word files against their accepted forms", _word_files(corpus)),
        ("Both views of tracked Word files against their gold", _tracked_views(corpus)),
        ("Akoma Ntoso against plain text", _akoma_ntoso(corpus)),
    ):
        parts.append(f"### {name}")
        parts.append(_table(scores))
        parts += [
            f"{s.name}: what differs\n\n" + "\n".join(f"- {w}" for w in s.wrong[:MISMATCHES_SHOWN])
            for s in scores
            if s.wrong
        ]
    return "\n\n".join(parts)


def _table(scores: Iterable[Score]) -> str:
    rows = []
    for s in scores:
        rates = [f"{s.errors / s.words:.2%} ({s.errors})"]
        rates.append(
            f"{s.as_it_stands / s.words:.2%} ({s.as_it_stands})" if s.as_it_stands is not None else "–"
        )
        structure = [f"{n} of {s.paragraphs}" for n in (s.found, s.kinds, s.labels, s.levels)]
        rows.append([s.name, s.words, *rates, *structure])
    head = ["file", "words", "word errors", "truth as it stands", "paragraphs", "kinds", "labels", "levels"]
    return table(head, rows)


def score(
    name: str,
    read: Sequence[Paragraph],
    truth: Sequence[Paragraph],
    as_it_stands: Sequence[Paragraph] | None = None,
) -> Score:
    """Compare what was read with the truth: words over the whole text, structure by paragraph."""
    said, true = _words(read), _words(truth)
    errors, differences = word_errors(said, true)
    pairs = sorted(peers.by_lcs([_plain(p) for p in truth], [_plain(p) for p in read]))
    equal = [(truth[i], read[j]) for i, j in pairs if _words([truth[i]]) == _words([read[j]])]
    linked = [(truth[i], read[j]) for i, j in pairs]
    wrong = [f"`{said or '∅'}` for `{true or '∅'}`" for said, true in differences]
    wrong += [
        f"{_structure(b)} for {_structure(a)}: {a.text[:60]}"
        for a, b in linked
        if (a.kind, a.label, a.level) != (b.kind, b.label, b.level)
    ]
    return Score(
        name=name,
        words=len(true),
        errors=errors,
        as_it_stands=word_errors(said, _words(as_it_stands))[0] if as_it_stands else None,
        paragraphs=len(truth),
        found=len(equal),
        kinds=sum(a.kind is b.kind for a, b in linked),
        labels=sum(_folded(a.label) == _folded(b.label) for a, b in linked),
        levels=sum(a.level == b.level for a, b in linked),
        wrong=wrong,
    )


def _plain(paragraph: Paragraph) -> Paragraph:
    text = " ".join(_words([paragraph]))
    return Paragraph(paragraph.index, paragraph.kind, "", paragraph.level, text)


def _structure(paragraph: Paragraph) -> str:
    return f"{paragraph.kind.value} “{paragraph.label}” level {paragraph.level}"


def word_errors(said: Sequence[str], true: Sequence[str]) -> tuple[int, list[tuple[str, str]]]:
    """Return the errors, counted between the longest runs in common, and the places (said, true)."""
    errors, places = 0, []
    for op, i, i_end, j, j_end in SequenceMatcher(None, true, said, autojunk=False).get_opcodes():
        if op != "equal":
            errors += max(i_end - i, j_end - j)
            places.append((" ".join(said[j:j_end]), " ".join(true[i:i_end])))
    return errors, places


def _words(paragraphs: Iterable[Paragraph]) -> list[str]:
    text = " ".join(f"{_dotted(p)} {p.text}" for p in paragraphs)
    text = re.sub(r"\s+([,.;:)])", r"\1", _folded(text))
    return [word for word in text.split() if word not in ("|", "•", "")]


def _dotted(paragraph: Paragraph) -> str:
    """Return the label without the dot or colon that some print after it."""
    return paragraph.label.rstrip(".:")


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text.translate(_SAME)


_SAME = str.maketrans(
    {**dict.fromkeys("‘’‛ʼ", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑–—−", "-"), "\u00ad": ""}
)


def _read(path: Path) -> Document | None:
    try:
        return segment(read_file(path))
    except (GcmtextError, ModuleNotFoundError) as error:
        print(f"{path.name} is left out: {error}")
        return None


def _from_title(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs from the title on: the truth holds no masthead."""
    start = next((k for k, p in enumerate(paragraphs) if p.kind is Kind.TITLE), 0)
    return list(paragraphs[start:])


# ------------------------------------------------------------------------------------------------------ PDF


def _pdfs(corpus: Path) -> list[Score]:
    scores = []
    for truth in sorted((corpus / "pdf").glob("*.adoc")):
        stem = truth.stem.removesuffix("E")
        for pdf in sorted(p for p in (corpus / "pdf").glob("*.pdf") if stem in p.stem):
            document = _read(pdf)
            if document is None:
                continue
            adoc = truth.read_text(encoding="utf-8")
            symbol = re.search(r"^:agenda-id: *(\S+)", adoc, re.M)
            known = TRUTHS.get(symbol[1] if symbol else "", Truth(Layout({}, False, "")))
            corrected = adoc
            for wrong, right in known.slips:
                corrected = corrected.replace(wrong, right)
            scores.append(
                score(
                    pdf.name,
                    _notes_last(_from_title(document.paragraphs)),
                    _notes_last(flatten(corrected, known.layout)),
                    _notes_last(flatten(adoc, known.layout)),
                )
            )
    return scores


def _notes_last(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with the footnotes behind the rest, where neither side's order counts."""
    return sorted(paragraphs, key=lambda p: p.kind is Kind.FOOTNOTE)


def flatten(adoc: str, layout: Layout) -> list[Paragraph]:
    """Return the paragraphs of an AsciiDoc file in the Metanorma flavour of the United Nations.

    The attributes of the head are left out but for the title and its subtitle, which are printed. NOTE blocks
    are the footnotes of these documents.
    """
    head, _, body = adoc.partition("\n\n")
    flat = _Flattened(layout)
    title = re.search(r"^= (.+)$", head, re.M)
    if title:
        flat.add(Kind.TITLE, "", 0, title[1])
    subtitle = re.search(r"^:subtitle: (.+(?:\n(?!:).+)*)", head, re.M)
    if subtitle:
        flat.add(Kind.TEXT, "", 0, subtitle[1])
    lines = iter(body.split("\n"))
    block: list[str] = []
    for line in lines:
        if line.startswith("|==="):
            flat.table(_until(lines, "|==="))
        elif re.match(r"(=+|\*+|\.+) ", line):
            flat.block(block)
            flat.block([line])
            block = []
        elif not line.strip() or re.match(r"\[[^\]]*\]$", line):
            flat.block(block)
            block = []
        else:
            block.append(line)
    flat.block(block)
    return flat.paragraphs


def _until(lines: Iterable[str], end: str) -> list[str]:
    found = []
    for line in lines:
        if line.startswith(end):
            break
        found.append(line)
    return found


class _Flattened:
    """Paragraphs in the making, with the counters of the stylesheet."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.paragraphs: list[Paragraph] = []
        self.count: dict[str, int] = {}

    def add(self, kind: Kind, label: str, level: int, text: str) -> None:
        text = re.sub(r"\"`|`\"", '"', text)
        text = re.sub(r"(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)", r"\1", text)
        text = " ".join(text.split())
        self.paragraphs.append(Paragraph(len(self.paragraphs), kind, label, level, text))

    def block(self, lines: list[str]) -> None:
        """Add a heading, a list item, a note or a paragraph."""
        text = " ".join(lines)
        if not text.strip():
            return
        if heading := re.match(r"(=+) (.+)", text):
            self._heading(len(heading[1]) - 1, heading[2])
        elif item := re.match(r"(\*+|\.+) (.+)", text):
            self._item(item[1], item[2])
        elif text.startswith("NOTE: "):
            self.add(Kind.FOOTNOTE, self._next("note", "1"), 0, text.removeprefix("NOTE: "))
        elif self.layout.paragraphs and self.count.get("heading 1"):
            self._restart("item")
            self.add(Kind.NUMBERED, self._next("paragraph", "1"), 0, text)
        else:
            self._restart("item")
            self.add(Kind.TEXT, "", 0, text)

    def table(self, lines: list[str]) -> None:
        """Add the rows of a table: a cell begins with a bar, a row behind a blank line."""
        rows = "\n".join(lines).split("\n\n")
        for row in rows:
            cells = re.split(r"(?:^|\s)(?:\d+\+)?[.^<>]*[.^<>]?h?\|", row.strip())[1:] if row.strip() else []
            texts = [" ".join(cell.split()) for cell in cells]
            if any(texts):
                self.add(Kind.ROW, "", 0, " | ".join(re.sub(r"^[*_](.+?)[*_]", r"\1", t) for t in texts if t))

    def _heading(self, depth: int, text: str) -> None:
        self._restart("item", *(f"heading {deeper}" for deeper in range(depth + 1, 6)))
        text = text.replace("\t", " ")
        printed = re.match(r"(Item \d+)\. (.+)", text)
        style = self.layout.headings.get(depth)
        if printed:
            self.add(Kind.HEADING, printed[1], depth, printed[2])
        elif style and text not in self.layout.unnumbered:
            self.add(Kind.HEADING, self._next(f"heading {depth}", style), depth, text)
        else:
            self.add(Kind.HEADING, "", depth, text)

    def _item(self, mark: str, text: str) -> None:
        if mark.startswith("*"):
            self.add(Kind.SUBPARAGRAPH, "", len(mark), text)
        else:
            label = self._next("item", self.layout.items)
            numbered = self.layout.items == "1"
            self.add(Kind.NUMBERED if numbered else Kind.SUBPARAGRAPH, label, 0 if numbered else 1, text)

    def _next(self, counter: str, style: str) -> str:
        number = self.count[counter] = self.count.get(counter, 0) + 1
        if style == "I":
            return ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number]
        letter = chr(ord("A") + number - 1)
        return {"1": str(number), "A": letter, "(a)": f"({letter.lower()})"}.get(style, "")

    def _restart(self, *counters: str) -> None:
        for counter in counters:
            self.count.pop(counter, None)


# ----------------------------------------------------------------------------------------------------- Word


def _word_files(corpus: Path) -> list[Score]:
    """The words against the runs of the accepted file, the structure against our reading of that file."""
    scores = []
    for accepted in sorted((corpus / "docx").glob("*-Accepted.docx")):
        tracked = accepted.with_name(accepted.name.replace("-Accepted", ""))
        documents = _read(tracked), _read(accepted)
        if documents[0] is None or documents[1] is None:
            continue
        found = score(tracked.name, documents[0].paragraphs, documents[1].paragraphs)
        said = _words(Paragraph(0, p.kind, "", 0, p.text) for p in documents[0].paragraphs)
        true = _words([Paragraph(0, Kind.TEXT, "", 0, _runs(accepted))])
        found.words = len(true)
        found.errors, places = word_errors(said, true)
        found.wrong = [f"`{a or '∅'}` for `{b or '∅'}`" for a, b in places] + [
            w for w in found.wrong if not w.startswith("`")
        ]
        scores.append(found)
    return scores


def _tracked_views(corpus: Path) -> list[Score]:
    """The text before and after the changes against our reading of the files with all of them resolved."""
    scores = []
    for gold in sorted((corpus / "docx").glob("*-Accepted.docx")) + sorted(
        (corpus / "docx").glob("*-Rejected.docx")
    ):
        stem, _, view = gold.stem.rpartition("-")
        truth = _read(gold)
        if truth is not None:
            tracked = read_tracked(gold.with_name(f"{stem}.docx").read_bytes())
            found = tracked.proposed if view == "Accepted" else tracked.base
            scores.append(score(f"{stem}, {view.lower()}", found.paragraphs, truth.paragraphs))
    return scores


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _runs(path: Path) -> str:
    """Return the text of the body of a Word file, straight from its XML; numbering is not part of it."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 (a file of the corpus)
    found = []
    for paragraph in root.iter(f"{_W}p"):
        for node in paragraph.iter():
            if node.tag == f"{_W}t":
                found.append(node.text or "")
            elif node.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                found.append(" ")
        found.append(" ")
    return "".join(found)


# ---------------------------------------------------------------------------------------------- Akoma Ntoso


def _akoma_ntoso(corpus: Path) -> list[Score]:
    scores = []
    for xml in sorted((corpus / "chains").glob("*/xml/*.xml")):
        document = _read(xml)
        if document is not None:
            plain = (xml.parents[1] / f"{xml.stem}.txt").read_text(encoding="utf-8")
            read = [
                replace(p, label="") if p.kind is Kind.FOOTNOTE else p
                for p in _notes_last(_from_title(document.paragraphs))
            ]
            scores.append(score(xml.name, read, plain_text(plain)))
    return scores


def plain_text(text: str) -> list[Paragraph]:
    """Return the paragraphs of a resolution in the plain form of the corpus.

    The form gives the symbol before the title, marks annexes, footnotes (without their numbers) and some
    headings, and prints labels. What it does not say follows from the form of a block: a comma at its end
    before the first label makes it preambular, no stop at its end a heading.
    """
    first, _, *blocks = text.strip().split("\n\n")
    symbol, title = first.split("  ", 1)
    found = [Paragraph(0, Kind.TITLE, symbol.rpartition("RES/")[2], 0, title)]
    notes = body = False
    for block in (" ".join(block.split()) for block in blocks):
        if block == "# Footnotes":
            notes = True
            continue
        plain = block.removeprefix("# ")
        kind, label, level, words = Kind.TEXT, "", 0, plain
        if notes:
            kind = Kind.FOOTNOTE
        elif plain == "Annex":
            kind, level = Kind.ANNEX, 1
        elif plain == "The General Assembly":
            kind = Kind.CHAPEAU
        elif labelled := re.match(r"(\d+)\. (.+)|(\(\w+\)) (.+)", plain):
            body = True
            kind, level = (Kind.NUMBERED, 0) if labelled[1] else (Kind.SUBPARAGRAPH, 1)
            label, words = labelled[1] or labelled[3], labelled[2] or labelled[4]
        elif plain != block or (body and plain[-1] not in ".;,:"):
            kind, level = Kind.HEADING, 1
        elif not body and plain.endswith(","):
            kind = Kind.PREAMBULAR
        found.append(Paragraph(len(found), kind, label, level, words))
    return found
