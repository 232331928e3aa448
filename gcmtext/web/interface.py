"""The language of the interface, and what all templates may use."""

from datetime import date

from flask import Flask, request
from flask_babel import Babel, format_date
from flask_wtf import CSRFProtect

from gcmtext import __version__
from gcmtext.services.reading import latest_step
from gcmtext.text.brackets import brackets
from gcmtext.text.language import LANGUAGES, direction
from gcmtext.text.places import excerpt
from gcmtext.web import appearance

INTERFACE_LANGUAGES = ("en",)


def install(app: Flask) -> None:
    """Set up translations, protection of forms, and the functions of templates."""
    Babel(app, locale_selector=_locale)
    CSRFProtect(app).exempt(appearance.blueprint)
    app.jinja_env.globals.update(
        direction=direction, program_version=__version__, languages=LANGUAGES, latest_step=latest_step
    )
    app.jinja_env.filters.update(
        brackets=brackets, excerpt=excerpt, day=_day, grouped=lambda number: f"{number:,}"
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"interface_language": _locale(), "theme": appearance.theme()})


def _locale() -> str:
    return request.accept_languages.best_match(INTERFACE_LANGUAGES) or INTERFACE_LANGUAGES[0]


def _day(value: date | None) -> str:
    return format_date(value, "d MMMM y") if value else ""
