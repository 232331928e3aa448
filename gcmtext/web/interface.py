"""The language of the interface, and what all templates may use."""

import re
from datetime import date, datetime
from typing import Any

from flask import Flask, g, request
from flask_babel import Babel, format_date, format_datetime, get_translations
from markupsafe import Markup, escape

from gcmtext import __version__
from gcmtext.services.reading import latest_step
from gcmtext.text.brackets import brackets
from gcmtext.text.language import LANGUAGES, direction
from gcmtext.text.places import excerpt
from gcmtext.views.rich_text import rich_text
from gcmtext.web import appearance, visits

INTERFACE_LANGUAGES = ("en",)
DONE = "done"
"""The category of messages that say on the next page what has been done."""

_QUOTED = re.compile("“([^“”]*)”")


def install(app: Flask) -> None:
    """Set up translations and the functions of templates."""
    Babel(app, locale_selector=_locale)
    app.jinja_env.globals.update(
        direction=direction, program_version=__version__, languages=LANGUAGES, latest_step=latest_step
    )
    app.jinja_env.filters.update(
        brackets=brackets,
        excerpt=excerpt,
        rich_text=rich_text,
        day=_day,
        isoday=lambda value: _day(date.fromisoformat(value)),
        moment=_moment,
        month=_month,
        isolated=isolated,
        grouped=lambda number: f"{number:,}",
    )
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(
        lambda: {
            "interface_language": _locale(),
            "theme": appearance.theme(),
            "shown_in": appearance.view(),
            "has_room": appearance.has_room(),
        }
    )


def _locale() -> str:
    chosen = visits.person()
    if chosen is not None and chosen.language in INTERFACE_LANGUAGES:
        return chosen.language
    return request.accept_languages.best_match(INTERFACE_LANGUAGES) or INTERFACE_LANGUAGES[0]


def _gettext(message: str) -> str:
    return str(_translations().ugettext(message))


def _ngettext(one: str, several: str, number: int) -> str:
    return str(_translations().ungettext(one, several, number))


def _translations() -> Any:
    """Return the translations for this request, looked up once: a page may have a thousand messages."""
    if "translations" not in g:
        g.translations = get_translations()
    return g.translations


def isolated(sentence: str) -> Markup:
    """Return a sentence in which what is quoted runs its own way: Arabic keeps its quotation marks."""
    return Markup(_QUOTED.sub(r"“<bdi>\1</bdi>”", str(escape(sentence))))  # noqa: S704 - escaped


def _moment(value: datetime) -> str:
    return str(format_datetime(value, "d MMMM y, HH:mm 'UTC'", rebase=False))


def _day(value: date | None) -> str:
    return format_date(value, "d MMMM y") if value else ""


def _month(value: date, with_year: bool) -> str:
    return str(format_date(value, "MMM y" if with_year else "MMM"))
