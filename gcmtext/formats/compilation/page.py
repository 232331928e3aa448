"""A compilation as one page that needs nothing else."""

from collections.abc import Mapping

from gcmtext.formats.standalone import render_page
from gcmtext.text.collate import Compilation
from gcmtext.text.language import direction
from gcmtext.text.profiles import Profile
from gcmtext.text.rendering import RunRole
from gcmtext.views.compilation import SIGNS, CompilationView


def write_page(compilation: Compilation, profile: Profile, short: Mapping[str, str] | None = None) -> str:
    """Return a compilation as an HTML page: the text, who is where, and the proposals of each delegation.

    Of the text all, only the open or only the contested paragraphs are shown, with names or without.

    The same arguments give the same page.
    """
    styles = {
        RunRole.INSERTED: profile.styles.added,
        RunRole.DELETED: profile.styles.deleted,
        RunRole.ATTRIBUTION: profile.styles.attribution,
    }
    return render_page(
        "report/compilation.html",
        view=CompilationView(compilation, profile, short),
        base=compilation.base,
        direction=direction(compilation.base.language),
        signs=SIGNS,
        looks={role.value: " ".join(style.value for style in found) for role, found in styles.items()},
        open=compilation.open,
        contested=compilation.contested,
        new=compilation.new,
    )
