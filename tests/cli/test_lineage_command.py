"""`gcmtext lineage`."""

import json
from pathlib import Path

import pytest

from cli.conftest import Run

OLD = """---
revision: Zero draft
---

1. States shall keep every light that stands on their coasts, day and night.

2. Keepers of lights shall be trained in the mending of lamps and lenses.

(a) By those who have kept a light themselves.

3. Every light that is out shall be reported to the ships at sea.
"""
NEW = """---
revision: Rev.1
---

1. States shall keep every light that stands on their coasts, day and night.

2. Every light that is out shall be reported to the ships at sea.

3. Keepers of lights shall be trained in the mending of lamps and lenses.

(a) By those who have kept a light themselves.

4. The towers shall be painted in colours that can be seen by day.
"""


@pytest.fixture
def lights(bare: Run, tmp_path: Path) -> Run:
    """Runs commands over a database with two revisions of a text."""
    for name, text in (("old.md", OLD), ("new.md", NEW)):
        (tmp_path / name).write_text(text)
    files = [tmp_path / "old.md", tmp_path / "new.md"]
    bare("init")
    bare("import", *files, "--negotiation", "lights", "--title", "On lights")
    return bare


def test_links_are_shown_with_kind_and_confidence(lights: Run) -> None:
    shown = lights("lineage", "show", "lights", "zero-draft", "Rev.1").stdout
    assert shown.startswith("Zero draft → Rev.1 (en)\n")
    assert "same    1 → 1\n" in shown
    assert shown.endswith("\nNew\n4\n")
    found = json.loads(lights("lineage", "show", "lights", "zero-draft", "rev-1", "--json").stdout)
    assert {(*link["old"], *link["new"]) for link in found["links"]} >= {("1", "1"), ("2-a", "3-a")}
    assert (found["inserted"], found["corrections"]) == (["4"], [])


def test_a_correction_is_kept_and_wins(lights: Run) -> None:
    arguments = ["--link", "3=2,4", "--deleted", "2 (a)", "--by", "A. Chair", "--reason", "So the room said"]
    said = lights("lineage", "correct", "lights", "zero-draft", "rev-1", *arguments).stdout
    assert said == "Corrected: link 3 → 2, 4\nCorrected: deleted 2-a\n"
    found = json.loads(lights("lineage", "show", "lights", "zero-draft", "rev-1", "--json").stdout)
    assert [link["new"] for link in found["links"] if link["old"] == ["3"]] == [["2", "4"]]
    assert found["deleted"] == ["2-a"]
    assert [(c["verb"], c["by"], c["reason"]) for c in found["corrections"]] == [
        ("link", "A. Chair", "So the room said"),
        ("deleted", "A. Chair", "So the room said"),
    ]
    shown = lights("lineage", "show", "lights", "zero-draft", "rev-1").stdout
    assert "A. Chair: link 3 → 2, 4 (So the room said)" in shown


def test_what_cannot_be_decided_is_said_in_a_sentence(lights: Run) -> None:
    for arguments, sentence in (
        ([], "Say what is to be corrected"),
        (["--link", "1"], "write OLD=NEW"),
        (["--link", "3=2", "--link", "9=1"], "There is no paragraph “9” in Zero draft"),
    ):
        lineage = ["lineage", "correct", "lights", "zero-draft", "rev-1", "--by", "A. Chair"]
        assert sentence in lights(*lineage, *arguments, code=2).stderr
    assert "is later than" in lights("lineage", "show", "lights", "rev-1", "zero-draft", code=2).stderr
    shown = lights("lineage", "show", "lights", "zero-draft", "rev-1").stdout
    assert "Corrections" not in shown
