"""`gcmtext compile`, `read-back` and `brackets`, as a person types them."""

import json
from pathlib import Path

import pytest

from cli.test_commands import run
from gcmtext.resources import drafts_dir
from gcmtext.views.compilation_json import read_back_json

BASE = """---
title: Compact on Lighthouses
revision: Rev.1
date: 2027-01-29
language: en
---

# Compact on Lighthouses

1. We commit to keep every light that stands on our coasts, in cooperation with all neighbouring States.

2. Each State should train keepers of lights, including women and young people, in the mending of lamps.

3. Every light that is out shall be reported to the ships at sea and to the neighbouring harbours.

4. Towers shall be painted in colours that can be seen by day from a distance of ten miles.
"""
MEXICO = BASE.replace("should train", "shall train").replace(
    "ten miles.", "ten miles.\n\n5. A fund is set up."
)
EGYPT = """# Comments of Egypt

In paragraph 2, replace 'should' by 'may'.

Delete paragraph 4.
"""
FRENCH = """# Pacte sur les phares

1. Nous nous engageons à maintenir tous les feux qui se trouvent sur nos côtes, avec les États voisins.

2. Chaque État devrait former les gardiens des phares à la réparation des lampes dans les tours.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sent = tmp_path / "sent"
    sent.mkdir()
    (tmp_path / "base.md").write_text(BASE, encoding="utf-8")
    (sent / "mexico.md").write_text(MEXICO, encoding="utf-8")
    (sent / "egypt.md").write_text(EGYPT, encoding="utf-8")
    return tmp_path


def test_a_folder_of_files_is_compiled_and_read_back(folder: Path) -> None:
    done = run("compile", "base.md", "sent", "--json", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        0,
        "Egypt (egypt.md): 1 change, 1 deletion",
    )
    compilation = json.loads(done.stdout)
    assert compilation["delegations"] == ["Egypt", "Mexico"]
    assert compilation["paragraphs"][2]["units"] == [
        "Each State ",
        {
            "base": "should",
            "readings": [
                {"text": "may", "delegations": ["Egypt"]},
                {"text": "shall", "delegations": ["Mexico"]},
            ],
        },
        " train keepers of lights, including women and young people, in the mending of lamps.",
    ]
    (folder / "c.json").write_text(done.stdout, encoding="utf-8")
    mexico = run("read-back", "c.json", "Mexico", cwd=folder).stdout
    assert "2\tEach State shall train keepers" in mexico
    assert mexico.rstrip().endswith("A fund is set up.")
    egypt = json.loads(run("read-back", "c.json", "Egypt", "--json", cwd=folder).stdout)
    assert [p["label"] for p in egypt["paragraphs"]] == ["", "1", "2", "3"]
    assert "There is no “Peru” in the compilation" in run("read-back", "c.json", "Peru", cwd=folder).stderr


@pytest.mark.slow
def test_the_demonstration_comes_back_from_every_form_and_from_the_authors_of_one_file(
    tmp_path: Path,
) -> None:
    base, sent = drafts_dir() / "3-rev-1.md", drafts_dir() / "submissions"
    names = ["--names", sent / "names.yml"]
    first = run("compile", base, sent, *names, "--tracked", tmp_path / "all.docx", "--json")
    again = run("compile", base, tmp_path / "all.docx", "--authors", "--json")
    assert (first.returncode, again.returncode) == (0, 0)
    one, other = (json.loads(done.stdout) for done in (first, again))
    assert len(one["delegations"]) == 12
    assert one["delegations"] == other["delegations"]
    for name in one["delegations"]:
        texts = [[p["text"] for p in read_back_json(shown, name)] for shown in (one, other)]
        assert texts[0] == texts[1], name


def test_the_order_of_the_files_does_not_matter(folder: Path) -> None:
    files = ["Mexico=sent/mexico.md", "Egypt=sent/egypt.md"]
    outputs = []
    for number, order in enumerate((files, files[::-1])):
        names = [f"{number}.{kind}" for kind in ("docx", "html", "md")]
        to = ["--docx", names[0], "--html", names[1], "--markdown", names[2]]
        done = run("compile", "base.md", *order, *to, "--json", cwd=folder)
        outputs.append([done.stdout, *((folder / name).read_bytes() for name in names)])
    assert outputs[0] == outputs[1]


def test_files_that_cannot_be_used_are_left_out_and_the_others_go_on(folder: Path) -> None:
    (folder / "sent" / "france.md").write_text(FRENCH, encoding="utf-8")
    (folder / "sent" / "ghana.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "sent" / "japan.md").write_text("The price of fish rose by a third.\n" * 9, encoding="utf-8")
    (folder / "sent" / "norway.md").write_text(BASE, encoding="utf-8")
    (folder / "sent" / "Mexico 2.md").write_text(
        MEXICO.replace("shall train", "will train"), encoding="utf-8"
    )
    (folder / "names.yaml").write_text("Mexico 2.md: Mexico\n", encoding="utf-8")
    done = run("compile", "base.md", "sent", "--names", "names.yaml", "--json", cwd=folder)
    said = done.stderr
    assert done.returncode == 2
    assert json.loads(done.stdout)["delegations"] == ["Egypt", "Norway"]
    assert "France: left out. france.md: The file is in French and the base in English" in said
    assert "Ghana: left out. ghana.docx" in said
    assert "Japan: left out. japan.md: The file was made on another text" in said
    assert "Norway (norway.md): proposes nothing" in said
    assert said.count("Mexico: left out.") == 2
    assert "contradict each other. Mexico proposes both change and change for paragraph 2" in said


def test_what_is_not_read_or_came_twice_is_said(folder: Path) -> None:
    (folder / "sent" / "japan.docm").write_bytes(b"PK\x03\x04 with macros")
    (folder / "sent" / "agenda.xlsx").write_bytes(b"x")
    (folder / "sent" / "Mexico (2).md").write_text(MEXICO, encoding="utf-8")
    done = run("compile", "base.md", "sent", "--json", cwd=folder)
    assert done.returncode == 2
    assert (
        "Japan: left out. japan.docm may hold macros and is not opened: save it as a Word document"
        in done.stderr
    )
    assert "Note: not read, as no texts: agenda.xlsx." in done.stderr
    assert "Note: It proposes exactly what Mexico does (mexico.md)." in done.stderr


def test_for_people_what_is_open_is_printed(folder: Path) -> None:
    done = run("compile", "base.md", "sent", "--profile", "plain", cwd=folder)
    assert "2  Each State [should | Egypt: may | Mexico: shall] train keepers" in done.stdout
    assert "2 of 5 paragraphs are open, 1 of them contested (2); 1 is new." in done.stdout
    assert "3  Every light" not in done.stdout


def test_what_is_asked_for_must_be_there(folder: Path) -> None:
    assert (
        "There is no profile “gaa”: name one of ga, itu, plain, who"
        in run("compile", "base.md", "sent", "--profile", "gaa", cwd=folder).stderr
    )
    done = run("compile", "base.md", "Peru=peru.docx", cwd=folder)
    assert done.returncode == 2
    assert "Peru: left out. There is no file peru.docx" in done.stderr
    assert (
        "would be written over" in run("compile", "base.md", "sent", "--html", "base.md", cwd=folder).stderr
    )


def test_brackets_are_counted_and_checked(folder: Path) -> None:
    (folder / "open.md").write_text(
        BASE.replace("should", "[shall] [should]").replace("ten miles", "[ten miles"), encoding="utf-8"
    )
    done = run("brackets", "open.md", cwd=folder)
    assert done.returncode == 1
    assert "In 4 a bracket opens and is never closed: “…seen by day from a distance of [ten miles.”." in (
        " ".join(done.stdout.split())
    )
    assert "2 pairs of brackets; 2 of 5 paragraphs are open, 3 clean." in done.stdout
    counted = json.loads(run("brackets", "open.md", "--json", cwd=folder).stdout)
    assert counted["paragraphs"][2] == {"index": 2, "label": "2", "pairs": 2, "depth": 1, "clean": False}
    assert run("brackets", "base.md", cwd=folder).returncode == 0
