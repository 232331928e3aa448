"""`gcmtext tracked` as a person types it."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gcmtext.formats.docx_tracked import write_submission
from gcmtext.text.model import Document, Kind, Paragraph
from gcmtext.text.proposals import Proposal, ProposalKind, Submission

BASE = """# Compact on Lighthouses

1. We commit to keep every light on our coasts.

2. We will train keepers of lights.
"""


def run(*arguments: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "gcmtext", *map(str, arguments)], capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    return done.stderr if code else done.stdout


@pytest.fixture
def mexico(tmp_path: Path) -> Path:
    texts = ("We commit to keep every light on our coasts.", "We will train keepers of lights.")
    paragraphs = (
        Paragraph(0, Kind.TITLE, "", 0, "Compact on Lighthouses"),
        *(Paragraph(i, Kind.NUMBERED, str(i), 0, text) for i, text in enumerate(texts, start=1)),
    )
    changed = Proposal(
        ProposalKind.CHANGE, 1, "We undertake to keep every light on our coasts.", note="Stronger."
    )
    submission = Submission("Mexico", (changed, Proposal(ProposalKind.DELETE, 2)))
    file = tmp_path / "mexico.docx"
    document = Document("Compact on Lighthouses", "en", paragraphs)
    file.write_bytes(write_submission(document, submission, datetime(2027, 3, 1, tzinfo=UTC)))
    return file


def test_people_see_who_changed_what_and_the_comments(mexico: Path) -> None:
    shown = run("tracked", mexico)
    assert "1  edited by Mexico" in shown
    assert "We {-commit-}{+undertake+} to keep every light" in shown
    assert "2  deleted by Mexico" in shown
    assert ": Stronger." in shown


def test_programs_get_both_texts_and_every_change(mexico: Path) -> None:
    found = json.loads(run("tracked", mexico, "--json"))
    changed = found["paragraphs"][1]
    assert changed["base"] == "We commit to keep every light on our coasts."
    assert changed["proposed"] == "We undertake to keep every light on our coasts."
    assert changed["changes"][1] == ["delete", "commit", "Mexico", "2027-03-01T00:00:00Z"]
    assert changed["comments"][0]["text"] == "Stronger."
    assert found["paragraphs"][2]["proposed"] is None


def test_what_was_changed_with_tracking_off_shows_against_the_base(mexico: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.md"
    base.write_text(BASE.replace("train keepers", "train all keepers"), encoding="utf-8")
    found = json.loads(run("tracked", mexico, "--base", base, "--json"))
    assert found["paragraphs"][2]["changes"] == [
        ["delete", "We will train ", "Mexico", "2027-03-01T00:00:00Z"],
        ["delete", "all ", "untracked", ""],
        ["delete", "keepers of lights.", "Mexico", "2027-03-01T00:00:00Z"],
    ]
    assert any(n["code"] == "untracked" and n["message"].endswith("untracked: 2.") for n in found["notices"])


def test_bad_input_is_one_sentence(tmp_path: Path) -> None:
    damaged = tmp_path / "eu.docx"
    damaged.write_bytes(b"PK\x03\x04 no more")
    assert run("tracked", damaged, code=2).startswith("gcmtext: eu.docx is cut short or damaged")
