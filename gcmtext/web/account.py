"""One's own account: name, password, second factor, where one is signed in."""

from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from gcmtext.db import Person, SignIn
from gcmtext.errors import GcmtextError, InvalidText, NotFound
from gcmtext.services import accounts, digests, reading, second_factor, signing_in
from gcmtext.services.actor import actor_of
from gcmtext.services.permissions import Action
from gcmtext.web import limits, visits
from gcmtext.web.access import actor, begin_write, needs
from gcmtext.web.clock import now
from gcmtext.web.errors import refused
from gcmtext.web.interface import INTERFACE_LANGUAGES
from gcmtext.web.limits import WHILE, Bound
from gcmtext.web.store import session

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
@needs(Action.ACCOUNT_USE)
def show() -> ResponseReturnValue:
    """Show one's account."""
    return _page()


@blueprint.get("/account.json")
@needs(Action.ACCOUNT_USE)
def show_json() -> ResponseReturnValue:
    """Return one's account; no secrets."""
    here, me = _visit()
    wanted = digests.wanted(session(), actor())
    return jsonify(
        email=me.email,
        name=me.name,
        language=me.language or None,
        administrator=me.is_administrator,
        second_factor=me.totp_secret is not None,
        told={
            found.slug: often
            for found in reading.negotiations(session(), actor())
            if (often := wanted.get(found.id))
        },
        sign_ins=[
            {
                "here": found.id == here.id,
                "since": found.created_at.isoformat(),
                "seen": found.seen_at.isoformat(),
                "browser": found.agent,
                "address": found.address,
                "provider": found.provider or None,
            }
            for found in signing_in.sign_ins(session(), me, now())
        ],
    )


@blueprint.post("/account/details")
@needs(Action.ACCOUNT_USE)
def describe() -> ResponseReturnValue:
    """Change one's name and the language of the pages."""
    begin_write()
    name, language = _typed("name"), _typed("language")
    try:
        if language not in ("", *INTERFACE_LANGUAGES):
            raise InvalidText(_("Choose one of the languages."))
        accounts.describe(session(), actor(), _visit()[1], name, language, now())
    except InvalidText as error:
        return _page(name=error, typed=name)
    return _back("details")


@blueprint.post("/account/password")
@needs(Action.ACCOUNT_USE)
def set_password() -> ResponseReturnValue:
    """Change one's password; whoever is signed in elsewhere no longer is."""
    try:
        _confirm_password()
    except GcmtextError as error:
        return _page(current=error)
    begin_write()
    here, me = _visit()
    try:
        accounts.set_password(session(), actor(), me, request.form.get("password", ""), now(), keep=here)
    except InvalidText as error:
        return _page(password=error)
    return _back("password")


@blueprint.get("/account/second-factor")
@needs(Action.ACCOUNT_USE)
def second_factor_page() -> ResponseReturnValue:
    """Offer a second factor: a picture for the telephone, and its secret in letters."""
    begin_write()
    if _visit()[1].totp_secret:
        return redirect(url_for("account.show", _anchor="page.second-factor"))
    return _factor_page(None)


@blueprint.post("/account/second-factor")
@needs(Action.ACCOUNT_USE)
def confirm_second_factor() -> ResponseReturnValue:
    """Take up the second factor once a code proves it, and show the recovery codes, this once."""
    limits.count(Bound(f"code {_visit()[1].id}", 10, WHILE))
    begin_write()
    try:
        codes = second_factor.confirm(session(), actor(), _visit()[0], _typed("code"), now())
    except InvalidText as error:
        return _factor_page(error)
    return _codes_page(codes)


@blueprint.post("/account/second-factor/remove")
@needs(Action.ACCOUNT_USE)
def remove_second_factor() -> ResponseReturnValue:
    """Do without a second factor, or set up another; needs the password."""
    try:
        _confirm_password("removal")
    except GcmtextError as error:
        return _page(removal=error)
    begin_write()
    me = _visit()[1]
    second_factor.remove(session(), actor(), me, now())
    required = second_factor.is_required(actor_of(session(), me, now())) and not visits.is_demonstration()
    return redirect(url_for("account.second_factor_page"), 303) if required else _back("second-factor")


@blueprint.post("/account/recovery-codes")
@needs(Action.ACCOUNT_USE)
def renew_codes() -> ResponseReturnValue:
    """Show new recovery codes, this once; needs the password."""
    try:
        _confirm_password("renewal")
    except GcmtextError as error:
        return _page(renewal=error)
    begin_write()
    return _codes_page(second_factor.renew_codes(session(), actor(), _visit()[1], now()))


@blueprint.post("/account/provider/forget")
@needs(Action.ACCOUNT_USE)
def forget_provider() -> ResponseReturnValue:
    """Forget which account with the provider is one's own."""
    begin_write()
    signing_in.forget_provider(session(), actor(), _visit()[1], now())
    return _back("provider")


@blueprint.post("/account/sign-ins/<int:identity>/end")
@needs(Action.ACCOUNT_USE)
def end(identity: int) -> ResponseReturnValue:
    """Sign out in one browser."""
    begin_write()
    here, me = _visit()
    for found in signing_in.sign_ins(session(), me, now()):
        if found.id == identity:
            signing_in.end(session(), actor(), found, now())
            return _left() if found.id == here.id else _back("sign-ins")
    raise NotFound(_("You are not signed in there any more."))


@blueprint.post("/account/sign-out-everywhere")
@needs(Action.ACCOUNT_USE)
def end_everywhere() -> ResponseReturnValue:
    """Sign out in all browsers, this one as well."""
    begin_write()
    signing_in.end_everywhere(session(), actor(), _visit()[1], now())
    return _left()


def _visit() -> tuple[SignIn, Person]:
    """Return where one is signed in, and who one is."""
    found = visits.visit()
    if found is None:
        raise NotFound(_("You are not signed in any more."))
    return found, found.person


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\0", "")


def _confirm_password(field: str = "current") -> None:
    """Raise InvalidText unless the password is given: whoever finds a browser open does not have it."""
    me = _visit()[1]
    bound = Bound(f"password {me.id}", 10, WHILE)
    limits.count(bound)
    if not accounts.verified(request.form.get(field, ""), me.password_hash):
        raise InvalidText(_("This is not your password."))
    limits.forget(bound)


def _back(part: str) -> ResponseReturnValue:
    return redirect(url_for("account.show", done=part, _anchor=f"page.{part}"), 303)


def _left() -> ResponseReturnValue:
    return visits.farewell(make_response(redirect(url_for("negotiations.index"), 303)))


def _page(typed: str | None = None, **refusals: GcmtextError) -> ResponseReturnValue:
    here, me = _visit()
    done = request.args.get("done", "")
    page = render_template(
        "account/show.html",
        me=me,
        here=here,
        name=me.name if typed is None else typed,
        refusals={field: str(error) for field, error in refusals.items()},
        done=done if not refusals else "",
        sign_ins=signing_in.sign_ins(session(), me, now()),
        codes_left=second_factor.codes_left(session(), me) if me.totp_secret else 0,
        required=second_factor.is_required(actor_of(session(), me, now())),
        languages_of_pages=INTERFACE_LANGUAGES,
        negotiations=reading.negotiations(session(), actor()),
        wanted=digests.wanted(session(), actor()),
    )
    return _private(page, next(iter(refusals.values()), None))


def _factor_page(refusal: GcmtextError | None) -> ResponseReturnValue:
    here, me = _visit()
    secret = second_factor.offer(here)
    page = render_template(
        "account/second_factor.html",
        me=me,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        picture=_picture(second_factor.uri(me, secret)),
        refusal=str(refusal) if refusal else "",
        required=second_factor.is_required(actor_of(session(), me, now())),
    )
    return _private(page, refusal)


def _codes_page(codes: list[str]) -> ResponseReturnValue:
    return _private(render_template("account/codes.html", codes=codes), None)


def _picture(words: str) -> Markup:
    """Return a QR code as a drawing within the page: black on white, whatever the page is on."""
    drawn = BytesIO()
    segno.make(words, error="m").save(
        drawn, kind="svg", scale=5, border=4, xmldecl=False, svgns=False, omitsize=False, svgclass="qr",
        lineclass="qr-dark", light="#fff", dark="#000", nl=False,
    )  # fmt: skip
    return Markup(drawn.getvalue().decode())  # noqa: S704 (drawn by us, of words that are not in it as such)


def _private(page: Any, refusal: GcmtextError | None) -> ResponseReturnValue:
    """Return a page that no browser keeps."""
    response = refused(page, refusal)
    response.headers["Cache-Control"] = "no-store"
    return response
