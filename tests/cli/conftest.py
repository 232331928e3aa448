"""The commands of the tracker as a person types them: real processes over a database of the test's own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import processes
import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation with nothing in it yet."""
    return processes.environment(tmp_path / "data")


@pytest.fixture
def bare(environment: dict[str, str]) -> Run:
    """Runs commands over an installation with nothing in it yet."""
    return runner(environment)


@pytest.fixture
def tracker(environment: dict[str, str], database_url: str) -> Run:
    """Runs commands over an empty, up-to-date database."""
    return runner(environment | {"GCMTEXT_DATABASE_URL": database_url})


def runner(environment: dict[str, str]) -> Run:
    """Return what runs a command; it must end with the exit code that is expected."""

    def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "gcmtext", *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run
