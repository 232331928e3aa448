"""A compiled text in a terminal."""

from collections.abc import Mapping

from rich.text import Text

from gcmtext.cli.terminal import new_console
from gcmtext.text.collate import Compilation
from gcmtext.text.places import places
from gcmtext.text.profiles import Profile, Style
from gcmtext.text.rendering import RenderedKind, RunRole, render

_NAMED = 12  # the most contested paragraphs that are named
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
    console.print(Text(summary(compilation)), soft_wrap=True)


def summary(compilation: Compilation) -> str:
    """Return how much is open, and which paragraphs are contested."""
    names = places(compilation.base)
    contested = [names[p.base.index].full_name for p in compilation.paragraphs if p.is_conflict]
    named = (
        f" ({', '.join(contested[:_NAMED])}{', …' if len(contested) > _NAMED else ''})" if contested else ""
    )
    new = f"{compilation.new:,} {'is' if compilation.new == 1 else 'are'} new"
    return (
        f"{compilation.open:,} of {len(compilation.paragraphs):,} paragraphs are open, "
        f"{compilation.contested:,} of them contested{named}; {new}."
    )
