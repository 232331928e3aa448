"""Make the pictures of the README from the running program: `python docs/screenshots.py`.

Needs Chromium at /usr/bin/chromium and the packages of the extra `test`.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "screenshots"
PICTURES = {
    "overview": ("seafarers", 1280, 1180),
    "compare": ("seafarers/compare/rev-1/rev-2", 1280, 1180),
    "paragraph": ("seafarers/rev-2/para/18", 1280, 900),
    "compilation": ("seafarers/rev-1/compilation", 1280, 900),
    "amendments": ("seafarers/rev-1/para/13/amendments", 1280, 900),
    "phone": ("seafarers/compare/rev-1/rev-2", 390, 844),
}


def main() -> None:
    """Serve the demonstration from a folder that is thrown away, and picture its pages."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        server = subprocess.Popen(
            [sys.executable, "-m", "gcmtext", "demo", "--port", "0"],
            env=os.environ | {"GCMTEXT_DATA_DIR": data, "GCMTEXT_DATABASE_URL": ""},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            picture(address(server))
        finally:
            server.terminate()
            server.wait()


def address(server: "subprocess.Popen[str]") -> str:
    """Return where the server answers, as it says itself."""
    for line in server.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise SystemExit("The server did not start.")


def picture(base: str) -> None:
    """Save one picture of each page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, (page_address, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{base}/{page_address}")
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
