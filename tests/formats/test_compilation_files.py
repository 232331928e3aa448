"""Compiled texts as Word files and Markdown."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_compilation import BASE, SHORT, sample

from gcmtext.formats import read_source
from gcmtext.formats.compilation.markdown import write_markdown
from gcmtext.formats.compilation.word import write_docx
from gcmtext.formats.profile_files import load_profile, profile_names
from gcmtext.text.rendering import render, text_of
from gcmtext.text.segment import segment

DATE = datetime(2027, 1, 29, tzinfo=UTC)


def word(name: str) -> bytes:
    profile = load_profile(name)
    return write_docx(render(sample(), profile, SHORT), profile, BASE, DATE)


@pytest.mark.parametrize("name", profile_names())
def test_our_own_reader_reads_the_word_file_without_loss(name: str) -> None:
    rendered = render(sample(), load_profile(name), SHORT)
    read = segment(read_source(word(name), "compilation.docx"))
    assert [f"{p.label} {p.text}".strip() for p in read.paragraphs] == [
        f"{r.label} {text_of(r.runs)}".strip() for r in rendered
    ]
    assert not read.notices


@pytest.mark.slow
def test_libreoffice_opens_the_word_file_and_has_the_same_words(tmp_path: Path) -> None:
    if not (office := shutil.which("soffice")):
        assert not os.environ.get("GCMTEXT_REQUIRE_LIBREOFFICE"), "LibreOffice is not here"
        pytest.skip("LibreOffice is not here")
    (tmp_path / "compilation.docx").write_bytes(word("ga"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path))
    subprocess.run(
        [office, profile, *convert, str(tmp_path / "compilation.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    lines = (tmp_path / "compilation.txt").read_text(encoding="utf-8-sig").splitlines()
    rendered = render(sample(), load_profile("ga"), SHORT)
    assert lines == [f"{r.label}\t{text_of(r.runs)}" if r.label else text_of(r.runs) for r in rendered]


def test_the_same_compilation_gives_the_same_bytes() -> None:
    assert word("ga") == word("ga")


def test_markdown() -> None:
    profile = load_profile("ga")
    written = write_markdown(render(sample(), profile, SHORT), profile)
    assert written.splitlines()[4] == (
        "**1** Persons rescued [~~should~~ (retain: Japan)] [**shall** (EU, Mexico)] be brought to a place "
        "of safety [~~as soon as circumstances allow~~] [**without delay** (EU)], where they are to receive "
        "food, medical care[~~, psychosocial support~~ (delete: Egypt)] and information on their rights "
        "[**in a language they understand** (Ghana)] [**, including on how to seek asylum** (Mexico)]."
    )


def test_what_is_underlined_stands_in_a_tag_in_markdown() -> None:
    profile = load_profile("who")
    written = write_markdown(render(sample(), profile, SHORT), profile)
    assert "[should] (retain: Japan) <u>shall</u> (EU, Mexico) be brought" in written
