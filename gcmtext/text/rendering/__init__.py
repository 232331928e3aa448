"""A compilation as a person would type it: one text, with brackets, names and alternatives.

    render(compilation, profile)   its paragraphs, as runs of words that each have a role

What the marks are is the profile's; every writer (Word, HTML, Markdown) starts from these runs.

    runs        words with a role, and forms filled with them
    forms       the forms of a profile, for one text
    units       the words of one paragraph, with what is proposed inside it
    nesting     small changes inside a stretch that others would replace
    lifting     names inside the brackets of the base
    naming      labels of new paragraphs
    paragraphs  the whole text: paragraphs, what stands beside them, what is new
"""

from gcmtext.text.rendering.paragraphs import Rendered, RenderedKind, render
from gcmtext.text.rendering.runs import Run, RunRole, Runs, text_of

__all__ = ["Rendered", "RenderedKind", "Run", "RunRole", "Runs", "render", "text_of"]
