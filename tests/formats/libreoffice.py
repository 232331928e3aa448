"""What LibreOffice makes of a Word file."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest


def resolved_by_libreoffice(data: bytes, folder: Path) -> dict[str, list[str]]:
    """The paragraphs with all changes "accepted" and "rejected"; skips the test without LibreOffice.

    The file must be without comments: LibreOffice without a user interface cannot show them.
    """
    (folder / "changes.docx").write_bytes(data)
    done = _run("libreoffice_resolve.py", str(folder / "changes.docx"), str(folder / "profile"))
    found: dict[str, list[str]] = json.loads(done)
    return {
        view: paragraphs[:-1] if paragraphs[-1] == "" else paragraphs for view, paragraphs in found.items()
    }


def without_comments(data: bytes) -> bytes:
    """A Word file without the marks of its comments: to nothing else in it is anything done."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for part in given.infolist():
            held = given.read(part)
            if part.filename == "word/document.xml":
                held = re.sub(rb"<w:comment(?:RangeStart|RangeEnd|Reference)\b[^>]*/>", b"", held)
            made.writestr(part, held)
    return out.getvalue()


def kept_by_libreoffice(data: bytes, author: str, folder: Path) -> bytes:
    """The Word file with the changes of one author accepted and all others rejected, as LibreOffice saves it.

    As `resolved_by_libreoffice` otherwise.
    """
    (folder / "changes.docx").write_bytes(data)
    kept = folder / "kept.docx"
    _run("libreoffice_keep.py", str(folder / "changes.docx"), str(folder / "profile"), author, str(kept))
    return kept.read_bytes()


def _run(script: str, *words: str) -> bytes:
    python = shutil.which("python3", path=os.defpath)
    if (
        not (python and shutil.which("soffice"))
        or subprocess.run([python, "-c", "import uno"], check=False).returncode
    ):
        missing = "needs LibreOffice and its Python module uno"
        if os.environ.get("GCMTEXT_REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    command = [python, str(Path(__file__).with_name(script)), *words]
    return subprocess.run(command, check=True, capture_output=True, timeout=180).stdout
