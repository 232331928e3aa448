"""A provider through which people sign in, by OpenID Connect: the authorization code with PKCE.

OpenID Connect Core 1.0 and Discovery 1.0; RFC 7636 (PKCE), RFC 9207 (the issuer in the answer).
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from gcmtext.errors import InvalidText, Unavailable
from gcmtext.settings import LOOPBACK, Oidc

# Signatures that only the provider can make: none that our own secret makes, and not "none".
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
_SECONDS = 10
_LARGEST = 2**20
_AWAY = "The provider does not answer as it should: try again later, or sign in with a password."
_LEEWAY = 60  # seconds by which clocks may differ


@dataclass(frozen=True, slots=True)
class Asked:
    """What binds an answer to the question: neither can be used for another."""

    nonce: str
    verifier: str

    @classmethod
    def anew(cls) -> "Asked":
        """Return what nobody can guess."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to the provider.

    subject: a digest of what it calls them, for good; email: an address that it has verified, casefolded;
    vouched: whether they have used a second factor there, of a kind that the settings believe in.
    """

    subject: str
    email: str
    vouched: bool


def address(oidc: Oidc, back: str, state: str, asked: Asked) -> str:
    """Return where to send a browser, which comes `back` with the state and a code.

    Raises Unavailable if the provider does not answer as it should.
    """
    challenge = base64.urlsafe_b64encode(sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    question = {
        "response_type": "code",
        "client_id": oidc.client_id,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    to = _place(_description(oidc), "authorization_endpoint")
    return f"{to}{'&' if urlsplit(to).query else '?'}{urlencode(question)}"


def identify(oidc: Oidc, back: str, answer: Mapping[str, str], asked: Asked, now: datetime) -> Identity:
    """Return who has come back with an answer.

    Raises InvalidText if they did not sign in there, or without an address that is verified; Unavailable if
    the provider does not answer as it should, or for somebody else than it was asked for.
    """
    if "error" in answer:
        raise InvalidText("The sign-in was broken off there: begin again, or sign in with a password.")
    description = _description(oidc)
    named = answer.get("iss")
    is_named = bool(description.get("authorization_response_iss_parameter_supported"))
    if (named is not None or is_named) and named != oidc.issuer:
        raise Unavailable("The answer comes from another provider than was asked: begin again.")
    tokens = _tokens(oidc, description, back, answer.get("code", ""), asked)
    claims = _claims(oidc, description, tokens, asked, now)
    told = claims if "email" in claims else {**claims, **_told_elsewhere(description, tokens, claims["sub"])}
    email = told.get("email")
    if not isinstance(email, str) or told.get("email_verified") is not True:
        raise InvalidText(
            f"{oidc.name} has not verified your e-mail address: have that done there, or sign in with a "
            "password."
        )
    means = {claims.get("acr"), *(claims["amr"] if isinstance(claims.get("amr"), list) else ())}
    subject = sha256(json.dumps([oidc.issuer, claims["sub"]]).encode()).hexdigest()
    return Identity(subject, email.strip().casefold(), not oidc.second_factor.isdisjoint(means))


def kept(asked: Asked) -> dict[str, str]:
    """Return what is to be kept until the answer comes."""
    return asdict(asked)


def _description(oidc: Oidc) -> dict[str, Any]:
    """Return what the provider says of itself."""
    found = _asked_for("GET", f"{oidc.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != oidc.issuer:
        raise Unavailable(
            f"{oidc.name} calls itself otherwise than GCMTEXT_OIDC_ISSUER: tell the secretariat."
        )
    return found


def _tokens(oidc: Oidc, description: dict[str, Any], back: str, code: str, asked: Asked) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": asked.verifier,
    }
    heads = {}
    if "client_secret_basic" in description.get(
        "token_endpoint_auth_methods_supported", ["client_secret_basic"]
    ):
        who = f"{quote(oidc.client_id, safe='')}:{quote(oidc.client_secret, safe='')}"
        heads["Authorization"] = f"Basic {base64.b64encode(who.encode()).decode()}"
    else:
        form |= {"client_id": oidc.client_id, "client_secret": oidc.client_secret}
    return _asked_for("POST", _place(description, "token_endpoint"), form, heads)


def _claims(
    oidc: Oidc, description: dict[str, Any], tokens: dict[str, Any], asked: Asked, now: datetime
) -> dict[str, Any]:
    """Return what the provider has signed about the person, for us, in answer to this question."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": oidc.issuer},
        aud={"essential": True, "value": oidc.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": asked.nonce},
    )
    keys = _asked_for("GET", _place(description, "jwks_uri"))
    try:
        # Keys of kinds that are not known here are for others.
        known = [key for key in keys["keys"] if key.get("kty") in ("RSA", "EC", "OKP")]
        token = jwt.decode(
            tokens["id_token"], KeySet.import_key_set({"keys": known}), algorithms=list(_ALGORITHMS)
        )
        rules.validate(token.claims)
    except (JoseError, KeyError, TypeError, ValueError, AttributeError):
        raise _untrue() from None
    several = isinstance(token.claims["aud"], list) and len(token.claims["aud"]) > 1
    if (several or "azp" in token.claims) and token.claims.get("azp") != oidc.client_id:
        raise _untrue()
    return token.claims


def _told_elsewhere(description: dict[str, Any], tokens: dict[str, Any], subject: str) -> dict[str, Any]:
    """Return what the provider tells about the person only where it is asked again."""
    if "userinfo_endpoint" not in description:
        return {}
    heads = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
    told = _asked_for("GET", _place(description, "userinfo_endpoint"), heads=heads)
    if told.get("sub") != subject:
        raise _untrue()
    return {name: told[name] for name in ("email", "email_verified") if name in told}


def _asked_for(
    method: str, url: str, form: Mapping[str, str] | None = None, heads: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the JSON object that an address of the provider answers with; it is not followed elsewhere."""
    import httpx

    try:
        with (
            httpx.Client(timeout=_SECONDS, follow_redirects=False) as client,
            client.stream(
                method, url, data=form, headers={"Accept": "application/json", **(heads or {})}
            ) as answer,
        ):
            read = bytearray()
            for part in answer.iter_bytes():
                read += part
                if len(read) > _LARGEST:
                    raise ValueError
            answer.raise_for_status()
            found = json.loads(read)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Unavailable(_AWAY)
    return found


def _place(description: dict[str, Any], name: str) -> str:
    """Return an address that the provider has for something; none that others can listen to."""
    found = description.get(name)
    parts = urlsplit(found) if isinstance(found, str) else None
    if parts and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        return str(found)
    raise Unavailable(
        "The provider does not say where to turn to: try again later, or sign in with a password."
    )


def _untrue() -> Unavailable:
    return Unavailable("What the provider says of you is not signed as it should be: begin again.")
