"""`gcmtext user` and `gcmtext mail` in processes of their own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from processes import environment

PASSWORD = "a lantern above nine quiet harbours"  # noqa: S105


def run(folder: Path, *words: str, typed: str = "", code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "gcmtext", *words],
        env=environment(folder),
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run(tmp_path, "init")
    return tmp_path


def test_the_first_administrator(folder: Path) -> None:
    said = run(folder, "user", "add", "ada@example.org", "--name", "Ada Brandt", "--administrator")
    assert re.search(r"http://127\.0\.0\.1:8000/reset/[\w-]{43}", said)
    assert run(folder, "user", "list") == "ada@example.org\tAda Brandt\tadministrator, no password\n"
    again = run(folder, "user", "add", "ADA@example.org", "--name", "Ada", code=2)
    assert "signs in with ada@example.org already" in again


def test_a_password_is_asked_for_and_not_shown(folder: Path) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    said = run(folder, "user", "add", "ben@example.org", "--name", "Ben", "--password", typed=typed)
    assert "Ben signs in with ben@example.org" in said
    assert PASSWORD not in said
    weak = run(folder, "user", "reset", "ben@example.org", "--password", typed="password1234\n" * 2, code=2)
    assert "easily guessed" in weak
    run(folder, "user", "disable", "ben@example.org")
    assert run(folder, "user", "list").endswith("\tended\n")
    assert "Nobody signs in with" in run(folder, "user", "reset", "zoe@example.org", code=2)


def test_mail_needs_a_server(folder: Path) -> None:
    assert "set GCMTEXT_SMTP_URL" in run(folder, "mail", "send", code=2)
