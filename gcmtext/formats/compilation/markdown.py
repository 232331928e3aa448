"""A compiled text as Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from gcmtext.formats.markdown_writer import escaped
from gcmtext.text.model import HEADS, Kind
from gcmtext.text.profiles import Profile, Style, Styles
from gcmtext.text.rendering import Rendered, RenderedKind, Run, RunRole

_SIGNS = {Style.BOLD: "**", Style.STRIKE: "~~", Style.ITALIC: "*"}
_TAGS = {Style.BOLD: "b", Style.STRIKE: "s", Style.ITALIC: "i", Style.UNDERLINE: "u"}


def write_markdown(rendered: Sequence[Rendered], profile: Profile) -> str:
    """Return a compiled text as Markdown; what the profile underlines stands in the tag <u>."""
    return "\n\n".join(filter(None, (_block(paragraph, profile.styles) for paragraph in rendered))) + "\n"


def _block(paragraph: Rendered, styles: Styles) -> str:
    words = "".join(_written(paragraph.runs, styles))
    if paragraph.kind is RenderedKind.REMARK:
        return f"> {words}"
    if paragraph.like.kind in HEADS:
        level = 1 if paragraph.like.kind is Kind.TITLE else min(paragraph.like.level + 1, 6)
        return f"{'#' * level} {escaped(paragraph.label)} {words}".replace("  ", " ")
    if not paragraph.label:
        return f"\\{words}" if words[:1] in ("#", ">", "+", "-") else words  # no list, no heading
    return f"**{escaped(paragraph.label)}** {words}"  # bold, so that it is no number of a list


def _written(runs: Iterable[Run], styles: Styles) -> Iterator[str]:
    of = {RunRole.INSERTED: styles.added, RunRole.DELETED: styles.deleted}
    last = " "
    found = list(runs)
    for number, run in enumerate(found):
        following = found[number + 1].text[0] if number + 1 < len(found) else " "
        yield _styled(run.text, of.get(run.role, ()), last, following)
        last = run.text[-1]


def _styled(text: str, styles: Iterable[Style], before: str, after: str) -> str:
    core = text.strip(" ")
    lead, trail = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    written = escaped(core)
    if not core:
        return text
    for style in styles:
        # Signs open only before a letter or after a blank or mark, and close the other way round.
        opens = core[0].isalnum() or lead or not before.isalnum()
        closes = core[-1].isalnum() or trail or not after.isalnum()
        if style in _SIGNS and opens and closes:
            written = f"{_SIGNS[style]}{written}{_SIGNS[style]}"
        elif style in _TAGS:
            written = f"<{_TAGS[style]}>{written}</{_TAGS[style]}>"
    return f"{lead}{written}{trail}"
