"""The revision that an address names, in the language it asks for, and the addresses of what is about it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import render_template, request, url_for

from gcmtext.db import LanguageVersion
from gcmtext.services import reading
from gcmtext.web import access

_ANY = "any-of-them"


def version_asked(negotiation: str, revision: str) -> LanguageVersion:
    """Return the version that an address names; raise NotFound for what is not there."""
    found = access.negotiation(negotiation)
    return reading.version(found, reading.revision(found, revision), request.args.get("language", ""))


def language_in_address(version: LanguageVersion) -> str | None:
    """Return what addresses say of the language of a version: nothing where it is the working language."""
    language = version.language
    return None if language == version.revision.negotiation.language else language


def way(version: LanguageVersion, endpoint: str, **named: Any) -> str:
    """Return the address of something about a version."""
    return url_for(
        endpoint,
        negotiation=version.revision.negotiation.slug,
        revision=version.revision.slug,
        language=language_in_address(version),
        **named,
    )


def each(build: Callable[[str], str]) -> Callable[[str], str]:
    """Return what gives the same addresses as `build`, of which one is built: a page may hold a thousand.

    What tells them apart must stand in them once.
    """
    before, after = build(_ANY).split(_ANY)
    return lambda one: f"{before}{quote(one, safe='~')}{after}"


def page_about(version: LanguageVersion, template: str, **shown: Any) -> str:
    """Return a page about a version; its template knows negotiation and revision, and the way to others."""
    revision = version.revision
    known = {"negotiation": revision.negotiation, "revision": revision, "version": version}
    return render_template(template, **known, way=partial(way, version), **shown)
