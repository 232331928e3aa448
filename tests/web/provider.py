"""A provider for OpenID Connect, in a process of its own: `python provider.py`; it says where it listens.

It asks nobody for a password: whoever presses its button is the person that it has been told of (POST /next
with claims, with what else is to go wrong). It is strict about all that a client has to do right.
"""

import base64
import hashlib
import json
import secrets
import socket
import sys
import time
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response as Redirection

CLIENT, SECRET = "gcmtext", "a secret: with % and ü"
app = Flask("provider")
key, foreign = (RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}) for _ in range(2))
state: dict[str, Any] = {"issuer": "", "next": {}, "codes": {}, "asked": 0}


def wrong(kind: str) -> bool:
    return kind in state["next"].get("wrong", [])


@app.post("/next")
def say() -> str:
    state["next"] = request.get_json()
    return ""


@app.get("/.well-known/openid-configuration")
def description() -> dict[str, Any]:
    issuer = state["issuer"]
    state["asked"] += 1
    return {
        "issuer": f"{issuer}/other" if wrong("description") else issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "jwks_uri": f"{issuer}/keys",
        "authorization_response_iss_parameter_supported": True,
        "token_endpoint_auth_methods_supported": [state["next"].get("method", "client_secret_basic")],
    }


@app.get("/authorize")
def authorize() -> Response:
    asked = request.args
    assert asked["response_type"] == "code"
    assert asked["client_id"] == CLIENT
    assert asked["code_challenge_method"] == "S256"
    assert "openid" in asked["scope"].split()
    assert len(asked["state"]) > 20
    assert len(asked["nonce"]) > 20
    code = secrets.token_urlsafe(8)
    state["codes"][code] = asked.to_dict()
    answer = {"code": code, "state": asked["state"], "iss": state["issuer"]}
    if wrong("iss"):
        answer["iss"] = "https://other.example.org"
    if wrong("refuses"):
        answer = {"error": "access_denied", "state": asked["state"], "iss": state["issuer"]}
    back = f"{asked['redirect_uri']}?{urlencode(answer)}"
    return Response(
        '<!doctype html><html lang="en"><title>A provider</title><h1>A provider</h1>'
        f'<p><a id="back" href="{back.replace("&", "&amp;")}">Continue</a></p></html>',
        mimetype="text/html",
    )


@app.post("/token")
def token() -> dict[str, Any] | tuple[dict[str, str], int] | Redirection:
    asked = state["codes"].pop(request.form["code"], None)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(request.form["code_verifier"].encode()).digest())
    by_form = state["next"].get("method") == "client_secret_post"
    known = (
        (request.form.get("client_id"), request.form.get("client_secret")) == (CLIENT, SECRET)
        if by_form
        # As RFC 6749 has it, both are encoded as in a form before they are joined.
        else request.headers.get("Authorization")
        == "Basic " + base64.b64encode(b"gcmtext:a%20secret%3A%20with%20%25%20and%20%C3%BC").decode()
    )
    if (
        asked is None
        or not known
        or request.form["redirect_uri"] != asked["redirect_uri"]
        or challenge.rstrip(b"=").decode() != asked["code_challenge"]
    ):
        return {"error": "invalid_grant"}, 400
    if wrong("redirects"):
        return redirect(f"{state['issuer']}/keys")
    moment = int(time.time())
    claims = {
        "iss": state["issuer"],
        "aud": CLIENT,
        "sub": "248289761001",
        "iat": moment,
        "exp": moment + 300,
        "nonce": asked["nonce"],
        **state["next"].get("claims", {}),
    }
    claims = {name: value for name, value in claims.items() if value is not None}
    if wrong("unsigned"):
        parts = [base64.urlsafe_b64encode(json.dumps(p).encode()) for p in ({"alg": "none"}, claims)]
        signed = b".".join(part.rstrip(b"=") for part in parts).decode() + "."
    else:
        signed = jwt.encode({"alg": "RS256", "kid": "first"}, claims, foreign if wrong("key") else key)
    return {"access_token": "for one", "token_type": "Bearer", "id_token": signed}


@app.get("/userinfo")
def told() -> dict[str, Any]:
    assert request.headers["Authorization"] == "Bearer for one"
    return dict(state["next"].get("told", {}))


@app.get("/keys")
def keys() -> dict[str, Any]:
    odd = {"kty": "unheard-of", "kid": "other"}
    return {"keys": [odd, key.as_dict(private=False)]}


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        state["issuer"] = f"http://127.0.0.1:{port}"
        server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
        print(state["issuer"], flush=True)
        sys.stdout.flush()
        server.serve_forever()
