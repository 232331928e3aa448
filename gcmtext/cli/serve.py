"""`gcmtext serve`: the pages, until it is told to end."""

import gc
import logging
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import click
import waitress

from gcmtext.cli.dispatcher import dispatching
from gcmtext.cli.options import port_option
from gcmtext.cli.store import engine_of
from gcmtext.cli.terminal import columns
from gcmtext.db import migrate
from gcmtext.db.engine import open_sessions
from gcmtext.errors import Conflict
from gcmtext.services.accounts import demonstration_accounts
from gcmtext.settings import Settings

THREADS = 8
_FRONT = MappingProxyType({"": ""})
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is everywhere."
)
@port_option
def command(host: str, port: int) -> None:
    """Serve the pages of all negotiations."""
    settings = Settings.from_environment()
    with engine_of(settings) as engine:
        migrate.check(engine)
        with open_sessions(engine)() as session:
            known = demonstration_accounts(session)
    if known:
        said = "1 account has the password" if known == 1 else f"{known} accounts have the password"
        click.echo(f"{said} of the demonstration: nobody signs in with that here.", err=True)
    serve(settings, host, port)


def serve(settings: Settings, host: str, port: int, pages: Mapping[str, str] = _FRONT) -> None:
    """Serve the pages until SIGTERM or Ctrl+C; say first where they are to be found.

    `pages` are those to name: by their paths, what they show. Raises Conflict if nobody can listen there.
    """
    from gcmtext.app import create_app

    listening = _listen(host, port)
    # Links in e-mails need a host: where none is set, it is this one.
    app = create_app(replace(settings, base_url=settings.base_url or _address(listening)))
    # What is loaded by now stays: looking through it for garbage would take 50 ms of every few pages.
    gc.collect()
    gc.freeze()
    # That a request waits a moment for a thread is no matter for whoever watches the terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident="gcmtext",
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for line in columns((f"{_address(listening)}/{path}", shown) for path, shown in pages.items()):
        click.echo(line)
    if host not in _LOOPBACK and not settings.is_behind_tls:
        click.echo("Passwords travel in the clear: put TLS before it and set GCMTEXT_BASE_URL.", err=True)
    click.echo("Ctrl+C ends it.")
    with dispatching(app.extensions["gcmtext_sessions"], settings):
        server.run()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        where = f"at {host} port {port} ({error.strerror})"
        raise Conflict(f"Nobody can listen {where}: choose another with --host or --port.") from None


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
