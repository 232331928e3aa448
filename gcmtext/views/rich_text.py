"""What people write in Markdown, as HTML that is fit for a page.

markdown-it-py is told to take no HTML, so that what looks like it is shown as it was typed; what comes out is
sanitised all the same, so that a fault in the one is caught by the other.
"""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_RELATION = "nofollow noopener noreferrer ugc"


def rich_text(words: str) -> Markup:
    """Return paragraphs, lists, quotations, emphasis, code and links; all else as it was typed.

    Pictures become their description; headings are shown as typed, since a page has its own.
    """
    return Markup(  # noqa: S704 (sanitised)
        nh3.clean(
            _markdown().render(words),
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel=_RELATION,
        )
    )


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return reader.enable("strikethrough").disable(["heading", "lheading", "image"])
