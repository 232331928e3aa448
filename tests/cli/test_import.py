"""`gcmtext import` and `gcmtext export-revision`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.conftest import Run
from gcmtext.db.engine import open_sessions
from gcmtext.resources import drafts_dir
from gcmtext.services.actor import anonymous
from gcmtext.services.reading import negotiation

DRAFTS = sorted(drafts_dir().glob("[0-9]*.md"))


def test_drafts_become_revisions(tracker: Run) -> None:
    said = tracker("import", *DRAFTS[:2], "--negotiation", "sea", "--title", "At sea").stdout
    assert "1-zero-draft.md: Zero draft, 162 paragraphs" in said
    assert "Zero draft → Zero draft plus: " in said
    assert said.endswith("circulate it on its page “Visibility”, or import with --visibility.\n")
    exported = tracker("export-revision", "sea", "zero-draft", "--format", "original").stdout
    assert exported == DRAFTS[0].read_text(encoding="utf-8")


def test_what_is_imported_as_public_is_read_by_everybody(tracker: Run, engine: Engine) -> None:
    tracker("import", DRAFTS[0], "--negotiation", "sea", "--title", "At sea", "--visibility", "public")
    with open_sessions(engine)() as session:
        found = negotiation(session, anonymous(), "sea")
        assert [revision.slug for revision in found.revisions] == ["zero-draft"]


def test_a_draft_that_was_found_later_is_put_between_and_nothing_comes_twice(tracker: Run) -> None:
    tracker("import", DRAFTS[0], DRAFTS[2], "--negotiation", "sea", "--title", "At sea")
    said = tracker("import", DRAFTS[1], "--negotiation", "Sea", "--before", "rev-1").stdout
    assert "Zero draft → Zero draft plus" in said
    assert "Zero draft plus → Rev.1" in said
    again = tracker("import", DRAFTS[1], "--negotiation", "sea").stdout
    assert again == "2-zero-draft-plus.md: Zero draft plus is there already, nothing new.\n"


def test_nothing_is_stored_unless_all_is(tracker: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.write_text("")
    said = tracker("import", DRAFTS[0], empty, "--negotiation", "sea", "--title", "At sea", code=2).stderr
    assert said == "gcmtext: empty.md is empty: choose the file that holds the text.\n"
    rival = tmp_path / "rival.md"
    rival.write_text("---\nrevision: zero draft\n---\n\n1. Another text.\n")
    said = tracker("import", DRAFTS[0], rival, "--negotiation", "sea", "--title", "At sea", code=2).stderr
    assert "has been issued with another text" in said
    assert "no negotiation “sea”" in tracker("export-revision", "sea", "zero-draft", code=2).stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["1.md", "--negotiation", "sea"], "Give --title to start it"),
        (["1.md", "1.md", "--negotiation", "sea", "--revision", "Rev.1"], "one by one"),
        (["1.md", "--negotiation", "sea", "--title", "At sea", "--issued", "spring"], "is no date"),
        (["1.md", "--negotiation", "sea", "--title", "At sea", "--before", "rev-9"], "no revision “rev-9”"),
        (["1.md", "--negotiation", "sea", "--title", "At sea", "--language", "sea?"], "names no language"),
        (
            ["1.md", "--negotiation", "sea", "--title", "At sea", "--language", "klingon"],
            "“klingon” names no language",
        ),
        (["none.md", "--negotiation", "sea", "--title", "At sea"], "There is no file"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    environment: dict[str, str], tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    (tmp_path / "1.md").write_bytes(DRAFTS[0].read_bytes())
    where = {"env": environment, "cwd": tmp_path, "timeout": 60, "capture_output": True}
    program = [sys.executable, "-m", "gcmtext"]
    subprocess.run([*program, "init"], check=True, **where)
    done = subprocess.run([*program, "import", *arguments], text=True, **where)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stdout == ""


def test_a_revision_is_written_and_read_again(tracker: Run, tmp_path: Path) -> None:
    tracker("import", DRAFTS[3], "--negotiation", "sea", "--title", "At sea")
    written = tmp_path / "written.md"
    tracker("export-revision", "sea", "Rev.2", "--output", written)
    as_json = json.loads(tracker("export-revision", "sea", "rev-2", "--format", "json").stdout)
    assert json.loads(tracker("segment", written, "--json").stdout) == as_json | {"notices": []}
    text = tracker("export-revision", "sea", "rev-2", "--format", "text").stdout
    assert text.count("\n\n") == len(as_json["paragraphs"]) - 1
    assert "no revision “rev-9”" in tracker("export-revision", "sea", "rev-9", code=2).stderr
    there = tmp_path / "nowhere" / "written.md"
    assert "cannot be written" in tracker("export-revision", "sea", "rev-2", "--output", there, code=2).stderr
