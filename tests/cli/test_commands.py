"""The commands as a person types them: a real process, real files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OLD = """---
title: Compact on Lighthouses
revision: Zero draft
language: en
---

# Compact on Lighthouses

## OBJECTIVE 1: Keep the lights

1. We commit to keep every light that stands on our coasts, in cooperation with all neighbouring States.

To realize this commitment, we will draw from the following actions:

(a) Train keepers of lights, including women and young people, in the mending of lamps and lenses

(b) Report every light that is out to the ships at sea and to the neighbouring harbours without delay

(c) Paint the towers in colours that can be seen by day from a distance of ten miles
"""
NEW = """---
title: Compact on Lighthouses
revision: Rev.1
language: en
---

# Compact on Lighthouses

## OBJECTIVE 1: Keep the lights

1. We commit to keep every light that stands on our coasts and islands, in cooperation with all
neighbouring States.

To realize this commitment, we will draw from the following actions:

(a) Report every light that is out to the ships at sea and to the neighbouring harbours without delay

(b) Train keepers of lights, including women and young people, in the mending of lamps and lenses

## OBJECTIVE 2: Warn the fishing fleets of sandbanks

2. We also commit to publish a yearly chart of the sandbanks known to pilots.
"""


def run(
    *arguments: str | Path, cwd: Path | None = None, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gcmtext", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": encoding},
        cwd=cwd,
        timeout=60,
        check=False,
    )


@pytest.fixture
def drafts(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "zero.md", tmp_path / "rev1.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_segment_for_people(drafts: tuple[Path, Path]) -> None:
    done = run("segment", drafts[0])
    assert done.returncode == 0
    assert done.stdout.startswith("Compact on Lighthouses\n")
    assert "sub-paragraph (a)" in done.stdout


def test_segment_for_programs(drafts: tuple[Path, Path]) -> None:
    document = json.loads(run("segment", drafts[0], "--json").stdout)
    assert document["title"] == "Compact on Lighthouses"
    assert document["language"] == "en"
    assert [(p["kind"], p["label"], p["level"]) for p in document["paragraphs"]] == [
        ("title", "", 0),
        ("heading", "OBJECTIVE 1", 1),
        ("numbered", "1", 0),
        ("chapeau", "", 0),
        ("sub-paragraph", "(a)", 1),
        ("sub-paragraph", "(b)", 1),
        ("sub-paragraph", "(c)", 1),
    ]
    assert document["notices"] == []


def test_compare_for_people(drafts: tuple[Path, Path]) -> None:
    done = run("compare", *drafts)
    assert done.returncode == 0
    assert "Zero draft → Rev.1" in done.stdout
    assert "7 paragraphs, now 8" in done.stdout
    assert "coasts{+ and islands+}, in cooperation" in " ".join(done.stdout.split())
    assert "moved from" in done.stdout
    assert "(c)  deleted" in done.stdout


def test_compare_for_programs(drafts: tuple[Path, Path]) -> None:
    result = json.loads(run("compare", *drafts, "--json").stdout)
    assert set(result) == {"old", "new", "links", "inserted", "deleted", "summary", "notices"}
    assert result["notices"] == []
    assert result["deleted"] == [6]
    assert result["inserted"] == [6, 7]
    for link in result["links"]:
        old = "\n".join(result["old"]["paragraphs"][i]["text"] for i in link["old"])
        new = "\n".join(result["new"]["paragraphs"][i]["text"] for i in link["new"])
        assert "".join(text for operation, text in link["changes"] if operation != "insert") == old
        assert "".join(text for operation, text in link["changes"] if operation != "delete") == new
    kinds = {tuple(link["new"]): link["kind"] for link in result["links"]}
    assert kinds[(2,)] == "edited"
    assert sorted([kinds[(4,)], kinds[(5,)]]) == ["moved", "same"]


def test_texts_in_the_wrong_order_are_told(drafts: tuple[Path, Path]) -> None:
    old, new = drafts
    for command in ("compare", "history"):
        said = " ".join(run(command, new, old).stdout.split())
        assert f"Note: {old.name} is older than {new.name} by its" in said
        assert [n["code"] for n in json.loads(run(command, new, old, "--json").stdout)["notices"]] == [
            "order"
        ]
        assert "is older" not in run(command, old, new).stdout


def test_a_file_against_itself(drafts: tuple[Path, Path]) -> None:
    assert "Nothing changed." in run("compare", drafts[0], drafts[0]).stdout


def test_files_out(drafts: tuple[Path, Path], tmp_path: Path) -> None:
    page, word = tmp_path / "out.html", tmp_path / "out.docx"
    done = run("compare", *drafts, "--html", page, "--docx", word)
    assert done.returncode == 0
    assert "Zero draft → Rev.1" in done.stdout
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    accepted = json.loads(run("segment", word, "--json").stdout)
    assert [p["text"] for p in accepted["paragraphs"]] == [
        p["text"] for p in json.loads(run("segment", drafts[1], "--json").stdout)["paragraphs"]
    ]


def test_a_pipe_takes_every_script_whatever_the_system_writes_in(tmp_path: Path) -> None:
    path = tmp_path / "ar.txt"
    path.write_text("1 - تقرر الجمعية العامة عقد مؤتمر دولي", encoding="utf-8")
    assert "تقرر الجمعية العامة" in run("segment", path, encoding="cp1252").stdout
    printed = run("segment", path, "--json", encoding="cp1252").stdout
    assert json.loads(printed)["paragraphs"][0]["text"] == "تقرر الجمعية العامة عقد مؤتمر دولي"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names there are characters, not bytes")
def test_a_file_name_that_is_no_text(drafts: tuple[Path, Path], tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_text("1. We commit to keep every light that stands on our coasts.", encoding="utf-8")
    done = run("compare", drafts[0], odd, "--html", tmp_path / "out.html", "--docx", tmp_path / "out.docx")
    assert (done.returncode, done.stderr.count("Wrote")) == (0, 2)
    assert "caf\ufffd.txt" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_no_text_is_written_over(drafts: tuple[Path, Path], tmp_path: Path) -> None:
    over = run("compare", *drafts, "--html", tmp_path / "." / drafts[1].name)
    twice = run("compare", *drafts, "--html", tmp_path / "out", "--docx", tmp_path / "out")
    assert over.returncode == twice.returncode == 2
    assert "would be written over" in over.stderr
    assert drafts[1].read_text(encoding="utf-8") == NEW
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_written(drafts: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("compare", *drafts, "--html", tmp_path / "no" / "such" / "folder.html")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_history_for_people(drafts: tuple[Path, Path]) -> None:
    done = run("history", *drafts, drafts[1])
    assert done.returncode == 0
    assert "Zero draft 1 (edited) → Rev.1 1 (same) → Rev.1 1" in " ".join(done.stdout.split())


def test_history_of_one_paragraph(drafts: tuple[Path, Path]) -> None:
    done = run("history", *drafts, "--paragraph", "1")
    assert "first appears here" in done.stdout
    assert "{+ and islands+}" in " ".join(done.stdout.split())
    for name in ("1.", "OBJECTIVE 1 (B)"):
        assert run("history", *drafts, "--paragraph", name).stdout.count("first appears here") == 1
    missing = run("history", *drafts, "--paragraph", "99")
    assert missing.returncode == 2
    assert "no paragraph 99" in missing.stderr


def test_history_for_programs(drafts: tuple[Path, Path]) -> None:
    result = json.loads(run("history", *drafts, "--json").stdout)
    assert [r["name"] for r in result["revisions"]] == ["Zero draft", "Rev.1"]
    first = result["paragraphs"][2]
    assert [state["revision"] for state in first["states"]] == [0, 1]
    assert first["states"][0]["kinds"] == ["edited"]


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.docx": (b"\0\0 \n", "is empty"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "kind that is not read"),
    "report.docx": (b"%PDF-1.4\n%%EOF", "is not a Word file but a PDF file: name it ….pdf"),
    "report.pdf": (
        b"1. We commit to keep the lights.",
        "is not a PDF file but a plain text file: name it ….txt",
    ),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word format"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
    "cut.docx": (b"PK\x03\x04\x14\x00\x06\x00", "cut.docx"),
    "cut.pdf": (b"%PDF-1.4\n1 0 obj\n<<", "cut.pdf"),
    "entities.xml": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "entities.xml",
    ),
    "other.xml": (b"<invoice><line>1</line></invoice>", "other.xml"),
    "page.html": (b"<!DOCTYPE html><html><body><script>1</script></body></html>", "page.html"),
    "binary.txt": (bytes(range(256)) * 40, "binary.txt"),
    "text.odt": (
        b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "OpenDocument",
    ),
    "letter.rtf": (b"{\\rtf1 We commit}", "Rich Text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_sentence(name: str, tmp_path: Path) -> None:
    data, said = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    done = run("segment", path)
    assert done.returncode == 2, done.stdout
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.startswith("gcmtext: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run("segment", tmp_path / "none.txt")
    assert (done.returncode, "There is no file" in done.stderr) == (2, True)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    done = run("segment", tmp_path)
    assert (done.returncode, "cannot be opened" in done.stderr) == (2, True)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    done = run("segment", path)
    assert (done.returncode, "100 MB" in done.stderr) == (2, True)


def test_two_languages_are_no_two_issues_of_one_text(tmp_path: Path) -> None:
    english, french = tmp_path / "en.txt", tmp_path / "fr.txt"
    english.write_text("1. We commit to keep the lights of the coasts and to report on them to the Assembly.")
    french.write_text(
        "1. Nous nous engageons à garder les phares des côtes et à en rendre compte dans les délais."
    )
    done = run("compare", english, french)
    assert done.returncode == 2
    assert f"{english} is in English and {french} in French" in done.stderr


def test_nothing_is_imported_that_is_not_needed() -> None:
    code = (
        "import sys; from gcmtext.cli import gcmtext\n"
        "try: gcmtext(['--version'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('lxml', 'rich', 'docx', 'pypdfium2', 'jinja2', 'yaml', 'markdown_it', "
        "'diff_match_patch', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
