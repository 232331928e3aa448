"""Pages that need nothing else: to be sent by e-mail, read without a network and printed.

They load nothing: their content security policy admits their own style sheet and script, by their digests,
and nothing else.
"""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gcmtext import __version__
from gcmtext.resources import static_dir, templates_dir
from gcmtext.text.places import excerpt

_INTERFACE_LANGUAGE = "en"


def render_page(template: str, **values: object) -> str:
    """Return a page made of a template, with the style sheet and the script in it."""
    style, script = _static("gcmtext.css"), _static("gcmtext.js")
    return (
        _environment()
        .get_template(template)
        .render(
            version=__version__,
            language=_INTERFACE_LANGUAGE,
            style=Markup(style),  # noqa: S704 - a file of the program
            script=Markup(script),  # noqa: S704 - a file of the program
            digests={"style": _digest(style), "script": _digest(script)},
            **values,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters["excerpt"] = excerpt
    environment.filters["grouped"] = "{:,}".format
    return environment


@cache
def _static(name: str) -> str:
    return (static_dir() / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
