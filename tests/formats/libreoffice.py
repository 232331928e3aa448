"""What LibreOffice makes of a Word file."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def resolved_by_libreoffice(data: bytes, folder: Path) -> dict[str, list[str]]:
    """The paragraphs with all changes "accepted" and "rejected"; skips the test without LibreOffice.

    The file must be without comments: LibreOffice without a user interface cannot show them.
    """
    python = shutil.which("python3", path=os.defpath)
    if (
        not (python and shutil.which("soffice"))
        or subprocess.run([python, "-c", "import uno"], check=False).returncode
    ):
        missing = "needs LibreOffice and its Python module uno"
        if os.environ.get("GCMTEXT_REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    (folder / "changes.docx").write_bytes(data)
    script = Path(__file__).with_name("libreoffice_resolve.py")
    command = [python, str(script), str(folder / "changes.docx"), str(folder / "profile")]
    done = subprocess.run(command, check=True, capture_output=True, timeout=180)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return {
        view: paragraphs[:-1] if paragraphs[-1] == "" else paragraphs for view, paragraphs in found.items()
    }
