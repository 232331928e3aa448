"""Fixtures for tests in a real browser against a real server.

server       the address of `gcmtext demo`, shared by all tests: read only
own_server   the same, of the test's own, to be changed
page         a page of Debian's Chromium; errors on its console fail the test
axe          a check of the page that is open: fails with all that axe finds wrong
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from processes import environment

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="session")
def server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(demo_folder, tmp_path_factory.mktemp("server") / "data") as address:
        yield address


@pytest.fixture
def own_server(demo_folder: Path, tmp_path: Path) -> Iterator[str]:
    with serving(demo_folder, tmp_path / "data") as address:
        yield address


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    if "own_server" in request.fixturenames:
        request.getfixturevalue("own_server")  # first, so that it ends last: a page may still load something
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    unexpected = [words for words in complaints if "the server responded with a status of 4" not in words]
    assert not unexpected, "the browser complains:\n" + "\n".join(unexpected)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    return check_accessibility


def check_accessibility(page: Page) -> None:
    """Fail with all that axe finds wrong on a page, by the rules of WCAG 2.2 AA and its own."""
    found = Axe().run(page, options={"runOnly": list(WCAG), "resultTypes": ["violations"]})
    violations = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        + "\n".join(
            f"  {' '.join(map(str, node['target']))}\n"
            f"    {node['html'][:200]}\n"
            f"    {'; '.join(check['message'] for kind in ('any', 'all', 'none') for check in node[kind])}"
            for node in violation["nodes"][:5]
        )
        for violation in found.response["violations"]
    ]
    if violations:
        raise AssertionError(f"{page.url} has accessibility violations:\n" + "\n".join(violations))


@contextmanager
def serving(template: Path, folder: Path, **settings: str) -> Iterator[str]:
    """Serve a copy of a data folder in a process of its own, with settings; give its address."""
    shutil.copytree(template, folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "gcmtext", "demo", "--port", "0"],
        env=environment(folder) | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = (line.strip() for line in process.stdout)
        address = next((line for line in lines if line.startswith("http://")), "")
        assert address, "the server has not started"
        yield address[: address.index("/", len("http://"))]
    finally:
        process.terminate()
        process.communicate(timeout=20)
