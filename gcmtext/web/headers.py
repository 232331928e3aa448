"""What every answer says to the browser about what it may do."""

from functools import partial

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from gcmtext.settings import Settings

# Nothing inline, nothing from elsewhere. Drawings are part of the page.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


# A year; subdomains are for whoever runs them to say.
_TLS_ALONE = "max-age=31536000"


def install(app: Flask, settings: Settings) -> None:
    """Set the security headers on every answer that has none of its own; believe as many proxies as are set.

    Behind TLS cookies are sent by it alone, and kept to this very host.
    """
    secure = settings.is_behind_tls
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        PREFERRED_URL_SCHEME="https" if secure else "http",
    )
    app.after_request(partial(_secure, tls=secure))
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _secure(response: Response, tls: bool) -> Response:
    if tls:
        response.headers.setdefault("Strict-Transport-Security", _TLS_ALONE)
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static":
        # What one may see is not for the next who asks, nor for oneself once a role has ended.
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
