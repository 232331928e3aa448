"""A compilation as a person would type it: one text, with brackets, names and alternatives.

    render(compilation, profile)   its paragraphs, as runs of words that each have a role

What the marks are is the profile's; every writer (Word, HTML, Markdown) starts from these runs.

    runs        words with a role, and forms filled with them
    nesting     small changes inside a stretch that others would replace
    lifting     names inside the brackets of the base
    naming      labels of new paragraphs
    paragraphs  one paragraph with all its readings
"""

from gcmtext.text.rendering.paragraphs import Rendered, RenderedKind, render
from gcmtext.text.rendering.runs import Run, RunRole, Runs, text_of

__all__ = ["Rendered", "RenderedKind", "Run", "RunRole", "Runs", "render", "text_of"]
