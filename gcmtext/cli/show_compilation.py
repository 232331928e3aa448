"""A compiled text in a terminal."""

from collections.abc import Mapping

from rich.text import Text

from gcmtext.cli.terminal import new_console
from gcmtext.text.collate import Compilation
from gcmtext.text.profiles import Profile, Style
from gcmtext.text.rendering import RenderedKind, RunRole, render

_STYLES = {Style.BOLD: "bold", Style.ITALIC: "italic", Style.UNDERLINE: "underline", Style.STRIKE: "strike"}


def show_compilation(compilation: Compilation, profile: Profile, short: Mapping[str, str]) -> None:
    """Print what is open, with the marks of the profile, and how much is."""
    console = new_console()
    styles = {
        RunRole.INSERTED: profile.styles.added,
        RunRole.DELETED: profile.styles.deleted,
        RunRole.ATTRIBUTION: profile.styles.attribution,
    }
    for paragraph in render(compilation, profile, short):
        if paragraph.kind is RenderedKind.BASE and not paragraph.proposals:
            continue
        line = Text(f"{paragraph.label}  " if paragraph.label else "", "bold")
        for run in paragraph.runs:
            names = (_STYLES[style] for style in styles.get(run.role, ()) if style in _STYLES)
            line.append(run.text, " ".join(names))
        console.print(line, soft_wrap=True)
        console.print()
    opened = sum(collated.is_open for collated in compilation.paragraphs)
    conflicts = sum(collated.is_conflict for collated in compilation.paragraphs)
    new = sum(len(additions) for additions in compilation.additions)
    console.print(
        f"{opened:,} of {len(compilation.paragraphs):,} paragraphs are open, {conflicts:,} of them "
        f"contested; {new:,} {'is' if new == 1 else 'are'} new."
    )
