"""What is refused, as a page or as JSON: the sentence of the error with a fitting status."""

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from gcmtext.errors import (
    Closed,
    Conflict,
    GcmtextError,
    InvalidText,
    NotAllowed,
    NotFound,
    TooMany,
    Unavailable,
)
from gcmtext.formats import MAX_BYTES
from gcmtext.services.nearby import nearby
from gcmtext.web.access import actor
from gcmtext.web.store import session

STATUS: dict[type[GcmtextError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Closed: 409,
    InvalidText: 422,
    TooMany: 429,
    Unavailable: 502,
}

_NUL = "\0"
TOO_LARGE = (
    f"The file is larger than the {MAX_BYTES // 2**20} MB that are read: "
    "leave out pictures and attachments, or split it."
)


def install(app: Flask) -> None:
    """Turn our own errors and those of HTTP into pages."""
    app.before_request(_refuse_nul)
    app.register_error_handler(GcmtextError, _ours)
    app.register_error_handler(HTTPException, _http)


def status_of(error: GcmtextError) -> int:
    """Return the HTTP status that fits an error."""
    return STATUS.get(type(error), 400)


def _refuse_nul() -> None:
    """Nothing has a NUL in its address, and PostgreSQL would not even look for it."""
    if _NUL in request.path:
        raise NotFound("There is nothing at this address.")


def refused(page: ResponseReturnValue, error: GcmtextError | None) -> Response:
    """Return a page with the status of what was refused on it, and how long to wait where that is it."""
    response = make_response(page)
    if error is not None:
        response.status_code = status_of(error)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _ours(error: GcmtextError) -> ResponseReturnValue:
    return refused(answer(status_of(error), str(error)), error)


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, RequestEntityTooLarge):
        return answer(413, TOO_LARGE)
    status = error.code or 500
    if status == 404:
        return answer(404, "There is nothing at this address.")
    return answer(status, error.description or "The request cannot be answered.")


def answer(status: int, sentence: str) -> ResponseReturnValue:
    """Return a sentence with a status, as JSON or as a page with ways on."""
    if request.path.endswith(".json"):
        return jsonify(error=sentence), status
    near = (
        nearby(session(), actor(), request.path.strip("/").split("/"))
        if status == 404 and _NUL not in request.path
        else None
    )
    return render_template("error.html", status=status, sentence=sentence, near=near), status
