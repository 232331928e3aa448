"""Two hundred people submit within a minute, to two server processes: all is stored, each once."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from services.meeting import NOW, convene
from sqlalchemy import Engine, select

from gcmtext.db import Amendment, AmendmentEdition, RoleGrant
from gcmtext.db.engine import begin_write, open_sessions
from gcmtext.services.actor import Role
from gcmtext.services.audit import verify
from gcmtext.services.signing_in import Browser, begin
from gcmtext.web.clock import now

from .conftest import environment
from .signing_in import LONG_AGO

PARAGRAPHS = ("1", "2", "2-a", "2-b", "3")
AT_ONCE = 16
COOKIE = "sign-in"


@pytest.mark.parametrize("people", [pytest.param(12, id="few"), pytest.param(200, marks=pytest.mark.slow)])
def test_all_is_stored_each_once(engine: Engine, database_url: str, tmp_path: Path, people: int) -> None:
    names = [f"State {number}" for number in range(people)]
    with open_sessions(engine)() as session:
        begin_write(session)
        room = convene(session, names, _text())
        assert room.version.revision.call is not None
        room.version.revision.call.opened_at = LONG_AGO
        tokens = {}
        for name in names:
            delegation, person = room.delegations[name], room.people[name]
            session.add(
                RoleGrant(
                    person_id=person.id,
                    role=Role.HEAD,
                    negotiation_id=room.negotiation.id,
                    delegation_id=delegation.id,
                    since=LONG_AGO,
                )
            )
            tokens[name] = begin(session, person, Browser("", ""), now())
        session.commit()
    with ExitStack() as stack:
        servers = [stack.enter_context(_serving(database_url, tmp_path)) for _ in range(2)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(
                pool.map(lambda n: _submit(servers[n % 2], names[n], tokens[names[n]], n), range(people))
            )
    assert all(len(set(found)) == 1 for found in answers), "one form has led to several amendments"
    with open_sessions(engine)() as session:
        stored = session.scalars(select(Amendment).order_by(Amendment.number)).all()
        assert [amendment.number for amendment in stored] == list(range(1, people + 1))
        assert Counter(a.delegation.short_name for a in stored) == dict.fromkeys(names, 1)
        said = {
            amendment.delegation.short_name: edition.proposal["text"]
            for amendment in stored
            for edition in session.scalars(
                select(AmendmentEdition).where(AmendmentEdition.amendment_id == amendment.id)
            )
        }
        assert said == {name: _words(name) for name in names}
        assert list(verify(session)) == []


def _text() -> str:
    assert NOW > LONG_AGO
    return (
        "# Draft on lights\n\n1. States shall keep lights.\n\n2. Keepers are to be paid.\n\n"
        "(a) Towers shall be white;\n\n(b) Towers may be striped.\n\n3. Lights shall be inspected.\n"
    )


def _words(name: str) -> str:
    return f"So {name} would have it."


def _submit(server: str, name: str, token: str, number: int) -> list[str]:
    """Open the form, send it twice at once and a third time; return the address each answer leads to."""
    address = f"{server}/lights/rev-1/para/{PARAGRAPHS[number % len(PARAGRAPHS)]}/propose"
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    opener.addheaders = [("Cookie", f"{COOKIE}={token}")]
    page, cookie = _get(opener, address)
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    form |= {"kind": "change", "text": _words(name), "do": "submit"}
    sent = {"Cookie": f"{COOKIE}={token}; {cookie}"}
    with ThreadPoolExecutor(2) as pool:
        twice = list(pool.map(lambda _: _post(address, form, sent), range(2)))
    return [*twice, _post(address, form, sent)]


def _get(opener: OpenerDirector, address: str) -> tuple[str, str]:
    with opener.open(address, timeout=120) as answer:
        cookies = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or []]
        return answer.read().decode(), "; ".join(cookies)


def _post(address: str, form: dict[str, str], headers: dict[str, str]) -> str:
    request = Request(address, urlencode(form).encode(), headers)  # noqa: S310 - our own server
    try:
        with build_opener().open(request, timeout=120) as answer:
            return str(answer.url)
    except HTTPError as error:
        raise AssertionError(f"{error.code}: {error.read().decode()[:2000]}") from None


@contextmanager
def _serving(database_url: str, folder: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "gcmtext", "serve", "--port", "0"],
        env=environment(folder) | {"GCMTEXT_DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = (line.strip() for line in process.stdout)
        yield next(line for line in lines if line.startswith("http://")).rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=30)
