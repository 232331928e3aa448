"""The compilation of the amendments to a revision: as a page, and as files to take home."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gcmtext.db import Delegation, LanguageVersion, Negotiation, Visibility
from gcmtext.db.call import PROFILE
from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.formats.profile_files import load_profile, profile_names
from gcmtext.services import reading
from gcmtext.services.calls import call_for_amendments, close_call
from gcmtext.services.compiling import Compiled, compiled, submissions
from gcmtext.services.groups import groups
from gcmtext.services.looking import look
from gcmtext.services.permissions import Action
from gcmtext.text.profiles import Profile
from gcmtext.text.proposals import Submission, own_text
from gcmtext.text.rendering import render
from gcmtext.views import compilation_json
from gcmtext.views.compilation import CompilationView
from gcmtext.web import limits
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.access import negotiation as known
from gcmtext.web.clock import now
from gcmtext.web.compilation_view import Choice, CompiledPage, Ways
from gcmtext.web.errors import status_of
from gcmtext.web.proposers import way_to_propose
from gcmtext.web.store import keep, session
from gcmtext.web.versions import page_about, version_asked

blueprint = Blueprint("compilation", __name__)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Asked:
    """The revision whose amendments are compiled, and the profile in which they are marked."""

    negotiation: Negotiation
    version: LanguageVersion
    profile: Profile
    profile_name: str


@blueprint.get("/<negotiation>/<revision>/compilation")
@needs(Action.AMENDMENT_READ)
def show(negotiation: str, revision: str) -> ResponseReturnValue:
    """Show the text with all submitted amendments in it: what the reader has chosen of it."""
    return _page(_asked(negotiation, revision))


@blueprint.get("/<negotiation>/<revision>/compilation.json")
@needs(Action.AMENDMENT_READ)
def show_json(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the compilation as `gcmtext compile --json` prints it."""
    return jsonify(compilation_json.compilation(_compiled(_asked(negotiation, revision)).compilation))


@blueprint.get("/<negotiation>/<revision>/compilation.docx")
@needs(Action.AMENDMENT_READ)
def show_docx(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the compilation as a Word file, in the brackets of the profile."""
    from gcmtext.formats.compilation.word import write_docx

    limits.work("export")
    asked = _asked(negotiation, revision)
    found = _compiled(asked)
    rendered = tuple(render(found.compilation, asked.profile, {}))
    data = write_docx(rendered, asked.profile, found.compilation.base, _date(asked, found))
    return _file(data, _WORD, asked, "compilation", "docx")


@blueprint.get("/<negotiation>/<revision>/compilation-tracked.docx")
@needs(Action.AMENDMENT_READ)
def show_tracked(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the compilation as a Word file with tracked changes, each delegation an author."""
    from gcmtext.formats.docx_tracked import write_compilation

    limits.work("export")
    asked = _asked(negotiation, revision)
    found = _compiled(asked)
    data = write_compilation(found.compilation, _date(asked, found), _dates(found))
    return _file(data, _WORD, asked, "tracked", "docx")


@blueprint.get("/<negotiation>/<revision>/compilation.md")
@needs(Action.AMENDMENT_READ)
def show_markdown(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the compilation as Markdown."""
    from gcmtext.formats.compilation.markdown import write_markdown

    limits.work("export")
    asked = _asked(negotiation, revision)
    rendered = tuple(render(_compiled(asked).compilation, asked.profile, {}))
    data = write_markdown(rendered, asked.profile).encode()
    return _file(data, "text/markdown; charset=utf-8", asked, "compilation", "md")


@blueprint.get("/<negotiation>/<revision>/compilation.html")
@needs(Action.AMENDMENT_READ)
def show_html(negotiation: str, revision: str) -> ResponseReturnValue:
    """Return the compilation as one page that needs nothing else, to be sent by e-mail or printed."""
    from gcmtext.formats.compilation.page import write_page

    limits.work("export")
    asked = _asked(negotiation, revision)
    data = write_page(_compiled(asked).compilation, asked.profile).encode()
    return _file(data, "text/html; charset=utf-8", asked, "compilation", "html")


@blueprint.get("/<negotiation>/<revision>/compilation/<delegation>")
@needs(Action.AMENDMENT_READ)
def by_delegation(negotiation: str, revision: str, delegation: str) -> ResponseReturnValue:
    """Show the whole text as one delegation wants it, and what it proposes; word for word what it gave."""
    asked = _asked(negotiation, revision)
    found = _compiled(asked)
    one, submission = _delegation(asked, found, delegation)
    view = _view(found, asked.profile_name)
    return page_about(
        asked.version,
        "compilation/delegation.html",
        delegation=one,
        wishes=view.wishes(one.short_name),
        paragraphs=own_text(found.compilation.base, submission),
    )


@blueprint.get("/<negotiation>/<revision>/compilation/<delegation>.docx")
@needs(Action.AMENDMENT_READ)
def by_delegation_docx(negotiation: str, revision: str, delegation: str) -> ResponseReturnValue:
    """Return the text with what one delegation proposes as tracked changes, to be accepted."""
    from gcmtext.formats.docx_tracked import write_submission

    limits.work("export")
    asked = _asked(negotiation, revision)
    found = _compiled(asked)
    one, submission = _delegation(asked, found, delegation)
    data = write_submission(found.compilation.base, submission, _date(asked, found))
    return _file(data, _WORD, asked, one.address, "docx")


@blueprint.post("/<negotiation>/<revision>/call")
@needs(Action.AMENDMENTS_CALL)
def call(negotiation: str, revision: str) -> ResponseReturnValue:
    """Call for amendments to a revision, change the call, or end it."""
    begin_write()
    found = known(negotiation)
    of = reading.revision(found, revision)
    try:
        if request.form.get("do") == "close":
            close_call(session(), actor(), of, now())
        else:
            call_for_amendments(
                session(),
                actor(),
                of,
                closes_at=_moment(request.form.get("closes", "")),
                shown=_shown(request.form.get("shown", "")),
                profile=request.form.get("profile", "") or PROFILE,
                now=now(),
            )
    except GcmtextError as error:
        return _page(_asked(negotiation, revision), str(error), status_of(error))
    return redirect(url_for("compilation.show", negotiation=found.slug, revision=of.slug), 303)


def _page(asked: Asked, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    found = _compiled(asked)
    choice = Choice.of(request.args)
    view = _view(found, asked.profile_name)
    page = CompiledPage(
        view,
        found.entries,
        choice,
        _addresses(asked.negotiation),
        groups(session(), asked.negotiation),
    )
    propose = way_to_propose(asked.version)
    seen = look(session(), actor(), asked.version.revision, now())
    if not refusal:
        keep()  # so that nobody waits to write while the page is made
    return (
        page_about(
            asked.version,
            "compilation/show.html",
            base=found.compilation.base,
            profile=asked.profile,
            profile_name=asked.profile_name,
            profiles=[(name, load_profile(name).name) for name in profile_names()],
            page=page,
            choice=choice,
            propose=propose,
            ways=Ways(asked.negotiation, asked.version, choice, _own_profile(asked)),
            new=[entry for entry in found.entries if seen is not None and entry.new_at > seen],
            seen=seen,
            refusal=refusal,
            now=now(),
        ),
        status,
    )


def _asked(negotiation: str, revision: str) -> Asked:
    version = version_asked(negotiation, revision)
    found = version.revision.negotiation
    name = request.args.get("profile", "") or (version.revision.call.profile if version.revision.call else "")
    if name and name not in profile_names():
        raise NotFound(f"There is no profile “{name}”: choose one of {', '.join(profile_names())}.")
    return Asked(found, version, load_profile(name or PROFILE), name or PROFILE)


def _delegation(asked: Asked, found: Compiled, address: str) -> tuple[Delegation, Submission]:
    """Return a delegation with what it proposes; raise NotFound where nothing of it can be seen."""
    one = session().scalar(
        select(Delegation).where(
            Delegation.negotiation_id == asked.negotiation.id, Delegation.address == address
        )
    )
    if one is None or one.short_name not in found.compilation.delegations:
        raise NotFound(f"No amendments of “{address}” to {asked.version.revision.name} can be seen.")
    return one, next(s for s in submissions(found.entries) if s.delegation == one.short_name)


def _own_profile(asked: Asked) -> str | None:
    """Return the name of the profile that was asked for, None where it is that of the call."""
    call = asked.version.revision.call
    return None if asked.profile_name == (call.profile if call else PROFILE) else asked.profile_name


def _compiled(asked: Asked) -> Compiled:
    return compiled(session(), actor(), asked.version)


@lru_cache(maxsize=8)
def _view(found: Compiled, profile: str) -> CompilationView:
    return CompilationView(found.compilation, load_profile(profile))


def _addresses(negotiation: Negotiation) -> Mapping[str, str]:
    rows = session().execute(
        select(Delegation.short_name, Delegation.address).where(Delegation.negotiation_id == negotiation.id)
    )
    return {row[0]: row[1] for row in rows}


def _dates(found: Compiled) -> dict[str, datetime]:
    """Return when each delegation wrote the last of its amendments."""
    dates: dict[str, datetime] = {}
    for entry in found.entries:
        dates[entry.delegation] = max(entry.written_at, dates.get(entry.delegation, entry.written_at))
    return dates


def _date(asked: Asked, found: Compiled) -> datetime:
    """Return the date of a file: that of the last amendment, so that the same ones give the same file."""
    return max(_dates(found).values(), default=asked.version.created_at).replace(microsecond=0)


def _moment(said: str) -> datetime | None:
    if not said.strip():
        return None
    try:
        found = datetime.fromisoformat(said)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise InvalidText("The deadline is no date and time: write it as 2027-04-30T18:00.") from None


def _shown(said: str) -> Visibility:
    if said not in set(Visibility):
        raise InvalidText("Choose who sees what has been submitted.")
    return Visibility(said)


def _file(data: bytes, kind: str, asked: Asked, name: str, suffix: str) -> Response:
    file = f"{asked.negotiation.slug}-{asked.version.revision.slug}-{name}.{suffix}"
    response = Response(data, mimetype=None, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=file)
    return response
