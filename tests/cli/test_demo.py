"""`gcmtext init`, `demo` and `serve`."""

import shutil
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from cli.conftest import Run, runner
from gcmtext.cli.demo import command as demo


def test_init_makes_a_database_once(bare: Run) -> None:
    assert bare("init").stdout.startswith("The database is ready: ")
    assert bare("init").stdout.startswith("The database was up to date already: ")


def test_serve_without_a_database_says_what_to_do(bare: Run) -> None:
    said = bare("serve", "--port", "0", code=2).stderr
    assert said == "gcmtext: The database has not been set up: run “gcmtext init” first.\n"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GCMTEXT_DATABASE_URL", "mysql://here/it", "not supported"),
        ("GCMTEXT_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none", "cannot be reached"),
        ("GCMTEXT_DATABASE_URL", "sqlite:////proc/nowhere/it.sqlite3", "cannot be reached"),
        ("GCMTEXT_DATA_DIR", "/proc/nowhere", "cannot be reached"),
    ],
)
def test_a_database_that_is_not_there_is_said_in_a_sentence(
    environment: dict[str, str], name: str, value: str, sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gcmtext", "init"],
        env=environment | {name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_demonstration_has_a_folder_of_its_own_and_is_loaded_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    home = {name: value for name, value in environment.items() if name != "GCMTEXT_DATA_DIR"}
    demo = runner(home | {"XDG_DATA_HOME": str(tmp_path)})
    assert "The demonstration negotiation is in" in demo("demo", "--no-serve").stdout
    assert [path.name for path in tmp_path.iterdir()] == ["gcmtext-demo"]
    there = runner(environment | {"GCMTEXT_DATA_DIR": str(tmp_path / "gcmtext-demo")})
    there("lineage", "correct", "seafarers", "rev-1", "rev-2", "--link", "1=1", "--by", "A. Chair")
    before = (tmp_path / "gcmtext-demo" / "gcmtext.sqlite3").read_bytes()
    demo("demo", "--no-serve")
    assert (tmp_path / "gcmtext-demo" / "gcmtext.sqlite3").read_bytes() == before


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_demonstration_is_served_until_it_is_told_to_end(
    demo_folder: Path, environment: dict[str, str], ending: signal.Signals
) -> None:
    shutil.copytree(demo_folder, environment["GCMTEXT_DATA_DIR"])
    process = subprocess.Popen(
        [sys.executable, "-m", "gcmtext", "demo", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background ignore Ctrl+C, and so would what they start.
        preexec_fn=partial(signal.signal, ending, signal.SIG_DFL),
    )
    try:
        assert process.stdout is not None
        lines = list(iter(lambda: process.stdout.readline().strip(), "Ctrl+C ends it."))
        assert "Sign in with the password “demonstration” as" in lines
        assert any(line.startswith("secretariat@example.org") for line in lines)
        addresses = [line.split()[0] for line in lines if line.startswith("http://127.0.0.1:")]
        assert [urlsplit(address).path for address in addresses] == [
            "/seafarers",
            "/seafarers/final-draft",
            "/seafarers/compare/zero-draft/final-draft",
            "/seafarers/rev-1/compilation",
            "/seafarers/amendments",
            "/search",
        ]
        for address in addresses:
            with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
        with pytest.raises(HTTPError, match="404"):
            urlopen(addresses[0] + "/rev-9", timeout=30)  # noqa: S310
        process.send_signal(ending)
        _, said = process.communicate(timeout=30)
        assert (process.returncode, said) == (0, "")
    finally:
        process.kill()


def test_the_demonstration_is_kept_out_of_what_is_ones_own(bare: Run) -> None:
    bare("init")
    bare("user", "add", "amina@example.org", "--name", "Amina", "--administrator")
    assert "name an empty folder with GCMTEXT_DATA_DIR" in bare("demo", "--no-serve", code=2).stderr


def test_a_port_that_is_taken_is_said_in_a_sentence(bare: Run) -> None:
    bare("init")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = bare("serve", "--port", str(taken.getsockname()[1]), code=2).stderr
    assert "choose another with --host or --port" in said


def test_the_demonstration_is_one_command() -> None:
    assert {parameter.name for parameter in demo.params} == {"no_serve", "port"}
