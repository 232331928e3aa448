"""The documentation says what is there, and what it shows works."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from gcmtext.cli import gcmtext
from gcmtext.formats import FORMATS
from gcmtext.resources import drafts_dir
from gcmtext.text.model import Kind, LinkKind

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(gcmtext)
    found = [(name, gcmtext.get_command(context, name)) for name in gcmtext.list_commands(context)]
    return [(name, command) for name, command in found if command is not None]


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"## gcmtext {name}" in text
    section = text.split(f"## gcmtext {name}")[1].split("\n## ")[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in section
    assert command.help


def test_every_kind_is_documented() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for kind in [*Kind, *LinkKind]:
        assert f"`{kind}`" in text


def test_every_format_is_documented() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8") + (ROOT / "README.md").read_text(
        encoding="utf-8"
    )
    for format_ in FORMATS:
        assert format_.name in text


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda p: p.stem)
def test_python_in_the_documentation_runs(page: Path) -> None:
    for code in re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M):
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code], check=True, cwd=drafts_dir().parent, timeout=60
        )


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda p: p.stem)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    for target in re.findall(r"\]\(([^)#]+)\)", prose):
        if not target.startswith("http") and (ROOT / ".git").exists():
            assert (page.parent / target).exists(), target


def test_commands_in_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"gcmtext (\w+)", "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S))))
    assert named <= {name for name, _ in commands()}
