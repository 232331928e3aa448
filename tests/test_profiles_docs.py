"""The samples in docs/profiles.md are what the program writes."""

from pathlib import Path

import pytest
from sample_compilation import SHORT, sample

from gcmtext.formats.compilation.markdown import write_markdown
from gcmtext.formats.profile_files import load_profile, profile_names
from gcmtext.text.rendering import render

PAGE = Path(__file__).resolve().parent.parent / "docs" / "profiles.md"


@pytest.mark.parametrize("name", profile_names())
def test_the_sample_of_each_profile(name: str) -> None:
    profile = load_profile(name)
    said = PAGE.read_text(encoding="utf-8").split(f"\n### {name}\n")[1]
    about, _, block = said.partition("```text\n")
    assert about.strip() == profile.about
    assert block.split("```")[0] == write_markdown(render(sample(), profile, SHORT), profile)
